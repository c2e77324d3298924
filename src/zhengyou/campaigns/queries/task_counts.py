"""How far the bodies are with the tasks of phases, for the level above: numbers only."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from zhengyou.campaigns.models import Campaign, Plan, Task, TaskDue, TaskReport
from zhengyou.kernel import clock, paths

PAGE = 50


@dataclass(frozen=True, slots=True)
class TaskCount:
    """One task: how many bodies have done it, how many are late."""

    task: Task
    done: int
    late: int
    total: int


@dataclass(frozen=True, slots=True)
class BodyCount:
    """One body: how many of its tasks are done, how many are late."""

    uid: UUID
    name: str
    done: int
    late: int
    total: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Tasks over all bodies in scope, and one page of the bodies."""

    tasks: list[TaskCount]
    bodies: list[BodyCount]
    page: Page[Plan]

    @property
    def late(self) -> int:
        """How many tasks of all bodies are late."""
        return sum(row.late for row in self.tasks)


def task_counts(campaign: Campaign, top: str, page: str | None = None) -> Counts:
    """Return the numbers within the subtree of ``top``. Six queries, however many bodies.

    A body that has not adopted has no tasks yet.
    """
    plans = _plans(campaign, top)
    tasks = _tasks(campaign)
    found = Paginator(plans.order_by("organisation__sort_key", "pk"), PAGE).get_page(page)
    done, early = _done(Q(plan__in=plans)), _early(Q(plan__in=plans))
    total = found.paginator.count
    return Counts(
        [_of_task(task, total, done, early) for task in tasks],
        bodies_of(list(found), tasks, done, early),
        found,
    )


def bodies_of(
    plans: Iterable[Plan],
    tasks: list[Task],
    done: set[tuple[int, int]],
    early: dict[tuple[int, int], date],
) -> list[BodyCount]:
    """Return a row for each plan's body."""
    today = clock.today()
    rows = []
    for plan in plans:
        finished = sum(1 for task in tasks if (plan.pk, task.pk) in done)
        late = sum(1 for task in tasks if _is_late(task, plan.pk, done, early, today))
        body = plan.organisation
        rows.append(BodyCount(body.uid, body.name, finished, late, len(tasks)))
    return rows


def all_bodies(campaign: Campaign, top: str) -> list[BodyCount]:
    """Return every body in scope for a workbook."""
    plans = _plans(campaign, top)
    ordered = plans.order_by("organisation__sort_key", "pk")
    return bodies_of(ordered, _tasks(campaign), _done(Q(plan__in=plans)), _early(Q(plan__in=plans)))


def _plans(campaign: Campaign, top: str) -> QuerySet[Plan]:
    own = campaign.organisation.path
    scope = paths.within("organisation__path", top if paths.is_within(top, own) else own)
    return Plan.objects.filter(
        scope, campaign=campaign, organisation__closed_on__isnull=True
    ).select_related("organisation")


def _tasks(campaign: Campaign) -> list[Task]:
    tasks = Task.objects.filter(phase__campaign=campaign)
    return list(tasks.select_related("phase", "owner_group").order_by("phase__order", "order"))


def _done(plans: Q) -> set[tuple[int, int]]:
    rows = TaskReport.objects.standing().filter(plans, done_on__isnull=False)
    return set(rows.values_list("plan_id", "task_id"))


def _early(plans: Q) -> dict[tuple[int, int], date]:
    rows = TaskDue.objects.filter(plans).values_list("plan_id", "task_id", "due_on")
    return {(plan, task): due_on for plan, task, due_on in rows}


def _is_late(
    task: Task,
    plan: int,
    done: set[tuple[int, int]],
    early: dict[tuple[int, int], date],
    today: date,
) -> bool:
    if (plan, task.pk) in done:
        return False
    own = early.get((plan, task.pk))
    return (min(own, task.due_on) if own else task.due_on) < today


def _of_task(
    task: Task, total: int, done: set[tuple[int, int]], early: dict[tuple[int, int], date]
) -> TaskCount:
    today = clock.today()
    finished = Counter(each for _, each in done)[task.pk]
    if task.due_on < today:
        late = total - finished
    else:
        mine = {plan: day for (plan, each), day in early.items() if each == task.pk}
        late = sum(1 for plan, day in mine.items() if day < today and (plan, task.pk) not in done)
    return TaskCount(task, finished, late, total)
