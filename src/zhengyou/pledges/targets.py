"""What the public may speak about: a public item of a pledge, or an intention put out for opinions,
in a campaign that runs."""

from uuid import UUID

from django.urls import reverse

from zhengyou.campaigns.models import CampaignState
from zhengyou.kernel.verdict import Verdict
from zhengyou.pledges import names
from zhengyou.pledges.models import PledgeItem, in_public
from zhengyou.remarks.targets import Target


def resolve_item(uid: UUID) -> Target | None:
    """Return a public item, who pledged being named as the campaign says, or None."""
    found = PledgeItem.objects.select_related(
        "pledge__campaign", "pledge__organisation", "pledge__person"
    )
    item = found.filter(in_public(), uid=uid).first()
    if item is None:
        return None
    pledge, campaign = item.pledge, item.pledge.campaign
    return Target(
        ref=item.ref,
        title=f"{_whose(item)}第 {item.number} 条",
        url=f"{reverse('pledges:pledge', args=[pledge.uid])}#item-{item.number}",
        organisation=pledge.organisation,
        open=Verdict.of(
            campaign.state == CampaignState.OPEN,
            f"“{campaign.title}”已经结束，不再收意见；以前的意见和答复还在下面。",
        ),
        about=pledge.person,
        excerpt=item.text,
        within=campaign.uid,
        answer_days=campaign.answer_days,
    )


def _whose(item: PledgeItem) -> str:
    shown = names.in_public(item.pledge)
    return f"{shown.name}的打算" if item.announced else shown.possessive
