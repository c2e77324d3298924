"""What became of a voice. One row stands; a later one keeps what it corrects."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Person
from zhengyou.remarks.models import HoldReason

LONGEST_WORDS = 1000


class What(models.TextChoices):
    """What a voice became."""

    DONE = "done", "已经办好"
    ANSWERED = "answered", "已经答复"
    NOTED = "noted", "记下了"
    SUGGESTION = "suggestion", "转为建议"
    PROBLEM = "problem", "转为问题"
    REPEATED = "repeated", "和别的一样"
    HELD = "held", "没有收"
    RESUMED = "resumed", "重新收下"


WORDED = (What.DONE, What.ANSWERED)
"""Outcomes that say something."""
LEADING = (What.SUGGESTION, What.PROBLEM, What.REPEATED)
"""Outcomes that lead to another thing."""


class VoiceOutcome(models.Model):
    """One outcome. ``kind`` and ``target``: the suggestion, the problem, or the voice that says the
    same; ``reason``: why it was held back."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    voice = models.ForeignKey(
        "voices.Voice", verbose_name="意见建议", on_delete=models.CASCADE, related_name="outcomes"
    )
    what = models.CharField("办成了什么", max_length=10, choices=What)
    kind = models.CharField("转成哪类事", max_length=40, blank=True)
    target = models.UUIDField("转成哪件事", null=True)
    label = models.CharField("转成的叫什么", max_length=120, blank=True)
    reason = models.CharField("为什么不收", max_length=10, choices=HoldReason, blank=True)
    words = models.TextField("答复", blank=True)
    by = models.ForeignKey(
        Person, verbose_name="谁办的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    at = models.DateTimeField("什么时候")
    corrects = models.OneToOneField(
        "self", verbose_name="更正哪一次", null=True, on_delete=models.CASCADE,
        related_name="correction",
    )  # fmt: skip

    class Meta:
        verbose_name = "意见的去向"
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["kind", "target"], name="voices_voiceoutcome_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["voice"], condition=Q(corrects=None), name="voices_voiceoutcome_one_first"
            ),
            models.CheckConstraint(
                condition=~Q(what__in=WORDED) | ~Q(words=""),
                name="voices_voiceoutcome_answer_has_words",
            ),
            models.CheckConstraint(
                condition=(Q(what__in=LEADING) & Q(target__isnull=False))
                | (~Q(what__in=LEADING) & Q(target=None)),
                name="voices_voiceoutcome_leads_somewhere",
            ),
            models.CheckConstraint(
                condition=(Q(what=What.HELD) & ~Q(reason="")) | (~Q(what=What.HELD) & Q(reason="")),
                name="voices_voiceoutcome_held_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(What(self.what).label)

    @property
    def target_ref(self) -> Ref | None:
        """What it led to."""
        return Ref(self.kind, self.target, self.label) if self.target else None
