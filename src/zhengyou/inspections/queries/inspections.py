"""The list of inspections, and one of them with its visits."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.inspections import rules
from zhengyou.inspections.models import (
    Chosen,
    Finding,
    FindingKind,
    Inspection,
    InspectionOffer,
    InspectionState,
    Sample,
    Visit,
    VisitState,
)
from zhengyou.inspections.population import Stratum, strata_of
from zhengyou.inspections.rules.seeing import in_team
from zhengyou.kernel import clock, paths
from zhengyou.people.actor import Actor
from zhengyou.people.models import Membership, Organisation, Person, Post, Role
from zhengyou.ui.text import long_date

PER_PAGE = 30
BADGES = {
    InspectionState.DRAFT: "todo",
    InspectionState.FROZEN: "wait",
    InspectionState.UNDER_WAY: "doing",
    InspectionState.CLOSED: "done",
    InspectionState.ANNULLED: "off",
}
VISIT_BADGES = {
    VisitState.PLANNED: "todo",
    VisitState.UNDER_WAY: "doing",
    VisitState.HANDED: "done",
    VisitState.REPLACED: "off",
}
FINDING_BADGES = {
    FindingKind.PRAISE: "done",
    FindingKind.CRITICISM: "due",
    FindingKind.NOTE: "todo",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An inspection as a row of a list."""

    inspection: Inspection
    badge: str
    state: str
    why: str


def listed(actor: Actor) -> QuerySet[Inspection]:
    """Return the inspections that concern ``actor``: planned here, in one's team, below, or with a
    scope in which one stands."""
    near = rules.planned_by(actor) | in_team(actor, "pk")
    if actor.hat is not None:
        own = actor.hat.organisation.path
        around = Q(scope__path__in=[own, *paths.ancestors(own)])
        near |= ~Q(state=InspectionState.DRAFT) & (around | paths.within("scope__path", own))
    rows = Inspection.objects.filter(rules.visible_inspections(actor), near)
    return rows.select_related("organisation", "scope", "draw").order_by("-starts_on", "-pk")


def list_page(actor: Actor, number: str) -> tuple[Page[Inspection], list[Line]]:
    """Return a page of them. Two queries whatever it holds."""
    page = Paginator(listed(actor), PER_PAGE).get_page(number)
    return page, [line_of(row) for row in page]


def line_of(row: Inspection) -> Line:
    """Return an inspection as a row, from what was read with it."""
    state = InspectionState(row.state)
    days = f"{long_date(row.starts_on)}到{long_date(row.ends_on)}"
    why = f"{row.get_kind_display()}，{row.organisation.name}办，在{row.scope.name}，{days}"
    if state == InspectionState.FROZEN:
        why = f"{why}；{long_date(row.draw.seed_on)}抽签"
    return Line(row, BADGES[state], str(state.label), why)


def offers_for(actor: Actor) -> list[InspectionOffer]:
    """Return what running campaigns propose to the body of the hat worn, not taken up there yet.
    One query."""
    hat = actor.hat
    if hat is None or not rules.is_planner(actor, hat.organisation):
        return []
    path = hat.organisation.path
    around = Q(campaign__organisation__path__in=[path, *paths.ancestors(path)]) | paths.within(
        "campaign__organisation__path", path
    )
    taken = Inspection.objects.filter(organisation=hat.organisation, offer__isnull=False)
    rows = InspectionOffer.objects.filter(around, campaign__state=CampaignState.OPEN)
    return list(rows.exclude(pk__in=taken.values("offer")).select_related("campaign"))


def campaigns_for(body: Organisation) -> QuerySet[Campaign]:
    """Return the running campaigns that an inspection of ``body`` may belong to."""
    around = Q(organisation__path__in=[body.path, *paths.ancestors(body.path)])
    return Campaign.objects.filter(
        around | paths.within("organisation__path", body.path), state=CampaignState.OPEN
    ).select_related("organisation")


def near_at_hand(body: Organisation) -> QuerySet[Person]:
    """Return who is likely to inspect for a body: its own people and the inspectors below it."""
    today = clock.today()
    own = Membership.objects.on(today).filter(organisation=body)
    posts = Post.objects.on(today).filter(
        paths.within("organisation__path", body.path), role=Role.INSPECTOR
    )
    rows = Person.objects.filter(Q(pk__in=own.values("person")) | Q(pk__in=posts.values("person")))
    return rows.order_by("sort_key", "pk")


# --- one inspection -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as a row.

    Args:
        counts: how many findings of each kind; shown to the team and the planners only, and of
            what was handed over.
    """

    visit: Visit
    badge: str
    state: str
    why: str
    seen: bool
    counts: str = ""


@dataclass(slots=True)
class InspectionPage:
    """What the page of an inspection shows."""

    inspection: Inspection
    strata: list[Stratum] = field(default_factory=list)
    visits: list[VisitLine] = field(default_factory=list)
    done: int = 0
    due: int = 0

    @property
    def size(self) -> int:
        """How many bodies the list has as it stands today."""
        return sum(stratum.size for stratum in self.strata)

    @property
    def wanted(self) -> int:
        """How many of them are drawn."""
        return sum(stratum.quota for stratum in self.strata)


def inspection_page(actor: Actor, inspection: Inspection) -> InspectionPage:
    """Return the page. Of a draft the strata as they stand, else the visits."""
    page = InspectionPage(inspection)
    if inspection.state == InspectionState.DRAFT and inspection.sample == Sample.RANDOM:
        page.strata = strata_of(inspection)
    rows = list(inspection.visits.select_related("organisation", "replaced__organisation"))
    seen = set(
        Visit.objects.filter(rules.visible_visits(actor), inspection=inspection).values_list(
            "pk", flat=True
        )
    )
    counts = findings_by_visit([row.pk for row in rows if row.pk in seen])
    page.visits = [visit_line(row, row.pk in seen, counts.get(row.pk, {})) for row in rows]
    page.due = sum(row.state != VisitState.REPLACED for row in rows)
    page.done = sum(row.state == VisitState.HANDED for row in rows)
    return page


def findings_by_visit(visits: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return how many findings of each kind visits have. One query."""
    rows = Finding.objects.filter(visit__in=list(visits)).values("visit", "kind")
    found: dict[int, dict[str, int]] = {}
    for row in rows.annotate(n=Count("pk")).order_by():
        found.setdefault(row["visit"], {})[row["kind"]] = row["n"]
    return found


def visit_line(row: Visit, seen: bool, counts: dict[str, int]) -> VisitLine:
    """Return a visit as a row."""
    state = VisitState(row.state)
    words = [str(Chosen(row.how).label)]
    if row.reason:
        words.append(row.reason)
    if state == VisitState.REPLACED and hasattr(row, "replaced"):
        words.append(f"换成{row.replaced.organisation.name}")
    if row.visited_on and seen:
        words.append(f"{long_date(row.visited_on)}去的")
    said = "，".join(f"{kind.label} {counts[kind]} 条" for kind in FindingKind if counts.get(kind))
    return VisitLine(row, VISIT_BADGES[state], str(state.label), "，".join(words), seen, said)


def facts_of(inspection: Inspection) -> list[tuple[str, Any]]:
    """Return what stands at the head of an inspection's page."""
    return [
        ("哪一种", inspection.get_kind_display()),
        ("谁来办", inspection.organisation.name),
        ("范围", inspection.scope.name),
        ("日期", f"{long_date(inspection.starts_on)}到{long_date(inspection.ends_on)}"),
        ("答复", f"交意见后 {inspection.reply_days} 个工作日内"),
        ("到哪些单位", inspection.get_sample_display()),
    ]


def late(visit: Visit, day: date | None = None) -> bool:
    """Tell whether the day by which a body replies has passed."""
    return visit.reply_by is not None and visit.reply_by < (day or clock.today())
