"""What views look for; what does not exist for the actor is a 404."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.campaigns import authoring, rules
from zhengyou.campaigns.models import Campaign, Manuscript, Plan
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation

Crumbs = list[tuple[str, str]]


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts."""
    return cast(ActorRequest, request).actor


def own_body(request: HttpRequest) -> Organisation | None:
    """Return the body of the hat that is worn."""
    actor = actor_of(request)
    return actor.hat.organisation if actor.hat else None


def campaign_of(request: HttpRequest, uid: UUID) -> Campaign:
    """Return a campaign that exists for the actor, with its phases."""
    visible = Campaign.objects.filter(rules.visible_campaigns(actor_of(request)))
    return get_object_or_404(
        visible.select_related("organisation").prefetch_related("phases__milestones"), uid=uid
    )


def manuscript_of(request: HttpRequest, uid: UUID) -> Manuscript:
    """Return a body's own blueprint that exists for the actor."""
    visible = Manuscript.objects.filter(authoring.visible_manuscripts(actor_of(request)))
    return get_object_or_404(visible.select_related("organisation"), uid=uid)


def plan_of(request: HttpRequest, uid: UUID) -> Plan:
    """Return a plan that exists for the actor, with sections, decisions and its campaign."""
    visible = Plan.objects.filter(rules.visible_plans(actor_of(request)))
    return get_object_or_404(
        visible.select_related(
            "campaign__organisation",
            "campaign__previous__organisation",
            "organisation",
            "submitted_by",
        ).prefetch_related(
            "campaign__phases", "sections", "decisions__decided_by", "consultations"
        ),
        uid=uid,
    )


def workings_of(request: HttpRequest, uid: UUID, rule: Callable[[Actor, Plan], Verdict]) -> Plan:
    """Return a plan whose body's workings ``rule`` lets the actor read, its groups fetched.

    The body's own people read them before the plan is public; for an outsider a plan that is not
    there yet does not exist.
    """
    actor = actor_of(request)
    found = Plan.objects.select_related("campaign__organisation", "organisation")
    plan = get_object_or_404(found.prefetch_related("campaign__phases", "groups"), uid=uid)
    verdict = rule(actor, plan)
    if not verdict:
        get_object_or_404(Plan.objects.filter(rules.visible_plans(actor)), pk=plan.pk)
    verdict.require()
    return plan


def crumbs(*steps: tuple[str, str]) -> Crumbs:
    """Return the way down from the list of campaigns."""
    return [("活动", reverse("campaigns:index")), *steps]


def campaign_step(campaign: Campaign) -> tuple[str, str]:
    """Return a campaign as a step of the way down."""
    return campaign.title, reverse("campaigns:campaign", args=[campaign.uid])


def plan_step(plan: Plan) -> tuple[str, str]:
    """Return a plan as a step of the way down."""
    return f"{plan.organisation.name}的方案", reverse("campaigns:plan", args=[plan.uid])
