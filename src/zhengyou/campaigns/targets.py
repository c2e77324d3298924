"""What the public may speak about: a plan that is published, or whose draft is put out."""

from uuid import UUID

from django.urls import reverse

from zhengyou.campaigns.models import CampaignState, Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel.verdict import Verdict
from zhengyou.remarks.targets import Target


def resolve_plan(uid: UUID) -> Target | None:
    """Return a plan that is published or was put out, or None where the public sees none."""
    found = Plan.objects.select_related("campaign", "organisation")
    plan = found.prefetch_related("consultations").filter(uid=uid).first()
    if plan is None:
        return None
    if plan.state != ClimbState.PUBLISHED:
        return _draft(plan)
    return Target(
        ref=plan.ref,
        title=plan.title,
        url=f"/c/{plan.campaign.uid}/plans/{plan.uid}/",  # the same in every house
        organisation=plan.organisation,
        open=Verdict.of(
            plan.campaign.state == CampaignState.OPEN,
            f"“{plan.campaign.title}”已经结束，不再收意见；以前的意见和答复还在下面。",
        ),
        within=plan.campaign.uid,
        answer_days=plan.campaign.answer_days,
    )


def _draft(plan: Plan) -> Target | None:
    """Return the draft as it was put out last; None: it never was."""
    asked = list(plan.consultations.all())
    if not asked:
        return None
    return Target(
        ref=plan.ref,
        title=f"{plan.title}（征求意见稿）",
        url=reverse("campaigns:public_consultation", args=[asked[-1].uid]),
        organisation=plan.organisation,
        open=Verdict.of(asked[-1].runs(), "征求意见已经结束；意见和答复还在征求意见的页面上。"),
        answer_days=plan.campaign.answer_days,
    )
