"""What a body notes about a task of a phase: what came of it, and an earlier date of its own.

No row means that nobody has reported. Whether a task is late follows from the clock.
"""

from uuid import uuid4

from django.db import models

from zhengyou.campaigns.models.phase import Task
from zhengyou.campaigns.models.plan import Plan
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Person


class TaskReportQuerySet(models.QuerySet["TaskReport"]):
    """Questions about reports."""

    def standing(self) -> "TaskReportQuerySet":
        """Return the reports that hold: not replaced by a correction."""
        return self.filter(correction=None)


class TaskReport(models.Model):
    """What came of a task in one body. A correction keeps what it corrects."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    plan = models.ForeignKey(
        Plan, verbose_name="方案", on_delete=models.CASCADE, related_name="task_reports"
    )
    task = models.ForeignKey(
        Task, verbose_name="阶段任务", on_delete=models.PROTECT, related_name="reports"
    )
    words = models.TextField("办得怎样")
    done_on = models.DateField("哪天办完", null=True)  # None: under way
    by = models.ForeignKey(
        Person, verbose_name="登记的人", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    entered_for = models.BooleanField("代录", default=False)
    recorded_at = models.DateTimeField("登记时间")
    corrects = models.OneToOneField(
        "self",
        verbose_name="更正哪一条",
        null=True,
        on_delete=models.CASCADE,
        related_name="correction",
    )

    objects = TaskReportQuerySet.as_manager()

    class Meta:
        verbose_name = "任务登记"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["plan", "task"], name="campaigns_report_plan_task"),
            # Few are corrections: counted with all the others, SQLite would take the unique index
            # for useless and read the whole table.
            models.Index(
                fields=["corrects"],
                condition=models.Q(corrects__isnull=False),
                name="campaigns_report_corrected",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""), name="campaigns_report_says_something"
            )
        ]

    @property
    def ref(self) -> Ref:
        """The reference that files and facts use."""
        return Ref("task_report", self.uid, self.task.title)


class TaskDue(models.Model):
    """A body's own date for a task, earlier than the campaign's."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="task_dues")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="dues")
    due_on = models.DateField("本组织的期限")

    class Meta:
        verbose_name = "本组织的任务期限"
        constraints = [
            models.UniqueConstraint(fields=["plan", "task"], name="campaigns_taskdue_one")
        ]
