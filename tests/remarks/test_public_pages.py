"""What somebody without an account sees and does, without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import client_as
from tests.papers.conftest import Scene
from tests.remarks.saying import say, say_and_keep

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock
from zhengyou.people.models import Role
from zhengyou.pledges.actions.writing import remove_item
from zhengyou.remarks import limits
from zhengyou.remarks.actions import answering, moderating
from zhengyou.remarks.models import HoldReason, Remark, RemarkState

LOOK_UP = reverse("remarks:look_up")


def url_of(thing) -> str:
    return reverse("remarks:write", args=[thing.ref.kind, thing.ref.uid])


def text(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


class TestWriting:
    def test_from_the_plan_to_the_receipt(self, scene: Scene, client: Client) -> None:
        plan = scene.plan
        page = text(client.get(reverse("portal:plan", args=[scene.campaign.uid, plan.uid])))
        assert url_of(plan) in page
        assert "还没有公开的意见" in page
        form = client.get(url_of(plan))
        token = form.context["form"].initial["token"]
        assert "我们不知道您是谁" in text(form)
        assert "会让人猜到是您" in text(form)
        receipt = client.post(url_of(plan), {"text": "食堂太咸。", "token": token})
        assert "这个码只在这里出现这一次" in text(receipt)
        assert "no-store" in receipt["Cache-Control"]
        again = client.post(url_of(plan), {"text": "食堂太咸。", "token": token})
        assert again.context["code"] == receipt.context["code"]
        assert Remark.objects.count() == 1
        assert "食堂太咸" not in text(client.get(url_of(plan)))  # nobody has let it through

    def test_nothing_in_public_changes_when_somebody_writes(
        self, scene: Scene, client: Client
    ) -> None:
        """Whoever looks every minute must not learn the minute."""
        item = scene.items("song")[1]
        urls = [
            reverse("portal:plan", args=[scene.campaign.uid, scene.plan.uid]),
            reverse("portal:campaign", args=[scene.campaign.uid]),
            reverse("portal:talk", args=[scene.campaign.uid]),
            reverse("portal:wall", args=[scene.campaign.uid]),
            reverse("pledges:pledge", args=[item.pledge.uid]),
            url_of(scene.plan),
            url_of(item),
        ]

        def looks() -> list[str]:
            own = re.compile(r'name="(?:csrfmiddlewaretoken|token)" value="[^"]*"')
            return [own.sub("", text(client.get(url))) for url in urls]

        before = looks()
        say(scene.plan)
        say(item)
        assert looks() == before

    def test_each_item_of_a_pledge_leads_to_its_own(self, scene: Scene, client: Client) -> None:
        first, item = scene.items("song")[:2]
        page = text(client.get(reverse("pledges:pledge", args=[item.pledge.uid])))
        assert url_of(item) in page
        assert url_of(first) not in page  # returned, so nothing of it is public
        moderating.show(scene.secretary, [say(item), say(item)])
        page = text(client.get(reverse("pledges:pledge", args=[item.pledge.uid])))
        assert "2 条群众意见" in page
        assert client.get(url_of(first)).status_code == 404

    def test_what_cannot_be_taken_is_said_and_nothing_is_lost(
        self, scene: Scene, client: Client
    ) -> None:
        url = url_of(scene.plan)
        long = "很长的话。" * 120
        page = text(client.post(url, {"text": long, "signature": "一位家长"}), 422)
        assert "写了 600 个字，最多 500 个，请删去 100 个。" in page
        assert long in page
        assert "一位家长" in page
        assert "还没有写意见" in text(client.post(url, {"text": " \n "}), 422)
        page = text(client.post(url, {"text": "好。", "website": "http://buy"}), 422)
        assert "这一格请留空" in page
        assert not Remark.objects.exists()

    def test_a_script_in_the_words_stays_words(self, scene: Scene, client: Client) -> None:
        moderating.show(scene.secretary, [say(scene.plan, "<script>alert(1)</script>")])
        assert "&lt;script&gt;alert(1)" in text(client.get(url_of(scene.plan)))

    def test_after_the_campaign_one_reads_and_does_not_write(
        self, scene: Scene, client: Client
    ) -> None:
        moderating.show(scene.secretary, [say(scene.plan, "食堂太咸。")])
        Campaign.objects.update(state=CampaignState.CLOSED)
        page = text(client.get(url_of(scene.plan)))
        assert "不再收意见" in page
        assert "食堂太咸" in page
        assert 'name="text"' not in page
        assert "不再收意见" in text(client.post(url_of(scene.plan), {"text": "太淡。"}), 422)
        assert Remark.objects.count() == 1

    def test_held_back_ones_are_counted_and_never_shown(self, scene: Scene, client: Client) -> None:
        held = say(scene.plan, "老王该骂。", "气不过的人")
        moderating.hold(scene.secretary, [held], HoldReason.ABUSE)
        moderating.show(scene.secretary, [say(scene.plan, "食堂太咸。")])
        for url in (
            url_of(scene.plan),
            reverse("portal:plan", args=[scene.campaign.uid, scene.plan.uid]),
        ):
            page = text(client.get(url))
            assert "1 条没有公开" in page
            assert "食堂太咸" in page
            assert "老王" not in page
            assert "气不过" not in page

    @pytest.mark.parametrize("kind", ["organisation", "person", "remark", "no-such"])
    def test_nothing_else_can_be_spoken_about(
        self, scene: Scene, client: Client, kind: str
    ) -> None:
        url = reverse("remarks:write", args=[kind, scene.cast.branch.uid])
        assert client.post(url, {"text": "好。"}).status_code == 404


class TestNobodyIsKnown:
    def test_whoever_is_signed_in_is_a_stranger_here(self, scene: Scene) -> None:
        client = client_as(scene.cast.shen, Role.SECRETARY)
        for answer in (client.get(url_of(scene.plan)), client.get(LOOK_UP)):
            page = text(answer)
            assert "沈若兰" not in page
            assert "登录" in page  # 不用登录
            assert "/logout/" not in page
            assert "sessionid" not in answer.cookies
            assert "Cookie" not in answer.get("Vary", "").replace("Cookie", "", 1)
        assert not client.get(LOOK_UP).wsgi_request.session.accessed

    def test_the_session_is_not_read_and_the_actor_not_asked(
        self, scene: Scene, monkeypatch
    ) -> None:
        client = client_as(scene.cast.shen, Role.SECRETARY)

        def known(*_: object) -> None:
            raise AssertionError("somebody asked who is there")

        monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", known)
        monkeypatch.setattr("zhengyou.people.middleware.actor_for", known)
        receipt = client.post(url_of(scene.plan), {"text": "食堂太咸。"})
        assert receipt.context["code"]
        assert client.post(LOOK_UP, {"code": receipt.context["code"]}).status_code == 200
        with pytest.raises(AssertionError, match="who is there"):
            client.get("/desk/")


class TestLimits:
    def test_a_full_hour_is_said_with_the_time_and_the_words_stay(
        self, scene: Scene, client: Client, settings
    ) -> None:
        settings.REMARK_LIMITS = {**settings.REMARK_LIMITS, "address": (2, 60)}
        url = url_of(scene.plan)
        with clock.at(clock.now().replace(hour=1, minute=20)):  # 9:20 in China
            for _ in range(2):
                assert client.post(url, {"text": "食堂太咸。"}).status_code == 200
            full = client.post(url, {"text": "一句舍不得丢的话。"})
            assert "请 10:00 以后再交" in text(full, 429)
            assert "一句舍不得丢的话。" in text(full, 429)
            assert full["Retry-After"] == "2401"
            other = client.post(url, {"text": "从家里写的。"}, REMOTE_ADDR="10.1.2.3")
            assert other.status_code == 200
        with clock.at(clock.now().replace(hour=2, minute=0)):
            assert client.post(url, {"text": "一句舍不得丢的话。"}).status_code == 200
        assert Remark.objects.count() == 4

    def test_all_together_have_a_limit_too(self, scene: Scene, client: Client, settings) -> None:
        settings.REMARK_LIMITS = {**settings.REMARK_LIMITS, "all": (1, 60)}
        assert client.post(url_of(scene.plan), {"text": "甲。"}).status_code == 200
        other = client.post(url_of(scene.plan), {"text": "乙。"}, REMOTE_ADDR="10.1.2.3")
        assert "写意见的人太多" in text(other, 429)

    def test_a_school_behind_one_address_has_room(self, settings) -> None:
        most, minutes = settings.REMARK_LIMITS["address"]
        assert most * 60 / minutes >= 120

    def test_trying_out_codes_ends_soon(self, scene: Scene, client: Client, settings) -> None:
        settings.REMARK_LIMITS = {**settings.REMARK_LIMITS, "look_up": (2, 10)}
        _, code = say_and_keep(scene.plan, "食堂太咸。")
        wrong = "0000-0000-0000"
        for _ in range(2):
            assert "没有这个查询码" in text(client.post(LOOK_UP, {"code": wrong}), 422)
        assert "试错的查询码太多" in text(client.post(LOOK_UP, {"code": wrong}), 429)
        assert "试错的查询码太多" in text(client.post(LOOK_UP, {"code": code}), 429)
        home = client.post(LOOK_UP, {"code": code}, REMOTE_ADDR="10.1.2.3")
        assert "食堂太咸" in text(home)

    @pytest.mark.parametrize(
        ("seen", "counted"),
        [
            ("10.1.2.3", "10.1.2.3"),
            ("::ffff:10.1.2.3", "10.1.2.3"),
            ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
            ("unix:", "unknown"),
        ],
    )
    def test_one_visitor_is_one_address(self, rf, seen: str, counted: str) -> None:
        assert limits.address_of(rf.get("/", REMOTE_ADDR=seen)) == counted


class TestLookingUp:
    def test_a_slip_of_the_finger_is_told_before_anything_is_asked(
        self, db: None, client: Client, django_assert_num_queries
    ) -> None:
        with django_assert_num_queries(0):
            page = text(client.post(LOOK_UP, {"code": "7K2M-9QXD-4HT0"}), 422)
        assert "抄错了" in page
        assert "没有填查询码" in text(client.post(LOOK_UP, {"code": ""}), 422)

    def test_the_writer_reads_reason_and_answer(self, scene: Scene, client: Client) -> None:
        remark, code = say_and_keep(scene.plan, "食堂太咸。")
        moderating.hold(scene.secretary, [remark], HoldReason.OFF_TOPIC)
        page = text(client.post(LOOK_UP, {"code": code}))
        assert "没有公开，理由是：说的不是这件事。" in page
        moderating.show(scene.secretary, [remark])
        answering.answer(scene.secretary, remark, "下周起少放盐。")
        page = client.post(LOOK_UP, {"code": code.lower().replace("-", " ")})
        assert "下周起少放盐。" in text(page)
        assert "no-store" in page["Cache-Control"]

    def test_what_was_taken_down_shows_no_answer(self, scene: Scene, client: Client) -> None:
        remark, code = say_and_keep(scene.plan, "食堂太咸。")
        moderating.show(scene.secretary, [remark])
        answering.answer(scene.secretary, remark, "下周起少放盐。")
        moderating.hold(scene.secretary, [remark], HoldReason.PRIVACY)
        page = text(client.post(LOOK_UP, {"code": code}))
        assert "泄露了别人的隐私" in page
        assert "少放盐" not in page

    def test_what_it_was_about_may_be_gone(self, scene: Scene, client: Client) -> None:
        item = scene.items("song")[1]
        remark, code = say_and_keep(item, "周五也讲吧。")
        moderating.show(scene.secretary, [remark])
        answering.answer(scene.secretary, remark, "从下周起讲。")
        assert url_of(item) in text(client.post(LOOK_UP, {"code": code}))
        remove_item(scene.secretary, item, "换成了别的事。")
        page = text(client.post(LOOK_UP, {"code": code}))
        assert "从下周起讲。" in page and url_of(item) not in page


class TestQueryCounts:
    """The same number of queries for one remark and for thirty."""

    def fill(self, scene: Scene, count: int) -> None:
        remarks = [say(scene.plan, f"第 {number} 条。") for number in range(count)]
        moderating.show(scene.secretary, remarks)
        answering.answer(scene.secretary, remarks[0], "少放盐。")
        say(scene.plan)

    @pytest.mark.parametrize("count", [1, 30])
    def test_reading_and_writing(
        self, scene: Scene, client: Client, django_assert_num_queries, count: int
    ) -> None:
        self.fill(scene, count)
        url = url_of(scene.plan)
        # plan and consultation, how many there are, the counts, the remarks, their answers
        with django_assert_num_queries(6):
            client.get(url)
        # plan and consultation; in a savepoint: wiping on (or the lock), is it there, who waits,
        # out, in
        with django_assert_num_queries(9):
            client.post(url, {"text": "再说一句。"})

    @pytest.mark.parametrize("count", [1, 30])
    def test_the_thread_on_another_page(
        self, scene: Scene, django_assert_num_queries, count: int
    ) -> None:
        from zhengyou.remarks.queries import opinions, tallies, thread

        self.fill(scene, count)
        plan, day = scene.plan, clock.today()
        with django_assert_num_queries(3):
            found = thread(plan.ref)
        assert (found.shown, len(found.remarks)) == (count, min(count, 20))
        assert found.more == max(0, count - 20)
        with django_assert_num_queries(1):
            tally = tallies("plan", [plan.uid])[plan.uid]
        assert (tally.shown, tally.waiting, tally.unanswered) == (count, 1, count - 1)
        with django_assert_num_queries(3):
            said = opinions(plan.ref, day, day)
        assert (said.total, said.answered, said.waiting) == (count + 1, 1, 1)
        assert opinions(plan.ref, day - timedelta(days=30), day - timedelta(days=7)).total == 0


def test_shown_ones_are_paged_and_say_no_day(scene: Scene, client: Client) -> None:
    remarks = [say(scene.plan, f"第 {number} 条意见。") for number in range(52)]
    moderating.show(scene.secretary, remarks)
    pages = text(client.get(url_of(scene.plan))) + text(client.get(url_of(scene.plan) + "?page=2"))
    assert all(f"第 {number} 条意见。" in pages for number in range(52))
    assert "11月9日那一周" in pages
    assert Remark.objects.filter(state=RemarkState.SHOWN).count() == 52
