"""A sketch of each submitted text, by which near-identical ones are found without a scan."""

from django.db import models

from zhengyou.campaigns.models import Campaign
from zhengyou.pledges.models.item import PledgeItem


class TextSketch(models.Model):
    """One band of an item's sketch: texts that share a band are worth comparing.

    See ``pledges.likeness``, which makes the bands and compares the texts.
    """

    item = models.ForeignKey(
        PledgeItem, verbose_name="条目", on_delete=models.CASCADE, related_name="sketch"
    )
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    band = models.BigIntegerField("特征")

    class Meta:
        verbose_name = "文字特征"
        indexes = [models.Index(fields=["campaign", "band"], name="pledges_sketch_band")]
