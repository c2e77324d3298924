"""What the body answered. A correction keeps what it corrects."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.people.models import Person
from zhengyou.remarks.models.remark import Remark


class ReplyKind(models.TextChoices):
    """How a body answers."""

    ANSWER = "answer", "答复"
    NOTED = "noted", "记下了"


class Reply(models.Model):
    """One answer, or one correction of it. What holds is the one that nothing corrects."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    remark = models.ForeignKey(
        Remark, verbose_name="意见", on_delete=models.CASCADE, related_name="replies"
    )
    kind = models.CharField("怎么答的", max_length=10, choices=ReplyKind)
    text = models.TextField("答复", blank=True)
    answered_by = models.ForeignKey(
        Person, verbose_name="答复人", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    answered_at = models.DateTimeField("答复时间")
    corrects = models.OneToOneField(
        "self", verbose_name="更正哪一次", null=True, on_delete=models.CASCADE,
        related_name="correction",
    )  # fmt: skip

    class Meta:
        verbose_name = "答复"
        ordering = ["answered_at", "id"]
        indexes = [
            # Few are corrections: counted with all the others, SQLite would take the unique index
            # for useless and read the whole table.
            models.Index(
                fields=["corrects"],
                condition=Q(corrects__isnull=False),
                name="remarks_reply_corrected",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["remark"], condition=Q(corrects=None), name="remarks_reply_one_per_remark"
            ),
            models.CheckConstraint(
                condition=Q(kind=ReplyKind.NOTED) | ~Q(text=""),
                name="remarks_reply_says_something",
            ),
        ]
