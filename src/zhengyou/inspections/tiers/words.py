"""The words of 抓两头带中间."""

from django.db import models

NEW_DAYS = 90
"""So young a body is not told apart."""


class Side(models.TextChoices):
    """Which end a criterion marks."""

    LEADING = "leading", "先进"
    LAGGING = "lagging", "落后"


class Is(models.TextChoices):
    """How a number is compared with the threshold."""

    AT_LEAST = "ge", "不低于"
    MORE = "gt", "超过"
    AT_MOST = "le", "不超过"
    LESS = "lt", "低于"


class Tier(models.TextChoices):
    """The group of a body. Within a group nobody is before anybody."""

    LEADING = "leading", "先进"
    ORDINARY = "ordinary", "一般"
    LAGGING = "lagging", "落后"
    UNKNOWN = "unknown", "还不能分"


BADGES = {Tier.LEADING: "done", Tier.ORDINARY: "doing", Tier.LAGGING: "late", Tier.UNKNOWN: "off"}
"""Which badge a group has."""
