"""Reads whole rows: raw cells to an :class:`Entry`, with everything that is wrong with them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from zhengyou.kernel import identity
from zhengyou.kernel.partial_dates import PartialDate
from zhengyou.people.models import CircumstanceKind, Gender, StandingKind
from zhengyou.people.roster import cells, consistency
from zhengyou.people.roster.columns import BY_KEY
from zhengyou.people.roster.layout import Layout, is_empty, text_of
from zhengyou.people.roster.workbook import Cell

SHOWN = 40  # characters of a cell that a finding quotes
KEPT = 20_000  # values of a column that are kept as read
_FEW = frozenset(BY_KEY) - {"name", "id_number", "phone", "landline", "address"}


class Place(NamedTuple):
    """A row of the file."""

    sheet: str
    row: int


class Finding(NamedTuple):
    """Something to be said about one cell.

    Args:
        column: letters as the workbook shows them; empty where the column is missing.
        title: heading of the column.
        value: what the cell holds; numbers that name a person are masked.
    """

    place: Place
    column: str
    title: str
    value: str
    problem: str
    remedy: str
    is_error: bool


@dataclass(slots=True)
class Entry:
    """A row that was read. Empty text and None mean: the file does not say.

    Args:
        id_born, id_gender: what the ID number tells; with ``birth`` and ``sex`` it completes
            somebody new, but it is no news about somebody known.
        born_is_first: 出生日期 is a date cell on the first of a month.
    """

    place: Place
    name: str = ""
    id_number: str = ""
    gender: Gender | None = None
    ethnicity: str = ""
    born: PartialDate | None = None
    education: str = ""
    standing: StandingKind | None = None
    branch: str = ""
    group: str = ""
    joined: PartialDate | None = None
    full: PartialDate | None = None
    work: str = ""
    phone: str = ""
    landline: str = ""
    address: str = ""
    status: CircumstanceKind | str | None = None
    lost: bool | None = None
    lost_on: PartialDate | None = None
    mobile: bool | None = None
    destination: str = ""
    born_is_first: bool = False
    id_born: PartialDate | None = None
    id_gender: Gender | None = None
    id_lookup: str = ""
    phone_lookup: str = ""
    branch_pk: int = 0
    group_pk: int = 0

    @property
    def birth(self) -> PartialDate | None:
        """The date of birth as precisely as the row tells."""
        return self.id_born or self.born

    @property
    def sex(self) -> Gender | None:
        """The gender, written or told by the ID number."""
        return self.gender or self.id_gender


READERS: dict[str, Callable[[Cell, cells.Say], Any]] = {
    "name": cells.name,
    "id_number": cells.id_number,
    "gender": cells.gender,
    "ethnicity": cells.ethnicity,
    "born": cells.partial_date,
    "education": cells.Words(30),
    "standing": cells.standing,
    "branch": cells.Words(200),
    "group": cells.Words(200),
    "joined": cells.partial_date,
    "full": cells.partial_date,
    "work": cells.Words(100),
    "phone": cells.phone,
    "landline": cells.landline,
    "address": cells.Words(200),
    "status": cells.status,
    "lost": cells.yes_or_no,
    "lost_on": cells.partial_date,
    "mobile": cells.yes_or_no,
    "destination": cells.Words(200),
}


@dataclass(slots=True)
class Notebook:
    """Collects what is to be said about one row; ``on(key)`` chooses the cell."""

    layout: Layout
    place: Place
    known: dict[str, Cell]
    findings: list[Finding] = field(default_factory=list)
    if_new: list[Finding] = field(default_factory=list)
    key: str = ""

    @property
    def faulty(self) -> bool:
        """Whether there is an error among the findings."""
        return any(finding.is_error for finding in self.findings)

    def on(self, key: str) -> "Notebook":
        """Return this notebook, opened at the column ``key``."""
        self.key = key
        return self

    def has_error_at(self, key: str) -> bool:
        """Tell whether an error was noted about the column ``key``."""
        title = self.title_of(key)
        return any(one.is_error and one.title == title for one in self.findings)

    def title_of(self, key: str) -> str:
        """Return the heading of the column ``key`` as this roster writes it."""
        return self.layout.titles.get(key, BY_KEY[key].title)

    def left_empty(self, key: str) -> bool:
        """Tell whether the roster has the column ``key`` and nothing stands in it here."""
        return key in self.known and is_empty(self.known[key])

    def __call__(self, problem: str, remedy: str) -> None:
        """Note an error of the chosen cell."""
        self.findings.append(self._finding(problem, remedy, is_error=True))

    def hint(self, problem: str, remedy: str) -> None:
        """Note something odd about the chosen cell."""
        self.findings.append(self._finding(problem, remedy, is_error=False))

    def hint_if_new(self, problem: str, remedy: str) -> None:
        """Note what is missing of somebody new; of somebody known an empty cell says nothing."""
        self.if_new.append(self._finding(problem, remedy, is_error=False))

    def _finding(self, problem: str, remedy: str, *, is_error: bool) -> Finding:
        return Finding(
            self.place,
            self.layout.letter_of(self.key),
            self.title_of(self.key),
            shown(self.key, self.known.get(self.key, "")),
            problem,
            remedy,
            is_error,
        )


def shown(key: str, cell: Cell) -> str:
    """Return a cell as findings may quote it: numbers masked, addresses left out."""
    text = text_of(cell)
    if not text or not BY_KEY[key].secret:
        return text[:SHOWN]
    if key == "address":
        return "（住址）"
    return identity.mask_id(text) if key == "id_number" else identity.mask_phone(text)


class RowReader:
    """Reads the rows of one table.

    Most columns have few different values, so those that were read without remark are kept.

    Args:
        today: dates after it are errors.
    """

    def __init__(self, layout: Layout, today: date) -> None:
        self._layout, self._today = layout, today
        self._read: dict[str, dict[str, Any]] = {key: {} for key in layout.places if key in _FEW}

    def read(self, row: int, known: dict[str, Cell]) -> tuple[Entry, Notebook]:
        """Read one row: every cell by itself, then what must agree with each other.

        Args:
            known: cells by column key, as :func:`layout.people_rows` yields them.
        """
        entry = Entry(Place(self._layout.sheet, row))
        notes = Notebook(self._layout, entry.place, known)
        for key, cell in known.items():
            if cell == "":
                cell_read = None if key != "name" else READERS[key](cell, notes.on(key))
            else:
                cell_read = self._value(key, cell, notes)
            if cell_read is not None:
                setattr(entry, key, cell_read)
        born = known.get("born")
        entry.born_is_first = isinstance(born, date) and born.day == 1
        entry.id_lookup = identity.lookup(entry.id_number, "id") if entry.id_number else ""
        entry.phone_lookup = identity.lookup(entry.phone, "phone") if entry.phone else ""
        consistency.check(entry, notes, self._today)
        return entry, notes

    def _value(self, key: str, cell: Cell, notes: Notebook) -> Any:
        kept = self._read.get(key)
        if kept is None or not isinstance(cell, str):
            return READERS[key](cell, notes.on(key))
        if cell in kept:
            return kept[cell]
        before = len(notes.findings)
        value = READERS[key](cell, notes.on(key))
        if len(notes.findings) == before and len(kept) < KEPT:
            kept[cell] = value
        return value
