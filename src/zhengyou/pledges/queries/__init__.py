"""Read models: what the wall, the desk, the pages and the papers show. Nothing here writes."""

from zhengyou.pledges.queries.body import Counts, ItemRow, counts, item_rows
from zhengyou.pledges.queries.desk import todo_for, waiting_for
from zhengyou.pledges.queries.due import progress_due
from zhengyou.pledges.queries.tally import (
    Tally,
    bodies_below,
    first_bodies,
    items_public,
    standards,
    tally,
)
from zhengyou.pledges.queries.wall import Filters, Wall, wall

__all__ = [
    "Counts",
    "Filters",
    "ItemRow",
    "Tally",
    "Wall",
    "bodies_below",
    "counts",
    "first_bodies",
    "item_rows",
    "items_public",
    "progress_due",
    "standards",
    "tally",
    "todo_for",
    "waiting_for",
    "wall",
]
