"""Writing, letting through, holding back, answering: what is stored, and what is a fact."""

from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from tests.papers.conftest import NOW, Scene
from tests.remarks.saying import say, say_and_keep, target_of

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.kernel.workdays import add_workdays
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.remarks import laying
from zhengyou.remarks.actions import answering, moderating, writing
from zhengyou.remarks.models import HoldReason, Moderation, Remark, RemarkState, Reply, ReplyKind
from zhengyou.remarks.queries.found import by_code


class TestWriting:
    def test_keeps_the_words_the_thing_and_the_week(self, scene: Scene) -> None:
        item = scene.items("song")[1]
        facts = Fact.objects.count()
        found = say(item, "  讲题能不能\r\n改到五点？\u200b ", " 五（3）班　家长 ")
        assert found.text == "讲题能不能\n改到五点？"
        assert found.signature == "五（3）班 家长"
        assert found.week == date(2026, 11, 9)  # Monday of the week of 10 November
        assert found.organisation == scene.cast.branch
        assert found.about == scene.cast.song
        assert found.label == "宋知行的承诺第 2 条"
        assert found.state == RemarkState.WAITING
        assert Fact.objects.count() == facts

    def test_a_plan_is_a_body_s_thing(self, scene: Scene) -> None:
        found = say(scene.plan)
        assert (found.about, found.organisation) == (None, scene.cast.branch)

    def test_only_what_is_public_is_a_target(self, scene: Scene) -> None:
        returned = scene.items("song")[0]
        with pytest.raises(AssertionError):
            target_of(returned)

    @pytest.mark.parametrize(
        ("text", "signature", "why"),
        [
            (" \u200b\n ", "", "还没有写意见。"),
            ("多" * 501, "", "写了 501 个字，最多 500 个，请删去 1 个。"),
            ("好", "名" * 21, "署名最多 20 个字。"),
        ],
    )
    def test_too_few_or_too_many_words(
        self, scene: Scene, text: str, signature: str, why: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            say(scene.plan, text, signature)
        assert refused.value.reason == why
        assert not Remark.objects.exists()

    def test_five_hundred_characters_fit(self, scene: Scene) -> None:
        assert len(say(scene.plan, "多" * 500).text) == 500

    def test_not_after_the_campaign(self, scene: Scene) -> None:
        Campaign.objects.update(state=CampaignState.CLOSED)
        with pytest.raises(Refused, match="已经结束，不再收意见"):
            say(scene.plan)

    def test_the_same_form_sent_twice_is_one_remark_with_one_code(self, scene: Scene) -> None:
        target, token = target_of(scene.plan), laying.new_token()
        first = writing.write(target, "食堂太咸。", "", token)
        assert writing.write(target, "食堂太咸。", "", token) == first
        assert Remark.objects.count() == 1
        assert writing.write(target, "食堂太淡。", "", token) != first
        assert writing.write(target, "食堂太咸。", "", laying.new_token()) != first
        assert writing.write(target, "食堂太咸。", "", "short") != first
        assert Remark.objects.count() == 4

    def test_of_very_many_waiting_a_part_is_shuffled(self, scene: Scene, monkeypatch) -> None:
        monkeypatch.setattr(laying, "SHUFFLED", 5)
        kept = {say(scene.plan, f"第 {number} 条。").uid for number in range(12)}
        assert set(Remark.objects.values_list("uid", flat=True)) == kept

    def test_what_was_let_through_is_not_laid_anew(self, scene: Scene) -> None:
        shown = say(scene.plan, "看过的。")
        moderating.show(scene.secretary, [shown])
        say(scene.plan, "后来的。")
        shown.refresh_from_db()
        assert shown.state == RemarkState.SHOWN
        assert shown.moderations.count() == 1


class TestLettingThrough:
    def test_the_answer_is_due_in_fifteen_working_days(self, scene: Scene) -> None:
        remarks = [say(scene.plan, f"第 {number} 条。") for number in range(3)]
        moved = moderating.show(scene.secretary, remarks)
        assert {remark.uid for remark in moved} == {remark.uid for remark in remarks}
        stored = Remark.objects.first()
        assert stored is not None
        assert (stored.state, stored.shown_on) == (RemarkState.SHOWN, NOW)
        assert stored.due_on == date(2026, 12, 1)  # 11 November is the first of them
        row = Moderation.objects.first()
        assert row is not None
        assert (row.decided_by, row.hat) == (scene.cast.shen, "育新小学党支部书记")

    def test_each_is_a_fact_without_words(self, scene: Scene) -> None:
        one, two = say(scene.plan, "食堂太咸。"), say(scene.plan, "老王该骂。")
        moderating.show(scene.secretary, [one])
        moderating.hold(scene.secretary, [two], HoldReason.ABUSE)
        shown, held = Fact.objects.filter(about_kind="remark").order_by("seq")
        assert (shown.verb, shown.about_uid, shown.data) == ("remark.show", one.uid, {})
        assert (held.verb, held.about_uid, held.data) == (
            "remark.hold", two.uid, {"reason": "abuse"},
        )  # fmt: skip
        assert (shown.payload, held.payload) == (None, None)

    def test_what_somebody_else_has_just_done_is_left_out(self, scene: Scene) -> None:
        one, two = say(scene.plan, "甲。"), say(scene.plan, "乙。")
        moderating.show(acting_as(scene.cast.su, Role.COMMITTEE_MEMBER), [one])
        assert [row.uid for row in moderating.show(scene.secretary, [one, two])] == [two.uid]
        assert Moderation.objects.count() == 2

    def test_one_that_is_not_for_me_undoes_all(self, scene: Scene) -> None:
        mine, other = say(scene.plan), say(scene.items("song")[1])
        Remark.objects.filter(pk=other.pk).update(about=scene.cast.shen)
        with pytest.raises(Refused, match="您自己的承诺"):
            moderating.show(scene.secretary, [mine, other])
        assert not Remark.objects.filter(state=RemarkState.SHOWN).exists()

    def test_held_back_without_a_reason_is_refused(self, scene: Scene) -> None:
        with pytest.raises(Refused, match="选一个理由"):
            moderating.hold(scene.secretary, [say(scene.plan)], "")

    def test_a_mistake_can_be_mended_both_ways(self, scene: Scene) -> None:
        remark = say(scene.plan)
        moderating.hold(scene.secretary, [remark], HoldReason.OFF_TOPIC)
        moderating.show(scene.secretary, [remark])
        moderating.hold(scene.secretary, [remark], HoldReason.PRIVACY)
        remark.refresh_from_db()
        assert remark.state == RemarkState.HELD
        assert [row.reason for row in remark.moderations.all()] == ["off_topic", "", "privacy"]


class TestAnswering:
    def shown(self, scene: Scene, text: str = "食堂太咸。") -> Remark:
        remark = say(scene.plan, text)
        moderating.show(scene.secretary, [remark])
        remark.refresh_from_db()
        return remark

    def test_an_answer_and_its_correction(self, scene: Scene) -> None:
        remark = self.shown(scene)
        first = answering.answer(scene.secretary, remark, "下周起少放盐。")
        with clock.at(date(2026, 11, 12)):
            second = answering.correct(scene.secretary, first, "下周一起少放盐。")
        assert list(remark.replies.filter(correction=None)) == [second]
        assert remark.replies.count() == 2
        remark.refresh_from_db()
        assert remark.answered_on == NOW
        facts = Fact.objects.filter(
            about_uid=remark.uid, verb__in=["remark.answer", "remark.correct"]
        )
        assert "盐" not in str(list(facts.values("data", "payload")))
        assert facts.count() == 2

    def test_nothing_said_or_nothing_changed(self, scene: Scene) -> None:
        remark = self.shown(scene)
        with pytest.raises(Refused, match="还没有写答复"):
            answering.answer(scene.secretary, remark, " \n")
        with pytest.raises(Refused, match="最多 1000 个字，现在 1001 个"):
            answering.answer(scene.secretary, remark, "长" * 1001)
        first = answering.answer(scene.secretary, remark, "改了。")
        with pytest.raises(Refused, match="没有改动"):
            answering.correct(scene.secretary, first, "改了。 ")

    def test_the_second_to_answer_is_told(self, scene: Scene) -> None:
        remark = self.shown(scene)
        first = answering.answer(scene.secretary, remark, "改了。")
        with pytest.raises(Stale, match="已经有人答复过"):
            answering.answer(scene.office, remark, "也改了。")
        answering.correct(scene.office, first, "改了两处。")
        with pytest.raises(Stale, match="已经有人答复过"):
            answering.correct(scene.secretary, first, "改了三处。")

    def test_several_are_noted_at_once(self, scene: Scene) -> None:
        remarks = [self.shown(scene, f"第 {number} 条。") for number in range(3)]
        answering.answer(scene.secretary, remarks[0], "谢谢。")
        noted = answering.note(scene.secretary, remarks)
        assert {row.uid for row in noted} == {row.uid for row in remarks[1:]}
        assert Reply.objects.filter(kind=ReplyKind.NOTED).count() == 2

    def test_not_before_it_is_public(self, scene: Scene) -> None:
        with pytest.raises(Refused, match="公开了的意见才答复"):
            answering.answer(scene.secretary, say(scene.plan), "好。")

    def test_the_database_keeps_one_answer_a_remark(self, scene: Scene) -> None:
        remark = self.shown(scene)
        answering.answer(scene.secretary, remark, "改了。")
        twin = Reply(remark=remark, kind=ReplyKind.NOTED, answered_by=scene.cast.shen, hat="书记",
                     answered_at=clock.now())  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()


class TestLookingUp:
    def test_each_state_in_words(self, scene: Scene) -> None:
        remark, code = say_and_keep(scene.plan, "食堂太咸。")
        plain = code.replace("-", "")

        def words() -> str:
            found = by_code(plain)
            assert found is not None
            return f"{found.state[1]}：{found.sentence}"

        assert words() == "等着看：育新小学党支部还没有看。看过以后才公开，请过几天再查。"
        moderating.hold(scene.secretary, [remark], HoldReason.REPEATED)
        assert words() == "没有公开：没有公开，理由是：和已有的意见重复。可以改一改再写一条。"
        moderating.show(scene.secretary, [remark])
        assert words() == "已经公开：已经公开。育新小学党支部会在2026年12月1日前答复。"
        answering.answer(scene.secretary, remark, "少放盐。")
        assert words() == "已经答复：育新小学党支部已经答复，见下面。"
        assert by_code("000000000000") is None


def test_the_campaign_says_how_soon_is_answered(scene) -> None:
    """A key of the blueprint; where it says nothing, fifteen working days as everywhere."""
    usual, sooner = say(scene.plan), say(scene.items("song")[1])
    moderating.show(scene.secretary, [usual])
    Campaign.objects.update(answer_days=3)
    moderating.show(scene.secretary, [sooner])
    days = {row.pk: row.due_on for row in Remark.objects.all()}
    assert days[usual.pk] == add_workdays(clock.today(), settings.REMARK_ANSWER_WORKDAYS).day
    assert days[sooner.pk] == add_workdays(clock.today(), 3).day
    page = Client().get(f"/say/plan/{scene.plan.uid}/").content.decode()
    assert "3 个工作日内" in page
