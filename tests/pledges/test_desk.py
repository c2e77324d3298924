"""What the desk says: what is due from me, what waits for me, and for nobody further up."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.pledges.conftest import DOING, YES

from zhengyou.kernel import clock
from zhengyou.people.actions.people import end_post
from zhengyou.people.actor import ANONYMOUS
from zhengyou.people.models import Post, Role
from zhengyou.pledges import queries
from zhengyou.pledges.actions import writing
from zhengyou.pledges.actions.progress import note
from zhengyou.pledges.actions.reviewing import Ticks, save_draft, send_results
from zhengyou.pledges.models import Pledge

pytestmark = pytest.mark.django_db


def test_a_member_is_asked_to_begin_to_go_on_and_to_mend(world) -> None:
    song = world.actor("song")
    (row,) = queries.todo_for(song)
    assert (row.kind, row.title, row.button) == ("todo", "写我的承诺", "开始写")
    assert row.why == "“育新先锋行动”，至少 3 条：共性 1 条、岗位 1 条、实事 1 条"
    assert (row.when, row.due) == ("5月31日前", date(2026, 5, 31))

    pledge = world.drafted("song")
    (row,) = queries.todo_for(song)
    assert (row.kind, row.button) == ("doing", "接着写")

    writing.submit(song, pledge)
    assert queries.todo_for(song) == []

    no = Ticks(True, False, True, "请写上数目。")
    items = list(pledge.items.order_by("number"))
    said = {items[0].uid: YES, items[1].uid: no, items[2].uid: no}
    send_results(world.secretary, Pledge.objects.get(pk=pledge.pk), said)
    (row,) = queries.todo_for(song)
    assert (row.kind, row.title) == ("back", "我的承诺，第 2、3 条退回来了")


def test_the_last_week_is_marked(world) -> None:
    with clock.at(date(2026, 5, 25)):
        (row,) = queries.todo_for(world.actor("song"))
    assert (row.kind, row.label) == ("due", "快到期")


@pytest.mark.parametrize(
    ("who", "hat", "titles"),
    [
        ("shen", Role.SECRETARY, {"写我的承诺", "写育新小学党支部的承诺"}),
        ("su", Role.COMMITTEE_MEMBER, {"写我的承诺"}),
        ("jiang", None, set()),  # an activist is not asked
        ("gu", Role.CAMPAIGN_OFFICE, set()),  # the committee is not covered
        ("bai", Role.SECRETARY, set()),  # another campaign's country
    ],
)
def test_who_is_asked(world, who, hat, titles) -> None:
    assert {row.title for row in queries.todo_for(world.actor(who, hat))} == titles


def test_nobody_is_asked_out_of_season_nor_who_chose_not_to(world) -> None:
    writing.exempt(world.actor("he"), world.campaign, world.cast.branch, world.cast.he)
    assert queries.todo_for(world.actor("he")) == []
    with clock.at(DOING):
        assert queries.todo_for(world.actor("song")) == []
    assert queries.todo_for(ANONYMOUS) == []


def test_what_waits_waits_for_the_nearest(world) -> None:
    world.submitted("song")
    world.submitted("shen")
    branch = world.of_branch()
    writing.submit(world.secretary, branch)

    def waiting(who: str, hat: Role) -> set[str]:
        return {row.title for row in queries.waiting_for(world.actor(who, hat))}

    assert waiting("shen", Role.SECRETARY) == {"宋知行的承诺，3 条"}
    assert waiting("zhou", Role.DEPUTY_SECRETARY) == {"沈若兰的承诺，3 条"}
    assert waiting("qin", Role.SECRETARY) == {"育新小学党支部的承诺，3 条"}, "a deputy is nearer"
    assert waiting("gu", Role.CAMPAIGN_OFFICE) == {"育新小学党支部的承诺，3 条"}
    assert waiting("su", Role.COMMITTEE_MEMBER) == set()

    end_post(world.actor("qin", Role.SECRETARY), Post.objects.get(
        person=world.cast.zhou, role=Role.DEPUTY_SECRETARY))  # fmt: skip
    assert "沈若兰的承诺，3 条" in waiting("qin", Role.SECRETARY)


def test_the_county_is_not_asked_what_the_bureau_decides(world) -> None:
    from zhengyou.people.actions.people import appoint

    appoint(None, world.cast.zhuo, world.cast.county, Role.SECRETARY)
    branch = world.of_branch()
    writing.submit(world.secretary, branch)

    assert queries.waiting_for(world.actor("zhuo", Role.SECRETARY)) == []
    assert len(queries.waiting_for(world.actor("qin", Role.SECRETARY))) == 1


def test_begun_work_goes_on(world) -> None:
    pledge = world.submitted("song")
    with clock.at(date(2026, 4, 23)):
        (row,) = queries.waiting_for(world.secretary)
        assert (row.when, row.button) == ("等了 3 天", "逐条审")
        save_draft(world.secretary, pledge, {pledge.items.first().uid: YES})
        (row,) = queries.waiting_for(world.secretary)
    assert row.button == "接着审"


def test_progress_is_due_once_a_period_until_the_target_is_reached(world) -> None:
    song = world.actor("song")
    items = list(world.published("song").items.order_by("number"))
    with clock.at(date(2026, 5, 10)):
        (row,) = queries.progress_due(song)
        assert row.title == "写我的2026年5月进展"
        assert row.why.startswith("第 1、2、3 条")
        assert (row.kind, row.when) == ("todo", "5月31日前")
        note(song, items[0], noted_on=clock.today(), value=3)  # there
        note(song, items[1], noted_on=clock.today(), words="开了头")
        assert queries.progress_due(song)[0].why.startswith("第 3 条")
        note(song, items[2], noted_on=clock.today(), words="开了头")
        assert queries.todo_for(song) == []
    with clock.at(date(2026, 6, 26)):
        (row,) = queries.progress_due(song)
    assert row.why.startswith("第 2、3 条") and row.kind == "due"


def test_nothing_is_due_in_the_period_of_publication_or_without_a_phase(world) -> None:
    world.published("song")
    with clock.at(date(2026, 4, 30)):
        assert queries.progress_due(world.actor("song")) == []
    with clock.at(date(2027, 2, 1)):
        assert queries.progress_due(world.actor("song")) == []


def test_waiting_takes_the_same_queries_for_one_and_for_many(world) -> None:
    world.submitted("song")
    one = _queries(world)
    for who in ("su", "tian", "wei", "he", "fang", "zhou"):
        world.submitted(who)

    assert _queries(world) == one == 3


def _queries(world) -> int:
    actor = world.secretary
    with CaptureQueriesContext(connection) as asked:
        queries.waiting_for(actor)
    return len(asked)


def test_rows_and_counts_for_the_summary(world) -> None:
    pledge = world.published("song")
    world.submitted("su")
    world.drafted("tian", world.recorder)
    writing.exempt(world.actor("he"), world.campaign, world.cast.branch, world.cast.he)
    items = list(pledge.items.order_by("number"))
    with clock.at(date(2026, 9, 20)):
        note(world.actor("song"), items[0], noted_on=clock.today(), value=2, words="都过关了。")
        note(world.actor("song"), items[1], noted_on=clock.today(), value=7, words="还差 4 人。")
    with clock.at(DOING):
        note(world.actor("song"), items[2], noted_on=DOING, words="孩子病了，停了两周。")
        rows = queries.item_rows(world.campaign, world.cast.branch)
        counts = queries.counts(world.campaign, world.cast.branch)

    song = [row for row in rows if row.who == "宋知行"]
    assert [row.reached for row in song] == [True, False, False]
    assert [row.noted_this_period for row in song] == [False, False, True]
    assert (song[1].now, song[1].share, song[1].note) == ("7 人", 50, "还差 4 人。")
    assert counts.by_kind == {"common": 3, "post": 3, "deed": 3}
    assert counts.by_state == {"draft": 3, "submitted": 3, "returned": 0, "published": 3}
    assert (counts.public, counts.reached, counts.not_reached, counts.not_noted) == (3, 1, 2, 1)
    assert (counts.asked, counts.pledged, counts.exempt) == (7, 3, 1)


def test_the_list_counts_who_is_there_today(world) -> None:
    from zhengyou.people.actions.people import transfer
    from zhengyou.pledges.queries.body import body_page

    world.drafted("song")
    moved = world.drafted("fang")
    writing.exempt(world.actor("he"), world.campaign, world.cast.branch, world.cast.he)
    office = world.actor("gu", Role.CAMPAIGN_OFFICE)
    transfer(office, world.cast.fang, world.cast.branch, world.cast.nanhu)
    page = body_page(world.campaign, world.cast.branch)

    assert (page.asked, page.made, len(page.missing)) == (6, 1, 5)
    assert moved.uid in {row.uid for row in page.pledges}, "a pledge stays where it was made"


def test_of_many_that_wait_so_many_are_listed_and_the_rest_is_counted(world, monkeypatch) -> None:
    for who in ("song", "su", "wei"):
        world.submitted(who)
    assert len(queries.waiting_for(world.secretary)) == 3

    monkeypatch.setattr("zhengyou.pledges.queries.desk.ON_DESK", 1)
    first, rest = queries.waiting_for(world.secretary)

    assert "3 条" in first.title
    assert rest.title == "另外还有 2 份承诺等着审"
    assert rest.url != first.url
