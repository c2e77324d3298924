"""The wall: what is on it, found how, under which name; the same queries for 1 and 30 rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from tests.pledges.conftest import DOING, PLEDGING

from zhengyou.campaigns.models import NameStyle
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.people.models import Role
from zhengyou.pledges import queries
from zhengyou.pledges.actions import tallies, writing
from zhengyou.pledges.actions.progress import note
from zhengyou.pledges.actions.reviewing import send_results
from zhengyou.pledges.models import PledgeItem
from zhengyou.pledges.names import HIDDEN, in_public, surname
from zhengyou.pledges.queries import Filters
from zhengyou.pledges.queries.wall import DOING as STILL
from zhengyou.pledges.queries.wall import DONE, DUE, PAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def wall(world):
    """Two persons and the branch on the wall, half a year later; one item has got there."""
    song, he = world.published("song"), world.published("he", actor=world.recorder)
    branch = world.of_branch()
    writing.submit(world.secretary, branch)
    branch.refresh_from_db()
    above = world.actor("gu", Role.CAMPAIGN_OFFICE)
    from tests.pledges.conftest import YES

    send_results(above, branch, {item.uid: YES for item in branch.items.all()})
    world.submitted("su")  # waits, so it is not on the wall
    with clock.at(date(2026, 9, 28)):
        note(world.actor("song"), song.items.get(number=1), noted_on=clock.today(),
             value=Decimal(3), words="都过关了。")  # fmt: skip
        note(world.recorder, he.items.get(number=2), noted_on=clock.today(), value=Decimal(6))
    with clock.at(DOING):
        yield world


def test_the_own_pledge_of_the_body_stands_first_and_wide(wall) -> None:
    page = queries.wall(wall.campaign, Filters(body=wall.cast.branch))

    assert [card["wide"] for card in page.cards] == [True] * 3 + [False] * 6
    assert page.cards[0]["by"] == "育新小学党支部"
    assert page.tally.total == 9 and page.tally.persons == 2
    assert page.tally.doing == 8 and page.tally.done == 1


def test_a_card_says_where_it_stands_by_value_and_by_calendar(wall) -> None:
    cards = {card["note"]["text"]: card for card in _cards(wall) if card["note"]}

    there, under_way = cards["都过关了。"], cards["现在 6 人。"]
    assert there["state"] == ("done", "数已到目标，等支部确认")
    assert there["goal"] == {
        "baseline": "11 人", "now": "3 人", "target": "3 人", "pct": 100, "mark": None,
        "cls": "is-done",
    }  # fmt: skip
    assert under_way["goal"]["pct"] == 62
    assert under_way["goal"]["mark"] == 100 * (DOING - PLEDGING).days // 255
    assert under_way["note"]["title"] == "9月进展（代录）"
    assert under_way["tail"] == "五（3）班 11 名学生，2026年12月31日前，代录"
    assert under_way["kind"] == "岗位承诺，带头服务群众"


def test_what_cannot_be_measured_has_no_bar(wall) -> None:
    PledgeItem.objects.update(baseline=None)

    assert {card["goal"] is None for card in _cards(wall)} == {True}


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"state": DONE}, 1),
        ({"state": STILL}, 8),
        ({"state": DUE}, 0),
        ({"kind": "deed"}, 4),
        ({"text": "对每户的门"}, 0),
        ({"text": "孩子 讲题"}, 9),
        ({"text": "宋知行"}, 3),
        ({"text": "一年级数学"}, 3),
        ({"kind": "nonsense", "state": "nonsense"}, 9),
    ],
)
def test_filters(wall, filters, count) -> None:
    page = queries.wall(wall.campaign, Filters(body=wall.cast.branch, **filters))

    assert len(page.cards) == count
    assert page.tally.total == 9, "the numbers above are those of the body, whatever is filtered"


def test_by_criterion_and_by_body(wall) -> None:
    serve = Filters(body=wall.cast.branch, criterion=wall.points["serve"])
    assert len(queries.wall(wall.campaign, serve).cards) == 6
    assert len(queries.wall(wall.campaign, Filters(body=wall.cast.nanhu)).cards) == 0
    assert len(queries.wall(wall.campaign, Filters(body=wall.cast.bureau)).cards) == 9

    tally = queries.tally(wall.campaign)
    assert tally.by_criterion == {wall.points["serve"].pk: 6, wall.points["opinion"].pk: 3}
    assert tally.by_kind == {"common": 3, "post": 2, "deed": 4}
    sets = queries.standards(wall.campaign, tally)
    assert [(each["title"], each["note"]) for each in sets] == [
        ("五带头", "2 人承诺，6 条"), ("五个好", "3 条"),
    ]  # fmt: skip
    assert sets[0]["points"][2]["code"] == "member.serve"


def test_due_this_month(wall) -> None:
    item = PledgeItem.objects.get(number=3, pledge__person=wall.cast.song)
    PledgeItem.objects.filter(pk=item.pk).update(due_on=date(2026, 10, 31))
    tallies.mend()

    assert [card["uid"] for card in _cards(wall, state=DUE)] == [item.uid]
    assert queries.tally(wall.campaign).due == 1


def test_withdrawn_is_gone(wall) -> None:
    writing.remove_item(wall.secretary, PledgeItem.objects.get(
        number=1, pledge__person=wall.cast.song), "调走了，由方晓岚接着做。")  # fmt: skip

    assert len(_cards(wall)) == 8


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("宋知行", "宋"),
        ("欧阳明", "欧阳"),
        ("欧阳", "欧"),
        ("司马清扬", "司马"),
        ("阿依古丽·买买提", "阿"),
    ],
)
def test_surnames(name, family) -> None:
    assert surname(name) == family


@pytest.mark.parametrize(
    ("style", "by", "role"),
    [
        (NameStyle.FULL, "宋知行", "一年级数学老师"),
        (NameStyle.SURNAME, "宋同志", "育新小学党支部"),
        (NameStyle.HIDDEN, HIDDEN, "育新小学党支部"),
    ],
)
def test_names_as_the_campaign_says(wall, style, by, role) -> None:
    wall.campaign.wall_names = style
    wall.campaign.save()

    shown = {(card["by"], card["role"]) for card in _cards(wall) if not card["org"]}

    assert (by, role) in shown


@pytest.mark.parametrize("style", [NameStyle.SURNAME, NameStyle.HIDDEN])
def test_a_hidden_name_is_nowhere_and_is_not_found(wall, client, style) -> None:
    wall.campaign.wall_names = style
    wall.campaign.save()
    secrets = ("宋知行", "知行", "贺建国", "建国", "数学老师", "后勤主任", "田雨禾")

    cards = _cards(wall)
    html = "".join(
        render_to_string("ui/components/pledge.html", {"pledge": card}) for card in cards
    )
    for card in cards:
        page = client.get(card["url"].partition("#")[0])
        assert page.status_code == 200
        html += page.content.decode()

    assert [word for word in secrets if word in html] == []
    for word in secrets:
        assert _cards(wall, text=word) == []
    assert len(queries.wall(wall.campaign, Filters(text="育新小学")).cards) == 9
    assert in_public(PledgeItem.objects.first().pledge).org is False


def test_the_same_queries_for_one_and_for_thirty(world) -> None:
    world.published("song", kinds="common post deed")
    one = _queries(world)

    for place, who in enumerate(("su", "tian", "wei", "he", "fang", "zhou", "shen"), start=1):
        world.published(who, kinds="common post deed deed")
        assert world.campaign.pledges.count() == place + 1
    PledgeItem.objects.filter(state=ClimbState.SUBMITTED).update(state=ClimbState.PUBLISHED)

    assert PledgeItem.objects.count() > 30
    assert _queries(world) == one == 5


def test_pages_of_the_wall(world) -> None:
    for who in ("song", "su", "tian", "wei", "he", "fang", "zhou", "shen"):
        world.published(who, kinds="common post deed deed")

    first, second = queries.wall(world.campaign), queries.wall(world.campaign, page="2")

    assert (len(first.cards), len(second.cards)) == (PAGE, 32 - PAGE)
    assert not {card["uid"] for card in first.cards} & {card["uid"] for card in second.cards}
    assert queries.wall(world.campaign, page="99").page.number == 2


def _queries(world) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = queries.wall(world.campaign)
        render_to_string("ui/components/pledge.html", {"pledge": page.cards[0]})
    return len(asked)


def _cards(world, **filters) -> list[dict]:
    return queries.wall(world.campaign, Filters(**filters)).cards
