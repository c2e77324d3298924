"""Who takes part in a campaign and how far the plans are: counts and a page of bodies.

Coverage is a question asked of the tree; a body without a plan has no row anywhere.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from zhengyou.campaigns.models import Campaign, Plan
from zhengyou.campaigns.queries.campaigns import PLAN_KINDS
from zhengyou.campaigns.queries.past import plan_states
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Organisation, Placement
from zhengyou.people.queries.tree import names_of, placement_on

NONE = "none"
"""Filter word for bodies that have not adopted."""
PAGE = 50
_SORTS = {"name": ["sort_key", "path"], "state": ["plan_state", "sort_key", "path"]}


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body that takes part, and where its plan stands."""

    uid: Any
    name: str
    above: str
    plan_uid: Any
    state: str

    @property
    def kind(self) -> str:
        """The badge."""
        return PLAN_KINDS[ClimbState(self.state)] if self.state else "todo"

    @property
    def label(self) -> str:
        """The badge's words."""
        return str(ClimbState(self.state).label) if self.state else "还没有采用"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts over all bodies in scope, and one page of them."""

    total: int
    counts: dict[str, int]  # plan state or NONE → bodies
    page: Page[Any]
    rows: list[BodyRow]

    @property
    def headline(self) -> str:
        """The finding in one sentence."""
        if not self.total:
            return "没有覆盖到组织"
        done = self.counts[ClimbState.PUBLISHED]
        none = self.counts[NONE]
        if none:
            return f"{self.total} 个组织，{none} 个还没有采用"
        left = self.total - done
        return (
            f"{self.total} 个组织，{left} 份方案还没公开"
            if left
            else f"{self.total} 份方案全部公开"
        )


def all_rows(
    campaign: Campaign, top: str, state: str = "", day: date | None = None
) -> Iterator[BodyRow]:
    """Return every body in scope for a workbook; arguments as in :func:`coverage`."""
    if day is not None and day < clock.today():
        return iter(_in_state_then(rows_then(campaign, _top(campaign, top), day), state))
    found = _in_state(_bodies(campaign, top), state).order_by(*_order(""))
    return map(_row, found.iterator(chunk_size=1000))


def coverage(
    campaign: Campaign,
    top: str,
    *,
    state: str = "",
    sort: str = "",
    page: str | None = None,
    day: date | None = None,
) -> Coverage:
    """Return who takes part within the subtree of ``top``. Three queries, however many bodies.

    Args:
        top: path; what is above the campaign's own body does not count.
        state: a plan state or :data:`NONE`, to see only those; "" for all.
        sort: ``name`` or ``state``, with ``-`` before it for descending.
        page: number of the page asked for.
        day: a past day, as the tree and the ledger tell it; today if left out. Five queries.
    """
    if day is not None and day < clock.today():
        return _coverage_then(campaign, top, day, state, sort, page)
    bodies = _bodies(campaign, top)
    counts = dict.fromkeys([NONE, *ClimbState.values], 0)
    for found, count in bodies.order_by().values_list("plan_state").annotate(Count("pk")):
        counts[found or NONE] = count
    bodies = _in_state(bodies, state).order_by(*_order(sort))
    found = Paginator(bodies, PAGE).get_page(page)
    return Coverage(sum(counts.values()), counts, found, [_row(body) for body in found])


def _bodies(campaign: Campaign, top: str) -> QuerySet[Any, Any]:
    own = campaign.organisation.path
    scope = paths.within("path", top if paths.is_within(top, own) else own)
    return (
        Organisation.objects.filter(scope, campaign.covered_bodies())
        .annotate(its=FilteredRelation("plans", condition=Q(plans__campaign=campaign)))
        .annotate(plan_state=F("its__state"), plan_uid=F("its__uid"), above=F("parent__name"))
        .values("uid", "name", "above", "plan_uid", "plan_state")
    )


def _coverage_then(
    campaign: Campaign, top: str, day: date, state: str, sort: str, page: str | None
) -> Coverage:
    """Return who took part on a past day, under the names of that day, and how far they were."""
    rows = rows_then(campaign, _top(campaign, top), day)
    counts = dict.fromkeys([NONE, *ClimbState.values], 0) | Counter(
        row.state or NONE for row in rows
    )
    rows = _in_state_then(rows, state)
    if sort.removeprefix("-") == "state":
        rows.sort(key=lambda row: row.state)
    if sort.startswith("-"):
        rows.reverse()
    found = Paginator(rows, PAGE).get_page(page)
    return Coverage(sum(counts.values()), counts, found, list(found))


def _top(campaign: Campaign, top: str) -> Organisation:
    own = campaign.organisation.path
    return Organisation.objects.get(path=top if paths.is_within(top, own) else own)


def _in_state_then(rows: list[BodyRow], state: str) -> list[BodyRow]:
    return [row for row in rows if not state or (row.state or NONE) == state]


def rows_then(campaign: Campaign, body: Organisation, day: date) -> list[BodyRow]:
    """Return the bodies within ``body`` that took part on a past day, in the order of lists."""
    place = placement_on(day, body)
    if place is None:
        return []
    scope = Placement.objects.on(day).filter(paths.within("path", place.path))
    places = list(
        scope.filter(organisation__kind__in=campaign.covers)
        .select_related("organisation")
        .order_by("organisation__sort_key", "path")
    )
    bodies = {row.organisation_id for row in places}
    parents = {row.parent_id for row in places if row.parent_id}
    names = names_of(day, bodies | parents)
    plans = {
        plan.organisation_id: plan
        for plan in campaign.plans.filter(organisation__in=bodies, adopted_on__lte=day)
    }
    states = plan_states(plans.values(), day)
    return [_row_then(row, names, plans.get(row.organisation_id), states) for row in places]


def _row_then(
    place: Placement, names: dict[int, str], plan: Plan | None, states: dict[UUID, ClimbState]
) -> BodyRow:
    body = place.organisation
    return BodyRow(
        uid=body.uid,
        name=names.get(body.pk, body.name),
        above=names.get(place.parent_id or 0, ""),
        plan_uid=plan.uid if plan else None,
        state=states.get(plan.uid, "") if plan else "",
    )


def _in_state(bodies: QuerySet[Any, Any], state: str) -> QuerySet[Any, Any]:
    if state == NONE:
        return bodies.filter(plan_state__isnull=True)
    return bodies.filter(plan_state=state) if state else bodies


def _order(sort: str) -> list[str]:
    fields = _SORTS.get(sort.removeprefix("-"), _SORTS["name"])
    return [f"-{field}" for field in fields] if sort.startswith("-") else fields


def _row(body: dict[str, Any]) -> BodyRow:
    return BodyRow(
        uid=body["uid"],
        name=body["name"],
        above=body["above"] or "",
        plan_uid=body["plan_uid"],
        state=body["plan_state"] or "",
    )
