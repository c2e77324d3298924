"""Two at once, on both databases: one does it, the other is told, nothing is half done."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from tests import cast as casting
from tests.pledges.conftest import DOING, PLEDGING, YES, World, build

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Role
from zhengyou.pledges.actions import writing
from zhengyou.pledges.actions.fulfilment import assess, confirm
from zhengyou.pledges.actions.progress import note
from zhengyou.pledges.actions.reviewing import Ticks, send_back, send_results
from zhengyou.pledges.models import ItemReview, Outcome, Pledge, PledgeItem, Progress

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world() -> Iterator[World]:
    with clock.at(PLEDGING):
        yield build(casting.build())


def together(day: object, *jobs: Callable[[], object]) -> list[str]:
    """Run each job in a thread of its own, all starting at once; return done, stale or refused."""
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> str:
        start.wait()
        try:
            with clock.at(day):
                job()
        except Stale:
            return "stale"
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return sorted(done.result() for done in [pool.submit(run, job) for job in jobs])


def test_two_reviewers_of_one_pledge(world) -> None:
    pledge = world.submitted("shen")
    items = list(pledge.items.all())
    no = Ticks(True, True, False, "到期做不到，请改日子。")
    deputy = world.actor("zhou", Role.DEPUTY_SECRETARY)
    above = world.actor("gu", Role.CAMPAIGN_OFFICE)

    outcome = together(
        PLEDGING,
        lambda: send_results(deputy, pledge, {item.uid: YES for item in items}),
        lambda: send_results(above, pledge, {item.uid: no for item in items}),
    )

    assert outcome == ["done", "stale"]
    assert ItemReview.objects.count() == 3
    assert len(set(ItemReview.objects.values_list("decided_by", flat=True))) == 1
    states = set(pledge.items.values_list("state", flat=True))
    assert states in ({ClimbState.PUBLISHED}, {ClimbState.RETURNED})
    facts = Fact.objects.filter(verb__in=["pledge_item.publish", "pledge_item.send_back"])
    assert facts.count() == 3


def test_reviewed_while_it_is_taken_back(world) -> None:
    pledge = world.submitted("song")
    items = list(pledge.items.order_by("number"))

    outcome = together(
        PLEDGING,
        lambda: send_results(world.secretary, pledge, {item.uid: YES for item in items}),
        lambda: writing.take_back(world.actor("song"), items[0]),
    )

    assert outcome == ["done", "stale"]
    first = PledgeItem.objects.get(pk=items[0].pk)
    rest = {item.state for item in pledge.items.exclude(pk=first.pk)}
    assert (first.state, rest) in (
        (ClimbState.PUBLISHED, {ClimbState.PUBLISHED}),
        (ClimbState.DRAFT, {ClimbState.SUBMITTED}),
    )


def test_two_who_begin_one_pledge(world) -> None:
    song, tian = world.actor("song"), world.recorder
    branch, person = world.cast.branch, world.cast.song

    outcome = together(
        PLEDGING,
        lambda: writing.begin(song, world.campaign, branch, person),
        lambda: writing.begin(tian, world.campaign, branch, person),
    )

    assert outcome.count("done") == 1
    assert Pledge.objects.count() == 1
    assert Fact.objects.filter(verb="pledge.begin").count() == 1


def test_two_notes_from_one_screen(world) -> None:
    item = world.published("song").items.first()
    song = world.actor("song")

    def write() -> Progress:
        return note(song, item, noted_on=DOING, value=Decimal(6), seen=None)

    assert together(DOING, write, write) == ["done", "stale"]
    assert Progress.objects.count() == 1


def test_items_added_at_once_have_numbers_of_their_own(world) -> None:
    pledge = world.drafted("song", kinds="")
    song = world.actor("song")

    outcome = together(PLEDGING, *[lambda: world.add(song, pledge)] * 4)

    assert outcome == ["done"] * 4
    assert sorted(pledge.items.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_two_who_confirm_one_outcome(world) -> None:
    pledge = world.published("shen")
    after = date(2027, 1, 4)
    with clock.at(after):
        said = assess(world.actor("shen"), pledge.items.first(), outcome=Outcome.FULFILLED)
    deputy = world.actor("zhou", Role.DEPUTY_SECRETARY)
    office = world.actor("gu", Role.CAMPAIGN_OFFICE)

    outcome = together(
        after,
        lambda: confirm(deputy, said, outcome=Outcome.FULFILLED, seen=None),
        lambda: confirm(office, said, outcome=Outcome.PARTLY, reason="还差一半。", seen=None),
    )

    assert outcome == ["done", "stale"]
    assert PledgeItem.objects.get(pk=said.item.pk).outcome == said.confirmations.get().outcome


def test_returned_while_it_is_taken_back_during_the_notice(world) -> None:
    world.member.notice_days = 5
    world.member.save()
    item = world.submitted("song").items.first()
    no = Ticks(True, False, True, "请写清数目。")

    outcome = together(
        PLEDGING,
        lambda: send_back(world.secretary, item, no),
        lambda: writing.take_back(world.actor("song"), item),
    )

    assert outcome in (["done", "refused"], ["done", "stale"])
    now = PledgeItem.objects.get(pk=item.pk)
    assert (now.state, now.announced_until) in (("returned", None), ("draft", None))
