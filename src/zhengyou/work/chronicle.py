"""Who was where and what, on any day of a span: the dated rows of some people and bodies, read
once in a constant number of queries and asked about any number of days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from zhengyou.campaigns.models import Campaign, PlanGroup
from zhengyou.kernel import paths
from zhengyou.people.models import (
    Circumstance,
    Kind,
    Membership,
    Organisation,
    Person,
    Placement,
    Post,
    Standing,
    Succession,
)
from zhengyou.people.models.dated import DatedQuerySet

FEW = 400
"""So many persons or bodies are named to the database one by one; of more, all are read."""

Row = tuple[date, date | None, Any]
"""A dated row: first day, first day after it (None: open), what held."""
Rows = dict[int, list[Row]]


@dataclass(slots=True)
class Picture:
    """One day.

    Args:
        top: path of the campaign's body; empty where it did not exist.
        path: body → where it stood; ``at``: the other way about.
        homes, posts, held: of each person the bodies, the posts with their bodies, the
            circumstances; ``standing``: the kind.
    """

    day: date
    top: str
    path: dict[int, str]
    at: dict[str, int]
    standing: dict[int, str] = field(default_factory=dict)
    homes: dict[int, list[int]] = field(default_factory=dict)
    posts: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    held: dict[int, set[str]] = field(default_factory=dict)

    def within(self, body: int, top: str | None = None) -> bool:
        """Tell whether ``body`` stood within ``top`` (default: the campaign's body)."""
        above = self.top if top is None else top
        return bool(above) and self.path.get(body, "").startswith(above)


class Chronicle:
    """The days of ``since`` to ``until`` (both included) of those in ``body`` and below it, or of
    one ``person``, in the subtree of ``campaign``."""

    def __init__(
        self,
        campaign: Campaign,
        since: date,
        until: date,
        *,
        body: Organisation | None = None,
        person: Person | None = None,
        deep: bool = True,
    ) -> None:
        self.campaign, self.since, self.until = campaign, since, until
        self.deep = deep
        self.places: Rows = defaultdict(list)
        self.kinds: dict[int, str] = {}
        self.group_of: dict[int, int] = {}
        self.forebears: dict[int, list[tuple[int, date]]] = defaultdict(list)
        self.born: dict[int, date] = {}
        self._pictures: dict[date, Picture] = {}
        self._read_bodies(body)
        self._read_people(body, person)
        self._read_surroundings()

    def on(self, day: date) -> Picture:
        """Return the picture of ``day``."""
        if day not in self._pictures:
            self._pictures[day] = self._picture(day)
        return self._pictures[day]

    def line_back(self, body: int) -> list[tuple[int, date]]:
        """Return the bodies that went on in ``body``, each with the day on which it had ended."""
        found: list[tuple[int, date]] = []
        open_, seen = [body], {body}
        while open_:
            for old, on in self.forebears.get(open_.pop(), ()):
                if old not in seen:
                    seen.add(old)
                    open_.append(old)
                    found.append((old, on))
        return found

    # What is read.

    def _span(self, rows: DatedQuerySet) -> DatedQuerySet:
        held = rows.held().filter(since__lte=self.until)
        return held.filter(Q(until__isnull=True) | Q(until__gt=self.since))

    def _read_bodies(self, body: Organisation | None) -> None:
        """Read the bodies within ``body`` (a superset: wherever it stood), and what became of
        whom."""
        asked = [self.campaign.organisation_id] + ([body.pk] if body else [])
        own = self._span(Placement.objects.filter(organisation__in=asked))
        tops = [
            path for pk, path in own.values_list("organisation", "path") if body and pk == body.pk
        ]
        self._add_places(Q(organisation__in=asked))
        if tops:
            below = reduce(or_, (paths.within("path", path) for path in dict.fromkeys(tops)))
            here = self._span(Placement.objects.filter(below))
            if not self.deep:
                near = Q(organisation=body) | Q(parent=body)
                here = here.filter(near).exclude(organisation__kind__in=self.campaign.covers)
            self._add_places(Q(organisation__in=here.values("organisation")))
        rows = Succession.objects.filter(
            reorganisation__undone_at__isnull=True, reorganisation__on__gt=self.since
        ).values_list("heir", "old", "reorganisation__on")
        for heir, old, on in rows:
            self.forebears[heir].append((old, on))

    def _add_places(self, where: Q) -> None:
        rows = self._span(Placement.objects.filter(where)).values_list(
            "organisation", "since", "until", "path", "organisation__kind"
        )
        known = set(self.places)
        for pk, since, until, path, kind in rows:
            if pk not in known:
                self.places[pk].append((since, until, path))
                self.kinds[pk] = kind

    def _read_people(self, body: Organisation | None, person: Person | None) -> None:
        who = Q(person=person) if person else self._those_in(body)
        self.memberships = self._rows(Membership, who, "organisation")
        self.posts = self._rows(Post, who, "organisation", "role")
        self.standings = self._rows(Standing, who, "kind")
        self.circumstances = self._rows(Circumstance, who, "kind")

    def _those_in(self, body: Organisation | None) -> Q:
        """Return the condition on rows of persons that they belong to, or serve, a body read."""
        if body is None:
            return Q(pk__in=[])
        if len(self.places) > FEW:
            return Q()
        here = Q(organisation__in=list(self.places))
        persons: set[int] = set()
        for model in (Membership, Post):
            rows = self._span(model.objects.filter(here))
            persons.update(rows.values_list("person", flat=True))
        return Q(person__in=persons) if len(persons) <= FEW else Q()

    def _rows(self, model: Any, who: Q, *what: str) -> Rows:
        found: Rows = defaultdict(list)
        rows = self._span(model.objects.filter(who))
        for person, since, until, *value in rows.values_list("person", "since", "until", *what):
            found[person].append((since, until, value[0] if len(value) == 1 else tuple(value)))
        return found

    def _read_surroundings(self) -> None:
        """Read where the other bodies of these people stood, what stood above all of them, and
        which of them are working groups of the campaign."""
        bodies = {row[2] for rows in self.memberships.values() for row in rows}
        bodies |= {row[2][0] for rows in self.posts.values() for row in rows}
        self.read_bodies(bodies | {old for rows in self.forebears.values() for old, _ in rows})
        groups = PlanGroup.objects.filter(plan__campaign=self.campaign)
        if len(self.places) <= FEW:
            groups = groups.filter(organisation__in=list(self.places))
        self.group_of = dict(groups.values_list("organisation", "template"))

    def read_bodies(self, bodies: set[int]) -> None:
        """Read where these bodies stood, and what stood above them. Two queries, or none."""
        strange = bodies - set(self.places)
        if strange:
            few = len(strange) <= FEW
            self._add_places(Q(organisation__in=strange) if few else Q())
        above = self._above()
        if above:
            self._add_places(Q(path__in=above))

    def _above(self) -> set[str]:
        known = {row[2] for rows in self.places.values() for row in rows}
        return {above for path in known for above in paths.ancestors(path)} - known

    def read_births(self, persons: Iterable[int]) -> None:
        """Read when these people were born, for duties that ask for an age. One query."""
        wanted = set(persons)
        rows = Person.objects.filter(born_on__isnull=False)
        if len(wanted) <= FEW:
            rows = rows.filter(pk__in=wanted)
        self.born.update((pk, on) for pk, on in rows.values_list("pk", "born_on") if on)

    # A day.

    def _picture(self, day: date) -> Picture:
        path = {pk: row[2] for pk, row in _holding(self.places, day)}
        top = path.get(self.campaign.organisation_id, "")
        picture = Picture(day, top, path, {path: pk for pk, path in path.items()})
        picture.standing = {person: row[2] for person, row in _holding(self.standings, day)}
        for person, row in _holding(self.memberships, day):
            picture.homes.setdefault(person, []).append(row[2])
        for person, row in _holding(self.posts, day):
            picture.posts.setdefault(person, []).append(row[2])
        for person, row in _holding(self.circumstances, day):
            picture.held.setdefault(person, set()).add(row[2])
        return picture

    def home(self, body: int, picture: Picture) -> int | None:
        """Return the covered body that ``body`` belonged to on that day: itself, or the nearest
        above it. None where the campaign covers none."""
        if not picture.within(body):
            return None
        path = picture.path[body]
        for end in range(len(path), len(picture.top) - 1, -paths.WIDTH):
            here = picture.at.get(path[:end])
            if here is not None and Kind(self.kinds[here]) in self.campaign.covers:
                return here
        return None


def _holding(rows: Rows, day: date) -> Iterator[tuple[int, Row]]:
    for key, held in rows.items():
        for row in held:
            if row[0] <= day and (row[1] is None or day < row[1]):
                yield key, row
