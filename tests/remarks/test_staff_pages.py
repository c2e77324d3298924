"""The queue of a body, one remark, the bodies below, and the desk."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.cast import client_as
from tests.papers.conftest import NOW, Scene
from tests.remarks.saying import say

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Organisation, Post, Role
from zhengyou.people.rules import KEEPERS
from zhengyou.remarks.actions import answering, moderating
from zhengyou.remarks.models import HoldReason, Remark, RemarkState
from zhengyou.remarks.queries import todo_for, waiting_for
from zhengyou.remarks.queries.queue import lying_below, queue


def queue_of(body: Organisation) -> str:
    return reverse("remarks:queue", args=[body.uid])


def shown(scene: Scene, *texts: str) -> list[Remark]:
    remarks = [say(scene.plan, text) for text in texts]
    moderating.show(scene.secretary, remarks)
    return list(Remark.objects.filter(pk__in=[remark.pk for remark in remarks]))


class TestQueue:
    def test_several_at_once(self, scene: Scene) -> None:
        remarks = [say(scene.plan, f"第 {number} 条。") for number in range(3)]
        client, url = client_as(scene.cast.su, Role.COMMITTEE_MEMBER), queue_of(scene.cast.branch)
        page = client.get(url).content.decode()
        assert "育新小学党支部，3 条等着看" in page
        picked = [str(remark.uid) for remark in remarks[:2]]
        answer = client.post(url, {"do": "show", "pick": picked}, follow=True)
        assert "公开了 2 条。" in answer.content.decode()
        answer = client.post(
            url, {"do": "hold", "pick": str(remarks[2].uid), "reason": "advert"}, follow=True
        )
        assert "没有公开 1 条。" in answer.content.decode()
        page = client.get(f"{url}?show=held").content.decode()
        assert "是广告" in page
        assert "育新小学党支部，1 条没有公开" in page

    def test_what_is_missing_is_said_and_the_ticks_stay(self, scene: Scene) -> None:
        remark, url = say(scene.plan), queue_of(scene.cast.branch)
        client = client_as(scene.cast.shen, Role.SECRETARY)
        answer = client.post(url, {"do": "hold", "pick": str(remark.uid)})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "不公开要选一个理由；批评得重，不是理由。" in page
        assert "checked" in page
        assert "一条也没有选" in client.post(url, {"do": "show"}).content.decode()
        client.post(url, {"do": "show", "pick": ["no-uid", str(scene.plan.uid)]})
        assert "没有选要做什么" in client.post(url, {"pick": str(remark.uid)}).content.decode()
        assert Remark.objects.get().state == RemarkState.WAITING

    def test_noted_at_once(self, scene: Scene) -> None:
        remarks = shown(scene, "甲。", "乙。")
        client, url = client_as(scene.cast.shen, Role.SECRETARY), queue_of(scene.cast.branch)
        answer = client.post(
            f"{url}?show=unanswered",
            {"do": "note", "pick": [str(remark.uid) for remark in remarks]},
            follow=True,
        )
        assert "记下了 2 条。" in answer.content.decode()
        assert "看过了，记下了。" in client.get(f"{url}?show=answered").content.decode()

    def test_what_is_about_me_cannot_be_ticked(self, scene: Scene) -> None:
        remark = say(scene.items("song")[1])
        Remark.objects.update(about=scene.cast.shen)
        client, url = client_as(scene.cast.shen, Role.SECRETARY), queue_of(scene.cast.branch)
        assert str(remark.uid) not in client.get(url).content.decode()
        page = client.get(f"{url}?show=others").content.decode()
        assert 'name="pick"' not in page
        assert "这条说的是您自己的承诺" in page
        assert client.post(url, {"do": "show", "pick": str(remark.uid)}).status_code == 422

    @pytest.mark.parametrize("show", ["waiting", "unanswered", "answered", "held"])
    def test_the_same_queries_for_one_and_for_thirty(
        self, scene: Scene, django_assert_num_queries, show: str
    ) -> None:
        client, url = client_as(scene.cast.shen, Role.SECRETARY), queue_of(scene.cast.branch)
        client.get(url)
        for count in (1, 30):
            remarks = [say(scene.plan, f"{count}之{number}。") for number in range(count)]
            if show == "held":
                moderating.hold(scene.secretary, remarks, HoldReason.ADVERT)
            elif show != "waiting":
                moderating.show(scene.secretary, remarks)
            if show == "answered":
                answering.note(scene.secretary, remarks)
            with django_assert_num_queries(12):
                client.get(f"{url}?show={show}")
            Remark.objects.all().delete()


class TestOneRemark:
    def test_answer_correct_take_down(self, scene: Scene) -> None:
        (remark,) = shown(scene, "食堂太咸。")
        client = client_as(scene.cast.shen, Role.SECRETARY)
        url = reverse("remarks:remark", args=[remark.uid])
        client.post(url, {"do": "answer", "text": "少放盐。"})
        page = client.post(url, {"do": "answer", "text": "下周起少放盐。"}, follow=True)
        words = page.content.decode()
        assert "更正好了。原来的答复留着，看得到。" in words
        assert "更正以前的答复" in words
        assert "少放盐。" in words
        page = client.post(url, {"do": "answer", "text": "下周起少放盐。"})
        assert "没有改动" in page.content.decode()
        client.post(url, {"do": "hold", "reason": "privacy"})
        remark.refresh_from_db()
        assert remark.state == RemarkState.HELD
        client.post(url, {"do": "show"})
        remark.refresh_from_db()
        assert remark.state == RemarkState.SHOWN

    def test_a_committee_member_reads_why_not(self, scene: Scene) -> None:
        (remark,) = shown(scene, "食堂太咸。")
        client = client_as(scene.cast.su, Role.COMMITTEE_MEMBER)
        url = reverse("remarks:remark", args=[remark.uid])
        assert "答复要由育新小学党支部或上级的书记" in client.get(url).content.decode()
        answer = client.post(url, {"do": "answer", "text": "少放盐。"})
        assert answer.status_code == 422
        assert not remark.replies.exists()


class TestDesk:
    def test_what_waits_for_whom(self, scene: Scene) -> None:
        say(scene.plan)
        say(scene.items("song")[1])
        Remark.objects.filter(kind="pledge_item").update(about=scene.cast.zhou)
        for who, role, count in (
            ("shen", Role.SECRETARY, 2),
            ("zhou", Role.DEPUTY_SECRETARY, 1),  # the other one is about his own promise
            ("su", Role.COMMITTEE_MEMBER, 2),
            ("tian", Role.RECORDER, 0),
            ("gu", Role.CAMPAIGN_OFFICE, 0),  # the branch's business, for a week
            ("he", None, 0),
        ):
            rows = waiting_for(acting_as(scene.cast.persons[who], role))
            titles = [row.title for row in rows]
            assert titles == ([f"{count} 条群众意见等着公开"] if count else []), who

    def test_an_answer_comes_due_and_is_overdue_for_the_body_and_above(self, scene: Scene) -> None:
        shown(scene, "甲。", "乙。")
        su = acting_as(scene.cast.su, Role.COMMITTEE_MEMBER)
        for day, kind, label, above in (
            (NOW, "todo", "要答复", 0),
            (date(2026, 11, 30), "due", "快到期", 0),
            (date(2026, 12, 1), "due", "快到期", 0),
            (date(2026, 12, 2), "late", "过期 2 条", 1),
        ):
            with clock.at(day):
                (row,) = todo_for(scene.secretary)
                assert (row.kind, row.label) == (kind, label)
                assert row.title == "2 条群众意见要答复"
                assert len(todo_for(scene.office)) == above
                assert todo_for(su) == []

    def test_a_remark_nobody_looks_at_is_seen_above_after_a_week(self, scene: Scene) -> None:
        say(scene.plan)
        for days, above in ((7, 0), (13, 1)):  # the Monday after the next one
            with clock.at(NOW + timedelta(days=days)):
                assert len(todo_for(scene.office)) == above, days
                assert waiting_for(scene.secretary)[0].kind == "due"

    def test_where_nobody_is_left_the_level_above_is_asked_at_once(self, scene: Scene) -> None:
        say(scene.plan)
        keepers = Post.objects.filter(organisation=scene.cast.branch, role__in=KEEPERS)
        keepers.update(until=NOW)
        (row,) = todo_for(scene.office)
        assert row.title == "下面 1 个组织有 1 条群众意见没有办"
        (lying,) = lying_below(scene.cast.bureau)
        assert lying.words == "1 条那里没有人能办，要上级来办"
        with clock.at(NOW + timedelta(days=13)):  # counted once
            (lying,) = lying_below(scene.cast.bureau)
            assert lying.words == "1 条放了一周以上没有看"
        assert list(lying_below(scene.cast.branch)) == [], "one's own is not below"

    def test_the_page_of_the_bodies_below(self, scene: Scene, django_assert_num_queries) -> None:
        shown(scene, "甲。", "乙。")
        say(scene.plan)
        client = client_as(scene.cast.gu, Role.CAMPAIGN_OFFICE)
        assert "没有放着不管的" in client.get(reverse("remarks:below")).content.decode()
        with clock.at(date(2026, 12, 2)):
            page = client.get(reverse("remarks:below")).content.decode()
            assert "2 条过期没有答复，1 条放了一周以上没有看" in page
            assert queue_of(scene.cast.branch) in page

    def test_the_rows_stand_on_the_desk(self, scene: Scene) -> None:
        say(scene.plan)
        page = client_as(scene.cast.shen, Role.SECRETARY).get("/desk/").content.decode()
        assert "1 条群众意见等着公开" in page


def test_desk_and_list_count_the_same(scene) -> None:
    """What is about one's own promise is for others: it is neither asked for nor ticked."""
    me = acting_as(scene.cast.zhou, Role.DEPUTY_SECRETARY)
    shown, own, _waiting, mine = (say(scene.plan, f"第 {place} 条。") for place in range(4))
    Remark.objects.filter(pk__in=[own.pk, mine.pk]).update(about=scene.cast.zhou)
    moderating.show(scene.secretary, [shown, own])
    asked = {row.label: row.title for row in (*waiting_for(me), *todo_for(me))}
    counts = {
        row["title"]: row["count"] for row in queue(me, scene.cast.branch, "waiting", None).segments
    }
    assert asked["等着看"].startswith("1 条") and asked["要答复"].startswith("1 条")
    assert (counts["等着看"], counts["要答复"], counts["由别人、在别处办"]) == (1, 1, 2)
    others = queue(me, scene.cast.branch, "others", None)
    assert {line.remark.pk for line in others.lines} == {own.pk, mine.pk}
    assert not any(line.may for line in others.lines) and not others.pickable
    page = client_as(scene.cast.zhou, Role.DEPUTY_SECRETARY).get(
        f"/remarks/of/{scene.cast.branch.uid}/?show=others"
    )
    assert "要由别的书记、委员或者上级来办" in page.content.decode()
