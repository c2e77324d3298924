"""Overdue problems climb: one level for every so many working days, as the campaign says.

Nothing of it is stored. A problem that is overdue stays with its body for the first working days;
then the body right above has it before its eyes, after as many again the next, up to the top. More
time granted moves the day it counts from. What is a person's own never climbs, what is for those
who handle it goes one level at most, and what was gathered into a common problem is with the level
above already.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from zhengyou.kernel import clock, paths
from zhengyou.kernel.workdays import add_workdays, working_days
from zhengyou.people.models import Organisation
from zhengyou.problems.models import (
    CLIMB_AFTER,
    SETTLED,
    GatheredProblem,
    MendingTerms,
    Privacy,
    Problem,
    is_overdue,
    overdue,
)
from zhengyou.problems.rules.seeing import answering


@dataclass(frozen=True, slots=True)
class Standing:
    """A problem as it stood on a day: what climbing depends on."""

    problem: Problem
    state: str
    due_on: date

    @classmethod
    def today(cls, problem: Problem) -> "Standing":
        """Return it as it stands now."""
        return cls(problem, problem.state, problem.due_on)


@dataclass(frozen=True, slots=True)
class Climb:
    """How far an overdue problem has climbed.

    Args:
        over: working days since it was due.
        levels: how many levels above its body it is seen.
        path: of the highest body that has it before its eyes; "" while it is with its own.
        after: working days for each level; most: levels it can climb.
    """

    over: int
    levels: int
    path: str
    after: int
    most: int = 0


def climbs(rows: Iterable[Standing], day: date) -> dict[int, Climb]:
    """Return problem → how far it has climbed by ``day``, of those that are overdue. At most three
    queries."""
    late = [row for row in rows if is_overdue(row.state, row.due_on, day)]
    if not late:
        return {}
    worked = working_days(min(row.due_on for row in late), day)
    after = terms_of({row.problem.campaign_id for row in late})
    held = _gathered({row.problem.pk for row in late})
    return {
        row.problem.pk: _climb(
            row, len(worked) - bisect_right(worked, row.due_on),
            after.get(row.problem.campaign_id or 0, CLIMB_AFTER), row.problem.pk in held,
        )
        for row in late
    }  # fmt: skip


def terms_of(campaigns: set[int | None]) -> dict[int, int]:
    """Return campaign → working days for each level, where it says so itself."""
    rows = MendingTerms.objects.filter(campaign__in=campaigns - {None})
    return dict(rows.values_list("campaign", "climb_after"))


def _climb(row: Standing, over: int, after: int, held: bool) -> Climb:
    problem = row.problem
    line = [] if held or problem.subject_id else above(problem.organisation)
    if problem.privacy == Privacy.HANDLERS:
        line = line[:1]
    levels = min(over // after, len(line))
    return Climb(over, levels, line[levels - 1] if levels else "", after, len(line))


def above(body: Organisation) -> list[str]:
    """Return the paths of the bodies above the one that answers for ``body``, the nearest first."""
    return sorted(paths.ancestors(answering(body)), key=len, reverse=True)


def _gathered(keys: set[int]) -> set[int]:
    rows = GatheredProblem.objects.filter(member__in=keys, left_at=None)
    return set(rows.exclude(gathered__state__in=SETTLED).values_list("member", flat=True))


def risen(body: Organisation, seen: Q) -> QuerySet[Problem]:
    """Return the problems of bodies below that have climbed to ``body`` by today, or past it."""
    return Problem.objects.filter(pk__in=risen_keys(body, seen))


def risen_keys(body: Organisation, seen: Q) -> list[int]:
    """Return the keys of the same. One query where nothing below is overdue."""
    today = clock.today()
    below = paths.within("organisation__path", body.path) & ~Q(organisation=body)
    rows = Problem.objects.filter(seen, overdue(today), below, subject=None)
    loaded = list(rows.select_related("organisation__parent__parent", "campaign").distinct())
    found = climbs(map(Standing.today, loaded), today)
    return [
        row.pk for row in loaded if body.path in above(row.organisation)[: found[row.pk].levels]
    ]


def next_rise(due_on: date, climb: Climb) -> date | None:
    """Return on which day it climbs on; None where it does not."""
    if climb.levels >= climb.most:
        return None
    return add_workdays(due_on, (climb.levels + 1) * climb.after).day
