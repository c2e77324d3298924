"""Material that is too long is said to be so, and printed all the same."""

import pytest
from tests.documents.sample import document

from zhengyou.documents import (
    Attachment,
    Document,
    DocumentError,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Table,
    body_length,
    length_warning,
)

pytestmark = pytest.mark.pure


def of(characters: int) -> Document:
    return Document("标题", [Paragraph("字" * characters)])


@pytest.mark.parametrize(("kind", "limit"), [("专项", 4000), ("综合", 5000)])
def test_the_limit_itself_is_still_fine(kind: str, limit: int) -> None:
    assert length_warning(of(limit), kind) is None
    assert length_warning(of(limit + 1), kind) is not None


def test_the_warning_says_how_much_is_too_much() -> None:
    assert length_warning(of(4312), "专项") == (
        "正文约 4,312 字，专项材料不宜超过 4,000 字，超出 312 字，请压缩。"
    )


def test_limits_are_a_setting() -> None:
    assert length_warning(of(1600), "经验材料", {"经验材料": 1500}) == (
        "正文约 1,600 字，经验材料不宜超过 1,500 字，超出 100 字，请压缩。"
    )


def test_an_unknown_kind_is_refused_with_what_there_is() -> None:
    with pytest.raises(DocumentError, match="没有“简报”这类材料的篇幅限制，可以选：专项、综合"):
        length_warning(of(1), "简报")


def test_everything_in_the_body_counts_and_nothing_else() -> None:
    counted = Document(
        "不计",
        [
            Heading(1, "标题"),  # 一、标题
            Heading(2, "要点", [Run("正"), Run("文", True)]),  # （一）要点 + 正文
            Paragraph("2026 年"),
            PageBreak(),
            Table(("列", ""), [("值", "A B")], "表题"),
            Note("注"),
        ],
        addressee="不计",
        attachments=[Attachment("不计", [Paragraph("不计")])],
        signatory="不计",
    )
    assert body_length(counted) == 4 + 5 + 2 + 2 + (1 + 1 + 2 + 2) + 1


def test_the_sample_is_short_enough() -> None:
    assert length_warning(document(), "专项") is None
