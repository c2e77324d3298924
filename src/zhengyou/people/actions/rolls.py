"""Keep the numbers of rolls: every verb that writes a membership or a standing, or founds a body,
ends with :func:`follow`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import batched
from typing import Any

from django.db import connection

from zhengyou.kernel import clock
from zhengyou.ledger import book
from zhengyou.people.models import Membership, Organisation, RollCount, Standing

BATCH = 200
"""Bodies that are counted at a time."""
PERSONS = 500
"""Persons whose bodies are looked up at a time."""
LOCK = 0x7A79726C
"""Any number of our own: on PostgreSQL those who count rolls wait for each other."""

type Keys = frozenset[int]
type Rows = list[tuple[int | str, date, date | None]]
"""Body or standing, since, until."""
type Group = tuple[tuple[Any, ...], tuple[Any, ...], str | None]
"""Bodies, standings and from which day."""
type Numbers = list[list[Any]]


def follow(*, persons: Collection[int] = (), bodies: Collection[int] = ()) -> None:
    """Bring the numbers up to what the rows of these persons say, all of them, once the verb ends.

    Twice is harmless: bodies are counted anew, never added to.

    Args:
        persons: whose memberships or standings were written; the bodies are looked up.
        bodies: which gained or lost people otherwise, as by rows that are no longer there.
    """
    with book.writing() as facts:
        facts.at_the_end(_follow, (frozenset(persons), frozenset(bodies)))


def mend() -> int:
    """Count every body anew; return how many had another number. Part of ``zhengyou tick``.

    What was to come and has come is put with the rest by that, too.
    """
    every = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    wrong = 0
    for bodies in batched(every, BATCH):
        with book.writing():
            wrong += _recount(bodies)
    return wrong


def _follow(touched: list[tuple[Keys, Keys]]) -> None:
    _hold()
    bodies = set().union(*(some for _, some in touched))
    persons: set[int] = set().union(*(some for some, _ in touched))
    for part in batched(sorted(persons), PERSONS):
        rows = Membership.objects.filter(person__in=part)
        bodies.update(rows.values_list("organisation", flat=True).distinct())
    for some in batched(sorted(bodies), BATCH):
        _recount(some)


def _hold() -> None:
    """Let one unit of work count at a time. It comes last, so it waits for nothing else; and what
    others have written till then is seen. (SQLite has one writer anyway.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _recount(bodies: Collection[int]) -> int:
    """Write the numbers of ``bodies`` that are not what they should be; return how many."""
    _hold()
    today = clock.today()
    right = count(bodies, today)
    known = {row.organisation_id: row for row in RollCount.objects.filter(organisation__in=bodies)}
    rows = [
        RollCount(organisation_id=body, counted_on=today, numbers=right[body])
        for body in bodies
        if body not in known or known[body].numbers != right[body] or known[body].counted_on > today
    ]
    RollCount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation"],
        update_fields=["counted_on", "numbers"],
    )
    return len(rows)


def count(bodies: Collection[int], today: date) -> dict[int, Numbers]:
    """Return what the rows say of each of ``bodies``, from ``today`` on."""
    inside = Membership.objects.overlapping(today, None).filter(organisation__in=bodies)
    who = inside.values("person")
    homes = _by_person(
        Membership.objects.overlapping(today, None)
        .filter(person__in=who)
        .values_list("person", "organisation", "since", "until")
    )
    kinds = _by_person(
        Standing.objects.overlapping(today, None)
        .filter(person__in=who)
        .values_list("person", "kind", "since", "until")
    )
    found: dict[int, Counter[Group]] = {body: Counter() for body in bodies}
    for person, rows in homes.items():
        for group, change in _course(rows, kinds.get(person, []), today):
            for body in group[0]:
                if body in found:
                    found[body][group] += change
    return {body: _plain(groups) for body, groups in found.items()}


def _by_person(rows: Iterable[tuple[int, int | str, date, date | None]]) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(list)
    for person, what, since, until in rows:
        found[person].append((what, since, until))
    return found


def _course(homes: Rows, kinds: Rows, today: date) -> Iterator[tuple[Group, int]]:
    """Yield as what one person counts today, and each change of that in days to come."""
    days = {day for _, *ends in (*homes, *kinds) for day in ends if day and day > today}
    before: tuple[tuple[Any, ...], tuple[Any, ...]] = (), ()
    for day in (today, *sorted(days)):
        now = _on(day, homes), _on(day, kinds)
        if now != before:
            word = None if day == today else day.isoformat()
            yield from ((((*what, word), by)) for what, by in ((before, -1), (now, 1)) if what[0])
        before = now


def _on(day: date, rows: Rows) -> tuple[Any, ...]:
    """Return what holds on ``day``."""
    here: set[Any] = {what for what, since, end in rows if since <= day and (not end or day < end)}
    return tuple(sorted(here))


def _plain(groups: Counter[Group]) -> Numbers:
    """Return the groups as they are kept, in one order."""
    rows: Numbers = [
        [list(bodies), list(kinds), day, change]
        for (bodies, kinds, day), change in groups.items()
        if change
    ]
    return sorted(rows, key=str)
