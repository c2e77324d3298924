"""Award and appraisal cycles inside a campaign of several years."""

from django.db import models

from zhengyou.campaigns.models.campaign import Campaign


class Cycle(models.Model):
    """A cycle that repeats, such as 年度评比 each 1 July; ``cycles`` derives its dated rows."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="cycles")
    code = models.SlugField("代号", max_length=40)
    title = models.CharField("名称", max_length=60)
    months = models.PositiveSmallIntegerField("几个月一个周期")
    from_day = models.CharField("从哪天起（MM-DD）", max_length=5, blank=True)  # "": the first day
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "评比周期"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="campaigns_cycle_one_code")
        ]

    def __str__(self) -> str:
        return self.title
