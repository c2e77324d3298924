"""Dates as clerks write them and as workbooks hold them; what is not known is not made up."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.kernel.partial_dates import (
    BadDate,
    PartialDate,
    Precision,
    parse,
)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1985.07", "1985年7月"),
        ("1985.7", "1985年7月"),
        ("1985.10", "1985年10月"),
        ("1985年7月", "1985年7月"),
        ("1985年07月", "1985年7月"),
        ("1985-07", "1985年7月"),
        ("1985/7", "1985年7月"),
        ("1985年7月3日", "1985年7月3日"),
        ("1985年7月3", "1985年7月3日"),
        ("1985-07-03", "1985年7月3日"),
        ("1985/7/3", "1985年7月3日"),
        ("1985.07.03", "1985年7月3日"),
        ("19850703", "1985年7月3日"),
        ("198507", "1985年7月"),
        ("1985", "1985年"),
        ("1985年", "1985年"),
        ("1985.00", "1985年"),  # shown so by a workbook: a year and nothing else
        ("１９８５．０７", "1985年7月"),
        ("１９８５年７月３日", "1985年7月3日"),
        (" 1985 年 7 月 ", "1985年7月"),
        ("1985\u3000.\u200b07", "1985年7月"),
        ("1985-07-03 00:00:00", "1985年7月3日"),
        ("1985-07-03T08:30", "1985年7月3日"),
        ("2024.2.29", "2024年2月29日"),
        (1985, "1985年"),
        (1985.0, "1985年"),
        (1985.07, "1985年7月"),
        (1985.12, "1985年12月"),
        (1985.2, "1985年2月"),
        (198507, "1985年7月"),
        (198507.0, "1985年7月"),
        (19850703.0, "1985年7月3日"),
        (31229, "1985年7月1日"),
        (31229.0, "1985年7月1日"),
        (31229.75, "1985年7月1日"),
        ("31229", "1985年7月1日"),
        ("31229.0", "1985年7月1日"),
        (44197, "2021年1月1日"),
        (date(1985, 7, 3), "1985年7月3日"),
        (datetime(1985, 7, 3, 12, 30), "1985年7月3日"),
    ],
)
def test_what_is_understood(written, meant):
    assert str(parse(written)) == meant


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("", "没有填"),
        ("   ", "没有填"),
        ("不详", "看不懂"),
        ("7/3/1985", "看不懂"),
        ("1985..7", "看不懂"),
        ("1985年七月", "看不懂"),
        ("99999", "看不懂"),
        ("85.7", "四位"),
        ("85年7月", "四位"),
        ("850703", "四位"),
        ("1985.13", "13月"),
        ("198513", "13月"),
        ("1985.2.29", "29日"),
        ("1985.07.00", "0日"),
        ("1985-07-32", "32日"),
        ("1899", "1900年到2100年"),
        ("2101.1", "1900年到2100年"),
        (1985.1, "1985年10月"),
        (19857, "序号"),
        ("19857", "序号"),
        (12.5, "四位"),
        (True, "日期"),
        (float("nan"), "日期"),
        (float("inf"), "日期"),
        (-31229, "看不懂"),
        (0, "看不懂"),
    ],
)
def test_what_is_turned_down_says_why(written, word):
    with pytest.raises(BadDate) as refusal:
        parse(written)
    assert word in refusal.value.reason


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(Precision))
def test_every_date_is_read_back_from_both_spellings(day, precision):
    if precision != Precision.DAY:
        day = day.replace(day=1)
    if precision == Precision.YEAR:
        day = day.replace(month=1)
    partial = PartialDate(day, precision)
    assert parse(str(partial)) == parse(partial.iso) == partial
    assert partial.date <= partial.latest


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.from_regex(r"[\d.\-/年]+")))
def test_whatever_is_typed_is_a_date_or_gets_a_reason(written):
    try:
        partial = parse(written)
    except BadDate as refusal:
        assert refusal.reason.endswith("。")
    else:
        assert 1900 <= partial.date.year <= 2100


def test_what_is_not_known_is_not_made_up():
    assert parse("1985.07").precision == Precision.MONTH
    assert parse("1985").precision == Precision.YEAR
    assert parse("1985").latest == date(1985, 12, 31)
    assert parse("1985.12").latest == date(1985, 12, 31)
    assert parse("1984.02").latest == date(1984, 2, 29)
    with pytest.raises(ValueError):
        PartialDate(date(1985, 7, 3), Precision.MONTH)
    with pytest.raises(ValueError):
        PartialDate(date(1985, 7, 1), Precision.YEAR)


def test_they_sort_by_the_first_day_possible():
    texts = ["1985.07.03", "1985.07", "1986", "1985"]
    assert [str(each) for each in sorted(map(parse, texts))] == [
        "1985年",
        "1985年7月",
        "1985年7月3日",
        "1986年",
    ]
