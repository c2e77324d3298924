"""The ledger table as plain data: columns, cells, and what the query string asks for.

A view builds the columns, lets :func:`asked` read the query string, sorts and cuts its rows in the
database by ``table.sort``, and hands over cells. The tag ``ledger`` draws it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """A column.

    Args:
        key: its name in the query string, ASCII.
        title: its head, Chinese.
        sort: can the rows be sorted by it?
        number: are its cells figures (set flush right)?
        optional: may the reader hide it?
        shown: is it there unless the reader chooses otherwise?
        wide: does it wrap (the others stay on one line)?
    """

    key: str
    title: str
    sort: bool = False
    number: bool = False
    optional: bool = False
    shown: bool = True
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell.

    Args:
        text: what stands in it.
        url: where it leads.
        sub: small words behind the text.
        kind: a state's kind; the text becomes its label.
        act: keyword arguments of the tag ``act`` as a dict: a button (label, verdict, url, …).
    """

    text: object = ""
    url: str = ""
    sub: str = ""
    kind: str = ""
    act: Mapping[str, Any] | None = None


@dataclass(slots=True)
class Table:
    """What the tag ``ledger`` draws.

    Args:
        caption: what is listed, read out to those who cannot see the heading.
        columns: all of them; rows: mappings from a column's key to a :class:`Cell` or a value.
        sort: a column's key, "-" before it for descending, "" for the order as given.
        chosen: keys of the optional columns shown; None for those shown by default.
        excel_url: address of the same rows as a workbook.
        total: rows in all, shown beside the buttons; None leaves it out.
        empty: what is said where no row is.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]] = ()
    sort: str = ""
    chosen: frozenset[str] | None = None
    excel_url: str = ""
    total: int | None = None
    empty: str = "没有符合条件的。放宽条件再看看。"
    choices: list[Column] = field(init=False)

    def __post_init__(self) -> None:
        self.choices = [column for column in self.columns if column.optional]

    @property
    def shown(self) -> list[Column]:
        """Return the columns drawn."""
        return [column for column in self.columns if self.is_shown(column)]

    def is_shown(self, column: Column) -> bool:
        """Say whether ``column`` is drawn."""
        if not column.optional:
            return True
        return column.shown if self.chosen is None else column.key in self.chosen

    def order_of(self, column: Column) -> str:
        """Return ascending, descending or "" for ``aria-sort``."""
        if self.sort == column.key:
            return "ascending"
        return "descending" if self.sort == f"-{column.key}" else ""

    def next_sort(self, column: Column) -> str:
        """Return the sort that a press on the column's head asks for: up, down, as it was."""
        turns = {"": column.key, "ascending": f"-{column.key}", "descending": ""}
        return turns[self.order_of(column)]

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Return each row as its drawn cells."""
        return [[(c, _cell(row.get(c.key, ""))) for c in self.shown] for row in self.rows]


def asked(columns: Sequence[Column], query: Any) -> tuple[str, frozenset[str] | None]:
    """Return (sort, chosen) from a query string, keeping only what the columns allow.

    Args:
        columns: the table's columns.
        query: ``request.GET``. ``cols`` lists the optional columns; empty ``cols`` hides them all.
    """
    sort = str(query.get("sort", ""))
    if sort.removeprefix("-") not in {column.key for column in columns if column.sort}:
        sort = ""
    if "cols" not in query:
        return sort, None
    optional = {column.key for column in columns if column.optional}
    return sort, frozenset(query.getlist("cols")) & optional


def _cell(value: object) -> Cell:
    return value if isinstance(value, Cell) else Cell(text="" if value is None else value)
