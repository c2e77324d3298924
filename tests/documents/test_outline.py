"""Headings are numbered by the writer and may not skip a level."""

import pytest

from zhengyou.documents import Document, DocumentError, Heading, Paragraph
from zhengyou.documents.outline import numbered

pytestmark = pytest.mark.pure


def numbers(*levels: int) -> list[str]:
    return [number for _, number in numbered([Heading(level, "标题") for level in levels])]


def test_four_levels_have_four_kinds_of_numbers() -> None:
    assert numbers(1, 2, 3, 4) == ["一、", "（一）", "1.", "（1）"]


def test_each_level_starts_anew_under_the_one_above() -> None:
    assert numbers(1, 2, 2, 3, 3, 2, 3, 4, 4, 3, 4, 1, 2) == [
        "一、", "（一）", "（二）", "1.", "2.", "（三）", "1.", "（1）", "（2）", "2.", "（1）",
        "二、", "（一）",
    ]  # fmt: skip


def test_paragraphs_have_no_number_and_do_not_disturb() -> None:
    blocks = [Heading(1, "甲"), Paragraph("文"), Heading(1, "乙")]
    assert [number for _, number in numbered(blocks)] == ["一、", "", "二、"]


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((2,), "前面还没有标题，这里却是第2层，应当是第1层"),
        ((1, 3), "前面是第1层，这里却是第3层，应当是第2层"),
        ((1, 2, 4), "前面是第2层，这里却是第4层，应当是第3层"),
    ],
)
def test_a_skipped_level_is_refused_with_its_place(levels: tuple[int, ...], said: str) -> None:
    with pytest.raises(
        DocumentError, match=f"正文第{len(levels)}块（标题“标题”）：标题跳级：{said}"
    ):
        Document("标题", [Heading(level, "标题") for level in levels])
