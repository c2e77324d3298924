"""What is kept of rolls, so that no page counts a county: always what one gets by counting."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.people.rolls import check_numbers

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import people, rolls, standings, tree
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import (
    Kind,
    Leaving,
    Membership,
    Organisation,
    Person,
    Role,
    RollCount,
    StandingKind,
)
from zhengyou.people.queries import numbers
from zhengyou.people.queries.roll import counts_on, size_on

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 2)
VERBS = ["enrol", "join a union", "leave", "transfer", "become", "move", "found", "days pass"]
STEP = st.tuples(st.sampled_from(VERBS), *[st.integers(0, 40)] * 2, st.integers(-30, 30))


def take(chief: Actor, verb: str, first: int, second: int, days: int) -> None:
    """Do one verb on whom the numbers point at, ``days`` from today; a refusal changes nothing."""
    on = clock.today() + timedelta(days=days)
    bodies = list(Organisation.objects.filter(closed_on=None).order_by("pk"))
    body, other = bodies[first % len(bodies)], bodies[second % len(bodies)]
    rows = list(Membership.objects.overlapping(on, None).order_by("pk"))
    row = rows[first % len(rows)]
    with suppress(Refused):
        if verb == "enrol":
            kind = list(StandingKind)[second % 6]
            people.enrol(chief, Person(name="于新来"), body, standing=kind, since=on)
        elif verb == "join a union":
            people.enrol(chief, row.person, other, since=on)
        elif verb == "leave":
            people.release(chief, row.person, row.organisation, on, list(Leaving)[second % 6])
        elif verb == "transfer":
            people.transfer(chief, row.person, row.organisation, other, on)
        elif verb == "become":
            kind = list(StandingKind)[second % 6]
            standings.change_standing(row.person, kind, on)
        elif verb == "move":
            tree.move(chief, body, other)
        else:
            kinds = [Kind.UNION, Kind.BRANCH, Kind.PARTY_GROUP, Kind.LEAGUE]
            tree.found(chief, name=f"新{first}", kind=kinds[second % 4], parent=other)


@settings(
    max_examples=8,
    phases=[Phase.reuse, Phase.generate],  # making a failure smaller takes minutes
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=8, max_size=14))
def test_whatever_is_done_and_however_many_days_pass(cast, steps):
    day = FIRST
    with transaction.atomic():
        for verb, first, second, days in steps:
            with clock.at(day):
                if verb == "days pass":
                    day += timedelta(days=abs(days))
                else:
                    chief = acting_as(Person.objects.get(name="卓一宁"), Role.SYSTEM_ADMIN)
                    take(chief, verb, first, second, days)
            with clock.at(day):
                check_numbers()
        with clock.at(day):
            check_numbers(each_body=True)
            rolls.mend()
            assert rolls.mend() == 0
            check_numbers()
        transaction.set_rollback(True)


def test_tomorrow_comes_without_anybody_writing(cast):
    secretary = acting_as(cast.shen, Role.SECRETARY)
    tomorrow = FIRST + timedelta(days=1)
    with clock.at(FIRST):
        new = Person(name="于新来")
        people.enrol(secretary, new, cast.branch, standing=StandingKind.APPLICANT, since=tomorrow)
        people.release(secretary, cast.he, cast.branch, tomorrow, Leaving.DIED)
        assert size_on(FIRST, cast.county) == 17
        assert StandingKind.APPLICANT not in counts_on(FIRST, cast.county)
    with clock.at(tomorrow):
        assert size_on(tomorrow, cast.county) == 17
        assert counts_on(tomorrow, cast.county)[StandingKind.APPLICANT] == 1
        assert size_on(FIRST, cast.county) == 17
        assert RollCount.objects.filter(counted_on__gt=FIRST).count() == 0


def test_where_nothing_is_kept_people_are_counted_until_the_clock_mends_it(cast):
    with clock.at(FIRST):
        assert rolls.mend() == 0
        RollCount.objects.filter(organisation=cast.low).delete()
        RollCount.objects.filter(organisation=cast.high).update(numbers=[])
        assert numbers._read(FIRST, cast.branch.path) is None
        assert size_on(FIRST, cast.branch) == 9
        assert rolls.mend() == 2
        check_numbers()


def test_a_clock_that_was_ahead_does_no_harm(cast):
    with clock.at(FIRST + timedelta(days=400)):
        rolls.follow(persons=[cast.song.pk])
        Membership.objects.filter(person=cast.song).end(FIRST + timedelta(days=300))
        rolls.follow(persons=[cast.song.pk])
    with clock.at(FIRST):
        assert numbers._read(FIRST, cast.branch.path) is None
        assert size_on(FIRST, cast.branch) == 9
        assert rolls.mend() == 2
        check_numbers()


def test_what_is_undone_inside_a_verb_counts_for_nothing(cast):
    secretary = acting_as(cast.shen, Role.SECRETARY)
    with clock.at(FIRST):
        with suppress(RuntimeError), transaction.atomic():
            people.enrol(secretary, Person(name="于新来"), cast.branch)
            raise RuntimeError
        assert size_on(FIRST, cast.branch) == 9
        check_numbers()
