"""How many people each body has, kept as rolls change, so that no page counts a county."""

from django.db import models

from zhengyou.people.models.organisation import Organisation


class RollCount(models.Model):
    """The people of one body, by what else they belong to and what they are.

    ``numbers`` is a list of ``[bodies, standings, day, people]``: so many people more (or fewer)
    belong, from ``day`` on, to exactly these bodies (keys, the own one among them) and are of these
    standings. ``day`` null: on ``counted_on`` already. So each day from then on can be told without
    anybody writing at midnight; people are counted once however many bodies they are in, since
    every one of these has the same number; and the tree may change without changing anything here.
    Only ``actions.rolls`` writes. Without a row, or asked about a day before, pages count.
    """

    organisation = models.OneToOneField(
        Organisation, verbose_name="组织", on_delete=models.CASCADE, related_name="roll_count"
    )
    counted_on = models.DateField("从哪天起算")
    numbers = models.JSONField("人数", default=list)

    class Meta:
        verbose_name = "名册上的数"
