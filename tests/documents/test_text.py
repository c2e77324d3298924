"""Characters, numbers and dates as Chinese documents write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.documents import chinese_date, chinese_number, clean_text, count_characters
from zhengyou.documents.text import ILLEGAL, needs_chinese_font, width

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (100, "一百"),
        (101, "一百零一"), (110, "一百一十"), (118, "一百一十八"), (1000, "一千"),
        (1001, "一千零一"), (1010, "一千零一十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_numbers_of_headings_read_as_spoken(number: int, text: str) -> None:
    assert chinese_number(number) == text


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="1 至 9999"):
        chinese_number(number)


@given(st.sets(st.integers(1, 9999), min_size=2, max_size=2))
def test_two_numbers_never_read_alike(pair: set[int]) -> None:
    one, other = pair
    assert chinese_number(one) != chinese_number(other)


def test_dates_have_no_zero_before_a_digit() -> None:
    assert chinese_date(date(2026, 9, 1)) == "2026年9月1日"
    assert chinese_date(date(2026, 12, 31)) == "2026年12月31日"


def test_typed_text_is_cleaned_by_one_rule() -> None:
    assert clean_text("一\r\n二\r三\x0b四\u2028五") == "一\n二\n三\n四\n五"
    assert clean_text("承\x00诺\x07书\ud800\ufffe") == "承诺书"
    assert clean_text("　全角空格 和\t制表符留下") == "　全角空格 和\t制表符留下"


@given(st.text())
def test_cleaned_text_is_clean_and_stays_so(text: str) -> None:
    cleaned = clean_text(text)
    assert not ILLEGAL.search(cleaned)
    assert clean_text(cleaned) == cleaned


def test_western_characters_are_half_as_wide() -> None:
    assert width("2026年9月1日") == 6.0
    assert width("（一）“承诺”——") == 9.0
    assert width("e\u0301") == 0.5


def test_quotes_and_dashes_need_the_chinese_font() -> None:
    assert needs_chinese_font("“五个好”")
    assert needs_chinese_font("情况——结果")
    assert not needs_chinese_font("创先争优，2026 year")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("创先争优", 4),
        ("创先争优，走在前列。", 10),
        ("2026年9月1日", 6),
        ("满意率 90.5% 以上", 6),
        ("open day 活动", 4),
        ("“五个好”——", 7),
        (" \n\u200b", 0),
    ],
)
def test_characters_are_counted_as_word_counts(text: str, count: int) -> None:
    assert count_characters(text) == count
