"""What several chapters do."""

from collections.abc import Callable, Iterator

from zhengyou.papers import figures
from zhengyou.papers.blocks import Grid, Para, Part, Piece
from zhengyou.papers.counting import Counted
from zhengyou.papers.figures import FIGURES
from zhengyou.papers.records import Promise, Records
from zhengyou.pledges.models import ItemKind

MOST = 60
"""Rows of a table of bodies; with more, promises are counted by body."""
FEW = 9
"""Things that a table lists one by one; of more it has a few, by a rule that it names."""
EACH = 2
"""Promises of each kind that stand for many: the first that were made, never a choice."""


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
) -> Iterator[Part]:
    """List the promises of a figure. Many are summed up by criterion and the first of each kind
    listed; very many of several bodies are counted by body."""
    rows: list[Promise] = list(FIGURES[code].pick(records))
    if not rows:
        return
    by_body = len(rows) > MOST and bool(records.below)
    if len(rows) > FEW:
        yield _summed(records, code, "" if by_body else f"下表每类各列最先作出的{EACH}条。")
    if by_body:
        bodies = {str(row.item.pledge.organisation.uid): row.body for row in rows}
        counted = [(name, figures.within(code, uid).count(records)) for uid, name in bodies.items()]
        yield Grid(f"{code}_list", f"{caption}（按组织）", ("组织", "条数"), tuple(counted), (4, 1))
        return
    if len(rows) > FEW:
        caption, rows = f"{caption}（每类最先作出的{EACH}条）", first_of_each_kind(rows)
    yield Grid(f"{code}_list", caption, head, tuple(cells(row) for row in rows), widths)


def first_of_each_kind(rows: list[Promise]) -> list[Promise]:
    """Return the promises of each kind that were made first: the day never changes, so that a past
    day's paper names the same ones."""
    rows = sorted(rows, key=lambda row: (row.item.pledge.made_on, row.item.pledge_id))
    kinds = ([row for row in rows if row.item.kind == kind] for kind in ItemKind)
    return [row for of_kind in kinds for row in of_kind[:EACH]]


def _summed(records: Records, code: str, after: str) -> Para:
    """Say of how many criteria the promises of a figure are; each number leads to its rows."""
    pieces: list[Piece] = []
    for point in records.points:
        figure = figures.on_criterion(code, point.standard.code, point.code).count(records)
        if figure.value:
            pieces += ["、" if pieces else "其中对照", f"“{point.title}”的", figure]
    return Para(f"{code}_summed", (*pieces, "。" if pieces else "", after))
