"""What the public may speak about: a published plan of a campaign that runs."""

from uuid import UUID

from zhengyou.campaigns.models import CampaignState, Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel.verdict import Verdict
from zhengyou.remarks.targets import Target


def resolve_plan(uid: UUID) -> Target | None:
    """Return a published plan, or None where there is none that the public may see."""
    found = Plan.objects.select_related("campaign", "organisation")
    plan = found.filter(uid=uid, state=ClimbState.PUBLISHED).first()
    if plan is None:
        return None
    return Target(
        ref=plan.ref,
        title=plan.title,
        url=f"/c/{plan.campaign.uid}/plans/{plan.uid}/",  # the same in every house
        organisation=plan.organisation,
        open=Verdict.of(
            plan.campaign.state == CampaignState.OPEN,
            f"“{plan.campaign.title}”已经结束，不再收意见；以前的意见和答复还在下面。",
        ),
    )
