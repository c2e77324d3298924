"""What an index reads: characters apart, runs of letters and digits whole."""

import pytest

from zhengyou.search.text import phrases, spaced, tokens

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("孩子讲题", "孩 子 讲 题"),
        ("五（3）班 11 名学生", "五 3 班 11 名 学 生"),
        ("ＡＢＣ１２ abc", "abc12 abc"),
        ("阿依古丽·买买提", "阿 依 古 丽 买 买 提"),
        ("“；DROP TABLE'--", "drop table"),
        ("", ""),
    ],
)
def test_spaced(text, read) -> None:
    assert spaced(text) == read


def test_a_question_is_phrases() -> None:
    assert phrases("孩子 讲题3  !? ") == [["孩", "子"], ["讲", "题", "3"]]
    assert len("".join(phrases("长" * 999)[0])) == 60
    assert len(tokens("a" * 500)[0]) == 80
