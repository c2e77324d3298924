"""Working days of China, with 调休, a table that overrides, and honesty about the future."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhengyou.kernel.models import SpecialDay
from zhengyou.kernel.workdays import (
    DayKind,
    Due,
    add_workdays,
    add_workdays_to_each,
    day_kind,
    is_arranged,
    workdays_between,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "works", "title"),
    [
        (date(2025, 1, 26), True, "调休上班"),  # Sunday before the Spring Festival
        (date(2025, 1, 28), False, "农历除夕"),
        (date(2025, 2, 4), False, "调休放假"),
        (date(2025, 2, 8), True, "调休上班"),
        (date(2025, 10, 6), False, "中秋节"),
        (date(2025, 10, 8), False, "调休放假"),
        (date(2025, 10, 9), True, ""),
        (date(2025, 10, 11), True, "调休上班"),
        (date(2026, 1, 2), False, "调休放假"),
        (date(2026, 1, 4), True, "调休上班"),
        (date(2026, 2, 14), True, "调休上班"),  # Saturdays of the Spring Festival
        (date(2026, 2, 28), True, "调休上班"),
        (date(2026, 2, 17), False, "春节"),
        (date(2026, 2, 22), False, "周日"),
        (date(2026, 2, 23), False, "调休放假"),
        (date(2026, 2, 24), True, ""),
        (date(2026, 4, 6), False, "清明节（补假）"),
        (date(2026, 9, 20), True, "调休上班"),
        (date(2026, 10, 7), False, "调休放假"),
        (date(2026, 10, 8), True, ""),
        (date(2026, 10, 17), False, "周六"),
    ],
)
def test_days_as_the_state_council_arranged_them(day, works, title):
    assert day_kind(day) == DayKind(works, title, provisional=False)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        (date(2026, 10, 12), 5, date(2026, 10, 19)),  # Monday: full on the next Monday
        (date(2026, 10, 10), 5, date(2026, 10, 16)),  # a Saturday that works is not counted
        (date(2026, 10, 11), 5, date(2026, 10, 16)),
        (date(2026, 9, 30), 5, date(2026, 10, 13)),  # over National Day, with 10 October
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 1, date(2026, 2, 24)),
        (date(2026, 10, 1), 0, date(2026, 10, 8)),
        (date(2026, 10, 8), 0, date(2026, 10, 8)),
    ],
)
def test_counting_begins_the_day_after(start, count, due):
    assert add_workdays(start, count) == Due(due, provisional=False)


@pytest.mark.parametrize("count", [-1, 1001])
def test_a_count_has_bounds(count):
    with pytest.raises(ValueError):
        add_workdays(date(2026, 10, 12), count)


def test_the_future_is_provisional_from_the_first_year_not_arranged():
    assert day_kind(date(2027, 6, 7)) == DayKind(True, "", provisional=True)
    assert day_kind(date(2027, 6, 12)) == DayKind(False, "周六", provisional=True)
    assert not is_arranged(2027)
    assert all(is_arranged(year) for year in range(2008, 2027))
    due = add_workdays(date(2026, 12, 30), 2)
    assert (due.provisional, str(due)) == (True, "2027年1月4日（暂定）")
    assert str(add_workdays(date(2026, 12, 30), 1)) == "2026年12月31日"


def test_festivals_fixed_by_law_rest_in_the_future_too():
    assert day_kind(date(2027, 10, 1)) == DayKind(False, "国庆节", provisional=True)
    assert day_kind(date(2031, 5, 1)).works is False


def test_the_table_overrides_both_ways_and_is_certain():
    SpecialDay.objects.create(day=date(2026, 10, 13), works=False, title="抗洪停工", basis="县令")
    SpecialDay.objects.create(day=date(2027, 1, 2), works=True, title="补班")
    assert day_kind(date(2026, 10, 13)) == DayKind(False, "抗洪停工", provisional=False)
    assert day_kind(date(2027, 1, 2)) == DayKind(True, "补班", provisional=False)
    assert add_workdays(date(2026, 10, 12), 1).day == date(2026, 10, 14)
    assert not is_arranged(2027)


def test_one_certain_day_does_not_make_those_before_it_certain():
    SpecialDay.objects.create(day=date(2027, 3, 3), works=True, title="县里定的上班日")
    assert add_workdays(date(2027, 3, 1), 2) == Due(date(2027, 3, 3), provisional=True)


def test_a_year_typed_into_the_table_is_arranged():
    SpecialDay.objects.create(day=date(2027, 10, 1), works=False, title="国庆节")
    assert not is_arranged(2027)
    SpecialDay.objects.create(day=date(2027, 10, 9), works=True, title="调休上班")
    assert is_arranged(2027)
    assert day_kind(date(2027, 6, 7)) == DayKind(True, "", provisional=False)


def test_counting_takes_the_same_queries_for_1_and_30_days(django_assert_num_queries):
    for count in (1, 30):
        with django_assert_num_queries(1):
            add_workdays(date(2026, 3, 2), count)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(2024, 1, 1), date(2027, 12, 31)), st.integers(1, 120))
def test_between_undoes_adding(db, start, count):
    due = add_workdays(start, count).day
    assert day_kind(due).works
    assert workdays_between(start, due) == count
    assert workdays_between(due, start) == -count
    assert workdays_between(start, due - timedelta(days=1)) == count - 1


def test_nothing_lies_between_a_day_and_itself():
    assert workdays_between(date(2026, 10, 12), date(2026, 10, 12)) == 0


def test_many_days_are_counted_as_each_of_them(db, django_assert_num_queries) -> None:
    """Around the National Day of 2026 and New Year 2027, which is not arranged yet."""
    days = [date(2026, 9, 20) + timedelta(days=n) for n in range(120)]
    pairs = [(day, count) for day in days for count in (0, 1, 5, 22)]
    with django_assert_num_queries(2):
        found = add_workdays_to_each(pairs)
    assert all(found[day, count] == add_workdays(day, count) for day, count in pairs)
