"""What the public may speak about: a public item of a pledge in a campaign that runs."""

from uuid import UUID

from django.urls import reverse

from zhengyou.campaigns.models import CampaignState
from zhengyou.climb.models import ClimbState
from zhengyou.kernel.verdict import Verdict
from zhengyou.pledges import names
from zhengyou.pledges.models import PledgeItem
from zhengyou.remarks.targets import Target


def resolve_item(uid: UUID) -> Target | None:
    """Return a public item, who pledged being named as the campaign says, or None."""
    found = PledgeItem.objects.select_related(
        "pledge__campaign", "pledge__organisation", "pledge__person"
    )
    item = found.filter(uid=uid, state=ClimbState.PUBLISHED).first()
    if item is None:
        return None
    pledge, campaign = item.pledge, item.pledge.campaign
    return Target(
        ref=item.ref,
        title=f"{names.in_public(pledge).possessive}第 {item.number} 条",
        url=f"{reverse('pledges:pledge', args=[pledge.uid])}#item-{item.number}",
        organisation=pledge.organisation,
        open=Verdict.of(
            campaign.state == CampaignState.OPEN,
            f"“{campaign.title}”已经结束，不再收意见；以前的意见和答复还在下面。",
        ),
        about=pledge.person,
        excerpt=item.text,
    )
