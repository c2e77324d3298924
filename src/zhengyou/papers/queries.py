"""Read models for the pages of papers."""

from dataclasses import dataclass

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import paths
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import OVERSEERS


@dataclass(frozen=True, slots=True)
class Offer:
    """A summary that could be made: the hat's body in one campaign."""

    campaign: Campaign
    body: Organisation


def summaries_for(actor: Actor) -> list[Offer]:
    """Return the summaries of the body whose hat is worn, a campaign each; latest first."""
    if not actor.hat or actor.hat.role not in OVERSEERS:
        return []
    body = actor.hat.organisation
    line = [body.path, *paths.ancestors(body.path)]
    campaigns = Campaign.objects.filter(organisation__path__in=line).exclude(
        state=CampaignState.DRAFT
    )
    return [Offer(campaign, body) for campaign in campaigns.select_related("organisation")]
