"""Discussions: themes under which the collator puts what was said, and the conclusion."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import models

from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Person
from zhengyou.voices.models.box import Box
from zhengyou.voices.models.voice import Voice

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

LONGEST_THEME = 30
LONGEST_CONCLUSION = 3000


class Theme(models.Model):
    """One strand of a discussion."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    box = models.ForeignKey(
        Box, verbose_name="征集箱", on_delete=models.CASCADE, related_name="themes"
    )
    title = models.CharField("主题", max_length=LONGEST_THEME)
    order = models.PositiveSmallIntegerField("排序", default=0)

    if TYPE_CHECKING:
        grouped: RelatedManager["Grouped"]

    class Meta:
        verbose_name = "讨论的主题"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["box", "title"], name="voices_theme_one_title")
        ]

    def __str__(self) -> str:
        return self.title


class Grouped(models.Model):
    """A contribution that stands under a theme; one theme for each."""

    voice = models.OneToOneField(
        Voice, verbose_name="发言", on_delete=models.CASCADE, related_name="grouped"
    )
    theme = models.ForeignKey(
        Theme, verbose_name="主题", on_delete=models.CASCADE, related_name="grouped"
    )

    class Meta:
        verbose_name = "归到主题"


class Conclusion(models.Model):
    """What the discussion came to: the shared goal. What holds is the one that nothing corrects."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    box = models.ForeignKey(
        Box, verbose_name="征集箱", on_delete=models.CASCADE, related_name="conclusions"
    )
    text = models.TextField("结论")
    by = models.ForeignKey(
        Person, verbose_name="谁写的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    at = models.DateTimeField("什么时候")
    corrects = models.OneToOneField(
        "self", verbose_name="更正哪一次", null=True, on_delete=models.CASCADE,
        related_name="correction",
    )  # fmt: skip

    class Meta:
        verbose_name = "讨论的结论"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["box"],
                condition=models.Q(corrects=None),
                name="voices_conclusion_one_first",
            )
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("conclusion", self.uid, self.box.title)
