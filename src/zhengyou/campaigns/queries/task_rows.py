"""The ledger of tasks of one body: a row for each task, whether somebody has reported or not."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zhengyou.campaigns import tasking
from zhengyou.campaigns.models import Plan, Task, TaskDue, TaskReport
from zhengyou.campaigns.tasking import TaskState
from zhengyou.files.models import Attachment
from zhengyou.files.queries import attachments_by_owner
from zhengyou.kernel import clock
from zhengyou.people.models import Post
from zhengyou.people.models.post import SEATS


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as it stands in one body.

    Args:
        due_on: the date that counts here; own_due: whether the body set it earlier.
        holders: names of those who answer for it today.
        report: what stands; earlier: what it corrects, latest first.
    """

    task: Task
    due_on: date
    own_due: bool
    state: TaskState
    holders: tuple[str, ...] = ()
    report: TaskReport | None = None
    earlier: tuple[TaskReport, ...] = ()
    files: tuple[Attachment, ...] = field(default=())

    @property
    def kind(self) -> str:
        """The badge."""
        if self.state == TaskState.DOING and self.days_left <= 7:
            return "due"
        return tasking.BADGES[self.state]

    @property
    def label(self) -> str:
        """The badge's words."""
        if self.state == TaskState.LATE:
            return f"过期 {-self.days_left} 天"
        if self.state == TaskState.DOING and self.days_left <= 7:
            return f"还有 {self.days_left} 天" if self.days_left else "今天到期"
        return str(self.state.label)

    @property
    def days_left(self) -> int:
        """Days until it is due; negative afterwards."""
        return (self.due_on - clock.today()).days

    @property
    def owner(self) -> str:
        """Who answers for it, with today's holders."""
        names = "、".join(self.holders)
        return f"{self.task.owner_label}（{names}）" if names else self.task.owner_label


def task_rows(plan: Plan, *, phase: str = "", state: str = "") -> list[TaskRow]:
    """Return the tasks of ``plan``'s campaign as they stand in its body, with their files.

    Args:
        phase: code of a phase, to see only its tasks; state: of :class:`TaskState`, likewise.
    """
    rows = rows_of_plans([plan])[plan.pk]
    files = attachments_by_owner("task_report", [row.report.uid for row in rows if row.report])
    return [
        replace(row, files=tuple(files.get(row.report.uid, ()))) if row.report else row
        for row in rows
        if (not phase or row.task.phase.code == phase) and (not state or row.state == state)
    ]


def rows_of_plans(plans: Sequence[Plan]) -> dict[int, list[TaskRow]]:
    """Return the tasks of several plans, by the plan's key. Five queries, however many plans.

    Args:
        plans: with ``groups`` fetched.
    """
    tasks: dict[int, list[Task]] = {}
    for task in (
        Task.objects.filter(phase__campaign__in={plan.campaign_id for plan in plans})
        .select_related("phase", "owner_group")
        .order_by("phase__order", "order")
    ):
        tasks.setdefault(task.phase.campaign_id, []).append(task)
    dues = {
        (row.plan_id, row.task_id): row.due_on for row in TaskDue.objects.filter(plan__in=plans)
    }
    reports, holders = _reports(plans), _holders(plans)
    return {
        plan.pk: [
            _row(
                task,
                dues.get((plan.pk, task.pk)),
                reports.get((plan.pk, task.pk), []),
                tuple(holders.get((plan.pk, task.owner or task.owner_group_id), ())),
            )
            for task in tasks.get(plan.campaign_id, [])
        ]
        for plan in plans
    }


def _row(
    task: Task, own: date | None, reports: list[TaskReport], holders: tuple[str, ...]
) -> TaskRow:
    report = reports[0] if reports else None
    # The phase may have moved since: the body's date only ever makes it earlier.
    due_on = min(own, task.due_on) if own else task.due_on
    done_on = report.done_on if report else None
    started = report is not None
    return TaskRow(
        task=task,
        due_on=due_on,
        own_due=due_on != task.due_on,
        state=tasking.state_of(task.phase.starts_on, due_on, done_on, started, clock.today()),
        holders=holders,
        report=report,
        earlier=tuple(reports[1:]),
    )


def _reports(plans: Sequence[Plan]) -> dict[tuple[int, int], list[TaskReport]]:
    """Return the reports of each plan and task, the one that stands first."""
    found: dict[tuple[int, int], list[TaskReport]] = {}
    rows = TaskReport.objects.filter(plan__in=plans).select_related("by", "task")
    for row in rows.order_by("-pk"):
        found.setdefault((row.plan_id, row.task_id), []).append(row)
    return found


def _holders(plans: Sequence[Plan]) -> dict[tuple[int, object], list[str]]:
    """Return names of today's holders by plan and role, or by plan and template of the group."""
    bodies: dict[int, list[tuple[int, int | None]]] = {}
    for plan in plans:
        bodies.setdefault(plan.organisation_id, []).append((plan.pk, None))
        for group in plan.groups.all():
            bodies.setdefault(group.organisation_id, []).append((plan.pk, group.template_id))
    found: dict[tuple[int, object], list[str]] = {}
    posts = Post.objects.on(clock.today()).filter(organisation__in=bodies).select_related("person")
    for post in posts:
        for plan_id, template in bodies[post.organisation_id]:
            if template is None or post.role in SEATS:
                key = (plan_id, template if template is not None else post.role)
                found.setdefault(key, []).append(post.person.name)
    return found
