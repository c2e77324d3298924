"""Whatever happens to people, bodies, duties and records: on every day it stands with each duty as
a slow and obvious reckoning says (``oracle.py``)."""

from contextlib import suppress
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.work import scene
from tests.work.oracle import Oracle

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import merging, transfers, tree
from zhengyou.people.actor import acting_as
from zhengyou.people.models import (
    Circumstance,
    Kind,
    Membership,
    Organisation,
    Person,
    Post,
    Role,
    Standing,
)
from zhengyou.work.models import DutyTerms
from zhengyou.work.survey import Survey, begun

STEPS = ("hand over", "split", "merge", "move", "standing", "away", "post", "exempt", "terms",
         "own", "enrol", "persons met", "body met", "notes")  # fmt: skip
PICK = st.integers(0, 40)
STEP = st.tuples(st.sampled_from(STEPS), PICK, PICK, st.integers(1, 17))
FIELDS = ("subject", "body", "state", "late", "entered late")


def open_bodies(kind):
    return list(Organisation.objects.filter(kind=kind, closed_on=None).order_by("pk"))


def pick(rows, number):
    rows = list(rows)
    return rows[number % len(rows)] if rows else None


def end_and_begin(rows, day, make):
    """End what holds, begin something else on ``day``."""
    rows.filter(since__lt=day).end(day)
    make.save()


def reshape(what, one, two, day):
    """Change the tree or hand somebody over, with the verbs of the house."""
    chief = acting_as(Person.objects.get(name="卓一宁"), Role.SYSTEM_ADMIN)
    branches = open_bodies(Kind.BRANCH)
    body, other = pick(branches, one), pick(branches, two)
    people = list(Person.objects.filter(
        pk__in=Membership.objects.on(day).filter(organisation=body).values("person")
    ).order_by("pk"))  # fmt: skip
    with suppress(Refused), transaction.atomic():
        if what == "hand over" and people:
            transfers.propose(chief, body, other, [pick(people, two)])
        elif what == "split":
            names = [f"{body.name}{one}甲", f"{body.name}{two}乙"]
            below = list(body.children.filter(closed_on=None))
            tree.split(chief, [body], {names[0]: people[::2], names[1]: people[1::2]},
                       below={names[0]: below, names[1]: []})  # fmt: skip
        elif what == "merge":
            merging.merge(chief, [body], into=other)
        elif what == "move":
            tree.move(chief, body, pick(open_bodies(Kind.PARTY_COMMITTEE), two))


def change(season, what, one, two, day):
    """Change what is true of a person, a duty or a body from ``day`` on, as dated rows."""
    person, duty = pick(Person.objects.order_by("pk"), one), pick(season.duties.values(), two)
    if what == "standing":
        rows = Standing.objects.filter(person=person)
        kind = pick(["full", "activist", "probationary"], two)
        end_and_begin(rows, day, Standing(person=person, kind=kind, since=day))
    elif what == "away":
        Circumstance.objects.create(
            person=person, kind=pick(["lost", "retired", "mobile"], two), since=day,
            until=day + timedelta(days=9 * two) if two % 2 else None,
        )  # fmt: skip
    elif what == "post":
        body = pick(open_bodies(Kind.BRANCH), two)
        Post.objects.filter(organisation=body, role=Role.DEPUTY_SECRETARY).end(day)
        Post.objects.create(person=person, organisation=body, role=Role.DEPUTY_SECRETARY, since=day)
    elif what == "exempt":
        subject = (
            person if duty.terms.first().whose in ("members", "holders") else season.cast.nanhu
        )
        scene.exempted(duty, subject, day, day + timedelta(days=3 * two + 1))
    elif what == "own":
        body = pick(open_bodies(Kind.BRANCH), one)
        hearing = season["hearing"]
        hearing.own_cadences.filter(organisation=body).end(day)
        scene.own_cadence(hearing, body, pick(["month", "week", "quarter"], two), day)
    elif what == "enrol":
        body = pick(open_bodies(Kind.BRANCH), one)
        scene.enrolled(season["visit"], Ref("pair", uuid4(), "结对"), body, person, day,
                       day + timedelta(days=20 * two) if two % 3 else None)  # fmt: skip
    elif what == "terms":
        reword(duty, one, day)


def reword(duty, one, day):
    """Let a duty ask for something else from ``day`` on, in the middle of a period or not."""
    last = duty.terms.order_by("since").last()
    if last.since >= day:
        return
    duty.terms.end(day)
    new = DutyTerms.objects.get(pk=last.pk)
    new.pk, new.since, new.until, new.times = None, day, None, 1 + one % 2
    if new.cadence == "once":
        new.due_on = new.due_on + timedelta(days=one)
    elif new.cadence in ("month", "quarter"):
        new.cadence = ("month", "quarter", "half-year", "week")[one % 4]
    new.save()


def do(season, what, one, two, day):
    """Write down that something was done some days before ``day``, or just then."""
    done = max(day - timedelta(days=two), scene.BEGINS)
    branches = Organisation.objects.filter(kind=Kind.BRANCH).order_by("pk")
    body = pick([branch for branch in branches if branch.is_open(done)], one)
    people = list(Person.objects.order_by("pk"))[one % 5 :: 2]
    late = day if two % 3 else done
    if what == "persons met":
        kind = pick(["theme_day", "study"], two)
        scene.record_of(body, kind, done, *people, entered=late, hours=5 + one % 12)
    elif what == "notes":
        speaker = {"speaker": people[0]}
        scene.record_of(body, pick(["notes", "lecture"], two), done, *people[1:3], parts=speaker,
                        entered=late, characters=2600)  # fmt: skip
    else:
        pair = season["visit"].enrolments.last()
        kind = pick(["assembly", "launch", "listening", "visit"], two)
        scene.record_of(body, kind, done, entered=late, about=pair.about if pair else None)


def answers(season, day, **scope):
    survey = Survey(season.campaign, day, choose=begun, **scope)
    return {
        (line.duty.code, line.turn.start, line.turn.last, line.subject.kind, line.subject.pk): (
            line.body, line.state.value, line.done.late, line.done.entered_late)
        for line in survey.lines()
    }  # fmt: skip


def compare(season, day, one):
    expected = Oracle(season.campaign).lines(day)
    whole = answers(season, day, body=season.cast.bureau)
    assert whole == expected, {key: (whole.get(key), expected.get(key)) for key in
                               whole.keys() | expected.keys()
                               if whole.get(key) != expected.get(key)}  # fmt: skip
    body = pick(Organisation.objects.filter(kind=Kind.BRANCH).order_by("pk"), one)
    part = answers(season, day, body=body)
    ours = {key: value for key, value in expected.items() if value[0] == body.pk}
    assert {key: value for key, value in part.items() if value[0] == body.pk} == ours
    person = pick(Person.objects.order_by("pk"), one)
    mine = answers(season, day, person=person)
    own = {key: value for key, value in expected.items() if key[3:] == ("person", person.pk)}
    assert {key: value for key, value in mine.items() if key[3] == "person"} == own


@pytest.mark.django_db
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, min_size=4, max_size=12))
def test_it_stands_as_the_slow_reckoning_says(season, steps):
    with transaction.atomic():
        day = scene.BEGINS
        for what, one, two, wait in steps:
            day += timedelta(days=wait)
            with clock.at(day):
                if what in STEPS[:4]:
                    reshape(what, one, two, day)
                elif what in STEPS[-3:]:
                    do(season, what, one, two, day)
                else:
                    change(season, what, one, two, day)
        for past in (day - timedelta(days=20), day, date(2027, 1, 5)):
            with clock.at(max(day, past)):
                compare(season, max(past, scene.BEGINS), steps[0][1])
        transaction.set_rollback(True)
