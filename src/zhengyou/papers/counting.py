"""What a number is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhengyou.papers.records import Records
from zhengyou.papers.rules import Reader


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure: cells of text and the page of the thing, if it has one."""

    cells: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A kind of number.

    Args:
        code: stable ASCII name, part of the address of its rows.
        label: what is counted, in Chinese: the heading of the page with the rows.
        unit: 名, 条, 个.
        columns: heads of the cells.
        pick: takes what is counted out of the records.
        row: shows one of them to a reader.
    """

    code: str
    label: str
    unit: str
    columns: tuple[str, ...]
    pick: Callable[[Records], Sequence[Any]]
    row: Callable[[Records, Any, Reader], Row]

    def count(self, records: Records) -> "Counted":
        """Return the figure with its value."""
        return Counted(self.code, self.label, len(self.pick(records)), self.unit)


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with its value, as it stands in a text."""

    code: str
    label: str
    value: int
    unit: str

    @property
    def words(self) -> str:
        """The number with its unit."""
        return f"{self.value:,}{self.unit}"
