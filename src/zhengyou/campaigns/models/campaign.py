"""The campaign and its parts. It keeps the blueprint file it began with."""

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models

from zhengyou.kernel import clock, paths
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.models import Organisation, Role

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class CampaignState(models.TextChoices):
    """A campaign is prepared, runs, and ends. Its phases follow from the clock."""

    DRAFT = "draft", "筹备中"
    OPEN = "open", "进行中"
    CLOSED = "closed", "已结束"


class NameStyle(models.TextChoices):
    """How the public site writes the names of persons."""

    FULL = "full", "全名"
    SURNAME = "surname", "只写姓"
    HIDDEN = "hidden", "隐去名字"


class Act(models.TextChoices):
    """What a phase may open. Labels are the words of the blueprint."""

    SUBMIT_PLAN = "submit_plan", "提交方案"
    MAKE_PLEDGE = "make_pledge", "作出承诺"
    REPORT_PROGRESS = "report_progress", "公布进展"


class Campaign(models.Model):
    """One run of a campaign in the subtree of ``organisation``."""

    TRANSITIONS = (
        Transition("open", (CampaignState.DRAFT,), CampaignState.OPEN, "启动活动"),
        Transition("close", (CampaignState.OPEN,), CampaignState.CLOSED, "结束活动"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织单位", on_delete=models.PROTECT, related_name="campaigns"
    )
    title = models.CharField("名称", max_length=100)
    theme = models.CharField("主题", max_length=100)
    aims = models.JSONField("目标", default=list)
    carriers = models.JSONField("载体", default=list)
    covers = models.JSONField("覆盖的组织类别", default=list)  # values of people.Kind
    wall_names = models.CharField("承诺墙上的名字", max_length=10, choices=NameStyle)
    notice_names = models.CharField("公示里的名字", max_length=10, choices=NameStyle)
    terms = models.JSONField("学期", default=list)  # [{"title", "from": "MM-DD", "to": "MM-DD"}]
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期（含）")
    state = models.CharField(
        "状态", max_length=10, choices=CampaignState, default=CampaignState.DRAFT
    )
    blueprint = models.TextField("启用时的蓝图")
    blueprint_digest = models.CharField("蓝图校验码", max_length=64)
    blueprint_version = models.CharField("蓝图版本", max_length=40, blank=True)

    if TYPE_CHECKING:
        phases: RelatedManager["Phase"]

    class Meta:
        verbose_name = "活动"
        ordering = ["-starts_on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts and apps above use."""
        return Ref("campaign", self.uid, self.title)

    def covers_body(self, body: Organisation) -> bool:
        """Tell whether ``body`` takes part: of a covered kind, in the subtree. Coverage is a
        question, never copied rows."""
        return body.kind in self.covers and paths.is_within(body.path, self.organisation.path)

    def active_phases(self, day: date | None = None) -> list["Phase"]:
        """Return the phases of ``day`` (default today), in order; phases may overlap."""
        day = day or clock.today()
        return [phase for phase in self.phases.all() if phase.starts_on <= day <= phase.ends_on]

    def allows(self, act: Act, day: date | None = None) -> Verdict:
        """Say whether the campaign runs and a phase of ``day`` opens ``act``."""
        if self.state != CampaignState.OPEN:
            return Verdict.no(f"“{self.title}”{CampaignState(self.state).label}，现在不能{act.label}。")
        phases = self.active_phases(day)
        if any(act in phase.opens for phase in phases):
            return Verdict.yes()
        now = "、".join(phase.title for phase in phases) or "没有阶段"
        later = [phase for phase in self.phases.all() if act in phase.opens]
        when = "；".join(
            f"{phase.title}（{phase.starts_on:%Y-%m-%d} 到 {phase.ends_on:%Y-%m-%d}）可以"
            for phase in later
        )
        return Verdict.no(f"现在是{now}，不能{act.label}。{when}")


class Phase(models.Model):
    """A phase with both days included. Several may run at once, over years."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="phases")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期（含）")
    opens = models.JSONField("准许办的事", default=list)  # values of Act
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "阶段"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="campaigns_phase_one_code"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="campaigns_phase_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> int:
        """Length in days, both ends included."""
        return (self.ends_on - self.starts_on + timedelta(days=1)).days


class Task(models.Model):
    """A named task of a phase with the post that answers for it and a due date."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="tasks")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=100)
    owner = models.CharField("责任人", max_length=20, choices=Role)
    due_on = models.DateField("完成期限")
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "阶段任务"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "code"], name="campaigns_task_one_code")
        ]


class GroupTemplate(models.Model):
    """A leading or working group that every adopting body sets up, with its seats."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="groups")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    duty = models.CharField("职责", max_length=200, blank=True)
    under = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="subgroups")
    seats = models.JSONField("席位", default=dict)  # {role: {"min": 1, "max": 2 or null}}
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "领导小组和工作组"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="campaigns_group_one_code")
        ]


class Programme(models.Model):
    """A programme that goals and records are tagged with (结合的专项工作)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="programmes")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "结合的专项工作"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"], name="campaigns_programme_one_code"
            )
        ]
