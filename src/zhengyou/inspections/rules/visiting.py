"""Who inspects a body, hands over what was found, and answers."""

from zhengyou.inspections.models import (
    Finding,
    FindingKind,
    InspectionState,
    Visit,
    VisitState,
)
from zhengyou.inspections.rules.planning import is_planner
from zhengyou.inspections.rules.seeing import is_hand
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation


def is_inspector(actor: Actor, visit: Visit) -> bool:
    """Tell whether ``actor`` is in the team."""
    return bool(
        actor.person
        and any(row.person_id == actor.person.pk for row in visit.inspection.team.all())
    )


def has_conflict(actor: Actor, body: Organisation) -> bool:
    """Tell whether ``actor`` belongs to ``body``, or to something below it, or has a post there."""
    stands = any(hat.organisation.path.startswith(body.path) for hat in actor.hats)
    return stands or actor.belongs_to(body.path)


def may_inspect(actor: Actor, visit: Visit) -> Verdict:
    """Open the phone form of a body: the team, but nobody one's own body."""
    return (
        Verdict.of(is_inspector(actor, visit), "检查由督查组的人来记。")
        & Verdict.of(
            not has_conflict(actor, visit.organisation),
            f"您是{visit.organisation.name}的人，自己的单位由督查组别的人来查。",
        )
        & Verdict.of(visit.inspection.state == InspectionState.UNDER_WAY, "这次督查没在进行。")
        & Verdict.of(visit.state != VisitState.REPLACED, "这个单位已经换下了。")
        & Verdict.of(visit.state != VisitState.HANDED, "意见已经交给单位，不能再改。")
    )


def may_send(actor: Actor, visit: Visit) -> Verdict:
    """Send the form in: from the first day of the inspection on."""
    starts = visit.inspection.starts_on
    return may_inspect(actor, visit) & Verdict.of(
        clock.today() >= starts, f"检查从{starts.year}年{starts.month}月{starts.day}日开始。"
    )


def may_hand_over(actor: Actor, visit: Visit) -> Verdict:
    """Hand what was found over to the body: somebody of the team who may inspect it."""
    return may_inspect(actor, visit) & Verdict.of(
        visit.state == VisitState.UNDER_WAY, "还没有检查记录，先记再交。"
    )


def may_reply(actor: Actor, finding: Finding) -> Verdict:
    """Say something to a finding: who answers for the body, once it was handed over."""
    body = finding.visit.organisation
    return Verdict.of(
        is_hand(actor, body), f"答复由{body.name}任职的人来写。"
    ) & Verdict.of(finding.visit.state == VisitState.HANDED, "意见还没有交给单位。")  # fmt: skip


def may_raise(actor: Actor, finding: Finding) -> Verdict:
    """Make a problem of a criticism: the team and who plans, once it was handed over."""
    visit = finding.visit
    return (
        Verdict.of(
            is_inspector(actor, visit) or is_planner(actor, visit.inspection.organisation),
            "把意见列为问题，由督查组和办督查的人来办。",
        )
        & Verdict.of(finding.kind == FindingKind.CRITICISM, "只有批评的意见列为问题。")
        & Verdict.of(visit.state == VisitState.HANDED, "意见还没有交给单位，先交再列为问题。")
    )


def may_add_photo(actor: Actor, finding: Finding) -> Verdict:
    """Attach a photo: whoever found it, until it is handed over."""
    return Verdict.of(actor.is_person(finding.by), "照片由发现的人来附。") & Verdict.of(
        finding.visit.state == VisitState.UNDER_WAY, "意见已经交给单位，不能再附照片。"
    )
