"""Whether a criterion holds, what is missing, which group follows: truth tables and brute force."""

import pytest

from zhengyou.inspections.facts import Row, Shape
from zhengyou.inspections.tiers.reckoning import (
    Mark,
    Number,
    holds,
    missing,
    next_move,
    opposite,
    tier_of,
)
from zhengyou.inspections.tiers.words import Is, Side, Tier

pytestmark = pytest.mark.pure


def rate(part: int, whole: int) -> Number:
    return Number(Shape.RATE, part, whole)


def count(part: int) -> Number:
    return Number(Shape.COUNT, part, part)


@pytest.mark.parametrize(
    ("number", "compare", "than", "met"),
    [
        (rate(9, 10), Is.AT_LEAST, 90, True),
        (rate(9, 10), Is.MORE, 90, False),
        (rate(9, 10), Is.AT_MOST, 90, True),
        (rate(9, 10), Is.LESS, 90, False),
        (rate(2, 3), Is.AT_LEAST, 67, False),  # 66.67 is not 67, however it is written
        (rate(2, 3), Is.AT_LEAST, 66, True),
        (count(3), Is.MORE, 2, True),
        (count(3), Is.AT_MOST, 2, False),
        (count(0), Is.AT_MOST, 0, True),
        (count(0), Is.LESS, 1, True),
    ],
)
def test_a_number_is_compared_exactly(number, compare, than, met):
    assert holds(number, compare, than) is met
    assert holds(number, opposite(compare), than) is not met


def by_hand(number: Number, compare: Is, than: int) -> int | None:
    """Try every number of things, the nearest first."""
    top = number.whole if number.shape is Shape.RATE else number.part + than + 2
    parts = sorted(range(top + 1), key=lambda part: abs(part - number.part))
    for part in parts:
        if holds(Number(number.shape, part, number.whole), compare, than):
            return part - number.part
    return None


@pytest.mark.parametrize("compare", Is)
def test_what_is_missing_is_the_least_that_does(compare):
    for whole in range(1, 8):
        for part in range(whole + 1):
            for than in (0, 1, 33, 50, 66, 67, 90, 99, 100):
                number = rate(part, whole)
                assert missing(number, compare, than) == by_hand(number, compare, than)
    for part in range(6):
        for than in range(5):
            assert missing(count(part), compare, than) == by_hand(count(part), compare, than)


def leading(met: bool | None) -> Mark:
    return Mark(Side.LEADING, rate(0, 0) if met is None else rate(int(met), 1), Is.AT_LEAST, 90)


def lagging(met: bool | None) -> Mark:
    return Mark(Side.LAGGING, rate(0, 0) if met is None else rate(int(not met), 1), Is.LESS, 60)


@pytest.mark.parametrize(
    ("heads", "tails", "at", "tier", "to", "enough"),
    [
        ([True, True], [False, False], 2, Tier.LEADING, None, 0),
        ([True, False], [False, False], 2, Tier.ORDINARY, Tier.LEADING, 1),
        ([False, False], [True, False], 2, Tier.ORDINARY, Tier.LEADING, 2),
        ([True, True], [True, False], 2, Tier.LEADING, None, 0),  # one mark of two is not lagging
        ([True, True], [True, True], 2, Tier.LAGGING, Tier.LEADING, 1),  # lagging goes first
        ([False, True], [True, True], 1, Tier.LAGGING, Tier.ORDINARY, 2),
        (
            [True, None],
            [False],
            1,
            Tier.LEADING,
            None,
            0,
        ),  # what cannot be counted is not looked at
        ([None, None], [False], 1, Tier.ORDINARY, None, 0),
        ([None], [None], 1, Tier.UNKNOWN, None, 0),
        ([], [False], 1, Tier.ORDINARY, None, 0),  # no leading criteria: nobody leads
        ([True], [], 1, Tier.LEADING, None, 0),
        ([], [], 1, Tier.UNKNOWN, None, 0),
    ],
)
def test_groups_follow_from_the_rule(heads, tails, at, tier, to, enough):
    marks = [leading(met) for met in heads] + [lagging(met) for met in tails]
    assert tier_of(marks, at) == tier
    move = next_move(marks, at)
    assert (move.to if move else None) == to
    if move:
        assert move.enough == enough
        mended = list(marks)
        for place in move.marks[: move.enough]:
            mark = mended[place]
            part = mark.number.part + (mark.lacks or 0)
            mended[place] = Mark(mark.side, rate(part, mark.number.whole), mark.compare, mark.than)
        assert tier_of(mended, at) == to
        one_less = [m if i != move.marks[0] else marks[i] for i, m in enumerate(mended)]
        assert tier_of(one_less, at) == tier


def test_a_number_says_of_what_it_is_made():
    assert (
        Number.of(Shape.RATE, [Row("甲", 3, 4), Row("乙", 0, 2)]).text("条") == "50%（6 条里 3 条）"
    )
    assert rate(2, 3).text("条") == "66.6%（3 条里 2 条）"  # never rounded up to a threshold
    assert rate(0, 0).text("条") == "没有可算的"
    assert count(0).text("个") == "0 个"
