"""Texts that read nearly the same. Pure.

A text is cut into grams of two characters; of these a small sketch is kept (min-hash in bands):
two texts that share most grams share a band almost surely, so that the few worth comparing are
found along an index, whatever the number of texts. Those are then compared sign by sign.
"""

import hashlib
import re
from functools import cache

from rapidfuzz import fuzz

GRAM = 2
BANDS = 8
"""Each of two minima: texts with 0.6 of their grams in common share one in 97 of 100 cases."""
ALIKE = 85.0
"""Share of signs, in percent, from which on two texts are shown as alike."""
_PRIME = (1 << 61) - 1
_NO_SIGN = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """Return the words alone, without spaces and punctuation."""
    return _NO_SIGN.sub("", text).lower()


def bands(text: str) -> list[int]:
    """Return the sketch of ``text``: whole numbers of 63 bits, none for a text without words."""
    words = plain(text)
    grams = {words[place : place + GRAM] for place in range(max(1, len(words) - GRAM + 1))} - {""}
    if not grams:
        return []
    values = [_number(gram) for gram in sorted(grams)]
    least = [min((a * value + b) % _PRIME for value in values) for a, b in _mixers()]
    return [_number(f"{band}:{least[2 * band]}:{least[2 * band + 1]}") for band in range(BANDS)]


def alike(one: str, other: str) -> bool:
    """Tell whether two texts read nearly the same."""
    return fuzz.ratio(plain(one), plain(other), score_cutoff=ALIKE) >= ALIKE


def _number(text: str) -> int:
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1


@cache
def _mixers() -> list[tuple[int, int]]:
    return [
        (_number(f"a{place}") % _PRIME or 1, _number(f"b{place}") % _PRIME)
        for place in range(2 * BANDS)
    ]
