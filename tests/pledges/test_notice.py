"""Intentions are put out for opinions before they are promises; the clock alone ends it."""

from datetime import date

import pytest
from django.test import Client
from tests.cast import client_as
from tests.pledges.conftest import YES

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import ANONYMOUS
from zhengyou.people.models import Role
from zhengyou.pledges import queries, rules
from zhengyou.pledges.actions import reviewing, writing
from zhengyou.pledges.actions.reviewing import Ticks, send_results
from zhengyou.pledges.models import ItemReview, Pledge, PledgeItem
from zhengyou.pledges.queries import Filters
from zhengyou.remarks.actions import moderating
from zhengyou.remarks.actions import writing as public
from zhengyou.remarks.models import Remark
from zhengyou.remarks.targets import resolve

pytestmark = pytest.mark.django_db

LAST = date(2026, 4, 27)  # five working days after Monday, 20 April
AFTER = date(2026, 4, 28)
NO = Ticks(True, False, True, "请写清帮几名学生。")


@pytest.fixture
def song(world):
    """The pledge of 宋知行, put out for opinions: three items."""
    world.member.notice_days = 5
    world.member.save()
    return world.submitted("song")


def first(pledge: Pledge) -> PledgeItem:
    return pledge.items.order_by("number")[0]


@pytest.mark.parametrize(
    ("sent", "days", "until"),
    [
        (date(2026, 4, 20), 5, date(2026, 4, 27)),
        (date(2026, 4, 28), 5, date(2026, 5, 8)),  # 1 to 5 May are holidays
        (date(2026, 5, 6), 3, date(2026, 5, 9)),  # a Saturday that works (调休)
        (date(2026, 4, 25), 1, date(2026, 4, 27)),  # sent in on a Saturday
    ],
)
def test_until_when(world, sent, days, until) -> None:
    world.member.notice_days = days
    world.member.save()
    with clock.at(sent):
        pledge = world.submitted("song")
        assert {item.announced_until for item in pledge.items.all()} == {until}


def test_without_a_notice_it_goes_straight_to_review(world) -> None:
    pledge = world.submitted("song")

    assert all(item.to_review and not item.announced for item in pledge.items.all())
    assert [row.label for row in queries.waiting_for(world.secretary)] == ["待审"]


def test_the_clock_alone_moves_it_to_the_desk(world, song) -> None:
    with clock.at(LAST):
        assert queries.waiting_for(world.secretary) == []
        assert first(song).announced
    with clock.at(AFTER):
        (row,) = queries.waiting_for(world.secretary)
        assert row.title == "宋知行的承诺，3 条" and row.when == "等了 1 天"
        assert first(song).to_review


def test_it_is_public_as_an_intention_and_apart_from_promises(world, song) -> None:
    wall = queries.wall(world.campaign)
    assert (wall.cards, wall.tally.total, wall.tally.intended) == ([], 0, 3)
    cards = queries.wall(world.campaign, Filters(state="intended")).cards
    assert [card["state"] for card in cards] == [("wait", "打算，征求意见到4月27日")] * 3
    assert "宋知行的打算，3 条" in Client().get(f"/pledges/{song.uid}/").content.decode()

    with clock.at(AFTER):  # it waits for review, and is not public any more
        assert not Pledge.objects.filter(rules.visible_pledges(ANONYMOUS)).exists()
        assert queries.wall(world.campaign, Filters(state="intended")).cards == []


def test_it_may_be_returned_at_once_but_passed_only_afterwards(world, song) -> None:
    said = {item.uid: YES for item in song.items.all()}
    with pytest.raises(Refused, match="征求意见到4月27日，之后再审"):
        send_results(world.secretary, song, said)

    review = reviewing.send_back(world.secretary, first(song), NO)
    assert (review.item.state, review.reason) == (ClimbState.RETURNED, NO.reason)

    with clock.at(AFTER):
        del said[review.item.uid]
        send_results(world.secretary, song, said)
    states = song.items.order_by("number").values_list("state", flat=True)
    assert list(states) == ["returned", "published", "published"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (YES, "退回要指出"),
        (Ticks(), "退回要指出"),
        (Ticks(True, False, None, "  "), "退回要写明"),
    ],
)
def test_a_return_says_what_and_how(world, song, said, why) -> None:
    with pytest.raises(Refused, match=why):
        reviewing.send_back(world.secretary, first(song), said)
    assert not ItemReview.objects.exists()


def test_who_returns(world, song) -> None:
    for actor in (
        world.actor("song"), world.actor("zhou", Role.DEPUTY_SECRETARY), world.recorder,
        world.actor("wen", Role.SECRETARY), ANONYMOUS,
    ):  # fmt: skip
        with pytest.raises(Refused):
            reviewing.send_back(actor, first(song), NO)


def test_a_period_broken_off_begins_anew_a_full_one_counts(world, song) -> None:
    actor, item = world.actor("song"), first(song)
    with clock.at(date(2026, 4, 22)):
        writing.take_back(actor, item)
        assert item.announced_until is None
        writing.submit(actor, song)
        assert first(song).announced_until == date(2026, 4, 29)
    with clock.at(date(2026, 4, 30)):  # after opinions came in, the text is mended
        writing.take_back(actor, first(song))
        edit(world, first(song), text="每周三、周五放学后各留 40 分钟，给算得慢的孩子讲题。")
        writing.submit(actor, song)
        assert first(song).to_review
        page = client_as(world.cast.shen, Role.SECRETARY).get(f"/pledges/{song.uid}/review/")
        assert "征求意见以后改了" in page.content.decode()


def test_what_was_returned_during_the_period_is_put_out_again(world, song) -> None:
    reviewing.send_back(world.secretary, first(song), NO)
    edit(world, first(song), text="换成帮五名学生每周三补一次课。")
    with clock.at(AFTER):
        writing.submit(world.actor("song"), song)
        assert first(song).announced_until == date(2026, 5, 8)


def test_a_pass_does_not_slip_in_between_two_periods(world, song) -> None:
    """The reviewer opened the page after the end; meanwhile it was mended and sent in again."""
    actor, item = world.actor("song"), first(song)
    with clock.at(AFTER):
        seen = {each.uid: Ticks(True, True, True, seen=each.fingerprint) for each in
                song.items.all()}  # fmt: skip
        writing.take_back(actor, item)
        edit(world, item, text="换了一件事。")
        writing.submit(actor, song)
        with pytest.raises(Stale, match="又改了文字"):
            send_results(world.secretary, song, seen)


def edit(world, item: PledgeItem, text: str) -> None:
    content = {
        name: getattr(item, name)
        for name in ("kind", "criterion", "baseline", "target", "unit", "due_on", "beneficiary")
    }
    item.refresh_from_db()
    writing.edit_item(world.actor("song"), item, text=text, **content)


def test_the_pages_say_what_follows(world, song) -> None:
    member = client_as(world.cast.wei)
    assert (
        "征求意见 5 个工作日" in member.get(f"/pledges/new/{world.campaign.uid}/").content.decode()
    )
    page = client_as(world.cast.shen, Role.SECRETARY).get(f"/pledges/{song.uid}/review/")
    assert "正在征求意见的" in page.content.decode() and "送出结果" not in page.content.decode()
    answer = client_as(world.cast.shen, Role.SECRETARY).post(
        f"/pledges/items/{first(song).uid}/send-back/",
        {f"concrete-{first(song).uid}": "0", f"reason-{first(song).uid}": "请写清帮几名学生。"},
    )
    assert answer.status_code == 302 and first(song).state == ClimbState.RETURNED


def test_opinions_reach_the_writer_and_the_reviewer(world, song) -> None:
    item = first(song)
    say(world, item, "能不能多帮几个孩子？")
    (row,) = [row for row in queries.todo_for(world.actor("song")) if "意见" in row.title]
    assert row.title == "我的打算收到 1 条意见" and row.when == "到4月27日"

    with clock.at(AFTER):
        assert resolve("pledge_item", item.uid) is None  # not public: no opinions any more
        assert not [row for row in queries.todo_for(world.actor("song")) if "意见" in row.title]
        (waiting,) = queries.waiting_for(world.secretary)
        assert "征求意见收到 1 条" in waiting.why
        lead = client_as(world.cast.shen, Role.SECRETARY)
        assert "能不能多帮几个孩子？" in lead.get(f"/pledges/{song.uid}/review/").content.decode()
        writing.take_back(world.actor("song"), first(song))
        page = client_as(world.cast.song).get(f"/pledges/{song.uid}/edit/")
        assert "能不能多帮几个孩子？" in page.content.decode()


def say(world, item: PledgeItem, text: str) -> None:
    target = resolve("pledge_item", item.uid)
    assert target is not None and "打算" in target.title
    public.write(target, text)
    moderating.show(world.secretary, [Remark.objects.get(target=item.uid)])
