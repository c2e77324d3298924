"""What the public may speak about: what a body laid open, as long as the campaign runs."""

from uuid import UUID

from django.urls import reverse

from zhengyou.campaigns.models import CampaignState
from zhengyou.disclosure.models import Audience, DisclosedItem, ItemState
from zhengyou.kernel.verdict import Verdict
from zhengyou.remarks.targets import Target


def resolve_disclosed(uid: UUID) -> Target | None:
    """Return a published item, or None where the public sees none."""
    row = (
        DisclosedItem.objects.select_related("topic__duty__campaign", "organisation")
        .filter(uid=uid, state=ItemState.PUBLISHED, topic__audience=Audience.PUBLIC)
        .exclude(topic__duty__campaign__state=CampaignState.DRAFT)
        .first()
    )
    if row is None:
        return None
    campaign = row.topic.duty.campaign
    return Target(
        ref=row.ref,
        title=f"{row.organisation.name}的{row}",
        url=reverse("disclosure:public_item", args=[row.uid]),
        organisation=row.organisation,
        open=Verdict.of(
            campaign.state == CampaignState.OPEN,
            f"“{campaign.title}”已经结束，不再收意见；以前的意见和答复还在下面。",
        ),
        within=campaign.uid,
        answer_days=campaign.answer_days,
    )
