"""Who let a remark through or held it back, and why. One row each time, never changed."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from zhengyou.people.models import Person
from zhengyou.remarks.models.remark import Remark, RemarkState


class HoldReason(models.TextChoices):
    """Why a remark is not shown. Disliking what it says is none of them."""

    ABUSE = "abuse", "有辱骂的话"
    PRIVACY = "privacy", "泄露了别人的隐私"
    OFF_TOPIC = "off_topic", "说的不是这件事"
    ADVERT = "advert", "是广告"
    REPEATED = "repeated", "和已有的意见重复"
    UNLAWFUL = "unlawful", "有法律不许公开的内容"


class Moderation(models.Model):
    """One decision about one remark."""

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    remark = models.ForeignKey(
        Remark, verbose_name="意见", on_delete=models.CASCADE, related_name="moderations"
    )
    state = models.CharField("怎么定的", max_length=10, choices=RemarkState)
    reason = models.CharField("为什么不公开", max_length=10, choices=HoldReason, blank=True)
    decided_by = models.ForeignKey(
        Person, verbose_name="谁定的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    decided_at = models.DateTimeField("什么时候定的")

    class Meta:
        verbose_name = "公开与否"
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=RemarkState.SHOWN, reason="")
                | (Q(state=RemarkState.HELD) & ~Q(reason="")),
                name="remarks_moderation_hold_has_reason",
            )
        ]
