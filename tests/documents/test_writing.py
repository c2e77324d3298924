"""The parts of a document stand where the standard puts them."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.word import (
    body,
    cells,
    found,
    lines,
    paragraphs_in,
    prop,
    style,
    style_of,
    text_of,
    written,
)

from zhengyou.documents import (
    Attachment,
    Block,
    Document,
    DocumentError,
    Heading,
    Masthead,
    Note,
    PageBreak,
    Paragraph,
    Run,
    Table,
    clean_text,
    to_docx,
)

pytestmark = pytest.mark.pure

BODY: list[Block] = [Paragraph("正文。")]
CHARACTER = 15.794 * 20  # twips
WIDTH = 8845


def test_title_blank_line_addressee_body() -> None:
    assert lines(written("关于开展活动的通知", addressee="各党支部：")) == [
        ("Title", "关于开展活动的通知"),
        ("Normal", ""),
        ("Addressee", "各党支部："),
        ("Body", "正文。"),
    ]


def test_a_long_title_is_broken_by_the_writer() -> None:
    first = lines(written("关于在全县教育系统基层党组织和党员中深入开展创先争优活动的实施方案"))[0]
    assert first[1].count("\n") == 1


def test_headings_are_numbered_in_their_styles() -> None:
    data = written(blocks=[Heading(1, "甲"), Heading(2, "乙"), Heading(3, "丙"), Heading(4, "丁")])
    assert lines(data)[2:] == [
        ("Heading1", "一、甲"),
        ("Heading2", "（一）乙"),
        ("Heading3", "1.丙"),
        ("Heading4", "（1）丁"),
    ]


def test_a_heading_may_go_on_in_the_same_line() -> None:
    data = written(blocks=[Heading(1, "甲"), Heading(2, "加强领导", "各支部要负责。")])
    last = body(data)[-1]
    assert (style_of(last), text_of(last)) == ("Body", "（一）加强领导。各支部要负责。")
    assert prop(last, "w:r[1]/w:rPr/w:rStyle")["val"] == "Heading2Char"
    font = prop(style(data, "Heading2Char"), "w:rPr/w:rFonts")["eastAsia"]
    assert font == "楷体_GB2312"


def test_a_heading_with_its_own_full_stop_gets_no_second_one() -> None:
    data = written(blocks=[Heading(1, "怎么办？", "这样办。")])
    assert lines(data)[-1][1] == "一、怎么办？这样办。"


def test_emphasis_is_a_style() -> None:
    data = written(blocks=[Paragraph([Run("坚持"), Run("实事求是", True)])])
    assert prop(body(data)[-1], "w:r[2]/w:rPr/w:rStyle")["val"] == "Strong"
    assert found(body(data)[-1], "w:r[1]/w:rPr") == []


def test_quotes_ask_for_the_chinese_font_and_plain_text_does_not() -> None:
    data = written(blocks=[Paragraph("争创“五个好”"), Paragraph("没有引号")])
    quoted, plain = body(data)[-2:]
    assert prop(quoted, "w:r/w:rPr/w:rFonts") == {"hint": "eastAsia"}
    assert found(plain, "w:r/w:rPr") == []


def test_a_paragraph_may_start_at_the_margin_or_be_centred() -> None:
    data = written(blocks=[Paragraph("甲", indent=False), Paragraph("乙", align="center")])
    assert lines(data)[2:] == [("Normal", "甲"), ("Body", "乙")]
    assert prop(body(data)[-1], "w:pPr/w:jc")["val"] == "center"


def test_a_page_break_puts_the_next_paragraph_on_a_new_page() -> None:
    data = written(blocks=[Paragraph("甲"), PageBreak(), PageBreak(), Paragraph("乙")])
    assert [found(p, "w:pPr/w:pageBreakBefore") != [] for p in body(data)] == [
        False, False, False, True,
    ]  # fmt: skip


# Attachments (7.3.4, 7.3.7)


def test_one_attachment_has_no_number() -> None:
    data = written(attachments=["任务分工表"])
    assert lines(data)[-2:] == [("Normal", ""), ("AttachmentNote", "附件：任务分工表")]
    indent = prop(body(data)[-1], "w:pPr/w:ind")
    assert (indent["leftChars"], indent["hangingChars"]) == ("500", "300")


def test_several_are_numbered_and_their_titles_stand_under_one_another() -> None:
    data = written(attachments=["分工表", "样式"])
    assert [text for _, text in lines(data)[-2:]] == ["附件：1.\t分工表", "2.\t样式"]
    first, second = (prop(p, "w:pPr/w:ind") for p in body(data)[-2:])
    assert first["leftChars"] == second["leftChars"] == "600"
    assert int(first["left"]) - int(first["hanging"]) == pytest.approx(2 * CHARACTER, abs=2)
    assert int(second["left"]) - int(second["hanging"]) == pytest.approx(5 * CHARACTER, abs=2)


def test_ten_and_more_get_room_for_two_digits() -> None:
    data = written(attachments=[f"材料{n}" for n in range(10)])
    assert prop(body(data)[-1], "w:pPr/w:ind")["hangingChars"] == "200"


def test_an_attachment_with_text_is_bound_in_on_a_new_page() -> None:
    attachments = ["另发的表", Attachment("承诺书样式", [Heading(1, "承诺"), Paragraph("文。")])]
    data = written(blocks=[Heading(1, "甲")], attachments=attachments)
    assert lines(data)[-6:] == [
        ("AttachmentMark", "附件2"),
        ("Normal", ""),
        ("AttachmentTitle", "承诺书样式"),
        ("Normal", ""),
        ("Heading1", "一、承诺"),
        ("Body", "文。"),
    ]
    (mark,) = paragraphs_in(data, "AttachmentMark")
    assert found(mark, "w:pPr/w:pageBreakBefore")


def test_the_only_attachment_is_marked_without_number() -> None:
    data = written(attachments=[Attachment("样式", BODY)])
    assert ("AttachmentMark", "附件") in lines(data)


# Masthead (7.2)

MM = 1440 / 25.4


def test_the_red_name_the_number_and_the_red_line() -> None:
    head = Masthead(issuer="中共云岭县委教育工委文件", number="云教工委〔2026〕3号")
    data = written(masthead=head)
    assert [s for s, _ in lines(data)][:8] == [
        "Normal", "Issuer", "Normal", "Normal", "RuledNumber", "Normal", "Normal", "Title",
    ]  # fmt: skip
    issuer = style(data, "Issuer")
    assert prop(issuer, "w:rPr/w:color")["val"] == "FF0000"
    assert prop(issuer, "w:rPr/w:rFonts")["eastAsia"] == "方正小标宋简体"
    line = prop(style(data, "RuledNumber"), "w:pPr/w:pBdr/w:bottom")
    assert (line["color"], line["sz"]) == ("FF0000", "8")


def glyph_top(data: bytes) -> float:
    """Return how far the red name's type begins below the type area's upper edge, in mm."""
    above = 0.0
    for paragraph in body(data):
        spacing = found(paragraph, "w:pPr/w:spacing")
        height = int(prop(paragraph, "w:pPr/w:spacing")["line"]) if spacing else 579
        if style_of(paragraph) == "Issuer":
            size = int(prop(paragraph, "w:r/w:rPr/w:sz")["val"]) * 10
            return (above + (height - size) / 2) / MM
        above += height
    raise AssertionError("no red name")


@pytest.mark.parametrize("urgency", [None, "特急"])
@pytest.mark.parametrize("issuer", ["云岭县教育局", "中共云岭县委教育工作委员会文件"])
def test_the_red_name_begins_35_mm_below_the_edge(issuer: str, urgency: str | None) -> None:
    data = written(masthead=Masthead(issuer=issuer, urgency=urgency))  # type: ignore[arg-type]
    assert glyph_top(data) == pytest.approx(35, abs=0.1)


def test_a_long_red_name_is_made_to_fit_its_line() -> None:
    name = "中共云岭县委教育工作委员会创先争优活动领导小组文件"
    data = written(masthead=Masthead(issuer=name))
    (issuer,) = paragraphs_in(data, "Issuer")
    assert int(prop(issuer, "w:r/w:rPr/w:sz")["val"]) / 2 * len(name) <= WIDTH / 20


def test_a_document_that_goes_up_names_its_signer_at_the_right() -> None:
    head = Masthead(issuer="云岭一中文件", number="云一中〔2026〕5号", signer="林知秋")
    (number,) = paragraphs_in(written(masthead=head), "RuledNumber")
    assert text_of(number) == "　云一中〔2026〕5号\t签发人：林知秋"
    assert found(number, "w:pPr/w:ind") == []  # the red line is as wide as the type area
    assert prop(number, "w:pPr/w:tabs/w:tab")["val"] == "right"
    assert prop(number, "w:r[2]/w:rPr/w:rStyle")["val"] == "Signer"


def test_a_number_without_red_name_has_no_red_line() -> None:
    data = written(masthead=Masthead(number="云教工委〔2026〕3号"))
    assert lines(data)[0] == ("Number", "云教工委〔2026〕3号")


def test_a_note_is_small() -> None:
    data = written(blocks=[Note("注：甲。")])
    assert lines(data)[-1] == ("Note", "注：甲。")
    assert prop(style(data, "Note"), "w:basedOn")["val"] == "TableText"


# Anything


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(DocumentError, match="没有时区"):
        to_docx(Document("标题", BODY), created=datetime(2026, 9, 1))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_whatever_was_typed_is_printed_as_it_was_cleaned(text: str) -> None:
    typed = clean_text(text)
    line = typed.replace("\n", " ")
    if not line.strip():
        return
    table = Table((typed,), [(typed,)], line)
    data = written(typed, [Paragraph(line), Heading(1, line), table], signatory=line)
    assert text_of(paragraphs_in(data, "Body")[0]) == line
    assert text_of(cells(data)[1]) == typed
