"""Letters on paper say what is public, with room to sign; late progress is named within only."""

from datetime import date

import pytest
from django.test import Client
from tests.cast import client_as
from tests.pledges.conftest import DOING

from zhengyou.campaigns.models import NameStyle
from zhengyou.kernel import clock
from zhengyou.people.actions.people import transfer
from zhengyou.people.models import Role
from zhengyou.pledges import queries
from zhengyou.pledges.actions.progress import note
from zhengyou.pledges.models import PledgeItem

pytestmark = pytest.mark.django_db

S, OFFICE = Role.SECRETARY, Role.CAMPAIGN_OFFICE


def test_one_letter_for_everybody(world) -> None:
    pledge = world.published("song")
    world.add(world.actor("song"), pledge, text="还没送审的事。")
    page = Client().get(f"/pledges/{pledge.uid}/letter/").content.decode()
    for words in ("党员公开承诺书", "宋知行", "从 11 人到 3 人，2026年12月31日前做到", "审核人",
                  f"http://testserver/pledges/{pledge.uid}/", "<svg"):  # fmt: skip
        assert words in page, words
    assert "还没送审的事" not in page and "style=" not in page


@pytest.mark.parametrize(
    ("style", "shown"), [(NameStyle.SURNAME, "宋同志"), (NameStyle.HIDDEN, "一名党员")]
)
def test_names_as_the_campaign_says(world, style, shown) -> None:
    world.campaign.wall_names = style
    world.campaign.save()
    pledge = world.published("song")
    address = f"/pledges/{pledge.uid}/letter/"
    page = Client().get(address).content.decode()
    assert shown in page and "宋知行" not in page
    assert "宋知行" in client_as(world.cast.song).get(address).content.decode()


def test_what_is_not_public_has_no_letter(world) -> None:
    pledge = world.submitted("song")
    assert Client().get(f"/pledges/{pledge.uid}/letter/").status_code == 404
    assert client_as(world.cast.song).get(f"/pledges/{pledge.uid}/letter/").status_code == 404


def test_all_of_a_branch_its_own_first(world) -> None:
    branch = world.of_branch()
    PledgeItem.objects.filter(pledge=branch).update(state="published", published_at=clock.now())
    for who in ("song", "su"):
        world.published(who)
    world.submitted("wei")
    address = f"/pledges/of/{world.cast.branch.uid}/{world.campaign.uid}/letters/"
    page = client_as(world.cast.shen, S).get(address).content.decode()
    places = [page.index(words) for words in ("支部公开承诺书", "宋知行", "苏映雪")]
    assert places == sorted(places) and page.count("zy-letter") >= 3
    assert "魏长青" not in page
    assert client_as(world.cast.su).get(address).status_code == 403
    assert client_as(world.cast.wen, S).get(address).status_code == 404


def test_the_same_queries_for_one_letter_and_for_many(world, django_assert_num_queries) -> None:
    lead = client_as(world.cast.shen, S)
    address = f"/pledges/of/{world.cast.branch.uid}/{world.campaign.uid}/letters/"
    world.published("song")
    with django_assert_num_queries(9):
        lead.get(address)
    for who in ("su", "wei", "tian", "fang", "zhou"):
        world.published(who)
    with django_assert_num_queries(9):
        lead.get(address)


def test_late_progress_is_named_within_and_counted_above(world) -> None:
    """Published in April, noted in September: in October it is due, in November overdue."""
    pledge = world.published("song")
    with clock.at(date(2026, 9, 28)):
        for item in pledge.items.all():
            note(world.actor("song"), item, noted_on=clock.today(), value=6)
    address = f"/pledges/of/{world.cast.branch.uid}/{world.campaign.uid}/"
    lead, above = client_as(world.cast.shen, S), client_as(world.cast.gu, OFFICE)
    for day, words in ((DOING, "还没写"), (date(2026, 11, 10), "上期没写")):
        with clock.at(day):
            inside = late_part(lead.get(address).content.decode())
            assert "宋知行" in inside and words in inside and "第 1、2、3 条" in inside
            outside = late_part(above.get(address).content.decode())
            assert "宋知行" not in outside and '<span class="zy-count">1</span>' in outside
    with clock.at(date(2026, 11, 10)):
        (row,) = [row for row in queries.todo_for(world.actor("song")) if "进展" in row.title]
        assert (row.kind, row.label) == ("late", "上期没写")
        for other in (world.secretary, world.actor("gu", OFFICE)):
            assert not [row for row in queries.todo_for(other) if "进展" in row.title]
    public = Client().get(f"/pledges/{pledge.uid}/").content.decode()
    assert "上期没写" not in public


def late_part(page: str) -> str:
    start = page.index("进展还没写的")
    return page[start : page.index("</section>", start)]


def test_who_moved_here_is_listed_with_the_body_of_the_pledge(world) -> None:
    world.published("song")
    with clock.at(date(2026, 6, 1)):
        transfer(world.actor("qin", S), world.cast.song, world.cast.branch, world.cast.nanhu)
    with clock.at(DOING):
        address = f"/pledges/of/{world.cast.nanhu.uid}/{world.campaign.uid}/"
        page = client_as(world.cast.wen, S).get(address).content.decode()
        assert "兑现由这里确认" in page and "在育新小学党支部写的" in page
