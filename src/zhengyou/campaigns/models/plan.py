"""A body's plan: the campaign adopted and localised, checked in words, decided above, published."""

from uuid import uuid4

from django.db import models

from zhengyou.campaigns.models.campaign import Campaign
from zhengyou.climb.models import ClimbState, Decision
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation


class SectionCode(models.TextChoices):
    """Sections of a plan. The four of 四个明确 are theme, carriers, conditions, pledges."""

    GUIDING = "guiding", "指导思想"
    THEME = "theme", "活动主题"
    AIMS = "aims", "目标要求"
    CARRIERS = "carriers", "活动载体"
    CONDITIONS = "conditions", "争创条件"
    PLEDGES = "pledges", "承诺内容"
    STEPS = "steps", "方法步骤"
    SAFEGUARDS = "safeguards", "保障措施"


class Plan(models.Model):
    """The plan of one body in one campaign. No row means: not yet adopted."""

    TRANSITIONS = (
        Transition(
            "submit", (ClimbState.DRAFT, ClimbState.RETURNED), ClimbState.SUBMITTED, "送审方案"
        ),
        Transition("send_back", (ClimbState.SUBMITTED,), ClimbState.RETURNED, "退回方案"),
        Transition("approve", (ClimbState.SUBMITTED,), ClimbState.APPROVED, "同意方案"),
        Transition("publish", (ClimbState.APPROVED,), ClimbState.PUBLISHED, "公开方案"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.PROTECT, related_name="plans"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="plans"
    )
    leading_group = models.ForeignKey(
        Organisation,
        verbose_name="领导小组",
        null=True,
        on_delete=models.PROTECT,
        related_name="plans_led",
    )
    title = models.CharField("标题", max_length=120)
    state = models.CharField("状态", max_length=10, choices=ClimbState, default=ClimbState.DRAFT)
    adopted_on = models.DateField("采用日期")
    submitted_at = models.DateTimeField("送审时间", null=True)
    approved_at = models.DateTimeField("同意时间", null=True)
    published_at = models.DateTimeField("公开时间", null=True)

    class Meta:
        verbose_name = "方案"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation"], name="campaigns_plan_one_per_body"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts and apps above use."""
        return Ref("plan", self.uid, self.title)


class PlanSection(models.Model):
    """The text of one section."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField("栏目", max_length=12, choices=SectionCode)
    text = models.TextField("内容", blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "方案的一节"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="campaigns_plansection_one_code")
        ]


class PlanDecision(Decision):
    """An answer to a submitted plan; ``section_reasons`` says per section what to mend."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="decisions")
    section_reasons = models.JSONField("各节意见", default=dict)  # {section code: reason}
    sections_seen = models.JSONField("当时的文字", default=dict)  # {section code: text}

    class Meta(Decision.Meta):
        verbose_name = "方案审核意见"
