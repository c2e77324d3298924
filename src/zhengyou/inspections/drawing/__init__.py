"""The draw itself: a frozen text, a seed, and what follows from both. Pure; no database.

Its twin for the public is ``handout/draw_again.py``: written apart from this, so that each tests
the other.
"""

from zhengyou.inspections.drawing.listing import Entry, Frozen, Layer, Spoilt, digest_of, read
from zhengyou.inspections.drawing.picking import (
    HAND_MOST,
    LEAST_BITS,
    SeedWrong,
    bits_given,
    bits_needed,
    by_hand,
    dice_needed,
    drawn,
    ranked,
)

__all__ = [
    "HAND_MOST",
    "LEAST_BITS",
    "Entry",
    "Frozen",
    "Layer",
    "SeedWrong",
    "Spoilt",
    "bits_given",
    "bits_needed",
    "by_hand",
    "dice_needed",
    "digest_of",
    "drawn",
    "ranked",
    "read",
]
