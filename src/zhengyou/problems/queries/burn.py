"""How the problems of a body burn down, week by week; by source and state. Read from the steps."""

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.problems import sources
from zhengyou.problems.models import SETTLED, ProblemState, Step, is_overdue
from zhengyou.problems.queries.standing import answered_by, end_of, standing_on
from zhengyou.problems.rules import visible_problems

MOST = 53
"""Points of the chart; over a longer time they lie further apart."""
Stood = tuple[datetime, str, date]


@dataclass(frozen=True, slots=True)
class Point:
    """How it stood at the end of a day: found so far, not settled, and overdue among these."""

    day: date
    found: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Line:
    """Problems of one source by state, in the order of :attr:`Burn.states`."""

    source: str
    counts: list[int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A piece of a line of the chart, in percent across and pixels down."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Burn:
    """The figures of a body and what is below it, as far as the reader may see the problems.

    A person's own shortcomings are in none of them.
    """

    points: list[Point]
    states: list[str]
    lines: list[Line]

    @property
    def now(self) -> Point | None:
        """The last point."""
        return self.points[-1] if self.points else None

    @property
    def top(self) -> int:
        """What the scale goes up to."""
        return max((point.found for point in self.points), default=0) or 1

    @property
    def found(self) -> list[Stroke]:
        """The line of all that was found."""
        return self._strokes([point.found for point in self.points])

    @property
    def open(self) -> list[Stroke]:
        """The line of what is not settled: this is what burns down."""
        return self._strokes([point.open for point in self.points])

    @property
    def late(self) -> list[Stroke]:
        """The line of what is overdue."""
        return self._strokes([point.late for point in self.points])

    def _strokes(self, values: list[int]) -> list[Stroke]:
        steps = max(len(values) - 1, 1)
        places = [
            (round(100 * place / steps, 2), round(HIGH - HIGH * value / self.top, 1))
            for place, value in enumerate(values)
        ]
        return [Stroke(*one, *two) for one, two in pairwise(places)]


HIGH = 180
"""Height of the chart in pixels."""


def burn_of(actor: Actor, body: Organisation, day: date, campaign: str = "") -> Burn:
    """Return the figures up to ``day``. A constant number of queries."""
    rows: QuerySet[Any] = standing_on(day).filter(
        answered_by(body, day), visible_problems(actor), subject=None
    )
    if campaign:
        rows = rows.filter(campaign__uid=campaign)
    known = list(rows.order_by("pk").values_list("pk", "source_kind", "at_state"))
    stood: dict[int, list[Stood]] = defaultdict(list)
    steps = Step.objects.filter(problem__in=rows.order_by().values("pk"), at__lt=end_of(day))
    for pk, at, state, due in steps.order_by("at", "pk").values_list(
        "problem", "at", "state", "due_on"
    ):
        stood[pk].append((at, state, due))
    return Burn(_points(list(stood.values()), day), *_table(known))


def _points(histories: list[list[Stood]], day: date) -> list[Point]:
    if not histories:
        return []
    first = min(history[0][0] for history in histories).date()
    return [_point(histories, each) for each in _days(first, day)]


def _days(first: date, last: date) -> list[date]:
    """Return the last days of weeks from ``first`` on and ``last``, at most :data:`MOST`."""
    apart = 7 * max(1, -(-((last - first).days // 7) // MOST))
    found = [last]
    while found[-1] > first:
        found.append(max(found[-1] - timedelta(days=apart), first - timedelta(days=1)))
    return found[::-1]


def _point(histories: list[list[Stood]], day: date) -> Point:
    over, found, still, late = end_of(day), 0, 0, 0
    for history in histories:
        place = bisect_left(history, over, key=lambda step: step[0])
        if not place:
            continue
        _, state, due = history[place - 1]
        found += 1
        still += state not in SETTLED
        late += is_overdue(state, due, day)
    return Point(day, found, still, late)


def _table(known: list[tuple[int, str, str]]) -> tuple[list[str], list[Line]]:
    there = {state for _, _, state in known}
    states = [state for state in ProblemState if state in there]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for _, kind, state in known:
        counts[sources.named(kind).label][state] += 1
    lines = [
        Line(label, [counts[label][state] for state in states])
        for label in sorted(counts, key=lambda label: -counts[label].total())
    ]
    return [str(state.label) for state in states], lines
