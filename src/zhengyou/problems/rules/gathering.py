"""Who gathers problems of bodies below into a common one, and answers it."""

from django.db.models import Exists, OuterRef, Q

from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import KEEPERS
from zhengyou.problems.models import (
    SETTLED,
    GatheredProblem,
    Problem,
    ProblemState,
)
from zhengyou.problems.rules.seeing import visible_problems


def may_gather(actor: Actor, body: Organisation) -> Verdict:
    """Gather what bodies below have in common: the keepers of the level above."""
    return (
        Verdict.of(
            actor.holds_at(body.path, KEEPERS),
            f"共性问题由{body.name}的书记、副书记或活动办来归并。",
        )
        & Verdict.of(actor.person and actor.hat, "归并问题要用本人的账号。")
        & Verdict.of(body.is_open(), f"{body.name}已经撤销。")
    )


def gatherable(actor: Actor, body: Organisation) -> Q:
    """Return the problems below ``body`` that may be gathered: live, of bodies, visible, and in no
    other common problem."""
    held = GatheredProblem.objects.filter(member=OuterRef("pk"), left_at=None)
    return (
        visible_problems(actor)
        & paths.within("organisation__path", body.path)
        & ~Q(organisation=body)
        & Q(subject=None)
        & ~Q(state__in=SETTLED)
        & ~Q(Exists(held))
    )


def may_answer(actor: Actor, gathered: Problem) -> Verdict:
    """Say what the level above decides about a common problem, or take one out of it."""
    return may_gather(actor, gathered.organisation) & Verdict.of(
        gathered.state != ProblemState.CARRIED, "这个问题已经转入新活动，请在那里答复。"
    )
