"""Long titles turn at a decent place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.documents.text import width
from zhengyou.documents.titles import broken

pytestmark = pytest.mark.pure


def test_a_title_that_fits_stays_whole() -> None:
    assert broken("关于开展创先争优活动的通知", 20) == ["关于开展创先争优活动的通知"]


def test_no_lone_character_on_the_second_line() -> None:
    title = "关于做好二〇二六年度全县教育系统创先争优活动的通知"
    first, second = broken(title, 24)
    assert abs(width(first) - width(second)) <= 6
    assert first + second == title


def test_words_of_the_trade_are_not_cut() -> None:
    title = "关于在全县教育系统基层党组织和党员中深入开展创先争优活动的实施方案"
    assert broken(title, 20) == [
        "关于在全县教育系统基层党组织和党员",
        "中深入开展创先争优活动的实施方案",
    ]


def test_breaks_of_the_author_are_kept() -> None:
    assert broken("中共云岭县委教育工委\n关于表彰先进的决定", 20) == [
        "中共云岭县委教育工委",
        "关于表彰先进的决定",
    ]


def test_numbers_are_not_cut() -> None:
    lines = broken("统计数据" * 4 + "1234567890" + "情况汇总" * 3, 20)
    assert any("1234567890" in line for line in lines)


def test_what_cannot_be_broken_is_left_to_word() -> None:
    assert broken("A" * 60, 20) == ["A" * 60]


@given(st.text(alphabet="关于开展活动的通知，。“”（）《》2026ab ", max_size=90), st.integers(6, 24))
def test_nothing_is_lost_and_marks_stand_right(title: str, per_line: int) -> None:
    lines = broken(title, per_line)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    if len(lines) > 1:
        assert all(width(line) <= per_line for line in lines)
        assert all(line[0] not in "，。”）》" for line in lines[1:])
        assert all(line[-1] not in "“（《" for line in lines[:-1])
