"""Talks face to face: a box whose voices are the collator's notes of a meeting."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.voices.models.box import Box


class Meeting(models.Model):
    """When and where people sat together, and how many of which kind; never who.

    Where the body has it on record, day and place and number stand there, and only there.
    """

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    box = models.OneToOneField(
        Box, verbose_name="征集箱", on_delete=models.CASCADE, related_name="meeting"
    )
    who = models.CharField("来的是什么人", max_length=60)
    record = models.UUIDField("哪条纪实", null=True)
    record_label = models.CharField("纪实的名称", max_length=120, blank=True)
    on = models.DateField("哪天", null=True)
    at = models.TimeField("几点", null=True)
    place = models.CharField("地点", max_length=60, blank=True)
    number = models.PositiveIntegerField("来了多少人", null=True)

    class Meta:
        verbose_name = "座谈"
        constraints = [
            models.CheckConstraint(
                condition=Q(record__isnull=False, on=None, number=None, place="")
                | Q(record=None, on__isnull=False),
                name="voices_meeting_entered_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.box)

    @property
    def record_ref(self) -> Ref | None:
        """The record of it, None for none."""
        return Ref("record", self.record, self.record_label) if self.record else None
