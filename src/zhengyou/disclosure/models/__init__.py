"""What is to be laid open, and what was."""

from zhengyou.disclosure.models.item import (
    DisclosedItem,
    DisclosedVersion,
    ItemState,
    standing,
)
from zhengyou.disclosure.models.topic import CATEGORY, Audience, DisclosureTopic

__all__ = [
    "CATEGORY",
    "Audience",
    "DisclosedItem",
    "DisclosedVersion",
    "DisclosureTopic",
    "ItemState",
    "standing",
]
