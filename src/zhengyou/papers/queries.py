"""Read models for the pages of papers."""

from dataclasses import dataclass

from django.db.models import QuerySet

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import paths
from zhengyou.papers import rules
from zhengyou.papers.models import Paper
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation


@dataclass(frozen=True, slots=True)
class Offer:
    """A summary that could be made: the hat's body in one campaign."""

    campaign: Campaign
    body: Organisation


def summaries_for(actor: Actor) -> list[Offer]:
    """Return the summaries of the body whose hat is worn, a campaign each; latest first."""
    if actor.hat is None or not rules.may_see_summary(actor, actor.hat.organisation):
        return []
    body = actor.hat.organisation
    line = [body.path, *paths.ancestors(body.path)]
    campaigns = Campaign.objects.filter(organisation__path__in=line).exclude(
        state=CampaignState.DRAFT
    )
    return [
        Offer(campaign, body)
        for campaign in campaigns.select_related("organisation")
        if rules.sums_up(campaign, body)
    ]


def latest_papers(campaign: Campaign, body: Organisation, limit: int = 5) -> QuerySet[Paper]:
    """Return the papers of a body in a campaign that were asked for last."""
    papers = Paper.objects.filter(campaign=campaign, organisation=body)
    return papers.select_related("organisation", "attachment")[:limit]
