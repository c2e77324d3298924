"""Until when a voice is to have an outcome: so many working days after the week it came in."""

from collections.abc import Collection
from datetime import date, timedelta

from zhengyou.kernel.workdays import add_workdays_to_each

WEEK = timedelta(days=6)
Pair = tuple[date, int]


def due_by_week(pairs: Collection[Pair]) -> dict[Pair, date]:
    """Return the last day in time for what came in that week, with so many working days to answer.

    No moment is known of a voice, so the days count from the Sunday of its week. The same queries,
    however many there are.
    """
    found = add_workdays_to_each([(week + WEEK, days) for week, days in pairs])
    return {(week, days): found[week + WEEK, days].day for week, days in pairs}
