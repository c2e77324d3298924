"""Read models: threads for public pages, counts for lists, opinions for papers, errands."""

from zhengyou.remarks.queries.desk import todo_for, waiting_for
from zhengyou.remarks.queries.talk import (
    Opinions,
    Said,
    Tally,
    Thread,
    opinions,
    tallies,
    thread,
)

__all__ = [
    "Opinions",
    "Said",
    "Tally",
    "Thread",
    "opinions",
    "tallies",
    "thread",
    "todo_for",
    "waiting_for",
]
