"""The publicity plan of a body and its postings: who keeps them, who sees them."""

from django.db.models import Q

from zhengyou.campaigns import tasking
from zhengyou.campaigns.models import CampaignState, Plan, Posting
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import KEEPERS, OVERSEERS

KEEPERS_OF_PUBLICITY = (*KEEPERS, Role.RECORDER, Role.COMMITTEE_MEMBER)


def visible_postings() -> Q:
    """Return which postings exist for everybody: what was posted is public, what was entered
    wrongly is struck out. A campaign in preparation has none.
    """
    return Q(struck_at=None) & ~Q(plan__campaign__state=CampaignState.DRAFT)


def may_see_publicity(actor: Actor, plan: Plan) -> Verdict:
    """Read the body's plan of publicity: its own people, and those who oversee it."""
    return Verdict.of(
        tasking.may_see_tasks(actor, plan) or actor.holds(plan.organisation.path, OVERSEERS),
        f"宣传计划给{plan.organisation.name}的人和上级看，公开的内容大家都能在公开页上看到。",
    )


def may_plan_publicity(actor: Actor, plan: Plan) -> Verdict:
    """Change the body's plan of publicity."""
    return Verdict.of(
        actor.holds_at(plan.organisation.path, KEEPERS_OF_PUBLICITY) or _seated(actor, plan),
        f"宣传计划由{plan.organisation.name}的书记、副书记、委员、活动办、记录员和工作组来排。",
    ) & _runs(plan)


def may_post(actor: Actor, plan: Plan) -> Verdict:
    """Enter what was posted."""
    return (
        Verdict.of(
            actor.holds_at(plan.organisation.path, KEEPERS_OF_PUBLICITY) or _seated(actor, plan),
            f"公开登记由{plan.organisation.name}的书记、副书记、委员、活动办、记录员和工作组来办。",
        )
        & Verdict.of(actor.person and actor.hat, "登记要用本人的账号。")
        & _runs(plan)
    )


def may_strike(actor: Actor, posting: Posting) -> Verdict:
    """Strike out what was entered wrongly: who entered it, or the keepers of the body."""
    plan = posting.plan
    return (
        Verdict.of(
            actor.is_person(posting.by) or actor.holds_at(plan.organisation.path, KEEPERS),
            "登错了由登记的人或者本组织的书记、副书记、活动办来划去。",
        )
        & Verdict.of(posting.struck_at is None, "这一条已经划去了。")
        & _runs(plan)
    )


def _seated(actor: Actor, plan: Plan) -> bool:
    return bool(tasking.seated_in(actor, plan)) and any(hat.role in SEATS for hat in actor.hats)


def _runs(plan: Plan) -> Verdict:
    state = CampaignState(plan.campaign.state)
    return Verdict.of(
        state == CampaignState.OPEN, f"“{plan.campaign.title}”{state.label}，不能再改、再登记。"
    )
