"""抓两头带中间: by which facts a body counts as leading, ordinary or lagging. Groups are derived,
never stored; what is stored are the criteria, each with its days and its reason."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections.tiers.words import NEW_DAYS, Is, Side
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation, Person
from zhengyou.people.models.dated import Dated, one_open

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class TierScheme(models.Model):
    """By what ``organisation`` tells the bodies below it apart in ``campaign``."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="tier_schemes"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="谁定的", on_delete=models.PROTECT, related_name="tier_schemes"
    )

    if TYPE_CHECKING:
        terms: RelatedManager["TierTerms"]
        criteria: RelatedManager["TierCriterion"]

    class Meta:
        verbose_name = "分档办法"
        ordering = ["campaign", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "organisation"], name="inspections_tierscheme_once"
            )
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("tier_scheme", self.uid, f"{self.campaign.title}，抓两头带中间")


class Reasoned(Dated):
    """A dated row that says why it was put there; ``by`` None: it came with the blueprint."""

    reason = models.CharField("为什么这样定", max_length=200, blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁定的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150, blank=True)

    class Meta(Dated.Meta):
        abstract = True


class TierTerms(Reasoned):
    """Which bodies are told apart, at how many marks one lags, and how old it must be."""

    scheme = models.ForeignKey(
        TierScheme, verbose_name="分档办法", on_delete=models.CASCADE, related_name="terms"
    )
    kinds = models.JSONField("分哪些组织类别", default=list)
    lagging_at = models.PositiveSmallIntegerField("落后标准占几条算落后", default=1)
    new_days = models.PositiveSmallIntegerField("成立不满几天不分", default=NEW_DAYS)

    class Meta(Reasoned.Meta):
        verbose_name = "分档的规则"
        ordering = ["since", "id"]
        constraints = [
            *Dated.Meta.constraints,
            one_open("scheme", name="inspections_tierterms_one_open"),
            models.CheckConstraint(
                condition=Q(lagging_at__gte=1), name="inspections_tierterms_one_mark"
            ),
        ]


class TierCriterion(Reasoned):
    """One criterion: a fact that the house counts, compared with a threshold.

    ``code`` stays the same when the criterion is changed: the row before it is ended. ``of`` says
    of what the fact is counted where it can be told (a duty's code); empty: of everything.
    """

    scheme = models.ForeignKey(
        TierScheme, verbose_name="分档办法", on_delete=models.CASCADE, related_name="criteria"
    )
    code = models.SlugField("代号", max_length=40)
    side = models.CharField("哪一头", max_length=10, choices=Side)
    fact = models.SlugField("数的是什么", max_length=40)
    of = models.CharField("只数哪一项", max_length=40, blank=True)
    compare = models.CharField("怎么比", max_length=10, choices=Is)
    than = models.PositiveIntegerField("和多少比")
    order = models.PositiveSmallIntegerField("排序", default=0)
    ended_why = models.CharField("为什么停", max_length=200, blank=True)

    class Meta(Reasoned.Meta):
        verbose_name = "分档标准"
        ordering = ["side", "order", "id"]
        constraints = [
            *Dated.Meta.constraints,
            one_open("scheme", "code", name="inspections_tiercriterion_one_open"),
        ]
