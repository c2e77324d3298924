"""What tasks of phases and publicity put on 工作台: for who answers for them and for the secretary.

What is late is told to nobody above the body.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from zhengyou.campaigns import publicising, tasking
from zhengyou.campaigns.models import CampaignState, Plan
from zhengyou.campaigns.queries.publicity import Line, lines_of_plans
from zhengyou.campaigns.queries.task_rows import TaskRow, rows_of_plans
from zhengyou.campaigns.tasking import TaskState
from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import LEADERS
from zhengyou.ui.text import short_date

SOON = 7
"""Days before its end in which a task counts as due."""


def todo_for(actor: Actor) -> list[Errand]:
    """Return the tasks that ``actor`` answers for and that are due or late; for the secretary, a
    line that sums up what else is late in the body; publicity that nobody has entered.
    """
    found: list[Errand] = []
    plans = _plans(actor)
    if not plans:
        return found
    tasks, lines = rows_of_plans(plans), lines_of_plans(plans)
    for plan in plans:
        rows = [row for row in tasks[plan.pk] if row.state in (TaskState.DOING, TaskState.LATE)]
        own = [row for row in rows if tasking.is_owner(actor, plan, row.task)]
        found += [_errand(plan, row) for row in own if row.days_left <= SOON]
        if actor.holds_at(plan.organisation.path, LEADERS):
            late = [row for row in rows if row.state == TaskState.LATE and row not in own]
            found += _late(plan, late)
        if publicising.may_post(actor, plan):
            found += _publicity(plan, lines[plan.pk])
    return found


def waiting_for(actor: Actor) -> list[Errand]:
    """Nothing of this awaits a decision."""
    return []


def _plans(actor: Actor) -> list[Plan]:
    """Return the plans of running campaigns of the hat's body and of groups with a seat."""
    if actor.hat is None:
        return []
    seats = [hat.organisation.pk for hat in actor.hats if hat.role in SEATS]
    wanted = Q(groups__organisation__in=seats)
    if actor.hat.role is not None:
        wanted |= Q(organisation=actor.hat.organisation)
    return list(
        Plan.objects.filter(wanted, campaign__state=CampaignState.OPEN)
        .select_related("campaign", "organisation")
        .prefetch_related("groups")
        .distinct()
    )


def _errand(plan: Plan, row: TaskRow) -> Errand:
    return Errand(
        kind=row.kind,
        label=row.label,
        title=row.task.title,
        why=f"{plan.organisation.name}，{row.task.phase.title}阶段",
        when=f"{short_date(row.due_on)}{'到期' if row.state == TaskState.LATE else '前'}",
        url=reverse("campaigns:report_task", args=[plan.uid, row.task.phase.code, row.task.code]),
        button="去登记",
        due=row.due_on,
    )


def _late(plan: Plan, rows: Iterable[TaskRow]) -> Iterator[Errand]:
    late = list(rows)
    if not late:
        return
    first = min(row.due_on for row in late)
    yield Errand(
        kind="late",
        label=f"过期 {len(late)} 件",
        title=f"“{plan.campaign.title}”有 {len(late)} 件阶段任务过期没登记",
        why="、".join(row.task.title for row in late[:3]),
        when=f"最早{short_date(first)}到期",
        url=f"{reverse('campaigns:plan_tasks', args=[plan.uid])}?state={TaskState.LATE}",
        button="去看",
        due=first,
    )


def _publicity(plan: Plan, lines: Iterable[Line]) -> Iterator[Errand]:
    """Sum up in one line what of the publicity plan is due soon or late and not entered."""
    today = clock.today()
    soon = today + timedelta(days=SOON)
    lines = [line for line in lines if line.is_open and line.since <= today and line.until <= soon]
    if not lines:
        return
    first = min(line.until for line in lines)
    late = first < today
    yield Errand(
        kind="late" if late else "due",
        label="过期" if late else "快到期",
        title=f"宣传计划有 {len(lines)} 项还没有登记公开",
        why=f"{plan.organisation.name}：{'、'.join(line.title for line in lines[:3])}",
        when=f"最早{short_date(first)}{'到期' if late else '前'}",
        url=reverse("campaigns:plan_publicity", args=[plan.uid]),
        button="去登记",
        due=first,
    )
