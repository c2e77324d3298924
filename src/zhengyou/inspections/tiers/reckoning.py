"""Whether criteria hold, to which group that leads, and what would move a body. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhengyou.inspections.facts import Row, Shape
from zhengyou.inspections.tiers.words import Is, Side, Tier

_OPPOSITE = {
    Is.AT_LEAST: Is.LESS, Is.LESS: Is.AT_LEAST, Is.MORE: Is.AT_MOST, Is.AT_MOST: Is.MORE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what it is made of; of a rate, ``whole`` is of how many."""

    shape: Shape
    part: int
    whole: int

    @staticmethod
    def of(shape: Shape, rows: Sequence[Row]) -> "Number":
        """Return the sum of rows."""
        return Number(shape, sum(row.part for row in rows), sum(row.whole for row in rows))

    @property
    def known(self) -> bool:
        """Whether there is anything to compare."""
        return self.shape is Shape.COUNT or self.whole > 0

    @property
    def value(self) -> Fraction:
        """What is compared: percent of a rate, else the count."""
        if self.shape is Shape.COUNT:
            return Fraction(self.part)
        return Fraction(100 * self.part, self.whole)

    def text(self, unit: str) -> str:
        """Return it in words; a rate is never rounded over its threshold: it shows both numbers."""
        if not self.known:
            return "没有可算的"
        if self.shape is Shape.COUNT:
            return f"{self.part} {unit}"
        tenths = int(self.value * 10)
        percent = f"{tenths // 10}.{tenths % 10}" if tenths % 10 else f"{tenths // 10}"
        return f"{percent}%（{self.whole} {unit}里 {self.part} {unit}）"


def holds(number: Number, compare: Is, than: int) -> bool:
    """Tell whether a number that is known meets a comparison."""
    value = number.value
    if compare == Is.AT_LEAST:
        return value >= than
    if compare == Is.MORE:
        return value > than
    return value <= than if compare == Is.AT_MOST else value < than


def opposite(compare: Is) -> Is:
    """Return the comparison that holds where this one does not."""
    return _OPPOSITE[compare]


def missing(number: Number, compare: Is, than: int) -> int | None:
    """Return by how many things ``part`` has to change so that the comparison holds: to be added
    (positive) or taken away (negative); 0: it holds. None: no number of them would do."""
    whole = number.whole
    if number.shape is Shape.COUNT:
        edge, most = Fraction(than), None
    else:
        edge, most = Fraction(than * whole, 100), whole
    if holds(number, compare, than):
        return 0
    if compare in (Is.AT_LEAST, Is.MORE):
        target = -(-edge.numerator // edge.denominator)  # rounded up
        target += compare == Is.MORE and target == edge
        return None if most is not None and target > most else target - number.part
    target = edge.numerator // edge.denominator
    target -= compare == Is.LESS and target == edge
    return None if target < 0 else target - number.part


@dataclass(frozen=True, slots=True)
class Mark:
    """How a body stands to one criterion; ``met`` None: there is nothing to compare."""

    side: Side
    number: Number
    compare: Is
    than: int

    @property
    def met(self) -> bool | None:
        """Whether the criterion holds of the body."""
        return holds(self.number, self.compare, self.than) if self.number.known else None

    @property
    def lacks(self) -> int | None:
        """What is missing to be better off: a leading criterion met, a lagging one no longer."""
        wanted = self.compare if self.side == Side.LEADING else opposite(self.compare)
        return missing(self.number, wanted, self.than) if self.number.known else 0


def tier_of(marks: Sequence[Mark], lagging_at: int) -> Tier:
    """Return the group of a body with these marks.

    Lagging goes first: at least ``lagging_at`` of the lagging criteria hold. Leading: all leading
    criteria that can be compared hold, and there is one. Nothing to compare at all: not told.
    """
    known = [mark for mark in marks if mark.met is not None]
    if not known:
        return Tier.UNKNOWN
    if sum(bool(mark.met) for mark in known if mark.side == Side.LAGGING) >= lagging_at:
        return Tier.LAGGING
    leading = [mark.met for mark in known if mark.side == Side.LEADING]
    return Tier.LEADING if leading and all(leading) else Tier.ORDINARY


@dataclass(frozen=True, slots=True)
class Move:
    """What would bring a body into the next group.

    Args:
        to: that group; marks: places of the criteria to be mended; enough: so many of them do.
    """

    to: Tier
    marks: tuple[int, ...]
    enough: int


def next_move(marks: Sequence[Mark], lagging_at: int) -> Move | None:
    """Return what is missing to the next group; None where there is none above."""
    tier = tier_of(marks, lagging_at)
    if tier == Tier.LAGGING:
        bad = tuple(i for i, mark in enumerate(marks) if mark.side == Side.LAGGING and mark.met)
        mended = len(bad) - lagging_at + 1
        rest = [mark.met for mark in marks if mark.side == Side.LEADING and mark.met is not None]
        to = Tier.LEADING if rest and all(rest) else Tier.ORDINARY
        return Move(to, bad, mended)
    open_ones = tuple(
        i for i, mark in enumerate(marks) if mark.side == Side.LEADING and mark.met is False
    )
    if tier == Tier.ORDINARY and open_ones:
        return Move(Tier.LEADING, open_ones, len(open_ones))
    return None
