"""The error workbook: the uploaded rows where they stood, with what is wrong beside and in them.

The uploader's own file comes back, so the numbers in it are as they were typed.
"""

from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import xlsxwriter

from zhengyou.people.models import RosterFinding, RosterImport
from zhengyou.people.roster import layout
from zhengyou.people.roster.columns import BY_KEY, FAULTS_TITLE, letter
from zhengyou.people.roster.layout import Layout, text_of
from zhengyou.people.roster.reading import Reading
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.roster.workbook import Cell, Row, Sheet

COMMENTS = 5000  # beyond so many the column 问题 alone says it, or Excel gets slow
LIST_TITLE = "全部问题"
_TEXT, _DAY, _NUMBER = "@", "yyyy-mm-dd", "General"
_LOOKS: dict[str, dict[str, Any]] = {
    "": {},
    "wrong": {"bg_color": "#f6c8c2", "border": 1},
    "odd": {"bg_color": "#fbe7b8"},
}
_HEADINGS = ("工作表", "位置", "列", "写的是", "问题", "怎么改", "要不要改")


def write_faults(path: Path, roster: RosterImport, reading: Reading) -> None:
    """Write the sheets that were read, with findings, and a list of all findings."""
    with workbook(path) as book:
        for sheet, table in reading.tables:
            _Marked(book, roster, sheet, table).write()
        _write_list(book, roster)


class _Marked:
    """One sheet of the error workbook."""

    def __init__(
        self, book: xlsxwriter.Workbook, roster: RosterImport, sheet: Sheet, table: Layout
    ) -> None:
        self._sheet, self._table = sheet, table
        self._page = book.add_worksheet(sheet.name or "名册")
        self._styles = {
            (look, kind): book.add_format({"num_format": kind, **more})
            for look, more in _LOOKS.items()
            for kind in (_TEXT, _DAY, _NUMBER)
        }
        self._head = book.add_format({"bold": True, "bg_color": "#ece6dd"})
        self._why = book.add_format({"font_color": "#b3261e", "text_wrap": True})
        self._comments = 0
        rows = RosterFinding.objects.filter(roster=roster, sheet=sheet.name).order_by("row", "id")
        self._groups = groupby(rows.iterator(chunk_size=2000), key=lambda one: one.row)
        self._last, self._earlier = _room_for_faults(sheet, table)

    def write(self) -> None:
        """Write all rows at their numbers."""
        self._set_widths()
        people = layout.people_rows(self._sheet, self._table)
        person = next(people, None)
        findings = next(self._groups, None)
        for number, cells in self._sheet.rows():
            known: dict[str, Cell] = {}
            if person and person[0] == number:
                known, person = person[1], next(people, None)
            said: list[RosterFinding] = []
            if findings and findings[0] == number:
                said = list(findings[1])
                findings = next(self._groups, None)
            self._row(number - 1, self._completed(cells, known), said)
        self._page.freeze_panes(self._table.first_row - 1, 0)

    def _set_widths(self) -> None:
        for key, place in self._table.places.items():
            self._page.set_column(place, place, BY_KEY[key].width)
        self._page.set_column(self._last, self._last, 60)

    def _completed(self, cells: Row, known: dict[str, Cell]) -> Row:
        """Return the row with merged cells spelled out, as the import reads them."""
        row = cells + [""] * (self._sheet.width - len(cells))
        for key, cell in known.items():
            row[self._table.places[key]] = cell
        return row

    def _row(self, at: int, cells: Row, said: list[RosterFinding]) -> None:
        by_column: dict[str, list[RosterFinding]] = {}
        for finding in said:
            by_column.setdefault(finding.column, []).append(finding)
        for place, cell in enumerate(cells):
            if place != self._earlier:
                self._cell(at, place, cell, by_column.get(letter(place), []))
        if at == self._table.header_row - 1:
            self._page.write_string(at, self._last, FAULTS_TITLE, self._head)
        elif said:
            words = "；".join(f"{one.title}：{one.problem}{one.remedy}" for one in said)
            self._page.write_string(at, self._last, words, self._why)

    def _cell(self, at: int, place: int, cell: Cell, said: list[RosterFinding]) -> None:
        look = ""
        if said:
            look = "wrong" if any(one.is_error for one in said) else "odd"
            self._comment(at, place, said)
        if isinstance(cell, date | datetime):
            self._page.write_datetime(at, place, cell, self._styles[look, _DAY])
        elif isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < 1e15:
            self._page.write_number(at, place, cell, self._styles[look, _NUMBER])
        elif cell != "" or said:
            self._page.write_string(at, place, _as_typed(cell), self._styles[look, _TEXT])

    def _comment(self, at: int, place: int, said: list[RosterFinding]) -> None:
        if self._comments < COMMENTS:
            self._comments += 1
            words = "\n".join(f"{one.problem}{one.remedy}" for one in said)
            self._page.write_comment(at, place, words, {"x_scale": 2})


def _as_typed(cell: Cell) -> str:
    return cell if isinstance(cell, str) else text_of(cell)


def _room_for_faults(sheet: Sheet, table: Layout) -> tuple[int, int]:
    """Return the place of the column 问题, and that of an earlier one (-1: none)."""
    header = next(cells for number, cells in sheet.rows() if number == table.header_row)
    titles = [text_of(cell) for cell in header]
    if FAULTS_TITLE in titles:
        place = titles.index(FAULTS_TITLE)
        return place, place
    return sheet.width, -1


def _write_list(book: xlsxwriter.Workbook, roster: RosterImport) -> None:
    page = Page(book, LIST_TITLE)
    page.titles(_HEADINGS, (14, 8, 14, 22, 40, 60, 10))
    for one in roster.findings.order_by("sheet", "row", "id").iterator(chunk_size=2000):
        must = "必须改" if one.is_error else "请核对"
        page.row((one.sheet, one.cell, one.title, one.value, one.problem, one.remedy, must))
