"""What several chapters do."""

from collections.abc import Callable, Iterator

from zhengyou.papers import figures
from zhengyou.papers.blocks import Grid
from zhengyou.papers.counting import Counted
from zhengyou.papers.figures import FIGURES
from zhengyou.papers.records import Promise, Records

MOST = 60
"""Rows that a table lists one by one; with more it counts them by body."""


def count(records: Records, code: str) -> Counted:
    """Return the figure of ``code`` with its value."""
    return FIGURES[code].count(records)


def listed(
    records: Records,
    code: str,
    caption: str,
    head: tuple[str, ...],
    widths: tuple[float, ...],
    cells: Callable[[Promise], tuple[str, ...]],
) -> Iterator[Grid]:
    """List the rows of a figure; with more than :data:`MOST` count them by body."""
    rows: list[Promise] = list(FIGURES[code].pick(records))
    if len(rows) > MOST:
        bodies = {str(row.item.pledge.organisation.uid): row.body for row in rows}
        counted = [(name, figures.within(code, uid).count(records)) for uid, name in bodies.items()]
        yield Grid(f"{code}_list", f"{caption}（按组织）", ("组织", "条数"), tuple(counted), (4, 1))
    elif rows:
        yield Grid(f"{code}_list", caption, head, tuple(cells(row) for row in rows), widths)
