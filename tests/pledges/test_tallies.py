"""The kept numbers of the wall are those a count would give, whatever is done, in whatever order,
by however many at once; what went wrong is mended."""

import random
import threading
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from tests.pledges.conftest import DOING, YES, build

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.pledges import queries
from zhengyou.pledges.actions import tallies, writing
from zhengyou.pledges.actions.progress import correct, note
from zhengyou.pledges.actions.reviewing import Ticks, send_results
from zhengyou.pledges.models import Pledge, PledgeItem, WallTally

WHO = ("song", "su", "he")
NO = Ticks(True, False, True, "请写上数目。")


def recount(campaign, body=None) -> tuple[Any, ...]:
    """Count the plain way, item by item."""
    items = PledgeItem.objects.filter(campaign=campaign).select_related("pledge")
    public = [
        item
        for item in items
        if item.state == ClimbState.PUBLISHED and body in (None, item.pledge.organisation)
    ]
    month = clock.today().replace(day=1)
    return (
        len(public),
        sum(item.reached for item in public),
        sum(bool(item.due_on) and item.due_on.replace(day=1) == month for item in public),
        len({item.pledge.person_id for item in public if item.pledge.of_person}),
        Counter(item.criterion_id for item in public),
        Counter(item.kind for item in public),
        sum(item.announced for item in items if body in (None, item.pledge.organisation)),
    )


def kept(campaign, body=None) -> tuple[Any, ...]:
    tally = queries.tally(campaign, body)
    assert tally.doing == tally.total - tally.done
    return (
        tally.total,
        tally.done,
        tally.due,
        tally.persons,
        Counter(tally.by_criterion),
        +Counter(tally.by_kind),
        tally.intended,
    )


def act(world, chance: random.Random) -> None:
    """Do something that somebody might do; what is refused changes nothing."""
    who = chance.choice(WHO)
    actor = world.recorder if who == "he" else world.actor(who)
    pledge = Pledge.objects.filter(person=world.cast.persons[who]).first()
    if pledge is None:
        world.drafted(who, actor=actor)
        return
    items = list(pledge.items.order_by("number"))
    item = chance.choice(items) if items else None
    what = chance.choice(
        [
            "add",
            "add",
            "submit",
            "submit",
            "review",
            "review",
            "note",
            "note",
            "note",
            "correct",
            "remove",
        ]
    )
    if what == "add":
        due = date(2026, 10, 1) + timedelta(days=chance.randrange(90))
        world.add(actor, pledge, chance.choice(("common", "post", "deed")), due_on=due)
    elif what == "submit":
        writing.submit(actor, pledge)
    elif what == "review":
        waiting = pledge.items.filter(state=ClimbState.SUBMITTED)
        ticks = {row.uid: chance.choice((YES, YES, YES, YES, NO)) for row in waiting}
        send_results(world.reviewer_of(who), pledge, ticks)
    elif item is None:
        return
    elif what == "note":
        note(actor, item, noted_on=clock.today(), value=Decimal(chance.randrange(2, 6)))
    elif what == "correct" and item.latest:
        correct(actor, item.latest, noted_on=clock.today(), value=Decimal(chance.randrange(2, 12)))
    elif what == "remove" and chance.random() < 0.4:
        by = world.reviewer_of(who) if item.state == ClimbState.PUBLISHED else actor
        writing.remove_item(by, item, "换成了别的事。")


@pytest.mark.django_db
@pytest.mark.parametrize("notice", [0, 1])
def test_whatever_is_done_the_numbers_are_those_of_a_count(cast, notice) -> None:
    world = _all_year(cast)
    world.campaign.pledge_rules.update(notice_days=notice)
    chance, done, most = random.Random(2026), Counter[str](), [0, 0, 0]
    for step in range(100):
        with clock.at(DOING + timedelta(days=step // 2)):  # notices end on the way
            try:
                act(world, chance)
                done["done"] += 1
            except (Refused, Stale):
                done["refused"] += 1
            numbers, branch = kept(world.campaign), world.cast.branch
            assert numbers == recount(world.campaign)
            assert kept(world.campaign, branch) == recount(world.campaign, branch)
        most = [max(pair) for pair in zip(most, (*numbers[:2], numbers[-1]), strict=True)]
    assert done["done"] > 40 and all(most[:2]) and bool(most[2]) == bool(notice), "much was done"
    assert tallies.differences() == {}
    assert tallies.mend() == 0


def _all_year(cast):
    """A campaign in which one may pledge all year."""
    with clock.at(DOING):
        world = build(cast)
        world.campaign.phases.filter(code="pledge").update(ends_on=date(2026, 12, 31))
        world.campaign.refresh_from_db()
    return world


@pytest.mark.django_db
class TestMending:
    def test_rows_that_nobody_counted(self, world) -> None:
        world.published("song")
        right = kept(world.campaign)
        WallTally.objects.update(items=7, persons=3)
        PledgeItem.objects.filter(number=1).update(counted="", counted_day=None)
        assert kept(world.campaign) != right

        assert tallies.mend() > 0
        assert kept(world.campaign) == right == recount(world.campaign)
        assert tallies.mend() == 0

    def test_what_went_around_the_verbs(self, world) -> None:
        world.published("song")
        PledgeItem.objects.filter(number=2).update(state=ClimbState.WITHDRAWN)
        PledgeItem.objects.filter(number=1).update(due_on=clock.today(), now_value=3)
        tallies.mend()

        assert kept(world.campaign) == recount(world.campaign)
        assert queries.tally(world.campaign).due == 1
        assert queries.tally(world.campaign).done == 1

    def test_a_wall_that_has_become_empty_has_no_rows(self, world) -> None:
        world.published("song")
        PledgeItem.objects.update(state=ClimbState.WITHDRAWN)
        tallies.mend()
        assert not WallTally.objects.exists()


@pytest.mark.django_db
def test_a_month_later_other_items_are_due(world) -> None:
    world.published("song")
    PledgeItem.objects.update(due_on=date(2026, 12, 31))
    tallies.mend()
    assert queries.tally(world.campaign).due == 0
    with clock.at(date(2026, 12, 1)):
        assert queries.tally(world.campaign).due == 3


@pytest.mark.django_db
def test_bodies_right_below_with_all_that_is_below_them(world) -> None:
    world.published("song")
    world.published("xu")
    found = queries.bodies_below(world.campaign, world.cast.bureau)
    assert [(body.name, count) for body, count in found] == [
        ("育新小学党支部", 3),
        ("南湖小学党支部", 3),
    ]
    assert queries.bodies_below(world.campaign, world.cast.branch) == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once(cast) -> None:
    """Eight publish, note and withdraw at the same moment; nobody's change is lost."""
    world = _all_year(cast)
    with clock.at(DOING):
        who = ("song", "su", "tian", "wei", "zhou", "fang")
        pledges = {each: world.submitted(each) for each in who}
    start, wrong = threading.Barrier(len(who)), []

    def work(each: str) -> None:
        try:
            with clock.at(DOING):
                pledge = pledges[each]
                start.wait(timeout=20)
                reviewer = world.reviewer_of(each)
                send_results(reviewer, pledge, {row.uid: YES for row in pledge.items.all()})
                first, second, _ = pledge.items.order_by("number")
                note(world.actor(each), first, noted_on=DOING, value=Decimal(3))
                writing.remove_item(reviewer, second, "换成了别的事。")
        except Exception as error:  # noqa: BLE001
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(each,)) for each in who]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []
    with clock.at(DOING):
        assert kept(world.campaign) == recount(world.campaign)
        assert queries.tally(world.campaign).total == 2 * len(who)
        assert queries.tally(world.campaign).done == len(who)
    assert tallies.differences() == {}
