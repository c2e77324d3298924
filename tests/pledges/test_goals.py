"""Arithmetic of goals: both directions, no span, over-fulfilment, nothing guessed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhengyou.pledges import goals

pytestmark = pytest.mark.pure

numbers = st.decimals(min_value=-10_000, max_value=10_000, places=2)
days = st.dates(min_value=date(2026, 1, 1), max_value=date(2028, 12, 31))


@pytest.mark.parametrize(
    ("baseline", "target", "value", "share", "reached"),
    [
        (0, 10, 6, 60, False),
        (86, 50, 58, 77, False),  # fewer is better
        (12, 5, 12, 0, False),
        (0, 12, 12, 100, True),
        (0, 12, 15, 100, True),  # more than promised
        (86, 50, 40, 100, True),
        (0, 10, -3, 0, False),  # it got worse
        (0, 3, 2, 66, False),  # rounded down: 100 only where it is there
        (0, 1000, "999.99", 99, False),
        (None, 10, 6, None, False),
        (0, None, 6, None, False),
        (0, 10, None, None, False),
    ],
)
def test_share_and_reached(baseline, target, value, share, reached) -> None:
    a, b, c = (None if each is None else Decimal(each) for each in (baseline, target, value))

    assert goals.share(a, b, c) == share
    assert goals.reached(a, b, c) is reached


def test_a_level_to_be_kept_counts_only_on_the_due_day() -> None:
    zero, due = Decimal(0), date(2026, 12, 31)

    assert goals.share(zero, zero, zero) is None
    assert not goals.reached(zero, zero, zero, date(2026, 12, 30), due)
    assert goals.reached(zero, zero, zero, due, due)
    assert not goals.reached(zero, zero, Decimal(1), due, due)


@given(numbers, numbers, numbers)
def test_full_share_means_reached_and_nothing_else_does(baseline, target, value) -> None:
    assume(baseline != target)
    share = goals.share(baseline, target, value)

    assert share is not None and 0 <= share <= 100
    assert (share == 100) == goals.reached(baseline, target, value)


@given(numbers, numbers, numbers, numbers)
def test_shifting_and_mirroring_the_scale_changes_nothing(baseline, target, value, by) -> None:
    assume(baseline != target)
    share = goals.share(baseline, target, value)

    assert goals.share(baseline + by, target + by, value + by) == share
    assert goals.share(-baseline, -target, -value) == share


@given(numbers, numbers, numbers, numbers)
def test_nearer_to_the_target_is_never_less(baseline, target, one, other) -> None:
    assume(baseline != target)
    toward = sorted((one, other), reverse=target < baseline)
    shares = [goals.share(baseline, target, value) for value in toward]

    assert shares == sorted(shares)


@given(days, days, days)
def test_tick_stays_on_the_scale(start, due, day) -> None:
    tick = goals.tick(start, due, day)

    assert (tick is None) == (due <= start)
    if tick is not None:
        assert 0 <= tick <= 100
        assert goals.tick(start, due, due) == 100
        assert goals.tick(start, due, start - timedelta(days=3)) == 0


def test_tick_needs_both_days() -> None:
    assert goals.tick(None, date(2026, 1, 1), date(2026, 1, 1)) is None
    assert goals.tick(date(2026, 1, 1), None, date(2026, 1, 1)) is None
