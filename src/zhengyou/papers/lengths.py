"""How long a summary is, and for which kinds of material that is too long: told, never a bar."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhengyou import documents
from zhengyou.papers.blocks import Grid, Part, Summary


@dataclass(frozen=True, slots=True)
class Limit:
    """What a kind of material should not pass."""

    kind: str
    most: int
    passed: bool


@dataclass(frozen=True, slots=True)
class Length:
    """The 字数 of a summary.

    Args:
        count: of all of it.
        rest: without the part that is being written.
    """

    count: int
    rest: int = 0

    @property
    def limits(self) -> list[Limit]:
        """The limits, the smaller one first."""
        rows = sorted(documents.LENGTH_LIMITS.items(), key=lambda pair: pair[1])
        return [Limit(kind, most, self.count > most) for kind, most in rows]

    @property
    def too_long(self) -> bool:
        """Whether any limit is passed."""
        return any(limit.passed for limit in self.limits)


def length_of(summary: Summary, part: Sequence[Part] = ()) -> Length:
    """Return how long ``summary`` is, and without ``part``."""
    whole = documents.body_length(summary.document())
    return Length(whole, whole - sum(map(_length, part)))


def _length(part: Part) -> int:
    """Count a part without what the writer does not touch: caption and head of a table."""
    if isinstance(part, Grid):
        return sum(documents.count_characters(cell) for row in part.plain for cell in row)
    return documents.count_characters(part.plain)
