"""Standards: what an organisation or a member is measured by, localised everywhere."""

from typing import TYPE_CHECKING

from django.db import models

from zhengyou.campaigns.models.campaign import Campaign
from zhengyou.people.models import Kind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Subject(models.TextChoices):
    """Whom a standard or a pledge is for."""

    ORGANISATION = "organisation", "党组织"
    PERSON = "person", "党员"


class Standard(models.Model):
    """A set of criteria such as 五个好 or 五带头, for one audience (分类指导)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="standards")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    subject = models.CharField("对象", max_length=12, choices=Subject)
    kinds = models.JSONField(
        "组织类别", default=list
    )  # values of Kind; empty: all that are covered
    audience = models.CharField("人群", max_length=60, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    if TYPE_CHECKING:
        criteria: RelatedManager["Criterion"]

    class Meta:
        verbose_name = "标准"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="campaigns_standard_one_code")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def subject_label(self) -> str:
        """Whom it is for, in words: 党员（教师） or 党支部、党总支."""
        if self.kinds:
            words = "、".join(str(Kind(kind).label) for kind in self.kinds)
        else:
            words = str(Subject(self.subject).label)
        return f"{words}（{self.audience}）" if self.audience else words


class Criterion(models.Model):
    """One point of a standard, such as 带头服务群众."""

    standard = models.ForeignKey(Standard, on_delete=models.CASCADE, related_name="criteria")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "标准的一条"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "code"], name="campaigns_criterion_one_code"
            )
        ]

    def __str__(self) -> str:
        return self.title
