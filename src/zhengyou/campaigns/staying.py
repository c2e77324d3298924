"""What a body's end means for its campaigns and plans: said before it is done."""

from collections.abc import Iterator

from zhengyou.campaigns.models import Campaign, CampaignState, Plan
from zhengyou.people.models import Organisation


def of_ending(bodies: list[Organisation]) -> Iterator[str]:
    """Yield which plans stay with ``bodies``: who goes on adopts one of its own."""
    plans = Plan.objects.filter(organisation__in=bodies, campaign__state=CampaignState.OPEN)
    for plan in plans.select_related("campaign", "organisation").order_by("campaign__title", "pk"):
        yield (
            f"“{plan.campaign.title}”里{plan.organisation.name}的方案"
            f"（{plan.get_state_display()}）留在老组织名下，后来的组织用自己的方案。"
        )


def hindering(bodies: list[Organisation]) -> Iterator[str]:
    """Yield which campaigns of ``bodies`` are still running: nobody could lead them any more."""
    running = Campaign.objects.filter(organisation__in=bodies, state=CampaignState.OPEN)
    for run in running.select_related("organisation").order_by("title", "pk"):
        yield f"{run.organisation.name}组织的“{run.title}”还在进行，请先结束这个活动。"
