"""Reports up (汇报述职): what was done, where one is stuck, what comes next.

A draft is derived from the records each time it is read; only what people wrote over it is kept
as rows (:class:`ReportPoint`). Sending lays down every line as it then reads.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.climb.models import Decision
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person
from zhengyou.work.models.duty import Duty
from zhengyou.work.models.record import Record

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class ReportState(models.TextChoices):
    """A report is written, sent up, and answered with a word or returned with a reason."""

    DRAFT = "draft", "没送出"
    SENT = "sent", "等上级看"
    RETURNED = "returned", "退回"
    ACKNOWLEDGED = "acknowledged", "上级已阅"


SETTLED = (ReportState.SENT, ReportState.ACKNOWLEDGED)
"""States in which every line stands as it was sent."""
OPEN = (ReportState.DRAFT, ReportState.RETURNED)
"""States in which it is written on."""


class ReportSection(models.TextChoices):
    """The three questions of a report."""

    DONE = "done", "做了什么"
    STUCK = "stuck", "卡在哪里"
    NEXT = "next", "下一步"


class Report(models.Model):
    """The report of one subject for one period of a duty: of ``person``, else of the body.

    ``since`` to ``until`` (not included) are the days it is about; ``due_on`` is the last day on
    which it is not late. ``number`` counts the reports of a period where several are asked.
    ``record`` is what it counts by: made and finished when it is sent, struck out when it comes
    back. ``first_sent_on`` stays when it comes back: what was sent in time is not late.
    ``published_on``: it went public when the level above had read it, as the duty says.
    """

    TRANSITIONS = (
        Transition("send", (ReportState.DRAFT, ReportState.RETURNED), ReportState.SENT, "送出"),
        Transition("take_back", (ReportState.SENT,), ReportState.DRAFT, "收回"),
        Transition("acknowledge", (ReportState.SENT,), ReportState.ACKNOWLEDGED, "批阅"),
        Transition("send_back", (ReportState.SENT,), ReportState.RETURNED, "退回"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    duty = models.ForeignKey(
        Duty, verbose_name="任务", on_delete=models.PROTECT, related_name="reports"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="reports"
    )
    person = models.ForeignKey(
        Person, verbose_name="谁的汇报", null=True, on_delete=models.PROTECT, related_name="reports"
    )
    since = models.DateField("从哪天")
    until = models.DateField("到哪天（不含）")
    label = models.CharField("哪一期", max_length=60)
    number = models.PositiveSmallIntegerField("这一期的第几份", default=1)
    due_on = models.DateField("最晚哪天送")
    state = models.CharField("状态", max_length=14, choices=ReportState, default=ReportState.DRAFT)
    begun_by = models.ForeignKey(
        Person, verbose_name="谁开的头", on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField("开头时间")
    sent_by = models.ForeignKey(
        Person, verbose_name="谁送的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_hat = models.CharField("以什么身份送的", max_length=150, blank=True)
    sent_at = models.DateTimeField("送出时间", null=True)
    first_sent_on = models.DateField("第一次送出", null=True)
    published_on = models.DateField("哪天公开的", null=True)
    by_hand = models.BooleanField("代录", default=False)
    record = models.OneToOneField(
        Record, verbose_name="纪实", null=True, on_delete=models.PROTECT, related_name="report"
    )

    if TYPE_CHECKING:
        points: RelatedManager["ReportPoint"]
        decisions: RelatedManager["ReportDecision"]
        versions: RelatedManager["ReportVersion"]

    class Meta:
        verbose_name = "汇报"
        ordering = ["-since", "-number", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-since"], name="work_report_of_body"),
            models.Index(fields=["duty", "state"], name="work_report_of_duty"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "organisation", "since", "number"],
                condition=Q(person__isnull=True),
                name="work_report_one_of_body",
            ),
            models.UniqueConstraint(
                fields=["duty", "person", "since", "number"],
                condition=Q(person__isnull=False),
                name="work_report_one_of_person",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="work_report_of_some_days"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[s.value for s in SETTLED])
                | Q(sent_at__isnull=False, first_sent_on__isnull=False, record__isnull=False),
                name="work_report_sent_with_record",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts and links use; the label may name a person."""
        return Ref("report", self.uid, self.title)

    @property
    def title(self) -> str:
        """育新小学党支部周周回馈（2026年第37周）."""
        return f"{self.who}{self.what}"

    @property
    def what(self) -> str:
        """The report without whose it is: 周周回馈（2026年第37周）."""
        nth = f"，第 {self.number} 份" if self.number > 1 else ""
        return f"{self.duty.title}（{self.label}{nth}）"

    @property
    def who(self) -> str:
        """Whose it is, as it reads within the house."""
        return self.person.name if self.person else self.organisation.name

    @property
    def last(self) -> date:
        """The last day it is about."""
        return self.until - timedelta(days=1)

    @property
    def settled(self) -> bool:
        """Whether it was sent and has not come back."""
        return self.state in SETTLED

    @property
    def late(self) -> bool:
        """Whether it was sent too late."""
        return self.first_sent_on is not None and self.first_sent_on > self.due_on


class ReportPoint(models.Model):
    """A line of a report that people wrote, or, once it was sent, any line.

    ``key`` says where it comes from: ``record:…``, ``task:…``, ``stuck:…`` (carried from before),
    ``own:…``. ``was``: what the records said when somebody wrote over them. ``carries``: the point
    in which one first got stuck; that one is open until it is solved, and is what
    ``Ref("report_point", uid)`` names.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    report = models.ForeignKey(
        Report, verbose_name="汇报", on_delete=models.CASCADE, related_name="points"
    )
    section = models.CharField("哪一栏", max_length=8, choices=ReportSection)
    key = models.CharField("从哪里来", max_length=60)
    text = models.TextField("文字", blank=True)
    was = models.TextField("改的时候记录怎么说", blank=True)
    left_out = models.BooleanField("不写", default=False)
    carries = models.ForeignKey(
        "self", verbose_name="接着哪一条", null=True, on_delete=models.PROTECT,
        related_name="carried",
    )  # fmt: skip
    order = models.PositiveIntegerField("排序", default=0)
    revision = models.PositiveIntegerField("第几次改", default=1)
    changed_by = models.ForeignKey(
        Person, verbose_name="谁改的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField("改动时间", null=True)

    if TYPE_CHECKING:
        solutions: RelatedManager["Solution"]
        carried: RelatedManager["ReportPoint"]

    class Meta:
        verbose_name = "汇报的一条"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="work_reportpoint_one_key"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(left_out=True), name="work_reportpoint_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def ref(self) -> Ref:
        """The reference that apps above use to give it an owner and a deadline."""
        return Ref("report_point", self.uid, self.text[:200])

    @property
    def own(self) -> bool:
        """Whether people wrote it themselves, from no record."""
        return self.key.startswith("own:")


class Solution(models.Model):
    """A point in which one was stuck is solved: when, how, by whom. One that did not last is
    reopened and stays to be read."""

    point = models.ForeignKey(
        ReportPoint, verbose_name="哪一条", on_delete=models.PROTECT, related_name="solutions"
    )
    solved_on = models.DateField("哪天解决")
    how = models.CharField("怎么解决的", max_length=500)
    solver = models.CharField("谁解决的", max_length=60)
    by = models.ForeignKey(
        Person, verbose_name="谁记的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    noted_at = models.DateTimeField("记下的时间")
    reopened_at = models.DateTimeField("又卡住的时间", null=True)
    reopened_by = models.ForeignKey(
        Person, verbose_name="谁说又卡住", null=True, on_delete=models.PROTECT, related_name="+"
    )
    reopened_why = models.CharField("为什么又卡住", max_length=500, blank=True)

    class Meta:
        verbose_name = "解决"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["point"], condition=Q(reopened_at__isnull=True),
                name="work_solution_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | ~Q(reopened_why=""),
                name="work_solution_reopened_with_reason",
            ),
        ]  # fmt: skip


class ReportDecision(Decision):
    """The level above has read a report, or returns it with a reason."""

    report = models.ForeignKey(
        Report, verbose_name="汇报", on_delete=models.CASCADE, related_name="decisions"
    )

    class Meta(Decision.Meta):
        verbose_name = "上级对汇报的回应"


class ReportVersion(models.Model):
    """A sent report as it read before a line was corrected, or before it came back. Never
    rewritten."""

    report = models.ForeignKey(
        Report, verbose_name="汇报", on_delete=models.CASCADE, related_name="versions"
    )
    content = models.JSONField("原来的内容")  # {section: [line, …]}
    why = models.CharField("为什么", max_length=500)
    by = models.ForeignKey(
        Person, verbose_name="谁改的", on_delete=models.PROTECT, related_name="+"
    )
    replaced_at = models.DateTimeField("改动时间")

    class Meta:
        verbose_name = "汇报的旧稿"
        ordering = ["-id"]
