"""What changed between a text that was returned and its resubmission, word by word. Pure.

A Chinese text has no blanks between words: a run of digits or letters is one word, and so is each
character; unchanged scraps of one character between changes are folded into them, else a reader
sees confetti. ``climb/changes.html`` shows the parts.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|[^\S\n]+|.", re.S)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that was taken away (``gone``), put in its place (``new``), or neither."""

    gone: str = ""
    new: str = ""
    same: str = ""


def parts_of(old: str, new: str) -> tuple[Part, ...]:
    """Return how ``old`` became ``new``.

    Joined, gone and same parts give ``old`` back; new and same ones give ``new``.
    """
    a, b = _WORD.findall(old), _WORD.findall(new)
    found: list[Part] = []
    for how, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        before, after = "".join(a[a1:a2]), "".join(b[b1:b2])
        found.append(Part(same=before) if how == "equal" else Part(gone=before, new=after))
    return tuple(_folded(found))


def _folded(parts: list[Part]) -> list[Part]:
    """Merge single unchanged characters that stand between two changes into one change."""
    found: list[Part] = []
    for place, part in enumerate(parts):
        between = 0 < place < len(parts) - 1
        scrap = part.same if between and len(part.same) == 1 and part.same != "\n" else ""
        change = Part(part.gone + scrap, part.new + scrap) if scrap or not part.same else part
        last = found[-1] if found else None
        if last and not last.same and not change.same:
            found[-1] = Part(last.gone + change.gone, last.new + change.new)
        else:
            found.append(change)
    return found
