"""What people type and paste, made plain without changing what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.kernel.texts import (
    count_characters,
    half_width,
    tidy,
    tidy_code,
    tidy_line,
    tidy_name,
)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张 三", "张三"),
        ("　张　　三　", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("张\u00a0三", "张三"),
        ("欧阳 娜 娜", "欧阳娜娜"),
        ("买买提．阿不都", "买买提·阿不都"),
        ("买买提 • 阿不都", "买买提·阿不都"),
        ("迪丽热巴・迪力木拉提", "迪丽热巴·迪力木拉提"),
        ("John  Smith", "John Smith"),
        ("Ｊｏｈｎ Smith", "John Smith"),
        ("⽅⼤同", "方大同"),  # radicals, as copied from a PDF
        ("\uf9b5\u4e09", "例三"),  # a compatibility ideograph
        ("育新小学 党支部", "育新小学党支部"),
        ("第 2 党支部", "第 2 党支部"),
        ("", ""),
    ],
)
def test_names(typed, name):
    assert tidy_name(typed) == name


def test_prose_keeps_its_punctuation_indents_and_lines():
    typed = "　　一是，学习；\u200b \r\n\r\n二是（实干）！ABC１２ \t\n\n"
    assert tidy(typed) == "　　一是，学习；\n\n二是（实干）！ABC１２"
    assert tidy(" \r\n\u200b ") == ""


def test_lines_are_one_line():
    assert tidy_line("  关于 \t 开展\n创先争优（２０２６）　的通知 ") == (
        "关于 开展 创先争优（2026） 的通知"
    )


def test_codes():
    assert tidy_code(" １１０１０１ 1949\u200b1231 002ｘ ") == "11010119491231002X"
    assert half_width("ＡＢ１２（）　，") == "AB12() ,"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n　", 0),
        ("创先争优", 4),
        ("创先争优，2026年。", 8),
        ("用 Word 写 3.5% 的报告", 7),
        ("“五个好”", 5),
        ("\U00020000〇", 2),
    ],
)
def test_counting_as_a_word_processor_does(text, count):
    assert count_characters(text) == count


@given(st.text())
def test_making_plain_twice_changes_nothing_more(text):
    for plain in (tidy, tidy_line, tidy_name, tidy_code, half_width):
        assert plain(plain(text)) == plain(text)
