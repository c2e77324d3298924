"""Progress notes: a value, words, or both. A correction keeps what stood there before."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Person
from zhengyou.pledges.models.item import PledgeItem


class ProgressQuerySet(models.QuerySet["Progress"]):
    """Questions about notes."""

    def standing(self) -> "ProgressQuerySet":
        """Return the notes that hold: not replaced by a correction."""
        return self.filter(correction=None)


class Progress(models.Model):
    """One note on one published item; public as the item is."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    item = models.ForeignKey(
        PledgeItem, verbose_name="条目", on_delete=models.CASCADE, related_name="notes"
    )
    noted_on = models.DateField("哪天的进展")
    value = models.DecimalField("现在的数", max_digits=14, decimal_places=2, null=True)
    words = models.TextField("做了什么", blank=True)
    by = models.ForeignKey(
        Person, verbose_name="记的人", on_delete=models.PROTECT, related_name="+"
    )
    entered_for = models.BooleanField("代录", default=False)
    recorded_at = models.DateTimeField("记下时间")
    corrects = models.OneToOneField(
        "self",
        verbose_name="更正哪一条",
        null=True,
        on_delete=models.CASCADE,
        related_name="correction",
    )

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = "进展"
        ordering = ["-noted_on", "-id"]
        indexes = [
            models.Index(fields=["item", "-noted_on", "-id"]),
            # Few are corrections: counted with all the others, SQLite would take the unique index
            # for useless and read the whole table.
            models.Index(
                fields=["corrects"],
                condition=Q(corrects__isnull=False),
                name="pledges_progress_corrected",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False) | ~Q(words=""),
                name="pledges_progress_says_something",
            )
        ]

    @property
    def ref(self) -> Ref:
        """The reference that facts use."""
        return Ref("pledge_progress", self.uid)
