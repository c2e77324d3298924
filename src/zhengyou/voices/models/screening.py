"""What was said of a suggestion, level by level, and the places taken at the level above."""

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.climb.models import Decision
from zhengyou.people.models import Organisation, Person
from zhengyou.voices.models.funnel import CallLevel
from zhengyou.voices.models.suggestion import Suggestion

LONGEST_REASON = 300


class Said(models.TextChoices):
    """What was said of a suggestion at a level, or done with it."""

    CHOSEN = "chosen", "选上"
    NOT_CHOSEN = "not_chosen", "没选上"
    RETURNED = "returned", "退回补充"
    RESUBMITTED = "resent", "补充后再送"
    AGAIN = "again", "重新筛"
    UP = "up", "上报"
    CALLED_BACK = "back", "撤回上报"
    MERGED = "merged", "并入相近的"
    PARTED = "parted", "分开"
    ADOPTED = "adopted", "采纳"
    DECLINED = "declined", "不采纳"
    WITHDRAWN = "withdrawn", "撤回"


NEEDS_REASON = (
    Said.NOT_CHOSEN, Said.RETURNED, Said.AGAIN, Said.CALLED_BACK, Said.DECLINED, Said.WITHDRAWN,
)  # fmt: skip


class Screening(Decision):
    """One verdict or step: at which level and body, by whom, with what reason. ``to`` is the level
    to which it went. Never changed afterwards; a past day is read from these rows."""

    answer: Any = models.CharField("怎么说", max_length=10, choices=Said)
    suggestion = models.ForeignKey(
        Suggestion, verbose_name="建议", on_delete=models.CASCADE, related_name="screenings"
    )
    level = models.ForeignKey(
        CallLevel, verbose_name="哪一级", on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="哪个组织", on_delete=models.PROTECT, related_name="+"
    )
    to = models.ForeignKey(
        CallLevel, verbose_name="到哪一级", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Decision.Meta):
        verbose_name = "筛选意见"
        indexes = [models.Index(fields=["suggestion", "id"], name="voices_screening_way")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer__in=NEEDS_REASON) | ~Q(reason=""),
                name="voices_screening_says_why",
            )
        ]

    @property
    def words(self) -> str:
        """The words of the answer."""
        return str(Said(self.answer).label)


class Ascent(models.Model):
    """A place taken among those that may go up from a level; ended: freed, with a reason."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    suggestion = models.ForeignKey(
        Suggestion, verbose_name="建议", on_delete=models.CASCADE, related_name="ascents"
    )
    level = models.ForeignKey(
        CallLevel, verbose_name="从哪一级", on_delete=models.PROTECT, related_name="ascents"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="哪个组织报的", on_delete=models.PROTECT, related_name="+"
    )
    went_on = models.DateField("哪天上报")
    by = models.ForeignKey(
        Person, verbose_name="谁报的", on_delete=models.PROTECT, related_name="+"
    )
    freed_on = models.DateField("哪天撤回", null=True)
    freed_why = models.CharField("为什么撤回", max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = "上报名额"
        ordering = ["went_on", "id"]
        indexes = [models.Index(fields=["level", "organisation"], name="voices_ascent_places")]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "level"],
                condition=Q(freed_on=None),
                name="voices_ascent_once",
            ),
            models.CheckConstraint(
                condition=(Q(freed_on=None) & Q(freed_why=""))
                | (Q(freed_on__isnull=False) & ~Q(freed_why="")),
                name="voices_ascent_freed_with_reason",
            ),
        ]
