"""What came after plans and promises, as of a day: tasks done or late, what the public said and
which opinions were settled, what became of promises."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhengyou.campaigns.models import OpinionAnswer, Plan, Task, TaskDue, TaskReport
from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.pledges.models import Confirmation, Fulfilment, PledgeItem
from zhengyou.remarks.models import Moderation, Remark, RemarkState, Reply


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task in one body."""

    body: str
    plan: Plan
    task: Task
    due_on: date
    report: TaskReport | None

    @property
    def done(self) -> bool:
        """Whether it was reported as done."""
        return self.report is not None and self.report.done_on is not None

    def late(self, day: date) -> bool:
        """Whether its day is past and nobody has reported it as done."""
        return not self.done and self.due_on < day


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a promise: what was said, and what the branch said to it."""

    said: Fulfilment
    confirmed: Confirmation | None

    @property
    def outcome(self) -> str:
        """What counts: the branch's word where there is one."""
        return self.confirmed.outcome if self.confirmed else self.said.outcome


@dataclass(slots=True)
class Following:
    """All of it."""

    tasks: list[TaskRow] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    settled: list[OpinionAnswer] = field(default_factory=list)
    kept: dict[int, Kept] = field(default_factory=dict)  # by item
    replies: dict[UUID, Reply] = field(default_factory=dict)  # by remark
    opinions: dict[UUID, str] = field(default_factory=dict)  # words by remark


def tasks_of(plans: list[tuple[str, Plan]], tasks: list[Task], end: datetime) -> list[TaskRow]:
    """Return the tasks of ``plans``, each with the name of its body, as reported before ``end``."""
    own = [plan for _, plan in plans]
    reports = TaskReport.objects.filter(plan__in=own, recorded_at__lt=end)
    said = {(row.plan_id, row.task_id): row for row in reports.order_by("id")}
    early = _own_dates(own, tasks, end)
    return [
        TaskRow(
            name,
            plan,
            task,
            early.get((plan.pk, task.pk), task.due_on),
            said.get((plan.pk, task.pk)),
        )
        for name, plan in plans
        for task in tasks
    ]


def _own_dates(plans: list[Plan], tasks: list[Task], end: datetime) -> dict[tuple[int, int], date]:
    """Return by plan and task the earlier dates that bodies had set before ``end``."""
    if end > clock.now():
        rows = TaskDue.objects.filter(plan__in=plans)
        return {(row.plan_id, row.task_id): row.due_on for row in rows}
    keys, codes = {plan.uid: plan.pk for plan in plans}, {task.code: task.pk for task in tasks}
    facts = Fact.objects.filter(
        about_kind="plan", about_uid__in=keys, verb="task.due", at__lt=end
    ).order_by("seq")
    found: dict[tuple[int, int], date] = {}
    for uid, data in facts.values_list("about_uid", "data"):
        if data["task"] in codes:
            key = keys[uid], codes[data["task"]]
            found.pop(key, None)
            if data["due_on"]:
                found[key] = date.fromisoformat(data["due_on"])
    return found


def remarks_until(rows: QuerySet[Remark], day: date, end: datetime) -> list[Remark]:
    """Return what the public had said by ``day``, weeks being all that is known of when, each as it
    stood before ``end``. Words that are held back today are nobody's to read, for a past day too.
    """
    found = list(rows.filter(week__lte=day).order_by("label", "week", "uid"))
    if end > clock.now():
        return found
    decided = Moderation.objects.filter(remark__in=found, decided_at__lt=end)
    last = {row.remark_id: row for row in decided.order_by("decided_at", "id")}
    for remark in found:
        then = last.get(remark.pk)
        if remark.state != RemarkState.SHOWN:
            remark.text = "（这条意见现在没有公开）"
        remark.state = RemarkState(then.state) if then else RemarkState.WAITING
        remark.shown_on = None
        if then is not None and then.state == RemarkState.SHOWN:
            remark.shown_on = then.decided_at.astimezone(clock.SHANGHAI).date()
    return found


def settled_of(plans: list[Plan], end: datetime) -> list[OpinionAnswer]:
    """Return what became of the opinions on the drafts of ``plans``, told before ``end``."""
    about = Q(consultation__plan__in=plans)
    return list(OpinionAnswer.objects.filter(about, answered_at__lt=end))


def kept_of(items: list[PledgeItem], end: datetime) -> dict[int, Kept]:
    """Return by item what was said before ``end`` about what became of it."""
    said = Fulfilment.objects.filter(item__in=items, said_at__lt=end).order_by("said_at", "id")
    last = {row.item_id: row for row in said}
    rows = Confirmation.objects.filter(
        fulfilment__in=[row.pk for row in last.values()], decided_at__lt=end
    )
    words = {row.fulfilment_id: row for row in rows.order_by("decided_at", "id")}
    return {key: Kept(row, words.get(row.pk)) for key, row in last.items()}


def replies_to(remarks: list[Remark], end: datetime) -> dict[UUID, Reply]:
    """Return by remark what the body had answered before ``end``, as last corrected by then."""
    rows = Reply.objects.filter(remark__in=remarks, answered_at__lt=end)
    return {row.remark_id: row for row in rows.order_by("answered_at", "id")}


def words_of(settled: list[OpinionAnswer]) -> dict[UUID, str]:
    """Return the words of the opinions that were settled, as far as they are public."""
    uids = [row.remark_uid for row in settled if row.remark_uid]
    rows = Remark.objects.filter(uid__in=uids, state=RemarkState.SHOWN)
    return dict(rows.values_list("uid", "text"))
