"""How many people and bodies there are below each body on a day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q

from zhengyou.kernel import clock, paths
from zhengyou.people.models import Membership, Placement, Standing
from zhengyou.people.models.dated import holds_on
from zhengyou.people.queries.kept import kept


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
    rows = list(
        Placement.objects.on(day)
        .filter(paths.within("path", top))
        .values_list(
            "organisation",
            "path",
            "organisation__roll_count__counted_on",
            "organisation__roll_count__numbers",
        )
    )
    if any(since is None or since > day for _, _, since, _ in rows):
        return None
    found = Numbers(bodies=_bodies(path for _, path, *_ in rows))
    places = {body: path for body, path, *_ in rows}
    for body, _, _, numbers in rows:
        _add(found, body, numbers, places, day.isoformat())
    return found


def _add(
    found: Numbers,
    body: int,
    numbers: list[tuple[list[int], list[str], str | None, int]],
    places: dict[int, str],
    day: str,
) -> None:
    """Add the people of one body; those who are in several are added with the first of these."""
    for bodies, standings, since, people in numbers:
        if since and since > day:
            continue
        here = [places[one] for one in bodies if one in places]
        if here[0] != places[body]:
            continue
        for path in _up(here):
            found.people[path] += people
        for standing in standings:
            found.standings[standing] += people


# --- counted -------------------------------------------------------------------------------------
def count_on(day: date, top: str) -> Numbers:
    """Count them one by one. Three queries."""
    placed = Placement.objects.on(day).filter(paths.within("path", top))
    everywhere = list(placed.values_list("path", flat=True))
    members = placed.filter(holds_on(day, "organisation__memberships__"))
    homes: dict[int, list[str]] = defaultdict(list)
    for person, path in members.values_list("organisation__memberships__person", "path"):
        homes[person].append(path)
    people = Counter(path for where in homes.values() for path in _up(where))
    return Numbers(people, _bodies(everywhere), _standings(day, top))


def _up(where: Iterable[str]) -> set[str]:
    """Return the paths of ``where`` and those above them, each once."""
    return {path for here in where for path in (*paths.ancestors(here), here)}


def _bodies(placed: Iterable[str]) -> Counter[str]:
    return Counter(above for path in placed for above in paths.ancestors(path))


def _standings(day: date, top: str) -> Counter[str]:
    here = Membership.objects.on(day).filter(placed_within(day, top))
    rows = Standing.objects.on(day).filter(person__in=here.values("person")).values_list("kind")
    return Counter(dict(rows.annotate(n=Count("person", distinct=True)).order_by()))
