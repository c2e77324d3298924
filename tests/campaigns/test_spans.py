"""How blueprints write time, and the days that follow: months of every length, overlaps, years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.campaigns.blueprint.schedule import Timing, due_day, fits, schedule
from zhengyou.campaigns.blueprint.spans import (
    BeforeEnd,
    Nth,
    Span,
    parse_before_end,
    parse_nth,
    parse_span,
)
from zhengyou.kernel.verdict import Refused

pytestmark = pytest.mark.pure

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
SPANS = st.builds(Span, st.integers(0, 40), st.integers(0, 400)).filter(bool)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1个月", Span(months=1)),
        ("1月", Span(months=1)),
        ("1年6个月", Span(months=18)),
        ("3周", Span(days=21)),
        ("2个星期", Span(days=14)),
        ("10天", Span(days=10)),
        ("１０ 日", Span(days=10)),
        ("1个月10天", Span(1, 10)),
        ("一个月", None),
        ("0天", None),
        ("很久", None),
        ("", None),
    ],
)
def test_lengths_are_read(text, span):
    assert parse_span(text) == span


@given(SPANS)
def test_a_length_reads_back_as_it_is_written(span):
    assert parse_span(str(span)) == span


@given(st.integers(1, 999), st.sampled_from(["天", "周", "个月", "年"]))
def test_an_order_reads_back_as_it_is_written(number, unit):
    assert parse_nth(str(Nth(number, unit))) == Nth(number, unit)


@given(st.integers(0, 140))
def test_days_before_the_end_read_back_as_they_are_written(days):
    assert parse_before_end(str(BeforeEnd(days))) == BeforeEnd(days)


@pytest.mark.parametrize("text", ["第0天", "第一周", "第3", "3周", "结束前", "结束前1个月"])
def test_what_is_no_order_is_refused(text):
    assert parse_nth(text) is None
    assert parse_before_end(text) is None


@pytest.mark.parametrize(
    ("begins", "months", "last"),
    [
        # The last day of a span: the day before the same day of the month, or the month's end.
        (date(2026, 9, 1), 1, date(2026, 9, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 1, 28), 1, date(2026, 2, 27)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 8, 31), 2, date(2026, 10, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 1), 1, date(2026, 12, 31)),
    ],
)
def test_months_end_as_the_civil_code_has_it(begins, months, last):
    assert Span(months=months).after(begins) - timedelta(days=1) == last


@given(DAYS, SPANS, SPANS)
def test_a_longer_span_never_ends_earlier(begins, span, more):
    assert (span + more).after(begins) > span.after(begins) > begins


CHAIN = [
    ("a", "甲", Timing(lasts=Span(months=1))),
    ("b", "乙", Timing(after="a", lasts=Span(months=8))),
    ("c", "丙", Timing(after="b", lasts=Span(months=3))),
]


@given(DAYS)
def test_phases_in_a_row_touch_and_fill_the_year(begins):
    days = schedule(CHAIN, begins)
    assert days["a"][0] == begins
    for earlier, later in (("a", "b"), ("b", "c")):
        assert days[later][0] - days[earlier][1] == timedelta(days=1)
    assert days["c"][1] == Span(months=12).after(begins) - timedelta(days=1)


def test_a_short_february_does_not_shift_what_comes_after():
    days = schedule(CHAIN, date(2027, 1, 31))
    assert days["b"] == (date(2027, 3, 1), date(2027, 10, 30))


def test_phases_overlap_and_run_over_years():
    days = schedule(
        [
            ("mobilise", "动员", Timing(lasts=Span(months=2))),
            ("study", "学习", Timing(starts=Nth(1, "个月"), lasts=Span(months=3))),
            ("compete", "争创", Timing(starts=Nth(2, "个月"), lasts=Span(months=22))),
            ("sum-up", "总结", Timing(starts=Nth(3, "年"), lasts=Span(months=6))),
        ],
        date(2026, 7, 1),
    )
    assert days["mobilise"] == (date(2026, 7, 1), date(2026, 8, 31))
    assert days["study"] == (date(2026, 7, 1), date(2026, 9, 30))
    assert days["compete"] == (date(2026, 8, 1), date(2028, 5, 31))
    assert days["sum-up"] == (date(2028, 7, 1), date(2028, 12, 31))


def test_the_order_of_the_file_does_not_matter():
    assert schedule(CHAIN[::-1], date(2026, 9, 1)) == schedule(CHAIN, date(2026, 9, 1))


def test_fixed_days_stay_and_what_follows_hangs_on_them():
    days = schedule(
        [
            ("a", "甲", Timing(since=date(2026, 9, 10), until=date(2026, 9, 20))),
            ("b", "乙", Timing(after="a", lasts=Span(days=10))),
            ("c", "丙", Timing(after="b", until=date(2026, 12, 31))),
        ],
        date(2026, 9, 1),
    )
    assert days["b"] == (date(2026, 9, 21), date(2026, 9, 30))
    assert days["c"] == (date(2026, 10, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("timing", "said"),
    [
        (Timing(since=date(2026, 8, 1), lasts=Span(days=9)), "早于活动的开始日期 2026-09-01"),
        (
            Timing(starts=Nth(3, "个月"), until=date(2026, 10, 1)),
            "才开始，可是写着 2026-10-01 结束",
        ),
        (Timing(lasts=Span(months=120_000)), "太久以后了"),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(timing, said):
    with pytest.raises(Refused, match=said):
        schedule([("a", "甲", timing)], date(2026, 9, 1))


SEPTEMBER = date(2026, 9, 1), date(2026, 9, 30)


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (Nth(1, "周"), date(2026, 9, 7)),
        (Nth(5, "天"), date(2026, 9, 5)),
        (Nth(5, "周"), date(2026, 9, 30)),  # cut off: it ends with the phase
        (Nth(1, "个月"), date(2026, 9, 30)),
        (BeforeEnd(7), date(2026, 9, 23)),
        (BeforeEnd(0), date(2026, 9, 30)),
        (date(2026, 9, 10), date(2026, 9, 10)),
    ],
)
def test_tasks_are_due_within_their_phase(due, day):
    assert due_day(due, *SEPTEMBER) == day
    assert fits(due, Timing(lasts=Span(months=1)))


@pytest.mark.parametrize("due", [Nth(6, "周"), Nth(2, "个月"), Nth(32, "天"), BeforeEnd(31)])
def test_a_task_that_falls_outside_any_such_phase_does_not_fit(due):
    assert not fits(due, Timing(lasts=Span(months=1)))


@given(
    DAYS,
    st.integers(0, 500),
    st.integers(0, 500),
)
def test_days_chosen_by_hand_are_kept_as_a_relative_timing(begins, offset, length):
    starts_on = begins + timedelta(days=offset)
    ends_on = starts_on + timedelta(days=length)
    timing = Timing.from_values(Timing.fixed_by(begins, starts_on, ends_on).values)
    assert schedule([("a", "甲", timing)], begins) == {"a": (starts_on, ends_on)}
