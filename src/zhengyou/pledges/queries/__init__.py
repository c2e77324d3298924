"""Read models: what the wall, the desk, the pages and the papers show. Nothing here writes."""

from zhengyou.pledges.queries.body import Counts, ItemRow, counts, item_rows
from zhengyou.pledges.queries.desk import progress_due, todo_for, waiting_for
from zhengyou.pledges.queries.wall import Filters, Tally, Wall, standards, tally, wall

__all__ = [
    "Counts",
    "Filters",
    "ItemRow",
    "Tally",
    "Wall",
    "counts",
    "item_rows",
    "progress_due",
    "standards",
    "tally",
    "todo_for",
    "waiting_for",
    "wall",
]
