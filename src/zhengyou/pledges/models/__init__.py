"""Pledges: the rule, the pledge, its items, their reviews, progress, outcome and supervision."""

from zhengyou.pledges.models.fulfilment import Confirmation, Fulfilment
from zhengyou.pledges.models.item import (
    ALIVE,
    TO_SEND,
    Outcome,
    PledgeItem,
    announced,
    in_public,
    to_review,
)
from zhengyou.pledges.models.likeness import TextSketch
from zhengyou.pledges.models.pledge import Exemption, Pledge
from zhengyou.pledges.models.progress import Progress
from zhengyou.pledges.models.review import ItemReview, Question, ReviewDraft
from zhengyou.pledges.models.rule import ItemKind, PledgeRule
from zhengyou.pledges.models.supervision import Step, SupervisionStep
from zhengyou.pledges.models.tally import WallTally

__all__ = [
    "ALIVE",
    "TO_SEND",
    "Confirmation",
    "Exemption",
    "Fulfilment",
    "ItemKind",
    "ItemReview",
    "Outcome",
    "Pledge",
    "PledgeItem",
    "PledgeRule",
    "Progress",
    "Question",
    "ReviewDraft",
    "Step",
    "SupervisionStep",
    "TextSketch",
    "WallTally",
    "announced",
    "in_public",
    "to_review",
]
