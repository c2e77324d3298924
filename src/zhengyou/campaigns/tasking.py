"""Tasks of phases in one body: who answers for them, who may report, and where they stand.

The ledger of tasks is for the body itself; a level above sees how many are done and how many are
late, never which person left what.
"""

from datetime import date

from django.db import models

from zhengyou.campaigns.models import CampaignState, Plan, Task
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import KEEPERS, OVERSEERS

ENTERERS = (*KEEPERS, Role.RECORDER)
"""Who may report for the owner (代录)."""


class TaskState(models.TextChoices):
    """Where a task stands in a body; follows from the report and the clock, never stored."""

    WAITING = "waiting", "没开始"
    DOING = "doing", "进行中"
    DONE = "done", "完成"
    LATE = "late", "过期"


BADGES = {
    TaskState.WAITING: "todo",
    TaskState.DOING: "doing",
    TaskState.DONE: "done",
    TaskState.LATE: "late",
}
"""State badges of the kit."""


def state_of(
    starts_on: date, due_on: date, done_on: date | None, reported: bool, day: date
) -> TaskState:
    """Return where a task stands on ``day``.

    Args:
        starts_on: first day of its phase; due_on: the date that counts for the body.
        done_on: the day it was done as reported; reported: whether anything was.
    """
    if done_on is not None:
        return TaskState.DONE
    if day > due_on:
        return TaskState.LATE
    return TaskState.DOING if reported or day >= starts_on else TaskState.WAITING


# --- rules --------------------------------------------------------------------------------------
def is_owner(actor: Actor, plan: Plan, task: Task) -> bool:
    """Tell whether the actor answers for ``task``: in the post worn at the body, or with a seat in
    the body's group under whatever hat. Best with ``plan.groups`` fetched.
    """
    if task.owner:
        return actor.holds_at(plan.organisation.path, (Role(task.owner),))
    return task.owner_group_id in seated_in(actor, plan)


def seated_in(actor: Actor, plan: Plan) -> set[int]:
    """Return the templates of the plan's groups in which the actor has a seat."""
    groups = {row.organisation_id: row.template_id for row in plan.groups.all()}
    seats = {hat.organisation.pk for hat in actor.hats if hat.role in SEATS}
    return {template for body, template in groups.items() if body in seats}


def may_see_tasks(actor: Actor, plan: Plan) -> Verdict:
    """Read the body's ledger of tasks: posts and members of the body, seats of its groups."""
    path = plan.organisation.path
    inside = actor.holds_at(path, OVERSEERS) or any(
        paths.is_within(body.path, path) for body in actor.memberships
    )
    seated = any(
        hat.role in SEATS and paths.is_within(hat.organisation.path, path) for hat in actor.hats
    )
    return Verdict.of(
        inside or seated,
        f"任务台账只给{plan.organisation.name}的人看，上级看得到办完几件、过期几件。",
    )


def may_report(actor: Actor, plan: Plan, task: Task) -> Verdict:
    """Say what came of a task: whoever answers for it, or who keeps the body's records."""
    return (
        Verdict.of(
            is_owner(actor, plan, task) or actor.holds_at(plan.organisation.path, ENTERERS),
            f"这件事由{task.owner_label}来登记，{plan.organisation.name}的书记、副书记、"
            "活动办、记录员也可以代录。",
        )
        & Verdict.of(actor.person, "登记要用本人的账号。")
        & _runs(plan)
    )


def may_set_due(actor: Actor, plan: Plan) -> Verdict:
    """Give a task an earlier date in the body."""
    return Verdict.of(
        actor.holds_at(plan.organisation.path, KEEPERS),
        f"期限由{plan.organisation.name}的书记、副书记、活动办来提前。",
    ) & _runs(plan)


def _runs(plan: Plan) -> Verdict:
    state = CampaignState(plan.campaign.state)
    return Verdict.of(
        state == CampaignState.OPEN, f"“{plan.campaign.title}”{state.label}，不能再登记。"
    )
