"""One page looks up the codes of all receipts: rooms say what stands under a code.

finders.register("voices", finder)     # site calls this; finder(plain code) → Found or None
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Found:
    """What the holder of a code reads: a page on which nobody is known."""

    template: str
    context: Mapping[str, Any]


Finder = Callable[[str], Found | None]
_finders: dict[str, Finder] = {}


def register(room: str, finder: Finder) -> None:
    """Have ``room`` look for codes, too; doing it twice changes nothing."""
    _finders[room] = finder


def look_up(code: str) -> Found | None:
    """Return what stands under a plain code in any room, or None."""
    for finder in _finders.values():
        found = finder(code)
        if found is not None:
            return found
    return None
