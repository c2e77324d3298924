"""Phases of a campaign, their named tasks and their key dates."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.campaigns.models.campaign import Act, Campaign
from zhengyou.campaigns.models.group import GroupTemplate
from zhengyou.people.models import Role

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Phase(models.Model):
    """A phase with both days included. Several may run at once, over years."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="phases")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期（含）")
    timing = models.JSONField("蓝图里的时间写法", default=dict)  # {"after": …, "lasts": …}
    opens = models.JSONField("准许办的事", default=list)  # values of Act
    order = models.PositiveSmallIntegerField("排序", default=0)

    if TYPE_CHECKING:
        tasks: RelatedManager["Task"]
        milestones: RelatedManager["Milestone"]

    class Meta:
        verbose_name = "阶段"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="campaigns_phase_one_code"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaigns_phase_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def days(self) -> int:
        """Length in days, both ends included."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def acts(self) -> list[Act]:
        """What this phase opens."""
        return [Act(act) for act in self.opens]

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` is in this phase."""
        return self.starts_on <= day <= self.ends_on


class Task(models.Model):
    """A named task of a phase: a post or a group answers for it until a date."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="tasks")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=100)
    owner = models.CharField("责任人", max_length=20, choices=Role, blank=True)
    owner_group = models.ForeignKey(
        GroupTemplate,
        verbose_name="责任组",
        null=True,
        on_delete=models.CASCADE,
        related_name="tasks",
    )
    due = models.CharField("蓝图里的期限写法", max_length=40)
    due_on = models.DateField("完成期限")
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "阶段任务"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "code"], name="campaigns_task_one_code"),
            models.CheckConstraint(
                condition=Q(owner="") ^ Q(owner_group__isnull=True),
                name="campaigns_task_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def owner_label(self) -> str:
        """Who answers for it, in words."""
        if self.owner_group is not None:
            return self.owner_group.title
        return str(Role(self.owner).label)


class Milestone(models.Model):
    """A key date within a phase (关键日子): shown on the ribbon, nobody reports it."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="milestones")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    due = models.CharField("蓝图里的日子写法", max_length=40)
    due_on = models.DateField("哪天")
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "关键日子"
        ordering = ["due_on", "order"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "code"], name="campaigns_milestone_one_code")
        ]

    def __str__(self) -> str:
        return self.title
