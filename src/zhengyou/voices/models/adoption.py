"""What an adopted suggestion leads to: owner, date, measures, result, benefit, reward."""

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation, Person
from zhengyou.voices.models.suggestion import Contributor, Suggestion

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST_MEASURES = 1000
LONGEST_RESULT = 1000
LONGEST_UNIT = 10
LONGEST_BENEFIT = 60
LONGEST_REWARD = 60
MONEY = "元"


class Adoption(models.Model):
    """An adopted suggestion: who carries it out until when, and what came of it. ``entered`` is
    the task or plan it went into."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    suggestion = models.OneToOneField(
        Suggestion, verbose_name="建议", on_delete=models.CASCADE, related_name="adoption"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="哪个组织采纳", on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        Person, verbose_name="谁来办", on_delete=models.PROTECT, related_name="+"
    )
    due_on = models.DateField("哪天以前办成")
    measures = models.TextField("怎么办")
    adopted_on = models.DateField("哪天采纳")
    entered_kind = models.CharField("进了哪类事", max_length=40, blank=True)
    entered_uid = models.UUIDField("进了哪件事", null=True)
    entered_label = models.CharField("进的叫什么", max_length=120, blank=True)
    result = models.TextField("结果", blank=True)
    result_on = models.DateField("哪天办成", null=True)
    measured = models.BooleanField("效益能计量", default=True)

    if TYPE_CHECKING:
        benefits: RelatedManager["Benefit"]

    class Meta:
        verbose_name = "建议采纳"
        ordering = ["-adopted_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "result_on", "due_on"], name="voices_adoption_due")
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(result_on=None) & Q(result=""))
                | (Q(result_on__isnull=False) & ~Q(result="")),
                name="voices_adoption_result_has_day",
            )
        ]

    @property
    def entered(self) -> Ref | None:
        """The task or plan it went into."""
        if self.entered_uid is None:
            return None
        return Ref(self.entered_kind, self.entered_uid, self.entered_label)

    @property
    def late(self) -> bool:
        """Whether it is not done though its day is past."""
        return self.result_on is None and self.due_on < clock.today()


class Benefit(models.Model):
    """One benefit in figures: so many yuan, tonnes, hours."""

    adoption = models.ForeignKey(
        Adoption, verbose_name="采纳", on_delete=models.CASCADE, related_name="benefits"
    )
    what = models.CharField("什么效益", max_length=LONGEST_BENEFIT)
    amount = models.DecimalField("多少", max_digits=14, decimal_places=2)
    unit = models.CharField("单位", max_length=LONGEST_UNIT, default=MONEY)

    class Meta:
        verbose_name = "效益"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=Decimal(0)), name="voices_benefit_is_some"
            )
        ]


class Reward(models.Model):
    """What a contributor got. Somebody without a name fetches it by saying the code: then only
    that it was fetched is known, not when."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    contributor = models.ForeignKey(
        Contributor, verbose_name="给谁", on_delete=models.PROTECT, related_name="rewards"
    )
    what = models.CharField("给什么", max_length=LONGEST_REWARD)
    noted_on = models.DateField("哪天定的")
    where = models.CharField("到哪里领", max_length=LONGEST_REWARD, blank=True)
    fetched = models.BooleanField("领了", default=False)

    class Meta:
        verbose_name = "建议人的奖励"
        ordering = ["noted_on", "id"]
