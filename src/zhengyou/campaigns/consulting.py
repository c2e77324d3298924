"""Who puts a draft out for opinions, who gives them, who answers."""

from django.db.models import Q

from zhengyou.campaigns.models import (
    PUT_OUT,
    Campaign,
    CampaignState,
    Consultation,
    Outcome,
    Plan,
)
from zhengyou.campaigns.opinions import running_today
from zhengyou.campaigns.rules import may_edit_plan, visible_campaigns, visible_plans
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.rules import KEEPERS, LEADERS

MOST_DAYS = 60


def visible_consultations(actor: Actor) -> Q:
    """Return which consultations exist for ``actor`` behind the public pages: of plans that he or
    she sees, of campaigns that he or she sees, and of drafts put out to the own body.
    """
    plans = Plan.objects.filter(visible_plans(actor)).values("pk")
    campaigns = Campaign.objects.filter(visible_campaigns(actor)).values("pk")
    seen = Q(plan__in=plans) | Q(plan__isnull=True, campaign__in=campaigns)
    if actor.hat and actor.hat.role in KEEPERS:
        seen |= asked_of(actor)
    return seen


def asked_of(actor: Actor) -> Q:
    """Return the drafts of campaigns that were put out to the body whose hat is worn."""
    if actor.hat is None:
        return Q(pk__in=[])
    line = paths.ancestors(actor.hat.organisation.path)
    return Q(plan__isnull=True, campaign__organisation__path__in=line)


def may_consult(actor: Actor, plan: Plan) -> Verdict:
    """Put the draft of a plan out for opinions."""
    body = plan.organisation
    return (
        Verdict.of(
            actor.holds_at(body.path, KEEPERS),
            f"征求意见由{body.name}的书记、副书记、活动办来发起。",
        )
        & may_edit_plan(actor, plan)
        & _nothing_empty(plan)
        & Verdict.of(
            not any(each.runs() for each in plan.consultations.all()), "已经在征求意见了。"
        )
    )


def _nothing_empty(plan: Plan) -> Verdict:
    texts = plan.texts
    empty = [str(code.label) for code in PUT_OUT if not texts.get(code, "").strip()]
    return Verdict.of(not empty, f"{'、'.join(empty)}还没有写，写了再征求意见。")


def may_consult_below(actor: Actor, campaign: Campaign) -> Verdict:
    """Put the draft of a campaign out to the bodies below."""
    asked = campaign.consultations.filter(running_today(), plan=None)
    return (
        Verdict.of(
            actor.holds(campaign.organisation.path, KEEPERS),
            f"征求意见由{campaign.organisation.name}的书记、副书记、活动办来发起。",
        )
        & Verdict.of(campaign.state == CampaignState.DRAFT, "活动启动以后不再征求意见。")
        & Verdict.of(not asked.exists(), "已经在征求意见了。")
    )


def enough_days(days: int, needed: int) -> Verdict:
    """A consultation is as long as the campaign asks for, and not endless."""
    least = max(1, needed)
    return Verdict.of(
        least <= days <= MOST_DAYS, f"征求意见要 {least} 到 {MOST_DAYS} 个工作日，请改天数。"
    )


def may_stop(actor: Actor, consultation: Consultation) -> Verdict:
    """End it before its time."""
    body = consultation.keeper
    return Verdict.of(
        actor.holds_at(body.path, KEEPERS)
        or (consultation.plan is None and actor.holds(body.path, KEEPERS)),
        f"提前结束由{body.name}的书记、副书记、活动办来办。",
    ) & Verdict.of(consultation.runs(), "征求意见已经结束。")


def may_opine(actor: Actor, consultation: Consultation) -> Verdict:
    """Give a body's opinion on the draft of a campaign: its secretary or deputy, signed."""
    campaign = consultation.campaign
    body = actor.hat.organisation if actor.hat else None
    if consultation.plan is not None:
        return Verdict.no("方案的意见在公开页上提。")
    if body is None or not actor.holds_at(body.path, LEADERS) or not campaign.covers_body(body):
        return Verdict.no("意见由参加活动的组织的书记、副书记来提。")
    return Verdict.of(
        body.pk != campaign.organisation_id, "这是您自己组织的活动，直接改就行。"
    ) & Verdict.of(consultation.runs(), "征求意见已经结束。")


def may_answer_opinions(actor: Actor, consultation: Consultation) -> Verdict:
    """Say what became of an opinion."""
    body = consultation.keeper
    return Verdict.of(
        actor.holds(body.path, KEEPERS), f"意见由{body.name}的书记、副书记、活动办来答复。"
    )


def says_why_not(outcome: Outcome, reason: str) -> Verdict:
    """What is not, or not wholly, taken up says why."""
    needs = outcome in (Outcome.PARTLY, Outcome.DECLINED)
    return Verdict.of(not needs or reason, f"{outcome.label}要写明理由。")
