"""Workbooks we write: every value is written as what it is, texts as texts.

A name that begins with ``=`` stays a name, and an ID number keeps all its digits.
"""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhengyou.people.roster.columns import Column

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(path: Path, *, streaming: bool = True) -> xlsxwriter.Workbook:
    """Return a new workbook.

    Args:
        streaming: rows are written from above and forgotten, so that big rolls fit in memory.
    """
    return xlsxwriter.Workbook(
        str(path),
        {**_OPTIONS, "constant_memory": streaming, "tmpdir": str(path.parent)},
    )


class Page:
    """One sheet, filled from above."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self._book, self._page = book, book.add_worksheet(name)
        self._at = 0
        self._head = book.add_format(
            {"bold": True, "bg_color": "#ece6dd", "bottom": 1, "text_wrap": True}
        )
        self._text = book.add_format({"num_format": "@"})
        self._number = book.add_format({"num_format": "0"})

    def line(self, text: str, style: Format | None = None) -> None:
        """Write a line above the table."""
        self._page.write_string(self._at, 0, text, style)
        self._at += 1

    def header(self, columns: Sequence[Column]) -> None:
        """Write the headings of a roster."""
        self.titles([column.title for column in columns], [column.width for column in columns])

    def titles(self, titles: Sequence[str], widths: Sequence[int]) -> None:
        """Write headings, set widths (in characters), keep them in sight."""
        for place, (title, width) in enumerate(zip(titles, widths, strict=True)):
            self._page.set_column(place, place, width, self._text)
            self._page.write_string(self._at, place, title, self._head)
        self._at += 1
        self._page.freeze_panes(self._at, 1)

    def row(self, cells: Sequence[str | int]) -> None:
        """Write one row: texts as texts, whole numbers as numbers."""
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                self._page.write_number(self._at, place, cell, self._number)
            elif cell:
                self._page.write_string(self._at, place, cell, self._text)
        self._at += 1

    def comment(self, place: int, text: str) -> None:
        """Attach advice to a heading just written."""
        self._page.write_comment(self._at - 1, place, text, {"x_scale": 2})

    @property
    def sheet(self) -> Worksheet:
        """The sheet itself."""
        return self._page
