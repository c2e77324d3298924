"""How dates and numbers are written."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from zhengyou.ui import text

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (12000, "12,000"),
        (0, "0"),
        (-1234, "-1,234"),
        (Decimal("12.50"), "12.5"),
        (Decimal("6.00"), "6"),
        (Decimal("-0.001"), "0"),
        (6.4, "6.4"),
        ("86", "86"),
        ("没到日子", "没到日子"),
        ("", ""),
        (None, ""),
        (float("nan"), "nan"),
    ],
)
def test_numbers_are_grouped_and_trimmed(value, written):
    assert text.number(value) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [(0.964, "96.4%"), (1, "100%"), (Decimal("0.5"), "50%"), (0, "0%"), (None, ""), ("封", "封")],
)
def test_a_share_is_written_as_percent(share, written):
    assert text.percent(share) == written


def test_dates_have_no_zero_padding():
    assert text.long_date(date(2026, 9, 1)) == "2026年9月1日"
    assert text.short_date(date(2026, 12, 31)) == "12月31日"
    assert text.long_date(None) == text.short_date("") == ""


def test_a_moment_is_told_in_shanghai():
    late = datetime(2026, 8, 31, 17, 5, tzinfo=UTC)  # already the 1st there
    assert text.date_and_time(late) == "2026年9月1日 1:05"
    assert text.short_date(late) == "9月1日"
    assert text.date_and_time(date(2026, 9, 1)) == "2026年9月1日"


@pytest.mark.parametrize(
    ("value", "place"),
    [(64, "64"), (64.125, "64.12"), (-5, "0"), (140, "100"), (None, "0"), ("nan", "0"), ("", "0")],
)
def test_what_is_drawn_stays_on_the_scale(value, place):
    assert text.on_scale(value) == place
