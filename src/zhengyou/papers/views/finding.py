"""What the views of a summary look for; what does not exist for the actor is a 404."""

from datetime import date
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.rules import visible_campaigns
from zhengyou.kernel import clock, paths
from zhengyou.papers import rules
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations


def run_and_body(
    request: ActorRequest, campaign: UUID, body: UUID
) -> tuple[Campaign, Organisation]:
    """Return both, if they exist for this actor and the body has a summary in the campaign."""
    row = get_object_or_404(Organisation, visible_organisations(request.actor), uid=body)
    campaigns = Campaign.objects.select_related("organisation").prefetch_related("phases")
    run = get_object_or_404(campaigns, visible_campaigns(request.actor), uid=campaign)
    if not paths.is_within(row.path, run.organisation.path) or not rules.sums_up(run, row):
        raise Http404
    return run, row


def day_asked(text: str) -> date:
    """Return the day asked for, today where it is missing, unreadable or still to come."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return clock.today()
    return min(asked, clock.today())
