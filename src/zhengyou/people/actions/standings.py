"""人员类别 and 特殊情况: what a person is, and what makes a member hard to reach, for a time."""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.partial_dates import PartialDate
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actions import rolls
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Circumstance,
    CircumstanceKind,
    Person,
    Standing,
    StandingKind,
)


def change_standing(
    person: Person, kind: StandingKind, since: date | PartialDate, until: date | None = None
) -> Standing:
    """Set 人员类别 from ``since``; what held till then ends. For verbs that record the fact.

    A standing that begins on the same day is replaced; one that begins later stays, and the new
    one ends there. So standings never overlap.
    """
    known = since if isinstance(since, PartialDate) else PartialDate(since)
    rows = Standing.objects.filter(person=person)
    rows.filter(since=known.date).delete()
    rows.on(known.date).update(until=known.date)
    later = rows.filter(since__gt=known.date).order_by("since").first()
    if later is not None and (until is None or later.since < until):
        until = later.since
    row = Standing.objects.create(
        person=person,
        kind=kind,
        since=known.date,
        since_precision=known.precision,
        until=until,
    )
    rolls.follow(persons=[person.pk])
    return row


def set_standing(
    actor: Actor, person: Person, kind: StandingKind, since: PartialDate | None = None
) -> Standing:
    """Record that a person became something else: an activist, a probationary, a full member.

    Joining and becoming a full member fill the dates of the record where they are still empty.

    Raises:
        Refused: no right, a day to come, or it held on that day already.
    """
    known = since or PartialDate(clock.today())
    with book.writing() as facts:
        person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        rules.may_amend(actor, person.bodies()).require()
        if known.date > clock.today():
            raise Refused(f"{known}还没到，请改日期。")
        if person.standings.on(known.date).filter(kind=kind).exists():
            raise Refused(f"{person.name}在{known}已经是{kind.label}。")
        row = change_standing(person, kind, known)
        _fill_dates(person, kind, known)
        facts.record(
            "person.standing",
            by=actor,
            about=person.ref,
            data={"kind": kind.value, "since": known.iso},
            names={"name": person.name},
        )
    return row


def _fill_dates(person: Person, kind: StandingKind, known: PartialDate) -> None:
    if kind == StandingKind.PROBATIONARY and person.joined is None:
        person.joined = known
    if kind == StandingKind.FULL and person.became_full is None:
        person.became_full = known
    person.save(update_fields=["joined_on", "joined_precision", "full_on", "full_precision"])


def note_circumstance(
    actor: Actor,
    person: Person,
    kind: CircumstanceKind,
    since: PartialDate | None = None,
    detail: str = "",
) -> Circumstance:
    """Record from when somebody is out of reach, works elsewhere, or has membership suspended.

    Args:
        detail: what is known about it, as where to; at most 200 characters.

    Raises:
        Refused: no right, or the same is recorded for that time already.
    """
    known = since or PartialDate(clock.today())
    with book.writing() as facts:
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        rules.may_amend(actor, person.bodies()).require()
        same = person.circumstances.filter(kind=kind).overlapping(known.date, None).first()
        if same is not None:
            raise Refused(f"{person.name}从{same.known_since}起已经记为{kind.label}。")
        row = Circumstance.objects.create(
            person=person,
            kind=kind,
            since=known.date,
            since_precision=known.precision,
            detail=detail,
        )
        facts.record(
            "person.circumstance",
            by=actor,
            about=person.ref,
            data={"kind": kind.value, "since": known.iso},
            names={"name": person.name, "detail": detail},
        )
    return row


def end_circumstance(actor: Actor, row: Circumstance, on: date | None = None) -> None:
    """Record that it is over from ``on``.

    Raises:
        Refused: no right, a date before it began, or it is over already.
    """
    on = on or clock.today()
    with book.writing() as facts:
        row = Circumstance.objects.select_for_update(no_key=True).get(pk=row.pk)
        person = row.person
        rules.may_amend(actor, person.bodies()).require()
        label = CircumstanceKind(row.kind).label
        if row.until is not None:
            raise Refused(f"“{label}”在 {row.until:%Y-%m-%d} 已经结束了。")
        if on < row.since:
            raise Refused(f"结束日期早于开始日期（{row.known_since}），请改日期。")
        row.until = on
        row.save(update_fields=["until"])
        facts.record(
            "person.circumstance_end",
            by=actor,
            about=person.ref,
            data={"kind": row.kind, "on": on.isoformat()},
            names={"name": person.name},
        )
