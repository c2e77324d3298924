"""Pledge rules: who pledges in a campaign, against which standard, and who reviews it."""

from datetime import date
from uuid import uuid4

from django.db import models

from zhengyou.campaigns.models import Campaign, Standard, Subject
from zhengyou.kernel import periods
from zhengyou.people.models import Role


class ItemKind(models.TextChoices):
    """The three kinds of pledge items; blueprints count them by these codes."""

    COMMON = "common", "共性承诺"
    POST = "post", "岗位承诺"
    DEED = "deed", "实事承诺"

    @property
    def short(self) -> str:
        """The word before 承诺, for chips and columns."""
        return self.label.removesuffix("承诺")

    @property
    def hint(self) -> str:
        """What belongs under this kind, said to whoever writes."""
        return _HINTS[self]


_HINTS = {
    ItemKind.COMMON: "大家都要做到的，比如学习、守纪、作风",
    ItemKind.POST: "自己岗位上要做出的成绩",
    ItemKind.DEED: "给群众办的一件实在事",
}


class PledgeRule(models.Model):
    """One kind of pledge of a campaign, from blueprint section ``[pledge.CODE]``.

    ``who`` holds values of ``people.StandingKind`` for persons, of ``people.Kind`` for bodies. A
    rule with ``posts`` (values of ``people.Role``) is for whoever holds one of them in the body
    that pledges, and goes before the rules by standing. ``notice_days``: for how many working days
    an intention is put out for opinions before it is reviewed; 0: it goes straight to review.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="pledge_rules"
    )
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    subject = models.CharField("谁承诺", max_length=12, choices=Subject)
    who = models.JSONField("哪些人员类别或组织类别", default=list)
    posts = models.JSONField("哪些职务", default=list)
    standard = models.ForeignKey(
        Standard, verbose_name="对照的标准", on_delete=models.PROTECT, related_name="pledge_rules"
    )
    least_common = models.PositiveSmallIntegerField("共性承诺至少几条", default=0)
    least_post = models.PositiveSmallIntegerField("岗位承诺至少几条", default=0)
    least_deed = models.PositiveSmallIntegerField("实事承诺至少几条", default=0)
    reviewer = models.CharField("谁审", max_length=20, choices=Role, default=Role.SECRETARY)
    cadence = models.CharField(
        "多久公布一次进展",
        max_length=10,
        choices=periods.Kind,
        default=periods.Kind.MONTH,
    )
    exempt = models.CharField("哪些人可以不承诺", max_length=200, blank=True)
    notice_days = models.PositiveSmallIntegerField("征求意见几个工作日", default=0)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "承诺规定"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="pledges_pledgerule_one_code")
        ]

    def __str__(self) -> str:
        return self.title

    def least(self, kind: str) -> int:
        """Return how many items of ``kind`` (an :class:`ItemKind`) a pledge needs at least."""
        return int(getattr(self, f"least_{kind}"))

    @property
    def total(self) -> int:
        """Return how many items a pledge needs at least; one even where no kind is asked for."""
        return max(1, sum(self.least(kind) for kind in ItemKind))

    def period(self, campaign: Campaign, day: date) -> periods.Period | None:
        """Return the period in which progress is due on ``day``; None between two terms.

        Args:
            campaign: the rule's own, passed so that no query is needed.
        """
        return periods.period_of(self.cadence, day, campaign.term_rows)
