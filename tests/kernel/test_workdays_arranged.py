"""Deadlines over two real years, with National Day, the Spring Festival, 1 May and 调休.

The arrangement stands here as the State Council's general office announced it for 2025 and 2026,
typed by hand, so that the calendar of the product is not compared with itself.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from zhengyou.kernel.workdays import Due, add_workdays, day_kind, workdays_between

pytestmark = pytest.mark.django_db

OFF = {  # festival → first and last day off
    "元旦 2025": (date(2025, 1, 1), date(2025, 1, 1)),
    "春节 2025": (date(2025, 1, 28), date(2025, 2, 4)),
    "清明 2025": (date(2025, 4, 4), date(2025, 4, 6)),
    "劳动节 2025": (date(2025, 5, 1), date(2025, 5, 5)),
    "端午 2025": (date(2025, 5, 31), date(2025, 6, 2)),
    "国庆中秋 2025": (date(2025, 10, 1), date(2025, 10, 8)),
    "元旦 2026": (date(2026, 1, 1), date(2026, 1, 3)),
    "春节 2026": (date(2026, 2, 15), date(2026, 2, 23)),
    "清明 2026": (date(2026, 4, 4), date(2026, 4, 6)),
    "劳动节 2026": (date(2026, 5, 1), date(2026, 5, 5)),
    "端午 2026": (date(2026, 6, 19), date(2026, 6, 21)),
    "中秋 2026": (date(2026, 9, 25), date(2026, 9, 27)),
    "国庆 2026": (date(2026, 10, 1), date(2026, 10, 7)),
}
MADE_UP = {  # Saturdays and Sundays that work
    date(2025, 1, 26), date(2025, 2, 8), date(2025, 4, 27), date(2025, 9, 28), date(2025, 10, 11),
    date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20),
    date(2026, 10, 10),
}  # fmt: skip
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


def days(first: date, last: date) -> Iterator[date]:
    """Both ends included."""
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)


FESTIVE = {day for first, last in OFF.values() for day in days(first, last)}
WORKING = [
    day for day in days(FIRST, LAST) if day in MADE_UP or (day.weekday() < 5 and day not in FESTIVE)
]


def test_the_table_is_one_that_can_be_believed() -> None:
    """The law gives 13 days since 2025; whatever weekday is off beyond them is made up for."""
    assert all(day.weekday() >= 5 for day in MADE_UP) and not MADE_UP & FESTIVE
    for year in (2025, 2026):
        weekdays = sum(day.year == year and day.weekday() < 5 for day in FESTIVE)
        assert weekdays - sum(day.year == year for day in MADE_UP) == 13
        assert sum(day.year == year for day in WORKING) == 248


def test_every_day_of_both_years_works_or_rests_as_arranged() -> None:
    wrong = [day for day in days(FIRST, LAST) if day_kind(day).works != (day in set(WORKING))]
    assert wrong == []


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        # National Day 2026: Sunday 20 September and Saturday 10 October work.
        (date(2026, 9, 18), 1, date(2026, 9, 20)),
        (date(2026, 9, 18), 5, date(2026, 9, 24)),
        (date(2026, 9, 18), 10, date(2026, 10, 9)),
        (date(2026, 9, 24), 3, date(2026, 9, 30)),
        (date(2026, 9, 24), 4, date(2026, 10, 8)),
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),
        (date(2026, 10, 3), 1, date(2026, 10, 8)),
        (date(2026, 9, 16), 15, date(2026, 10, 13)),
        (date(2026, 10, 10), 5, date(2026, 10, 16)),
        # National Day 2025 with Mid-Autumn: Sunday 28 September and Saturday 11 October work.
        (date(2025, 9, 26), 1, date(2025, 9, 28)),
        (date(2025, 9, 26), 3, date(2025, 9, 30)),
        (date(2025, 9, 26), 4, date(2025, 10, 9)),
        (date(2025, 9, 30), 5, date(2025, 10, 14)),
        # The Spring Festival 2025 and 2026.
        (date(2025, 1, 24), 1, date(2025, 1, 26)),
        (date(2025, 1, 24), 3, date(2025, 2, 5)),
        (date(2025, 1, 24), 6, date(2025, 2, 8)),
        (date(2025, 1, 24), 7, date(2025, 2, 10)),
        (date(2026, 2, 13), 2, date(2026, 2, 24)),
        (date(2026, 2, 13), 6, date(2026, 2, 28)),
        (date(2026, 2, 13), 7, date(2026, 3, 2)),
        # 1 May 2025 and 2026.
        (date(2025, 4, 25), 1, date(2025, 4, 27)),
        (date(2025, 4, 25), 5, date(2025, 5, 6)),
        (date(2026, 4, 30), 1, date(2026, 5, 6)),
        (date(2026, 4, 30), 4, date(2026, 5, 9)),
        (date(2026, 4, 30), 5, date(2026, 5, 11)),
        # The turn of the year, of which the new one is arranged: Sunday 4 January works.
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
        (date(2025, 12, 31), 6, date(2026, 1, 9)),
    ],
)
def test_deadlines_that_are_known_by_heart(start: date, count: int, due: date) -> None:
    assert add_workdays(start, count) == Due(due, provisional=False)
    assert workdays_between(start, due) == count


def test_deadlines_from_every_day_around_the_festivals_as_counted_on_paper() -> None:
    wrong = []
    for name, (first, last) in OFF.items():
        if name.startswith(("春节", "劳动节", "国庆")):
            for start in days(first - timedelta(days=12), last + timedelta(days=8)):
                later = [day for day in WORKING if day > start]
                for count in (1, 5, 12):
                    if add_workdays(start, count).day != later[count - 1]:
                        wrong.append((name, start, count))
    assert wrong == []


@pytest.mark.parametrize(
    ("start", "count", "due", "provisional"),
    [
        (date(2026, 12, 28), 3, date(2026, 12, 31), False),
        (date(2026, 12, 28), 4, date(2027, 1, 4), True),  # 1 January is a festival by law
        (date(2026, 12, 18), 15, date(2027, 1, 11), True),
        # Only what the law fixes: 1 to 3 October, 1 and 2 May; a weekend in it is given after it.
        (date(2027, 9, 30), 1, date(2027, 10, 6), True),
        (date(2027, 4, 30), 1, date(2027, 5, 5), True),
    ],
)
def test_a_deadline_in_a_year_not_arranged_says_so(start, count, due, provisional) -> None:
    assert add_workdays(start, count) == Due(due, provisional)
