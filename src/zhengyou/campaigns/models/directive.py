"""Documents of superiors (依据文件): received, passed down, studied, cited by campaign and plan."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.campaigns.models.campaign import Campaign
from zhengyou.campaigns.models.plan import Plan
from zhengyou.kernel import clock, paths
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Family, Kind, Organisation

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

RECEIVERS = Q(family=Family.PARTY) & ~Q(kind=Kind.PARTY_GROUP)
"""Which bodies below get what is passed to all: party bodies; a group hears it in its branch."""


class Directive(models.Model):
    """A superior's document, entered once by the body that received it first."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name="收文组织", on_delete=models.PROTECT, related_name="directives"
    )
    title = models.CharField("标题", max_length=200)
    number = models.CharField("文号", max_length=60, blank=True)
    issued_on = models.DateField("成文日期")
    issuer = models.ForeignKey(
        Organisation,
        verbose_name="发文组织",
        null=True,
        on_delete=models.PROTECT,
        related_name="issued",
    )
    issuer_name = models.CharField("发文机关", max_length=100)  # as it was called then
    received_on = models.DateField("收文日期")
    study_by = models.DateField("要求哪天前传达学习", null=True)
    withdrawn_at = models.DateTimeField("撤下时间", null=True)
    withdrawn_why = models.CharField("为什么撤下", max_length=200, blank=True)

    if TYPE_CHECKING:
        passings: RelatedManager["Passing"]
        studies: RelatedManager["Study"]
        citations: RelatedManager["Citation"]

    class Meta:
        verbose_name = "依据文件"
        ordering = ["-received_on", "-id"]

    def __str__(self) -> str:
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"

    @property
    def ref(self) -> Ref:
        """The reference that files, citations and facts use."""
        return Ref("directive", self.uid, self.title)

    @property
    def in_force(self) -> bool:
        """Whether nobody withdrew it."""
        return self.withdrawn_at is None


class Passing(models.Model):
    """A body that has the document passes it down: to all below it, or to some.

    To all is a question asked of the tree, never copied rows. Who was founded later has the
    document, too, but is not asked to study what was passed on before.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="passings")
    by = models.ForeignKey(
        Organisation, verbose_name="谁转发", on_delete=models.PROTECT, related_name="+"
    )
    to_all = models.BooleanField("转给下面全部党组织")
    chosen = models.ManyToManyField(
        Organisation, verbose_name="转给哪些组织", related_name="+", blank=True
    )
    passed_on = models.DateField("转发日期")
    study_by = models.DateField("要求哪天前传达学习", null=True)
    note = models.CharField("转发意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "文件转发"
        ordering = ["passed_on", "id"]

    def asked(self) -> Q:
        """Return which bodies of today are asked to study it."""
        if not self.to_all:
            return Q(pk__in=self.chosen.values("pk"), closed_on__isnull=True)
        below = paths.within("path", self.by.path) & ~Q(pk=self.by_id)
        return below & RECEIVERS & Q(closed_on__isnull=True, founded_on__lte=self.passed_on)


class Study(models.Model):
    """A body has conveyed and studied the document (已传达学习): one row, entered once."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="studies")
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", on_delete=models.PROTECT, related_name="+"
    )
    studied_on = models.DateField("哪天传达学习")
    how = models.CharField("怎么学的", max_length=200)

    class Meta:
        verbose_name = "传达学习"
        ordering = ["studied_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "organisation"], name="campaigns_study_once"
            )
        ]


class Citation(models.Model):
    """A campaign or a plan rests on a document (依据)."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="citations")
    campaign = models.ForeignKey(
        Campaign, null=True, on_delete=models.CASCADE, related_name="citations"
    )
    plan = models.ForeignKey(Plan, null=True, on_delete=models.CASCADE, related_name="citations")
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "引用的依据"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(campaign__isnull=True) ^ Q(plan__isnull=True),
                name="campaigns_citation_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["directive", "campaign"], name="campaigns_citation_once_in_campaign"
            ),
            models.UniqueConstraint(
                fields=["directive", "plan"], name="campaigns_citation_once_in_plan"
            ),
        ]


def passed_to(body: Organisation) -> Q:
    """Return which passings reach ``body``, as it stands in the tree today."""
    reach = Q(chosen=body)
    if is_receiver(body):
        reach |= Q(to_all=True, by__path__in=paths.ancestors(body.path))
    return reach


def received_by(body: Organisation) -> Q:
    """Return which documents ``body`` has: entered there, or passed down to it."""
    passed = Passing.objects.filter(passed_to(body)).values("directive")
    return Q(organisation=body) | Q(pk__in=passed)


def is_receiver(body: Organisation, day: date | None = None) -> bool:
    """Tell whether ``body`` is one of :data:`RECEIVERS`."""
    return (
        body.family == Family.PARTY
        and body.kind != Kind.PARTY_GROUP
        and body.is_open(day or clock.today())
    )
