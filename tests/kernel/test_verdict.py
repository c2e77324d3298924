"""A rule's answer reads like the rule."""

import pytest

from zhengyou.kernel.verdict import Refused, Verdict

pytestmark = pytest.mark.pure

YES = Verdict.yes()
NO = Verdict.no("只有支部书记可以送审。")
OTHER_NO = Verdict.no("方案还没有写完。")


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (YES & YES, YES),
        (YES & NO, NO),
        (NO & YES, NO),
        (NO & OTHER_NO, NO),
        (YES | YES, YES),
        (YES | NO, YES),
        (NO | YES, YES),
        (NO | OTHER_NO, OTHER_NO),
        (Verdict.of([1], "空的。"), YES),
        (Verdict.of([], "空的。"), Verdict.no("空的。")),
    ],
)
def test_truth_table(verdict, expected):
    assert verdict == expected
    assert bool(verdict) is expected.ok


def test_a_no_is_raised_with_its_reason():
    YES.require()
    with pytest.raises(Refused) as refusal:
        NO.require()
    assert refusal.value.reason == "只有支部书记可以送审。"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_no_needs_a_reason(reason):
    with pytest.raises(ValueError, match="reason"):
        Verdict.no(reason)
