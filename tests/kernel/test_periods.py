"""Periods cover the calendar without gap or overlap, and read as people say them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.kernel.periods import Kind, check_terms, period_of, periods_between

pytestmark = pytest.mark.pure

TERMS = [("上学期", "09-01", "01-20"), ("下学期", "02-20", "07-05")]
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
plain_kinds = st.sampled_from([kind for kind in Kind if kind != Kind.TERM])


@pytest.mark.parametrize(
    ("kind", "day", "start", "last", "label"),
    [
        ("week", date(2026, 10, 16), date(2026, 10, 12), date(2026, 10, 18), "2026年第42周"),
        ("week", date(2027, 1, 3), date(2026, 12, 28), date(2027, 1, 3), "2026年第53周"),
        ("week", date(2024, 12, 30), date(2024, 12, 30), date(2025, 1, 5), "2025年第1周"),
        ("month", date(2024, 2, 29), date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
        ("quarter", date(2026, 9, 30), date(2026, 7, 1), date(2026, 9, 30), "2026年第三季度"),
        ("quarter", date(2026, 10, 1), date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        ("half-year", date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        ("half-year", date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        ("year", date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        ("term", date(2026, 3, 1), date(2026, 2, 20), date(2026, 7, 5), "2026年下学期"),
        ("term", date(2026, 9, 1), date(2026, 9, 1), date(2027, 1, 20), "2026—2027年上学期"),
        ("term", date(2027, 1, 20), date(2026, 9, 1), date(2027, 1, 20), "2026—2027年上学期"),
    ],
)
def test_a_day_has_its_period(kind, day, start, last, label):
    period = period_of(kind, day, TERMS)
    assert (period.start, period.last, str(period)) == (start, last, label)
    assert day in period
    assert period.end not in period


@pytest.mark.parametrize("day", [date(2027, 1, 21), date(2026, 2, 19), date(2026, 8, 31)])
def test_holidays_are_in_no_term(day):
    assert period_of("term", day, TERMS) is None


@given(plain_kinds, days)
def test_periods_touch_and_nothing_is_between(kind, day):
    period = period_of(kind, day)
    assert day in period
    assert period.next().start == period.end
    assert period.previous().end == period.start
    assert period.next().previous() == period == period.previous().next()
    assert period_of(kind, period.last) == period


@given(plain_kinds, days, st.integers(1, 400))
def test_periods_between_cover_the_span(kind, start, length):
    end = start + timedelta(days=length)
    found = list(periods_between(kind, start, end))
    assert start in found[0]
    assert end - timedelta(days=1) in found[-1]
    assert all(one.end == two.start for one, two in pairwise(found))


def test_terms_between_and_beside():
    found = list(periods_between("term", date(2026, 1, 20), date(2026, 9, 2), TERMS))
    assert [period.label for period in found] == [
        "2025—2026年上学期",
        "2026年下学期",
        "2026—2027年上学期",
    ]
    assert found[1].previous(TERMS) == found[0]
    assert found[1].next(TERMS) == found[2]
    assert list(periods_between("term", date(2026, 7, 6), date(2026, 9, 1), TERMS)) == []
    assert list(periods_between("month", date(2026, 7, 6), date(2026, 7, 6))) == []


def test_one_term_a_year_follows_itself():
    terms = [("学年", "09-01", "08-31")]
    period = period_of("term", date(2026, 3, 1), terms)
    assert (period.start, period.end) == (date(2025, 9, 1), date(2026, 9, 1))
    assert period.next(terms).start == date(2026, 9, 1)


def test_the_last_of_february_exists_every_year():
    terms = [("寒假班", "02-01", "02-29")]
    assert period_of("term", date(2026, 2, 28), terms).last == date(2026, 2, 28)
    assert period_of("term", date(2028, 2, 29), terms).last == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("terms", "word"),
    [
        ([("上学期", "9-1", "01-20")], "9-1"),
        ([("上学期", "09-31", "01-20")], "09-31"),
        ([("上学期", "09-01", "01-20"), ("上学期", "02-20", "07-05")], "名称相同"),
        ([("上学期", "09-01", "02-20"), ("下学期", "02-20", "07-05")], "重叠"),
        ([("上学期", "02-20", "09-01"), ("下学期", "09-01", "01-20")], "重叠"),
    ],
)
def test_terms_that_are_not_well_written(terms, word):
    verdict = check_terms(terms)
    assert not verdict
    assert word in verdict.reason


def test_terms_that_are_well_written():
    assert check_terms(TERMS)
    assert check_terms([("全年", "01-01", "12-31")])


def test_unknown_kinds_and_missing_terms_are_errors():
    with pytest.raises(ValueError, match="decade"):
        period_of("decade", date(2026, 1, 1))
    with pytest.raises(ValueError, match="terms"):
        period_of("term", date(2026, 1, 1))
