"""The history of what was changed of a campaign that runs."""

from zhengyou.campaigns.models import Campaign, CampaignChange, CampaignState
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor

MEANWHILE = (
    "您打开以后，别人也改了这份蓝图。您写的还在这一页上，看看别人改了什么，再存一次就照您的存。"
)


def note_change(
    actor: Actor, campaign: Campaign, what: str, before: str, after: str, reason: str
) -> None:
    """Add a row to the history of a campaign that runs; what is prepared has none."""
    if campaign.state == CampaignState.DRAFT or actor.person is None or actor.hat is None:
        return
    CampaignChange.objects.create(
        campaign=campaign,
        what=what[:100],
        before=before,
        after=after,
        reason=reason.strip()[:200],
        changed_by=actor.person,
        hat=actor.hat.title,
        changed_at=clock.now(),
    )
