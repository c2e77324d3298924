"""Models of the room."""

from zhengyou.problems.models.catalogue import (
    ANSWER_WITHIN,
    AUDIENCES,
    CLIMB_AFTER,
    DEADLINE_DAYS,
    CatalogueItem,
    MendingTerms,
    audience_word,
)

__all__ = [
    "ANSWER_WITHIN",
    "AUDIENCES",
    "CLIMB_AFTER",
    "DEADLINE_DAYS",
    "CatalogueItem",
    "MendingTerms",
    "audience_word",
]
