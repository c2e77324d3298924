"""How many public items there are, kept as they change, so that no page counts them."""

from django.db import models

from zhengyou.campaigns.models import Campaign, Criterion
from zhengyou.people.models import Organisation
from zhengyou.pledges.models.rule import ItemKind

DOING, DONE, OVER, PLAN = "doing", "done", "over", "plan"
"""Where an item stands: not there yet; reached by value or confirmed as fulfilled; confirmed as not
or partly fulfilled; an intention put out for opinions."""


class WallTally(models.Model):
    """One number of the wall.

    Each public item is counted twice by criterion, kind, standing, day and outcome: for its body
    and for the whole campaign (``organisation`` None). The day is the month it is due in; of an
    intention the last one for opinions, so that the clock alone ends it. A row without ``kind`` is
    the sum of the body's or the campaign's promises; it alone counts the persons who made them.
    Bodies above are summed up by today's tree, so that a move of the tree changes nothing here.
    Only ``actions.tallies`` writes.
    """

    key = models.CharField("合起来的键", max_length=120, unique=True)
    campaign = models.ForeignKey(
        Campaign, verbose_name="活动", on_delete=models.CASCADE, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name="组织", null=True, on_delete=models.PROTECT, related_name="+"
    )
    criterion = models.ForeignKey(
        Criterion, verbose_name="对照的标准", null=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField("种类", max_length=10, choices=ItemKind, blank=True)
    state = models.CharField("到没到目标", max_length=5, blank=True)
    day = models.DateField("哪个月到期，或者征求意见到哪天", null=True)
    outcome = models.CharField("结果", max_length=10, blank=True)
    items = models.IntegerField("几条", default=0)
    persons = models.IntegerField("几人", default=0)

    class Meta:
        verbose_name = "承诺墙上的数"
        indexes = [
            models.Index(fields=["campaign", "organisation", "kind"]),
            models.Index(
                fields=["campaign", "kind", "organisation"], name="pledges_walltally_sums"
            ),
        ]
