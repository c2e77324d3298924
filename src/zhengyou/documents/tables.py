"""Tables: fixed columns across the type area, the head on every page, no row cut in two."""

from collections.abc import Sequence
from itertools import pairwise

from .blocks import Alignment, Table
from .markup import Element, el, paragraph, switch
from .profile import Profile
from .text import width

#: What a column needs besides its text, in characters: the margins of a cell and some air.
_AIR = 1.2
_NARROWEST = 3.0
#: Columns whose cells are all this short are centred.
_SHORT = 8
_ROW_HEIGHT = 1.9  # of the type size, at least


def table(data: Table, profile: Profile) -> Element:
    """Return ``data`` as ``w:tbl``."""
    in_line = profile.text_width / 20 / profile.table_size
    widths = _twips(_shares(data, in_line), profile.text_width)
    head = _row(data.head, widths, ["center"] * len(widths), profile, head=True)
    sides = _sides(data)
    rows = [_row(row, widths, sides, profile) for row in data.rows]
    properties = el(
        "tblPr",
        el("tblStyle", val="DocumentTable"),
        el("tblW", w=sum(widths), type="dxa"),
        el("jc", val="center"),
        el("tblLayout", type="fixed"),
        el("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1,
           noVBand=1),
    )  # fmt: skip
    return el("tbl", properties, el("tblGrid", *(el("gridCol", w=w) for w in widths)), head, *rows)


def _columns(data: Table) -> list[list[float]]:
    """Return the widths of the longest line of every cell, column by column, head first."""
    rows = [data.head, *data.rows]
    return [
        [max(width(line) for line in row[column].split("\n")) for row in rows]
        for column in range(len(data.head))
    ]


def _shares(data: Table, in_line: float) -> list[float]:
    """Return shares of the width: those asked for, or what each column's text needs.

    Where there is not room for all, the widest columns give way and short ones stay whole.
    """
    if data.widths is not None:
        return [float(share) for share in data.widths]
    needs = [max(*cells, _NARROWEST) + _AIR for cells in _columns(data)]
    room, left = in_line, len(needs)
    for need in sorted(needs):
        if need * left >= room:
            return [min(other, room / left) for other in needs]
        room, left = room - need, left - 1
    return needs


def _twips(shares: Sequence[float], total: int) -> list[int]:
    """Divide ``total`` by ``shares`` without losing a twip to rounding."""
    whole = sum(shares)
    edges = [round(total * sum(shares[:i]) / whole) for i in range(len(shares) + 1)]
    return [max(right - left, 1) for left, right in pairwise(edges)]


def _sides(data: Table) -> list[Alignment]:
    if data.align is not None:
        return list(data.align)
    return ["center" if max(cells) <= _SHORT else "left" for cells in _columns(data)]


def _row(
    cells: Sequence[str],
    widths: Sequence[int],
    sides: Sequence[Alignment],
    profile: Profile,
    *,
    head: bool = False,
) -> Element:
    height = round(profile.table_size * 20 * _ROW_HEIGHT)
    properties = [switch("cantSplit"), el("trHeight", val=height, hRule="atLeast")]
    if head:
        properties.append(switch("tblHeader"))
    style = "TableHead" if head else "TableText"
    parts = zip(cells, widths, sides, strict=True)
    return el("tr", el("trPr", *properties), *(_cell(c, w, s, style) for c, w, s in parts))


def _cell(text: str, share: int, side: Alignment, style: str) -> Element:
    properties = el("tcPr", el("tcW", w=share, type="dxa"), el("vAlign", val="center"))
    return el("tc", properties, paragraph(style, text, properties=[el("jc", val=side)]))
