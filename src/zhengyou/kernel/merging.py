"""Two changes of one text put together: what somebody wrote and what the records say now. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

BAR = "｜"
"""What stands between the cells of a row."""
_CELL = re.compile(r"[^｜\n]+|[｜\n]")
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|[^\S\n]+|.", re.S)


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with both changes in it.

    Args:
        text: the result; where both had changed the same words, those of ``mine``.
        lost: the words of ``now`` that stand nowhere in it, because mine took their place.
    """

    text: str
    lost: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """Return a text in words: a number, a run of letters, or one character."""
    return _WORD.findall(text)


def merge(was: str, mine: str, now: str) -> Merged:
    """Apply what became of ``was`` in ``now`` to ``mine``, word by word."""
    return _merge(words_of(was), words_of(mine), words_of(now))


def merge_rows(was: str, mine: str, now: str) -> Merged:
    """Merge tables of a line a row: cell by cell, and row by row where that tears rows apart."""
    cells = _merge(*(_CELL.findall(text) for text in (was, mine, now)))
    widths = {line.count(BAR) for text in (was, mine, now) for line in text.split("\n") if line}
    if {line.count(BAR) for line in cells.text.split("\n") if line} <= widths:
        return cells
    # A last line without an end would differ from the same line further up.
    lines = (text and f"{text}\n" for text in (was, mine, now))
    rows = _merge(*(text.splitlines(keepends=True) for text in lines))
    return Merged(rows.text.removesuffix("\n"), rows.lost)


def _merge(base: Sequence[str], a: Sequence[str], b: Sequence[str]) -> Merged:
    in_a, in_b = _kept(base, a), _kept(base, b)
    text: list[str] = []
    lost: list[str] = []
    at = at_a = at_b = 0
    for stop in (*sorted(in_a.keys() & in_b.keys()), len(base)):
        to_a, to_b = in_a.get(stop, len(a)), in_b.get(stop, len(b))
        old, left, right = base[at:stop], a[at_a:to_a], b[at_b:to_b]
        text += right if left == old else left
        if left not in (old, right) and right != old:
            lost.append("".join(right))
        text += base[stop : stop + 1]
        at, at_a, at_b = stop + 1, to_a + 1, to_b + 1
    return Merged("".join(text), tuple(filter(None, lost)))


def _kept(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Return place in ``base`` → place in ``other`` of what is in both."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {row.a + i: row.b + i for row in blocks for i in range(row.size)}


def carried(was: str, text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int] | None]:
    """Return where stretches of ``was`` stand in ``text``: None where they were touched.

    Args:
        spans: first and last+1 place of each stretch, in characters.
    """
    old, new = words_of(was), words_of(text)
    kept = _kept(old, new)
    begins, starts = _places(old), _places(new)
    found: list[tuple[int, int] | None] = []
    for first, last in spans:
        words = [i for i, place in enumerate(begins) if first <= place < last]
        to = [kept.get(i) for i in words]
        whole = bool(to) and to[0] is not None and to == list(range(to[0], to[0] + len(to)))
        if whole and to[0] is not None:
            found.append((starts[to[0]], starts[to[0]] + last - first))
        else:
            found.append(None)
    return found


def _places(words: Sequence[str]) -> list[int]:
    places, at = [], 0
    for word in words:
        places.append(at)
        at += len(word)
    return places
