"""Whatever is typed, the answer is a blueprint or problems in words: never a crash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.campaigns.conftest import SMALL

from zhengyou.campaigns.blueprint import Flawed, check, decode

pytestmark = pytest.mark.pure

LINES = SMALL.strip("\n").split("\n")
SCRAPS = st.sampled_from(
    [*'"“”=＝,，[]【】{}.。#\'\\\n\t 1x年月周天', '"""', "第9999年", "2026-02-30", "[[", "true",
     "= 1", "[phase]", "phase = 3", "[duty.x]", "0", "9" * 5000, "1e400", "nan"]
)  # fmt: skip


def answer(text: str) -> None:
    """Check a text; its problems must be sentences about lines that there are."""
    try:
        check(text)
    except Flawed as flawed:
        assert flawed.problems
        for problem in flawed.problems:
            assert 0 <= problem.line <= text.count("\n") + 1
            assert problem.what
            assert problem.remedy
            assert not problem.what.endswith("。")


@st.composite
def typed_over(draw):
    """The small blueprint after a few slips of the finger."""
    text = "\n".join(LINES)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(text)))
        gone = draw(st.integers(0, 12))
        text = text[:place] + draw(SCRAPS) + text[place + gone :]
    return text


@given(typed_over())
@settings(max_examples=300, deadline=None)
def test_slips_of_the_finger_are_told(text):
    answer(text)


@given(st.permutations(LINES))
@settings(max_examples=60, deadline=None)
def test_lines_in_any_order_are_told(lines):
    answer("\n".join(lines))


@given(st.binary(max_size=200))
@settings(deadline=None)
def test_any_bytes_are_told(raw):
    try:
        text = decode(raw)
    except Flawed:
        return
    answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "format = " + "[" * 5000,
        "format = " + "9" * 5000,
        SMALL.replace('"第1周"', '"第9999年"'),
        SMALL.replace('"8个月"', '"99年999个月9999天"'),
        SMALL.replace("[phase.act]", "[[phase.act]]"),
        SMALL.replace('theme    = "', 'theme.x  = "'),
        SMALL.replace("[group.leading]", "[group.leading.seats]"),
        "a" * 1000,
        "=" * 1000,
        "",
    ],
    ids=range(10),
)
def test_what_people_do_to_programs_is_told(text):
    answer(text)
