"""An inspection: what is looked at, where, when and by whom. What is looked at is data."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections.checklist import Item, items_from
from zhengyou.inspections.models.vocabulary import (
    InspectionKind,
    InspectionState,
    Sample,
    StrataBy,
)
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.states import Transition
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from zhengyou.inspections.models.draw import Draw
    from zhengyou.inspections.models.visit import Visit

REPLY_DAYS, FIX_DAYS = 10, 20
"""Working days in which a body replies, and in which what is criticised is to be mended."""


class InspectionOffer(models.Model):
    """An inspection that a campaign proposes to those who inspect, from ``[inspection.CODE]``."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="inspection_offers"
    )
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    kind = models.CharField("哪一种督查", max_length=10, choices=InspectionKind)
    sample = models.CharField("到哪些单位", max_length=10, choices=Sample)
    kinds = models.JSONField("查哪些组织类别", default=list)
    purpose = models.CharField("为什么查", max_length=300, blank=True)
    items = models.JSONField("看什么", default=list)
    strata_by = models.CharField("怎么分层", max_length=10, choices=StrataBy, default=StrataBy.KIND)
    quota = models.PositiveSmallIntegerField("每层抽几个", default=1)
    reply_days = models.PositiveSmallIntegerField("几个工作日内答复", default=REPLY_DAYS)
    fix_days = models.PositiveSmallIntegerField("几个工作日内整改", default=FIX_DAYS)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "活动定的督查"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"], name="inspections_offer_one_code"
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Inspection(models.Model):
    """One inspection of ``organisation`` in the subtree of ``scope``.

    ``again_of``: the annulled one in whose place it stands; that one stays to be seen.
    """

    TRANSITIONS = (
        Transition("freeze", (InspectionState.DRAFT,), InspectionState.FROZEN, "封存名单"),
        Transition("draw", (InspectionState.FROZEN,), InspectionState.UNDER_WAY, "录入种子并抽签"),
        Transition("name", (InspectionState.DRAFT,), InspectionState.UNDER_WAY, "指定单位并开始"),
        Transition("close", (InspectionState.UNDER_WAY,), InspectionState.CLOSED, "结束督查"),
        Transition(
            "annul", (InspectionState.FROZEN, InspectionState.UNDER_WAY),
            InspectionState.ANNULLED, "作废",
        ),
    )  # fmt: skip

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织单位", on_delete=models.PROTECT, related_name="inspections"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", null=True, on_delete=models.PROTECT,
        related_name="inspections",
    )  # fmt: skip
    offer = models.ForeignKey(
        InspectionOffer, verbose_name="活动定的", null=True, on_delete=models.SET_NULL,
        related_name="inspections",
    )  # fmt: skip
    again_of = models.OneToOneField(
        "self", verbose_name="接替哪次作废的", null=True, on_delete=models.PROTECT,
        related_name="again",
    )  # fmt: skip
    kind = models.CharField("哪一种督查", max_length=10, choices=InspectionKind)
    title = models.CharField("名称", max_length=60)
    purpose = models.CharField("为什么查", max_length=300, blank=True)
    items = models.JSONField("看什么", default=list)
    scope = models.ForeignKey(
        Organisation, verbose_name="范围", on_delete=models.PROTECT, related_name="+"
    )
    kinds = models.JSONField("查哪些组织类别", default=list)
    starts_on = models.DateField("从哪天起")
    ends_on = models.DateField("到哪天止（含）")
    sample = models.CharField("到哪些单位", max_length=10, choices=Sample)
    strata_by = models.CharField("怎么分层", max_length=10, choices=StrataBy, default=StrataBy.KIND)
    quota = models.PositiveSmallIntegerField("每层抽几个", default=1)
    quotas = models.JSONField("另定的名额", default=dict)  # {key of stratum: how many}
    reply_days = models.PositiveSmallIntegerField("几个工作日内答复", default=REPLY_DAYS)
    fix_days = models.PositiveSmallIntegerField("几个工作日内整改", default=FIX_DAYS)
    state = models.CharField(
        "状态", max_length=10, choices=InspectionState, default=InspectionState.DRAFT
    )
    created_at = models.DateTimeField("建立时间")

    if TYPE_CHECKING:
        team: RelatedManager["TeamMember"]
        visits: RelatedManager["Visit"]
        draw: "Draw"
        again: "Inspection"
        annulment: "Annulment"

    class Meta:
        verbose_name = "督查"
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["organisation", "starts_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="inspections_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(kind=InspectionKind.SPOT) | Q(sample=Sample.RANDOM),
                name="inspections_spot_is_drawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts and rooms above use."""
        return Ref("inspection", self.uid, self.title)

    @property
    def checklist(self) -> tuple[Item, ...]:
        """What is looked at."""
        return items_from(self.items)

    @property
    def is_public(self) -> bool:
        """Whether its page shows to everybody: drafts do not."""
        return self.state != InspectionState.DRAFT


class TeamMember(models.Model):
    """Somebody who inspects. One name a person; a name taken off is a fact of the ledger."""

    inspection = models.ForeignKey(
        Inspection, verbose_name="督查", on_delete=models.CASCADE, related_name="team"
    )
    person = models.ForeignKey(
        Person, verbose_name="人员", on_delete=models.PROTECT, related_name="inspecting"
    )
    leads = models.BooleanField("带队", default=False)

    class Meta:
        verbose_name = "督查组成员"
        ordering = ["-leads", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "person"], name="inspections_teammember_once"
            )
        ]  # fmt: skip


class Annulment(models.Model):
    """Why an inspection counts no more; read by everybody, never taken back."""

    inspection = models.OneToOneField(
        Inspection, verbose_name="督查", on_delete=models.CASCADE, related_name="annulment"
    )
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(
        Person, verbose_name="谁定的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "作废"
