"""The ledger of tasks of one body: a row for each task, whether somebody has reported or not."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

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
    """Return the tasks of ``plan``'s campaign as they stand in its body. Six queries at most.

    Args:
        phase: code of a phase, to see only its tasks; state: of :class:`TaskState`, likewise.
    """
    tasks = Task.objects.filter(phase__campaign=plan.campaign_id).select_related(
        "phase", "owner_group"
    )
    if phase:
        tasks = tasks.filter(phase__code=phase)
    dues = dict(TaskDue.objects.filter(plan=plan).values_list("task_id", "due_on"))
    reports = _reports(plan)
    standing = [rows[0].uid for rows in reports.values()]
    files = attachments_by_owner("task_report", standing) if standing else {}
    holders = _holders(plan)
    rows = [
        _row(task, dues.get(task.pk), reports.get(task.pk, []), holders, files)
        for task in tasks.order_by("phase__order", "order")
    ]
    return [row for row in rows if not state or row.state == state]


def _row(
    task: Task,
    own: date | None,
    reports: list[TaskReport],
    holders: dict[object, list[str]],
    files: dict[UUID, list[Attachment]],
) -> TaskRow:
    report = reports[0] if reports else None
    # The phase may have moved since: the body's date only ever makes it earlier.
    due_on = min(own, task.due_on) if own else task.due_on
    return TaskRow(
        task=task,
        due_on=due_on,
        own_due=due_on != task.due_on,
        state=tasking.state_of(
            task.phase.starts_on,
            due_on,
            report.done_on if report else None,
            report is not None,
            clock.today(),
        ),
        holders=tuple(holders.get(task.owner or task.owner_group_id, ())),
        report=report,
        earlier=tuple(reports[1:]),
        files=tuple(files.get(report.uid, ())) if report else (),
    )


def _reports(plan: Plan) -> dict[int, list[TaskReport]]:
    """Return the reports of each task, the one that stands first."""
    found: dict[int, list[TaskReport]] = {}
    for row in TaskReport.objects.filter(plan=plan).select_related("by", "task").order_by("-pk"):
        found.setdefault(row.task_id, []).append(row)
    return found


def _holders(plan: Plan) -> dict[object, list[str]]:
    """Return names of today's holders: by role for posts, by the group's template for seats."""
    groups = {row.organisation_id: row.template_id for row in plan.groups.all()}
    posts = (
        Post.objects.on(clock.today())
        .filter(organisation__in=[plan.organisation_id, *groups])
        .select_related("person")
    )
    found: dict[object, list[str]] = {}
    for post in posts:
        if post.organisation_id == plan.organisation_id:
            found.setdefault(post.role, []).append(post.person.name)
        elif post.role in SEATS:
            found.setdefault(groups[post.organisation_id], []).append(post.person.name)
    return found
