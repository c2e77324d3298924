"""A problem that was not finished in an earlier campaign and goes on in a later one."""

from django.db import models
from django.db.models import F

from zhengyou.people.models import Person
from zhengyou.problems.models.problem import Problem


class TakenOver(models.Model):
    """``old`` keeps its history and ends as 转入新活动; ``new`` begins where it was found."""

    old = models.OneToOneField(
        Problem, verbose_name="原来的问题", on_delete=models.CASCADE, related_name="went_on"
    )
    new = models.OneToOneField(
        Problem, verbose_name="接着改的问题", on_delete=models.CASCADE, related_name="came_from"
    )
    by = models.ForeignKey(
        Person, verbose_name="谁接的", on_delete=models.PROTECT, related_name="+"
    )
    hat = models.CharField("以什么身份", max_length=150)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "接过来的问题"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(old=F("new")), name="problems_takenover_two")
        ]
