"""A wrong document cannot be made, and the error says where it is wrong."""

from dataclasses import FrozenInstanceError
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.documents import (
    Attachment,
    Document,
    DocumentError,
    Heading,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Table,
    paragraphs,
)
from zhengyou.documents.text import ILLEGAL

pytestmark = pytest.mark.pure

BODY = [Paragraph("正文。")]


def problems(title: Any = "标题", blocks: Any = BODY, **parts: Any) -> list[str]:
    try:
        Document(title, blocks, **parts)
    except DocumentError as error:
        return list(error.problems)
    return []


def test_a_right_document_can_be_made_from_lists_and_does_not_change() -> None:
    document = Document("标题", [Paragraph([Run("甲")])], attachments=["名单"])
    assert document.blocks == (Paragraph((Run("甲"),)),)
    assert document.attachments == (Attachment("名单"),)
    with pytest.raises(FrozenInstanceError):
        document.title = "别的"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"title": " "}, "文件标题是空的，请填写"),
        ({"title": 3}, "文件标题应当是文字"),
        ({"addressee": ""}, "主送机关是空的，请填写"),
        ({"signatory": "甲\n乙"}, "署名第2个字处有换行，请分成两段"),
        ({"signed_on": datetime(2026, 9, 1)}, "成文日期应当是一个日期，不带时间"),
        ({"signed_on": "2026-09-01"}, "成文日期应当是一个日期，不带时间"),
        ({"blocks": []}, "正文没有内容，请至少写一段"),
        ({"blocks": [PageBreak()]}, "正文没有内容，请至少写一段"),
        ({"blocks": ["文字"]}, "正文第1块：不是可以排版的内容（str）"),
        ({"blocks": [*BODY, Paragraph("")]}, "正文第2块（段落）：段落是空的，请填写"),
        (
            {"blocks": [Paragraph("承诺\x07书")]},
            "正文第1块（段落“承诺书”）：段落第3个字是看不见的控制字符（U+0007），请删去",
        ),
        (
            {"blocks": [Paragraph("第一段。\n第二段。")]},
            "正文第1块（段落“第一段。 第二段。”）：段落第5个字处有换行，请分成两段",
        ),
        ({"blocks": [Paragraph([Run("")])]}, "正文第1块（段落）：段落是空的，请填写"),
        ({"blocks": [Paragraph(["甲"])]}, "正文第1块（段落）：段落应当是文字，或者一串 Run"),
        (
            {"blocks": [Paragraph("甲", align="justify")]},  # type: ignore[arg-type]
            "正文第1块（段落“甲”）：对齐方式只能是 left、center、right，现在是“justify”",
        ),
        (
            {"blocks": [Heading(5, "甲")]},
            "正文第1块（标题“甲”）：标题层次只能是 1 至 4，现在是 5",
        ),
        ({"blocks": [Heading(1, "  ")]}, "正文第1块（标题）：标题是空的，请填写"),
        (
            {"blocks": [Heading(1, "甲", "一\n二")]},
            "正文第1块（标题“甲”）：标题后的正文第2个字处有换行，请分成两段",
        ),
        ({"blocks": [*BODY, Note("")]}, "正文第2块（注）：注是空的，请填写"),
        ({"attachments": ["名单", " "]}, "附件2名称是空的，请填写"),
        ({"attachments": [3]}, "附件1应当是名称，或者 Attachment"),
        (
            {"attachments": ["甲", Attachment("乙", [Heading(2, "丙")])]},
            "附件2第1块（标题“丙”）：标题跳级：前面还没有标题，这里却是第2层，应当是第1层",
        ),
        (
            {"masthead": Masthead(number="云教工委[2026]03号")},
            "版头：发文字号应当写成“云教工委〔2026〕3号”的样子：年份用六角括号，序号前不加 0",
        ),
        (
            {"masthead": Masthead(urgency="急")},  # type: ignore[arg-type]
            "版头：紧急程度只能是“特急”或“加急”",
        ),
        ({"masthead": Masthead(issuer="")}, "版头：发文机关标志是空的，请填写"),
    ],
)
def test_a_problem_is_said_with_its_place(parts: dict[str, Any], said: str) -> None:
    assert problems(**parts) == [said]


TABLE = "正文第1块（表格“任务”）："


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (
            Table(("甲", "乙"), [("1",), ("1", "2", "3")], "任务"),
            [
                "第1行有1格，表头有2格，请补齐或删去多余的格",
                "第2行有3格，表头有2格，请补齐或删去多余的格",
            ],
        ),
        (Table((), (), "任务"), ["没有表头，请至少写一列"]),
        (
            Table(("甲",), [("a\x01",)], "任务"),
            ["第1行第1格第2个字是看不见的控制字符（U+0001），请删去"],
        ),
        (Table(("甲",), [(5,)], "任务"), ["第1行第1格应当是文字"]),  # type: ignore[list-item]
        (
            Table(("甲", "乙"), (), "任务", widths=(1,)),
            ["列宽有1个，表头有2格，应当一列一个"],
        ),
        (Table(("甲",), (), "任务", widths=(0,)), ["列宽应当是大于 0 的数"]),
        (Table(("甲",), (), "任务", widths=(float("nan"),)), ["列宽应当是大于 0 的数"]),
        (
            Table(("甲",), (), "任务", align=("middle",)),  # type: ignore[arg-type]
            ["对齐方式只能是 left、center、right，现在是“middle”"],
        ),
    ],
)
def test_tables_are_checked_cell_by_cell(table: Table, said: list[str]) -> None:
    assert problems(blocks=[table]) == [TABLE + problem for problem in said]


def test_empty_cells_lines_in_cells_and_empty_tables_are_fine() -> None:
    assert problems(blocks=[Table(("日期", "意见"), [("", "一\n二")]), Table(("甲",))]) == []


def test_all_problems_are_said_at_once() -> None:
    with pytest.raises(DocumentError) as caught:
        Document("", [Paragraph(""), Heading(1, "")], addressee="")
    assert len(caught.value.problems) == 4
    assert str(caught.value) == "；".join(caught.value.problems) + "。"


def test_it_is_a_value_error() -> None:
    assert issubclass(DocumentError, ValueError)


def test_typed_text_becomes_paragraphs() -> None:
    typed = "  第一段。\r\n\r\n第二段\x0b第三段\x00 "
    assert paragraphs(typed) == (Paragraph("第一段。"), Paragraph("第二段"), Paragraph("第三段"))


@given(st.text())
def test_typed_text_always_makes_paragraphs_that_can_be_printed(text: str) -> None:
    assert all(not list(paragraph.problems()) for paragraph in paragraphs(text))


@given(st.text(st.characters(codec=None), min_size=1))
def test_text_is_taken_or_refused_and_never_silently_changed(text: str) -> None:
    wrong = not text.strip() or ILLEGAL.search(text) or "\n" in text or "\r" in text
    found = problems(blocks=[Paragraph(text)])
    assert bool(found) == bool(wrong)


def test_a_date_alone_or_a_signatory_alone_is_fine() -> None:
    assert problems(signed_on=date(2026, 9, 1)) == []
    assert problems(signatory="中共云岭县第一中学总支部委员会") == []
