"""The levels a suggestion climbs, as a call names them: who screens, how many go on."""

from django.db import models
from django.db.models import Q

from zhengyou.voices.models.box import Box, BoxOffer

LONGEST_LEVEL = 20
MOST_LEVELS = 6


class Where(models.IntegerChoices):
    """Which body screens at a level, seen from the body that keeps the box."""

    TWO_BELOW = -2, "下两级"
    BELOW = -1, "下一级"
    HERE = 0, "本级"
    ABOVE = 1, "上一级"
    TWO_ABOVE = 2, "上两级"


class Level(models.Model):
    """One level. ``most_up`` None: whatever is chosen goes on at once; else it is chosen first,
    and so many of the chosen go up. ``as_piece``: what goes up is composed of several."""

    code = models.SlugField("代号", max_length=40)
    number = models.PositiveSmallIntegerField("第几级")
    title = models.CharField("哪一级", max_length=LONGEST_LEVEL)
    where = models.SmallIntegerField("由哪级组织筛", choices=Where)
    chosen_least = models.PositiveSmallIntegerField("至少选几条", null=True)
    most_up = models.PositiveSmallIntegerField("最多上报几份", null=True)
    as_piece = models.BooleanField("合成一份再上报", default=False)

    class Meta:
        abstract = True
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title

    @property
    def passes_on(self) -> bool:
        """Whether what is chosen goes to the next level without more ado."""
        return self.most_up is None and not self.as_piece


class OfferLevel(Level):
    """A level of a call that a campaign proposes."""

    offer = models.ForeignKey(
        BoxOffer, verbose_name="活动建议的", on_delete=models.CASCADE, related_name="levels"
    )

    class Meta(Level.Meta):
        verbose_name = "活动建议的层级"
        constraints = [
            models.UniqueConstraint(fields=["offer", "number"], name="voices_offerlevel_number"),
            models.UniqueConstraint(fields=["offer", "code"], name="voices_offerlevel_code"),
        ]


class CallLevel(Level):
    """A level of a call."""

    box = models.ForeignKey(
        Box, verbose_name="征集箱", on_delete=models.CASCADE, related_name="levels"
    )

    class Meta(Level.Meta):
        verbose_name = "筛选层级"
        constraints = [
            models.UniqueConstraint(fields=["box", "number"], name="voices_calllevel_number"),
            models.UniqueConstraint(fields=["box", "code"], name="voices_calllevel_code"),
            models.CheckConstraint(
                condition=Q(most_up=None) | Q(most_up__gte=1), name="voices_calllevel_some_go_up"
            ),
        ]
