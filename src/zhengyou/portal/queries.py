"""What the public sees: campaigns that run or ran, published plans. Never a draft."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.campaigns.cycles import cycle_days
from zhengyou.campaigns.models import Campaign, CampaignState, Plan
from zhengyou.campaigns.queries import marks_of
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.pledges.queries import items_public
from zhengyou.ui.ribbon import lay_out
from zhengyou.ui.text import near_date


def public_campaigns() -> QuerySet[Campaign]:
    """Return the campaigns that the public may see: running first, then the finished ones."""
    return (
        Campaign.objects.exclude(state=CampaignState.DRAFT)
        .select_related("organisation")
        .prefetch_related("phases__milestones", "cycles")
        .order_by("-state", "-starts_on", "id")
    )


def public_campaign(uid: UUID) -> Campaign:
    """Return one of them, or answer 404."""
    return get_object_or_404(public_campaigns(), uid=uid)


@dataclass(frozen=True, slots=True)
class Card:
    """One campaign on the start page."""

    campaign: Campaign
    ribbon: dict[str, Any]
    items: int
    plans: int


def campaign_cards(limit: int = 20) -> list[Card]:
    """Return the campaigns of the start page with what has been made public, in three queries."""
    campaigns = list(public_campaigns()[:limit])
    items = items_public(campaigns)
    plans = dict(
        Plan.objects.filter(state=ClimbState.PUBLISHED, campaign__in=campaigns)
        .values_list("campaign")
        .annotate(count=Count("id"))
    )
    return [Card(row, ribbon(row), items.get(row.pk, 0), plans.get(row.pk, 0)) for row in campaigns]


def ribbon(campaign: Campaign, day: date | None = None) -> dict[str, Any]:
    """Return the phase ribbon of a campaign, its title leading to its page."""
    phases = sorted(campaign.phases.all(), key=lambda row: (row.starts_on, row.order))
    day = day or clock.today()
    coming = next((row for row in phases if row.starts_on > day), None)
    words = f"{near_date(coming.starts_on, day)}起{coming.title}" if coming else ""
    return lay_out(
        campaign.title,
        [(row.title, row.starts_on, row.ends_on) for row in phases],
        day,
        next=words,
        url=reverse("portal:campaign", args=[campaign.uid]),
        cycles=cycle_days(campaign),
        marks=marks_of(campaign),
    )


def published_plans(campaign: Campaign) -> QuerySet[Plan]:
    """Return the published plans of a campaign in the order of the tree."""
    return (
        Plan.objects.filter(campaign=campaign, state=ClimbState.PUBLISHED)
        .select_related("organisation")
        .order_by("organisation__path")
    )
