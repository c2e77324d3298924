"""What changed between a returned text and its resubmission, word by word. Pure.

A Chinese text has no blanks between words: a run of digits or letters is one word, and so is each
character; unchanged scraps of one character between changes are folded into them, else a reader
sees confetti.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.S)
LABELS = {
    "kind": "种类",
    "criterion": "对照的标准",
    "programme": "结合的专项工作",
    "service_post": "照着的岗位",
    "text": "承诺的事",
    "baseline": "起点",
    "baseline_note": "起点说明",
    "target": "目标",
    "unit": "单位",
    "due_on": "哪天做到",
    "beneficiary": "谁受益",
}
"""The fields of ``PledgeItem.content``, in the order in which one reads them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that was taken away (``gone``), put in its place (``new``), or neither."""

    gone: str = ""
    new: str = ""
    same: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that reads differently now."""

    label: str
    parts: tuple[Part, ...]


def parts_of(old: str, new: str) -> tuple[Part, ...]:
    """Return how ``old`` became ``new``. Joined, gone and same parts give ``old`` back, new and
    same ones give ``new``."""
    a, b = _WORD.findall(old), _WORD.findall(new)
    found: list[Part] = []
    for how, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        before, after = "".join(a[a1:a2]), "".join(b[b1:b2])
        if how == "equal":
            found.append(Part(same=before))
        else:
            found.append(Part(gone=before, new=after))
    return tuple(_folded(found))


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> list[Change]:
    """Return the fields that differ between two ``PledgeItem.content``, in reading order."""
    return [
        Change(label, parts_of(old.get(field, ""), new.get(field, "")))
        for field, label in LABELS.items()
        if old.get(field, "") != new.get(field, "")
    ]


def _folded(parts: list[Part]) -> list[Part]:
    """Merge single unchanged characters that stand between two changes into one change."""
    found: list[Part] = []
    for place, part in enumerate(parts):
        between = 0 < place < len(parts) - 1
        scrap = part.same if between and len(part.same) == 1 else ""
        change = Part(part.gone + scrap, part.new + scrap) if scrap or not part.same else part
        last = found[-1] if found else None
        if last and not last.same and not change.same:
            found[-1] = Part(last.gone + change.gone, last.new + change.new)
        else:
            found.append(change)
    return found
