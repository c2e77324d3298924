"""How many people and bodies there are below each body on a day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from json import loads

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from zhengyou.kernel import clock, paths
from zhengyou.people.models import Membership, Placement, Standing
from zhengyou.people.models.dated import holds_on
from zhengyou.people.queries.kept import kept

type Group = tuple[list[int], list[str], str | None, int]
"""Bodies, standings, since when, people: see ``RollCount``."""


@dataclass(slots=True)
class Numbers:
    """What is within a body on a day.

    Args:
        people: persons in or below each path, each once a path; paths without any are left out.
        bodies: how many bodies stand below each path, likewise.
        standings: how many persons of each standing there are in all.
    """

    people: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    standings: Counter[str] = field(default_factory=Counter)


def numbers_on(day: date, top: str) -> Numbers:
    """Return the numbers within ``top``, a path of ``day``. Shared: do not change them.

    From today on they are read from what verbs keep for each body; of days gone by, and where
    that is not there yet, people are counted.
    """
    return kept(("numbers", day, top), lambda: _read(day, top) or count_on(day, top))


def placed_within(day: date, top: str) -> Q:
    """Return the condition that a membership's body stood within ``top`` on ``day``."""
    placed = Placement.objects.on(day).filter(paths.within("path", top))
    return Q(organisation__in=placed.values("organisation"))


# --- from what is kept ---------------------------------------------------------------------------
def _read(day: date, top: str) -> Numbers | None:
    """Add up what is kept for each body. One query. None: it does not reach back to ``day``."""
    if day < clock.today():
        return None
    rows = (
        Placement.objects.on(day)
        .filter(paths.within("path", top))
        .values_list(
            "organisation",
            "path",
            "organisation__roll_count__counted_on",
            Cast("organisation__roll_count__numbers", TextField()),
        )
    )
    bodies, places, since, groups = zip(*rows, strict=True)
    if any(first is None or first > day for first in since):
        return None
    decoded = loads(f"[{','.join(groups)}]")  # one by one takes three times as long
    return _add_up(list(zip(bodies, places, decoded, strict=True)), day.isoformat())


def _add_up(rows: list[tuple[int, str, list[Group]]], day: str) -> Numbers:
    places = {body: path for body, path, _ in rows}
    own, standings = Counter[str](), Counter[str]()
    for _, path, groups in rows:
        for bodies, kinds, since, people in groups:
            if since and since > day:
                continue
            here = sorted({places[one] for one in bodies if one in places})
            if here[0] != path:  # Who is in several is added up with the first of these.
                continue
            for one in here:
                own[one] += people
            for one, other in pairwise(here):
                own[_above_both(one, other)] -= people  # there they meet, and count once
            for kind in kinds:
                standings[kind] += people
    placed = sorted(places.values(), key=len, reverse=True)
    below = _sums(Counter(placed), placed)
    below.subtract(placed)
    return Numbers(_sums(own, placed), below, standings)


def _sums(own: Counter[str], placed: list[str]) -> Counter[str]:
    """Add to each of ``placed``, deepest first, what is below it. Changes ``own``."""
    for path in placed[:-1]:  # all but the top
        own[path[: -paths.WIDTH]] += own[path]
    return own


def _above_both(one: str, other: str) -> str:
    """Return the deepest path that both are within."""
    return max({*paths.ancestors(one), one} & {*paths.ancestors(other), other}, key=len)


# --- counted -------------------------------------------------------------------------------------
def count_on(day: date, top: str) -> Numbers:
    """Count them one by one. Three queries."""
    placed = Placement.objects.on(day).filter(paths.within("path", top))
    everywhere = list(placed.values_list("path", flat=True))
    members = placed.filter(holds_on(day, "organisation__memberships__"))
    homes: dict[int, list[str]] = defaultdict(list)
    for person, path in members.values_list("organisation__memberships__person", "path"):
        homes[person].append(path)
    people = Counter(path for where in homes.values() for path in _up(where, top))
    bodies = Counter(above for path in everywhere for above in _up([path], top) - {path})
    return Numbers(people, bodies, _standings(day, top))


def _up(where: Iterable[str], top: str) -> set[str]:
    """Return the paths of ``where`` and those above them up to ``top``, each once."""
    line = {path for here in where for path in (*paths.ancestors(here), here)}
    return {path for path in line if len(path) >= len(top)}


def _standings(day: date, top: str) -> Counter[str]:
    here = Membership.objects.on(day).filter(placed_within(day, top))
    rows = Standing.objects.on(day).filter(person__in=here.values("person")).values_list("kind")
    return Counter(dict(rows.annotate(n=Count("person", distinct=True)).order_by()))
