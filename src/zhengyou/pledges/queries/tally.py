"""The numbers of the wall, read from what the verbs have kept: a handful of rows, never a count."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Sum
from django.db.models.functions import Length, Substr

from zhengyou.campaigns.models import Campaign, Standard, Subject
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Organisation
from zhengyou.pledges.models import ItemKind, Outcome, WallTally
from zhengyou.pledges.models.tally import DOING, DONE, PLAN

DUE, INTENDED = "due", "intended"
"""Filters beside :data:`DOING` and :data:`DONE`: due this month; intentions put out."""


@dataclass(frozen=True, slots=True)
class Cell:
    """How many items share criterion, kind, standing, day and outcome."""

    criterion: int | None
    kind: str
    state: str
    day: date | None
    outcome: str
    items: int

    def counts_as(self, state: str) -> bool:
        """Whether the filter ``state`` lets these items through; "" lets all promises."""
        if state == INTENDED:
            return self.state == PLAN and self.day is not None and self.day >= clock.today()
        if self.state == PLAN:
            return False
        if state == DUE:
            return self.day == this_month()
        return state in ("", self.state)


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of the wall, of the campaign and body alone: other filters do not change them."""

    total: int
    doing: int
    done: int
    due: int
    intended: int
    persons: int
    by_criterion: dict[int, int]
    by_kind: dict[str, int]
    by_outcome: dict[str, int]
    cells: list[Cell] = field(default_factory=list)

    def count(self, criterion: int | None = None, kind: str = "", state: str = "") -> int:
        """Return how many items these filters let through; "" and None let all."""
        return sum(
            cell.items
            for cell in self.cells
            if criterion in (None, cell.criterion)
            and kind in ("", cell.kind)
            and cell.counts_as(state)
        )


def this_month() -> date:
    """Return the first day of this month."""
    return clock.today().replace(day=1)


def whole(campaign: Campaign, body: Organisation | None) -> bool:
    """Tell whether ``body`` stands for the whole campaign."""
    return body is None or body.pk == campaign.organisation_id


def inside(campaign: Campaign, body: Organisation | None) -> set[int] | None:
    """Return the keys of ``body`` and all below it; None where that is the whole campaign."""
    if body is None or whole(campaign, body):
        return None
    below = Organisation.objects.filter(paths.within("path", body.path)).order_by()
    return set(below.values_list("pk", flat=True))


def tally(campaign: Campaign, body: Organisation | None = None) -> Tally:
    """Return the numbers of the wall, of ``body`` and what is below it if given. One query, two
    with a body."""
    bodies = inside(campaign, body)
    rows = WallTally.objects.filter(campaign=campaign, organisation=None)
    if bodies is not None:
        rows = WallTally.objects.filter(campaign=campaign, organisation__in=bodies)
    sums = (
        rows.order_by()
        .values_list("criterion", "kind", "state", "day", "outcome")
        .annotate(n=Sum("items"), p=Sum("persons"))
    )
    found = list(sums)
    cells = [Cell(*row[:6]) for row in found if row[1]]
    return _tally(cells, persons=sum(row[6] for row in found if not row[1]))


def _tally(cells: list[Cell], persons: int) -> Tally:
    by_criterion: dict[int, int] = {}
    by_kind: dict[str, int] = dict.fromkeys(ItemKind.values, 0)
    by_outcome: dict[str, int] = dict.fromkeys(Outcome.values, 0)
    for cell in cells:
        if cell.state == PLAN or not cell.items:
            continue
        by_kind[cell.kind] += cell.items
        if cell.criterion is not None:
            by_criterion[cell.criterion] = by_criterion.get(cell.criterion, 0) + cell.items
        if cell.outcome:
            by_outcome[cell.outcome] += cell.items
    return Tally(
        total=_sum(cells, ""),
        doing=_sum(cells, DOING),
        done=_sum(cells, DONE),
        due=_sum(cells, DUE),
        intended=_sum(cells, INTENDED),
        persons=persons,
        by_criterion=by_criterion,
        by_kind=by_kind,
        by_outcome=by_outcome,
        cells=cells,
    )


def _sum(cells: Iterable[Cell], state: str) -> int:
    return sum(cell.items for cell in cells if cell.counts_as(state))


def items_public(campaigns: Iterable[Campaign]) -> dict[int, int]:
    """Return how many items are public in each campaign, by its key. One query."""
    sums = WallTally.objects.filter(campaign__in=list(campaigns), organisation=None, kind="")
    return dict(sums.values_list("campaign", "items"))


def bodies_below(campaign: Campaign, body: Organisation) -> list[tuple[Organisation, int]]:
    """Return the bodies right below ``body`` with how many public items they and theirs have,
    in the order of the tree; those without any are left out. Three queries."""
    size = len(body.path) + paths.WIDTH
    totals = WallTally.objects.filter(campaign=campaign, kind="", items__gt=0)
    bodies = inside(campaign, body)
    if bodies is not None:
        totals = totals.filter(organisation__in=bodies - {body.pk})
    counts = dict(
        totals.annotate(deep=Length("organisation__path"))
        .filter(deep__gte=size)
        .order_by()
        .values_list(Substr("organisation__path", 1, size))
        .annotate(n=Sum("items"))
    )
    found = Organisation.objects.filter(path__in=counts).order_by("path")
    return [(row, counts[row.path]) for row in found]


def first_bodies(campaign: Campaign, items: int) -> list[int]:
    """Return the first bodies in the order of the tree that have so many public items between
    them; all where there are fewer."""
    totals = WallTally.objects.filter(campaign=campaign, kind="", items__gt=0)
    found, sum_ = [], 0
    for body, count in totals.order_by("organisation__path").values_list("organisation", "items"):
        if body is None:
            continue
        found.append(body)
        sum_ += count
        if sum_ >= items:
            break
    return found


def standards(campaign: Campaign, numbers: Tally) -> list[dict[str, Any]]:
    """Return the standards with counts for the tag ``standards``; ``point["code"]`` names a point
    as ``standard.criterion``, for the page to make its link of."""
    return [
        {
            "title": standard.title,
            "note": _note(standard, numbers),
            "points": [
                {
                    "title": point.title,
                    "count": numbers.by_criterion.get(point.pk, 0),
                    "code": f"{standard.code}.{point.code}",
                    "pk": point.pk,
                }
                for point in standard.criteria.all()
            ],
        }
        for standard in campaign.standards.prefetch_related("criteria")
    ]


def _note(standard: Standard, numbers: Tally) -> str:
    count = sum(numbers.by_criterion.get(point.pk, 0) for point in standard.criteria.all())
    if standard.subject == Subject.PERSON:
        return f"{numbers.persons} 人承诺，{count} 条"
    return f"{count} 条"
