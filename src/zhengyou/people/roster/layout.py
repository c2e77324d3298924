"""Finds the table inside a sheet: title above, header, merged cells, what stands below.

Real rosters have a title row, a two-line header, one merged 所在党支部 for thirty people, blank
rows, the header again on every printed page, and 填表人 at the bottom. None of it is an error;
what is left unread is noted, so that nobody's row vanishes without a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from zhengyou.kernel.texts import tidy_line
from zhengyou.people.roster.columns import (
    BY_KEY,
    UNREMARKED,
    is_own_title,
    key_of,
    letter,
    plain_title,
)
from zhengyou.people.roster.workbook import Area, Cell, Row, Sheet

SEARCHED = 30  # rows in which the header must stand
FEWEST = 2  # known headings that make a header
_FOOTER = re.compile(
    r"^((填表|填报|制表|制单|审核|核对|联系|单位负责)(人|单位|时间|日期)|支部书记签|书记签|(合|总|共|小)\s*计|"
    r"(备注|说明|注)\s*[:：]|(统计|截止|更新|填报)(时间|日期))|盖章|年\s*\d{0,2}\s*月\s*\d{0,2}\s*日$"
)


@dataclass(slots=True)
class Layout:
    """Where things stand in one sheet. Rows are numbered from 1, columns from 0."""

    sheet: str
    header_row: int
    first_row: int
    places: dict[str, int]
    unknown: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    headers_again: int = 0
    titles: dict[str, str] = field(default_factory=dict)

    def letter_of(self, key: str) -> str:
        """Return the letters of the column ``key``; empty where the sheet has none."""
        return letter(self.places[key]) if key in self.places else ""


def text_of(cell: Cell) -> str:
    """Return a cell as the words one sees, trimmed; whole numbers without a point."""
    if isinstance(cell, str):
        return tidy_line(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e20 else repr(cell)
    return str(cell)


def is_empty(cell: Cell) -> bool:
    """Tell whether nothing is to be seen in a cell. Asked a million times, so in two steps."""
    if not isinstance(cell, str):
        return False
    return not (cell and cell[0].isalnum()) and not tidy_line(cell)


def find(sheet: Sheet) -> Layout | None:
    """Return where the table of a sheet stands, or None where no header is to be found."""
    top: list[tuple[int, Row]] = []
    for number, cells in sheet.rows():
        top.append((number, cells))
        if number >= SEARCHED:
            break
    best, most = None, FEWEST - 1
    for number, cells in top:
        known = {key for key in map(key_of, _texts(cells)) if key}
        if len(known) > most:
            best, most = number, len(known)
    return _laid_out(sheet, best, dict(top)) if best else None


def _texts(cells: Row) -> list[str]:
    return [text_of(cell) for cell in cells]


def _laid_out(sheet: Sheet, header_row: int, rows: dict[int, Row]) -> Layout:
    """Read the headings; a header cell that is merged downwards makes the header two rows high."""
    depth = max(
        (
            area.bottom - area.top
            for area in sheet.areas
            if area.top == header_row - 1
            and area.bottom - area.top <= 2
            and area.left < len(rows[header_row])
            and key_of(text_of(rows[header_row][area.left]))
        ),
        default=0,
    )
    last = header_row + depth
    headings = _texts(rows[header_row])
    for number in range(header_row + 1, last + 1):
        for place, text in enumerate(_texts(rows.get(number, []))):
            if text and key_of(text):
                headings[place] = text
    layout = Layout(sheet.name, header_row, last + 1, {})
    _name_columns(layout, headings)
    return layout


def _name_columns(layout: Layout, headings: list[str]) -> None:
    """Give each known heading its place; of two that mean the same, our own title wins."""
    for place, heading in enumerate(headings):
        key = key_of(heading) if heading else None
        if key is None:
            if heading and plain_title(heading) not in UNREMARKED:
                layout.unknown.append(heading)
            continue
        taken = layout.places.get(key)
        if taken is None:
            layout.places[key], layout.titles[key] = place, heading
        elif is_own_title(heading) and not is_own_title(layout.titles[key]):
            layout.repeated.append(layout.titles[key])
            layout.places[key], layout.titles[key] = place, heading
        else:
            layout.repeated.append(heading)


def people_rows(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, dict[str, Cell]]]:
    """Yield row number and known cells of each row that is about somebody.

    What is left out is noted in ``layout.notes`` and ``layout.headers_again``, afresh each time.
    """
    layout.notes, layout.headers_again = [], 0
    spread = _Spread(sheet.areas, layout)
    for number, cells in sheet.rows():
        if number < layout.first_row:
            continue
        known = {
            key: cells[place] if place < len(cells) else "" for key, place in layout.places.items()
        }
        if _is_header_again(known):
            layout.headers_again += 1
            continue
        if all(is_empty(cell) for cell in known.values()):
            _note_lone(layout, number, cells)
            continue
        if _is_footer(known, cells) or _is_banner(sheet.areas, number, cells):
            first = next(text for text in _texts(cells) if text)
            layout.notes.append(f"第 {number} 行“{first[:20]}”不是人员，没有读。")
            continue
        spread.fill(number, known)
        yield number, known


def _is_header_again(known: dict[str, Cell]) -> bool:
    """Tell whether at least half of the known cells are their own headings."""
    name = known.get("name")
    if not isinstance(name, str) or key_of(name) != "name":
        return False
    same = sum(1 for key, cell in known.items() if isinstance(cell, str) and key_of(cell) == key)
    return same >= 2 and same * 2 >= len(known)


def _note_lone(layout: Layout, number: int, cells: Row) -> None:
    """Note a row that says something, but nothing in the known columns; bare numbers are none."""
    texts = [text for text in _texts(cells) if text and not text.isdigit()]
    if texts:
        layout.notes.append(f"第 {number} 行“{texts[0][:20]}”不是人员，没有读。")


def _is_footer(known: dict[str, Cell], cells: Row) -> bool:
    """Tell whether a row is a signature or a total: it begins like one and numbers nobody."""
    if not is_empty(known.get("id_number", "")):
        return False
    first = next((text for text in _texts(cells) if text and not text.isdigit()), "")
    name = text_of(known.get("name", ""))
    return bool(_FOOTER.search(first)) and (not name or bool(_FOOTER.search(name)))


def _is_banner(areas: list[Area], number: int, cells: Row) -> bool:
    """Tell whether a row is one wide merged cell, as “一、退休教师”."""
    if not areas:
        return False
    filled = [place for place, cell in enumerate(cells) if not is_empty(cell)]
    return len(filled) == 1 and any(
        area.top <= number - 1 <= area.bottom
        and area.left <= filled[0] <= area.right
        and area.right - area.left >= 2
        for area in areas
    )


class _Spread:
    """Lets a vertically merged cell count for every row it covers, in columns that spread."""

    def __init__(self, areas: list[Area], layout: Layout) -> None:
        key_at = {place: key for key, place in layout.places.items() if BY_KEY[key].spreads}
        self._waiting = sorted(
            (
                (area.top + 1, area.bottom + 1, key_at[area.left])
                for area in areas
                if area.bottom > area.top and area.left in key_at
            ),
            reverse=True,
        )
        self._open: dict[str, tuple[int, Cell | None]] = {}

    def fill(self, number: int, known: dict[str, Cell]) -> None:
        """Complete the known cells of row ``number``; rows come in order."""
        while self._waiting and self._waiting[-1][0] <= number:
            top, bottom, key = self._waiting.pop()
            if number <= bottom:
                self._open[key] = (bottom, known[key] if top == number else None)
        for key, (bottom, value) in list(self._open.items()):
            if number > bottom:
                del self._open[key]
            elif is_empty(known[key]):
                known[key] = "" if value is None else value
