"""The roll of a body on any day: everyone in it or below it, once."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengyou.people.models import (
    Circumstance,
    CircumstanceKind,
    Kind,
    Membership,
    Organisation,
    Person,
    Post,
    Standing,
    StandingKind,
)
from zhengyou.people.queries.numbers import numbers_on, placed_within
from zhengyou.people.queries.tree import names_of, placement_on


@dataclass(slots=True)
class Line:
    """One person on the roll of a day.

    Args:
        since: from when in the body asked for, or in the first one below it.
        homes: the bodies of the membership, the shallowest first; ``groups``: the groups of it.
    """

    person: Person
    since: date
    standing: StandingKind | None = None
    homes: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    posts: list[str] = field(default_factory=list)
    circumstances: list[str] = field(default_factory=list)


def persons_on(day: date, body: Organisation) -> QuerySet[Person]:
    """Return the persons who belonged to ``body`` or to a body below it on ``day``, each once."""
    place = placement_on(day, body)
    if place is None:
        return Person.objects.none()
    here = Membership.objects.on(day).filter(placed_within(day, place.path))
    return Person.objects.filter(pk__in=here.values("person"))


def persons_one_by_one(day: date, body: Organisation) -> QuerySet[Person]:
    """Return the same persons, asked for one by one: for the first few of many, in order."""
    place = placement_on(day, body)
    if place is None:
        return Person.objects.none()
    own = Membership.objects.on(day).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(own.filter(placed_within(day, place.path))))


def standing_is(kind: StandingKind, day: date) -> Q:
    """Return the condition on persons that they were ``kind`` on ``day``."""
    return Q(pk__in=Standing.objects.on(day).filter(kind=kind).values("person"))


def roll_on(day: date, body: Organisation) -> list[Line]:
    """Return the roll of ``body`` on ``day`` in the order of pinyin. Takes eight queries."""
    return lines_of(persons_on(day, body).order_by("sort_key", "pk"), day, body)


def lines_of(
    persons: "QuerySet[Person] | list[Person]", day: date, body: Organisation
) -> list[Line]:
    """Return the roll's lines of ``persons`` in their order, as they were on ``day``.

    Args:
        persons: all of them on the roll of ``body`` on that day (a page of it, or all).
    """
    place = placement_on(day, body)
    if place is None:
        return []
    lines = {person.pk: Line(person, day) for person in persons}
    # Of a whole roll the database looks the people up itself: a list may be too long for SQLite.
    whole = isinstance(persons, QuerySet) and not persons.query.is_sliced
    who = persons.order_by().values("pk") if whole else list(lines)  # type: ignore[union-attr]
    rows = list(_memberships(day, place.path, who))
    posts = list(_posts(day, place.path, who))
    bodies = {row.organisation_id for row in rows} | {post.organisation_id for post in posts}
    names = names_of(day, bodies)
    for row in rows:
        _join(lines[row.person_id], row, names)
    for post in posts:
        own = post.organisation_id == body.pk
        words = post.title if own else f"{names[post.organisation_id]}{post.title}"
        lines[post.person_id].posts.append(words)
    for standing in Standing.objects.on(day).filter(person__in=who):
        lines[standing.person_id].standing = StandingKind(standing.kind)
    for held in Circumstance.objects.on(day).filter(person__in=who):
        lines[held.person_id].circumstances.append(str(CircumstanceKind(held.kind).label))
    return list(lines.values())


def _memberships(day: date, top: str, persons: Any) -> "QuerySet[Membership]":
    """Return the memberships of the day, shallow bodies first."""
    return (
        Membership.objects.on(day)
        .filter(placed_within(day, top), person__in=persons)
        .select_related("organisation")
        .order_by("organisation__path")
    )


def _posts(day: date, top: str, persons: Any) -> "QuerySet[Post]":
    return (
        Post.objects.on(day)
        .filter(placed_within(day, top), person__in=persons)
        .select_related("organisation")
        .order_by("organisation__path", "order", "pk")
    )


def _join(line: Line, row: Membership, names: dict[int, str]) -> None:
    first = not line.homes and not line.groups
    line.since = row.since if first else line.since
    group = row.organisation.kind == Kind.PARTY_GROUP
    (line.groups if group else line.homes).append(names[row.organisation_id])


def counts_on(day: date, body: Organisation) -> dict[StandingKind, int]:
    """Return how many of each standing were on the roll of ``body`` on ``day``."""
    return size_and_standings(day, body)[1]


def size_on(day: date, body: Organisation) -> int:
    """Return how many persons were on the roll of ``body`` on ``day``."""
    return size_and_standings(day, body)[0]


def size_and_standings(day: date, body: Organisation) -> tuple[int, dict[StandingKind, int]]:
    """Return how many persons were on the roll of ``body`` on ``day``, and of which standings."""
    place = placement_on(day, body)
    if place is None:
        return 0, {}
    numbers = numbers_on(day, place.path)
    standings = {kind: n for kind in StandingKind if (n := numbers.standings[kind])}
    return numbers.people[place.path], standings
