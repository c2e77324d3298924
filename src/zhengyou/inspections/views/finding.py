"""What views look for; what does not exist for the actor is a 404."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.campaigns.views.finding import actor_of, own_body
from zhengyou.inspections import rules
from zhengyou.inspections.models import Finding, Inspection, Visit
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations

Crumbs = list[tuple[str, str]]

__all__ = ["actor_of", "own_body"]


def inspection_of(request: HttpRequest, uid: UUID) -> Inspection:
    """Return an inspection that exists for the actor, with its team."""
    rows = Inspection.objects.filter(rules.visible_inspections(actor_of(request)))
    rows = rows.select_related("organisation", "scope", "campaign", "offer", "again_of", "draw")
    return get_object_or_404(rows.prefetch_related("team__person"), uid=uid)


def visit_of(request: HttpRequest, uid: UUID) -> Visit:
    """Return a visit that exists for the actor."""
    rows = Visit.objects.filter(rules.visible_visits(actor_of(request)))
    rows = rows.select_related(
        "organisation__parent", "inspection__organisation", "inspection__campaign", "handed_by"
    )
    return get_object_or_404(rows.prefetch_related("inspection__team"), uid=uid)


def finding_of(request: HttpRequest, uid: UUID) -> Finding:
    """Return a finding that exists for the actor."""
    rows = Finding.objects.filter(rules.visible_findings(actor_of(request)))
    rows = rows.select_related(
        "by", "visit__organisation__parent", "visit__inspection__organisation",
        "visit__inspection__campaign",
    )  # fmt: skip
    return get_object_or_404(rows.prefetch_related("visit__inspection__team"), uid=uid)


def body_of(request: HttpRequest, uid: UUID) -> Organisation:
    """Return a body that exists for the actor."""
    rows = Organisation.objects.filter(visible_organisations(actor_of(request)))
    return get_object_or_404(rows.select_related("parent"), uid=uid)


def crumbs(*steps: tuple[str, str]) -> Crumbs:
    """Return the way down from the list of inspections."""
    return [("督查", reverse("inspections:index")), *steps]


def to_inspection(inspection: Inspection, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down over an inspection."""
    return crumbs(step_of(inspection), *steps)


def step_of(inspection: Inspection) -> tuple[str, str]:
    """Return an inspection as a step of the way down."""
    return inspection.title, reverse("inspections:inspection", args=[inspection.uid])


def visit_step(visit: Visit) -> tuple[str, str]:
    """Return a visit as a step of the way down."""
    return visit.organisation.name, reverse("inspections:visit", args=[visit.uid])
