"""Which problems of several bodies are likely the same one. Pure; a hint, never a verdict."""

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 60.0
"""Share of signs, in percent, from which on two titles are shown as likely the same."""
_NO_SIGN = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Titled:
    """A problem: whose it is, what it is called, and the item of the catalogue if any."""

    key: int
    body: int
    title: str
    item: Hashable = None


def likely_same(rows: Iterable[Titled]) -> list[list[int]]:
    """Return groups of keys, of at least two bodies each, the largest first: those of one item of
    the catalogue, then those whose titles read nearly the same."""
    by_item: dict[Hashable, list[Titled]] = {}
    rest: list[Titled] = []
    for row in rows:
        if row.item is None:
            rest.append(row)
        else:
            by_item.setdefault(row.item, []).append(row)
    groups = [*by_item.values(), *_alike(rest)]
    common = [group for group in groups if len({row.body for row in group}) > 1]
    common.sort(key=lambda group: (-len({row.body for row in group}), group[0].key))
    return [[row.key for row in group] for group in common]


def _alike(rows: list[Titled]) -> list[list[Titled]]:
    """Put each to the first group whose first title is like its own."""
    groups: list[tuple[str, list[Titled]]] = []
    for row in rows:
        words = _NO_SIGN.sub("", row.title).lower()
        for first, group in groups:
            if fuzz.ratio(first, words, score_cutoff=ALIKE):
                group.append(row)
                break
        else:
            groups.append((words, [row]))
    return [group for _, group in groups]
