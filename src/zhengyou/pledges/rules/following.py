"""Who notes progress, says what became of a promise, confirms it and keeps after it."""

from zhengyou.campaigns.models import Act
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Role
from zhengyou.people.rules import HEADS
from zhengyou.pledges import subjects
from zhengyou.pledges.models import Pledge, PledgeItem, Progress
from zhengyou.pledges.rules.ground import leads, may_go_on
from zhengyou.pledges.rules.reviewing import may_review
from zhengyou.pledges.rules.writing import may_write_for


def _speaks_for(actor: Actor, pledge: Pledge) -> Verdict:
    """The one who pledged, wherever he or she is now; the body's leaders for its own; the recorder
    of the body of the pledge and, after a transfer, of the one where the person is today."""
    there = may_write_for(actor, pledge.organisation, pledge.person)
    if pledge.person is None and leads(actor, pledge, (Role.RECORDER, *HEADS)):
        return Verdict.yes()
    if there or pledge.person is None or not actor.hat or actor.hat.role != Role.RECORDER:
        return there
    today = subjects.body_of(pledge.campaign, pledge.person)
    return may_write_for(actor, today, pledge.person) if today else there


def may_note(actor: Actor, item: PledgeItem) -> Verdict:
    """Note progress: the one who pledged, the body's leaders for its own, the recorder for all."""
    return (
        _speaks_for(actor, item.pledge)
        & Verdict.of(item.state == ClimbState.PUBLISHED, "承诺公开以后才能写进展。")
        & item.pledge.campaign.allows(Act.REPORT_PROGRESS)
    )


def may_correct(actor: Actor, note: Progress) -> Verdict:
    """Correct the last note; what stood there stays on record."""
    return may_note(actor, note.item) & Verdict.of(
        note.item.latest_id == note.pk, "只能更正最近一次的进展。"
    )


# --- fulfilment ---------------------------------------------------------------------------------
def may_assess(actor: Actor, item: PledgeItem) -> Verdict:
    """Say what became of a promise: who may note progress, once it is due or the campaign asks."""
    due = item.due_on
    then = f"{due.month}月{due.day}日到期以后" if due else "到期以后"
    return (
        _speaks_for(actor, item.pledge)
        & Verdict.of(item.state == ClimbState.PUBLISHED, "承诺公开以后才能说兑现没有。")
        & may_go_on(item.pledge.campaign)
        & (
            item.pledge.campaign.allows(Act.CONFIRM)
            | Verdict.of(
                due and due <= clock.today(),
                f"{then}，或者活动到了确认兑现的阶段，才说做到没有。",
            )
        )
    )


# --- supervision --------------------------------------------------------------------------------
def may_see_supervision(actor: Actor, pledge: Pledge) -> Verdict:
    """How the branch keeps after a promise is between the one who pledged and those who lead."""
    return Verdict.of(
        actor.is_person(pledge.person)
        or leads(actor, pledge, HEADS)
        or (not pledge.of_person and leads(actor, pledge, (Role.COMMITTEE_MEMBER,)))
        or may_review(actor, pledge),
        "督促的情况只给本人和本组织的书记、副书记看。",
    )


def may_supervise(actor: Actor, pledge: Pledge) -> Verdict:
    """Write down a step: the branch's leaders for its members, who reviews for anybody."""
    if actor.is_person(pledge.person):
        return Verdict.no("自己的承诺由别人来督促。")
    leading = pledge.of_person and leads(actor, pledge, HEADS)
    return may_go_on(pledge.campaign) & (
        may_review(actor, pledge)
        | Verdict.of(leading, "督促由本组织的书记、副书记来做，组织的承诺由上级来督促。")
    )
