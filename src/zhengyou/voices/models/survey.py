"""Surveys: the questions of a box as data, and the sheets that came back, of which nobody knows
whose they are."""

from typing import Any
from uuid import uuid4

from django.db import models

from zhengyou.voices.models.box import Box, BoxPlace

LONGEST_ASK = 120
LONGEST_OPTION = 40
MOST_OPTIONS = 10
MOST_QUESTIONS = 30


class QuestionKind(models.TextChoices):
    """How one answers."""

    ONE = "one", "选一个"
    SEVERAL = "several", "选几个"
    WORDS = "words", "自己写"


class Question(models.Model):
    """One question of a survey. It stands still from the day the box is opened."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    box = models.ForeignKey(
        Box, verbose_name="征集箱", on_delete=models.CASCADE, related_name="questions"
    )
    kind = models.CharField("怎么答", max_length=10, choices=QuestionKind)
    text = models.CharField("问什么", max_length=LONGEST_ASK)
    options = models.JSONField("有哪些选项", default=list)
    most = models.PositiveSmallIntegerField("最多选几个", null=True)  # None: as many as one likes
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "问卷的题目"
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def name(self) -> str:
        """What its control is called in forms."""
        return f"q{self.uid.hex}"

    @property
    def chosen(self) -> bool:
        """Whether one chooses, rather than writes."""
        return self.kind != QuestionKind.WORDS


class Sheet(models.Model):
    """The choices of one sheet: question → numbers of the options. What was written freely is no
    part of it but a voice of its own, so that no words stand beside anybody's choices.

    Laid down like a voice: a Monday, a random key, in random order each time one comes in.
    """

    uid = models.UUIDField("编号", primary_key=True, default=uuid4, editable=False)
    box = models.ForeignKey(
        Box, verbose_name="征集箱", on_delete=models.PROTECT, related_name="sheets"
    )
    place = models.ForeignKey(
        BoxPlace, verbose_name="说的是哪里", null=True, on_delete=models.PROTECT, related_name="+"
    )
    week = models.DateField("收到的那一周")
    answers: models.JSONField[Any, Any] = models.JSONField("选了什么", default=dict)
    by_hand = models.BooleanField("代录", default=False)

    class Meta:
        verbose_name = "答卷"
        ordering = ["uid"]
        indexes = [models.Index(fields=["box", "week"], name="voices_sheet_box")]
