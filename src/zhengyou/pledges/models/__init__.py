"""Pledges: the rule, the pledge, its items, their reviews and their progress."""

from zhengyou.pledges.models.item import ALIVE, TO_SEND, PledgeItem
from zhengyou.pledges.models.pledge import Exemption, Pledge
from zhengyou.pledges.models.progress import Progress
from zhengyou.pledges.models.review import ItemReview, Question, ReviewDraft
from zhengyou.pledges.models.rule import ItemKind, PledgeRule

__all__ = [
    "ALIVE",
    "TO_SEND",
    "Exemption",
    "ItemKind",
    "ItemReview",
    "Pledge",
    "PledgeItem",
    "PledgeRule",
    "Progress",
    "Question",
    "ReviewDraft",
]
