"""Programmes of the daily work that a campaign is tied to."""

from django.db import models

from zhengyou.campaigns.models.campaign import Campaign


class Programme(models.Model):
    """A programme that goals and records are tagged with (结合的专项工作)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="programmes")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "结合的专项工作"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"], name="campaigns_programme_one_code"
            )
        ]

    def __str__(self) -> str:
        return self.title
