"""More time: asked for by whoever mends it, answered by the superior with a reason."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from zhengyou.kernel.states import Transition
from zhengyou.people.models import Person
from zhengyou.problems.models.problem import Problem


class ExtensionState(models.TextChoices):
    """Asked, then granted or refused; lapsed where the problem went on without it."""

    ASKED = "asked", "等上级批"
    GRANTED = "granted", "同意延期"
    REFUSED = "refused", "不同意延期"
    LAPSED = "lapsed", "不用批了"


class Extension(models.Model):
    """A wish for more time, and what the superior answered. One at a time."""

    TRANSITIONS = (
        Transition("grant", (ExtensionState.ASKED,), ExtensionState.GRANTED, "同意延期"),
        Transition("refuse", (ExtensionState.ASKED,), ExtensionState.REFUSED, "不同意延期"),
        Transition("lapse", (ExtensionState.ASKED,), ExtensionState.LAPSED, "不用批了"),
    )

    uid = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    problem = models.ForeignKey(
        Problem, verbose_name="问题", on_delete=models.CASCADE, related_name="extensions"
    )
    old_deadline = models.DateField("原来的期限")
    new_deadline = models.DateField("想延到哪天")
    why = models.CharField("为什么要延", max_length=500)
    asked_by = models.ForeignKey(
        Person, verbose_name="谁申请的", on_delete=models.PROTECT, related_name="+"
    )
    asked_hat = models.CharField("以什么身份申请", max_length=150)
    asked_at = models.DateTimeField("申请时间")
    state = models.CharField(
        "状态", max_length=10, choices=ExtensionState, default=ExtensionState.ASKED
    )
    answer = models.CharField("理由", max_length=500, blank=True)
    answered_by = models.ForeignKey(
        Person, verbose_name="谁批的", null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_hat = models.CharField("以什么身份批", max_length=150, blank=True)
    answered_at = models.DateTimeField("批的时间", null=True)

    class Meta:
        verbose_name = "延期"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["problem"], condition=Q(state=ExtensionState.ASKED.value),
                name="problems_extension_one_asked",
            ),
            models.CheckConstraint(
                condition=Q(new_deadline__gt=F("old_deadline")), name="problems_extension_later"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="problems_extension_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=[ExtensionState.GRANTED.value, ExtensionState.REFUSED.value])
                | (~Q(answer="") & Q(answered_by__isnull=False)),
                name="problems_extension_answered_with_reason",
            ),
        ]  # fmt: skip
