"""Resources: what was promised, what is there, what was used, and how much at the front line."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation, Person

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class ResourceKind(models.TextChoices):
    """What kind of resource it is."""

    TRAINING = "training", "培训经费"
    MONEY = "money", "活动经费"
    DUES = "dues", "会费党费"
    HELP = "help", "帮扶资金"
    EQUIPMENT = "equipment", "设备场所"
    HOURS = "hours", "人员工时"


class ResourceOffer(models.Model):
    """A resource that a campaign asks its bodies to plan and show, from ``[resource.CODE]``."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="resource_offers"
    )
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=40)
    kind = models.CharField("哪一种", max_length=10, choices=ResourceKind)
    unit = models.CharField("单位", max_length=10)
    kinds = models.JSONField("哪些组织类别", default=list)
    guaranteed = models.BooleanField("保障条件", default=False)
    hint = models.CharField("怎么算", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "活动要列的资源"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="work_resourceoffer_one_code")
        ]

    def __str__(self) -> str:
        return self.title


class Resource(models.Model):
    """One resource of a body in a campaign. ``planned`` is what was promised; what came and what
    was used are :class:`ResourceMove` rows. ``guaranteed``: shown among the conditions (保障条件),
    there or not; ``due_on``: by when it is to be there."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="resources"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.PROTECT, related_name="resources"
    )
    offer = models.ForeignKey(
        ResourceOffer, verbose_name="活动要列的", null=True, on_delete=models.SET_NULL,
        related_name="resources",
    )  # fmt: skip
    title = models.CharField("名称", max_length=40)
    kind = models.CharField("哪一种", max_length=10, choices=ResourceKind)
    unit = models.CharField("单位", max_length=10)
    planned = models.DecimalField("计划多少", max_digits=14, decimal_places=2)
    guaranteed = models.BooleanField("保障条件", default=False)
    due_on = models.DateField("什么时候到位", null=True)

    if TYPE_CHECKING:
        moves: RelatedManager["ResourceMove"]

    class Meta:
        verbose_name = "资源"
        ordering = ["kind", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation", "title"], name="work_resource_one_title"
            ),
            models.CheckConstraint(
                condition=Q(planned__gte=0), name="work_resource_not_below_none"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("resource", self.uid, self.title)


class Way(models.TextChoices):
    """Which way a resource moved."""

    IN = "in", "到位"
    OUT = "out", "使用"


class ResourceMove(models.Model):
    """So much came, or was used. ``for_whom`` may name who gets help: only the leaders of the body
    and its recorder read it, never anybody above or the public. What was wrong is struck out and
    stays."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    resource = models.ForeignKey(
        Resource, verbose_name="资源", on_delete=models.CASCADE, related_name="moves"
    )
    way = models.CharField("到位还是使用", max_length=10, choices=Way)
    on = models.DateField("哪天")
    amount = models.DecimalField("多少", max_digits=14, decimal_places=2)
    what = models.CharField("做什么用", max_length=100)
    front_line = models.BooleanField("用在一线", default=False)
    for_whom = models.CharField("给谁用", max_length=100, blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁记的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    recorded_at = models.DateTimeField("记下时间")
    struck_at = models.DateTimeField("划去时间", null=True)
    struck_reason = models.CharField("为什么划去", max_length=100, blank=True)
    form_key = models.UUIDField("表单编号", null=True, unique=True)

    class Meta:
        verbose_name = "资源的一笔"
        ordering = ["on", "id"]
        indexes = [models.Index(fields=["resource", "way"])]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="work_resourcemove_some"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True) | ~Q(struck_reason=""),
                name="work_resourcemove_struck_with_reason",
            ),
        ]
