"""The editable part of the working-day calendar."""

from django.db import models


class SpecialDay(models.Model):
    """A day that works, or rests, otherwise than the built-in calendar says."""

    day = models.DateField("日期", unique=True)
    works = models.BooleanField("上班")
    title = models.CharField("名称", max_length=40)
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "特殊日子"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.title}（{'上班' if self.works else '休息'}）"
