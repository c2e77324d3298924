"""What a campaign says about problems: how long, how far up, and the catalogue to look through."""

from django.db import models
from django.db.models import Q

from zhengyou.campaigns.models import Campaign, Phase, Subject
from zhengyou.people.models import Kind, Role

DEADLINE_DAYS = 15
"""Working days to mend a problem where nobody says until when."""
CLIMB_AFTER = 5
"""Working days overdue after which a problem shows one level higher."""
ANSWER_WITHIN = 10
"""Working days in which those who brought a problem up hear what is done about it."""


class MendingTerms(models.Model):
    """How a campaign has problems mended, from ``[problems]``; without it the values above hold."""

    campaign = models.OneToOneField(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="mending_terms"
    )
    deadline_days = models.PositiveSmallIntegerField("几个工作日内改好", default=DEADLINE_DAYS)
    climb_after = models.PositiveSmallIntegerField("过期几个工作日上升一级", default=CLIMB_AFTER)
    answer_within = models.PositiveSmallIntegerField("几个工作日内答复", default=ANSWER_WITHIN)
    phase = models.ForeignKey(
        Phase, verbose_name="在哪个阶段查摆", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "整改的约定"
        constraints = [
            models.CheckConstraint(
                condition=Q(deadline_days__gte=1, climb_after__gte=1, answer_within__gte=1),
                name="problems_mendingterms_positive",
            )
        ]

    def __str__(self) -> str:
        return f"{self.deadline_days} 个工作日内改好，过期 {self.climb_after} 个工作日上升一级"


class CatalogueItem(models.Model):
    """A prominent problem that a campaign looks for, from ``[problems.catalogue.CODE]``.

    ``audience``: values of :class:`Subject`, :class:`Kind` of bodies and :class:`Role` of persons;
    ``hints``: what may be done against it, a line each.
    """

    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="catalogue_items"
    )
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=40)
    example = models.CharField("表现", max_length=200, blank=True)
    audience = models.JSONField("对谁", default=list)
    hints = models.JSONField("对策提示", default=list)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "突出问题"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"], name="problems_catalogueitem_one_code"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def audience_words(self) -> str:
        """Whom it is for, in words."""
        return "、".join(audience_word(value) for value in self.audience)

    @property
    def posts(self) -> set[str]:
        """The posts whose holders look whether they have it."""
        return set(self.audience) & set(Role.values)

    def is_for_body(self, kind: str) -> bool:
        """Tell whether a body of ``kind`` looks whether it has it."""
        return Subject.ORGANISATION in self.audience or kind in self.audience

    def is_for_person(self, roles: set[str]) -> bool:
        """Tell whether somebody with posts of ``roles`` looks whether he or she has it."""
        return Subject.PERSON in self.audience or bool(roles & set(self.audience))


AUDIENCES = (*Subject, *Kind, *Role)
"""Whom a prominent problem may be for; no two have the same value or the same word."""


def audience_word(value: str) -> str:
    """Return the word of one of :data:`AUDIENCES`."""
    return next(str(each.label) for each in AUDIENCES if each.value == value)
