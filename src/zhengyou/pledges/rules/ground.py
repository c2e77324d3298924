"""What the rules of pledges stand on: whose posts count, and whether the campaign runs at all."""

from django.db.models import Q

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.models import Role
from zhengyou.people.rules import KEEPERS

BRANCH = (*KEEPERS, Role.COMMITTEE_MEMBER)
"""Who leads a body: sees its pledges, what was returned and who has none yet."""
ABOVE = (*KEEPERS, Role.INSPECTOR)
"""Who looks at the pledges of the bodies below, but not at what was returned and why."""

NOBODY = Q(pk__in=[])


def may_go_on(campaign: Campaign) -> Verdict:
    """Say whether the campaign runs at all."""
    label = CampaignState(campaign.state).label
    return Verdict.of(
        campaign.state == CampaignState.OPEN, f"“{campaign.title}”{label}，不能再动承诺。"
    )
