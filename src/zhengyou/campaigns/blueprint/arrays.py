"""Writing a list anew without losing the comments between its values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from tree_sitter import Node

from zhengyou.campaigns.blueprint.writer import write_value

_SIGNS = ("[", "]", ",")


@dataclass(slots=True)
class _Entry:
    """A value of a list as it stands, the comments above it and the one behind it."""

    text: str
    above: list[str] = field(default_factory=list)
    behind: str = ""

    def lines(self, text: str | None = None) -> Iterator[str]:
        """Yield its lines, with another value in its place where one is given."""
        yield from self.above
        yield f"{self.text if text is None else text},{f' {self.behind}' if self.behind else ''}"

    def left_over(self) -> Iterator[str]:
        """Yield what remains when the value goes: what was said about it."""
        yield from self.above
        if self.behind:
            yield self.behind


def has_comments(array: Node) -> bool:
    """Tell whether there are comments between the values."""
    return any(child.type == "comment" for child in array.children)


def rewritten(array: Node, old: Sequence[Any], new: Sequence[Any]) -> str:
    """Return the list as TOML with the values ``new``: each comment stays with its value, and that
    of a value which is gone where it stood.

    Args:
        old: the values that stand there.
    """
    entries, tail = _entries(array)
    lines: list[str] = []
    steps = SequenceMatcher(None, list(map(repr, old)), list(map(repr, new)), autojunk=False)
    for _, a, b, c, d in steps.get_opcodes():
        kept, values = entries[a:b], new[c:d]
        for place in range(max(len(kept), len(values))):
            if place >= len(values):
                lines += kept[place].left_over()
            elif place >= len(kept):
                lines.append(f"{_written(values[place])},")
            else:
                same = repr(old[a + place]) == repr(values[place])
                lines += kept[place].lines(None if same else _written(values[place]))
    return "\n".join(["[", *(f"  {line}" for line in [*lines, *tail]), "]"])


def _written(value: Any) -> str:
    return write_value(value, 0, inline=True)


def _entries(array: Node) -> tuple[list[_Entry], list[str]]:
    """Return the values with their comments, and the comments behind the last line."""
    found: list[_Entry] = []
    above: list[str] = []
    last: Node | None = None
    for child in array.children:
        if child.type in _SIGNS:
            continue
        text = (child.text or b"").decode()
        if child.type != "comment":
            found.append(_Entry(text, above))
            above, last = [], child
        elif last is not None and child.start_point[0] == last.end_point[0]:
            found[-1].behind = text
        else:
            above.append(text)
    return found, above
