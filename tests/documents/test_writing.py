"""The parts of a document stand where the standard puts them."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.sample import CREATED
from tests.documents.word import body, found, lines, part, prop, style, style_of, text_of

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
DAY = date(2026, 9, 1)
CHARACTER = 15.794 * 20  # twips
WIDTH = 8845


def written(title: str = "标题", blocks: list[Block] = BODY, **parts: object) -> bytes:
    return to_docx(Document(title, blocks, **parts), created=CREATED)  # type: ignore[arg-type]


def paragraphs_in(data: bytes, style_id: str) -> list:
    return [p for p in body(data) if p.tag.endswith("}p") and style_of(p) == style_id]


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
    assert prop(body(data)[-1], "w:pPr/w:ind")["hangingChars"] == "150"


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


# Signature and date (7.3.5)


def middle_of(paragraph: object, default_right: float = 0) -> float:
    """Return how far a centred paragraph's middle is from the right, in characters."""
    indent = prop(paragraph, "w:pPr/w:ind")
    right = int(indent.get("right", default_right))
    return (right + (WIDTH - int(indent["left"]) - right) / 2) / CHARACTER


def test_a_sealed_date_stands_four_characters_in_and_the_name_is_centred_over_it() -> None:
    data = written(signatory="云岭县教育局", signed_on=DAY)
    assert lines(data)[-4:] == [
        ("Normal", ""), ("Normal", ""), ("Signatory", "云岭县教育局"), ("SignedOn", "2026年9月1日"),
    ]  # fmt: skip
    date_style = style(data, "SignedOn")
    assert prop(date_style, "w:pPr/w:ind")["rightChars"] == "400"
    assert prop(date_style, "w:pPr/w:jc")["val"] == "right"
    assert found(body(data)[-1], "w:pPr/w:ind") == []
    (name,) = paragraphs_in(data, "Signatory")
    assert middle_of(name) == pytest.approx(4 + 6 / 2, abs=0.01)


def test_a_long_name_keeps_two_characters_to_the_margin_and_takes_the_date_along() -> None:
    data = written(signatory="中共云岭县委教育工作委员会", signed_on=DAY)
    name, day = body(data)[-2:]
    assert middle_of(name) == middle_of(day) == pytest.approx(13 / 2 + 2, abs=0.01)
    assert prop(day, "w:pPr/w:jc")["val"] == "center"


def test_a_name_longer_than_a_line_is_broken() -> None:
    name = "中共云岭县委教育工作委员会创先争优活动领导小组办公室综合协调组"
    (paragraph,) = paragraphs_in(written(signatory=name, signed_on=DAY), "Signatory")
    assert text_of(paragraph).replace("\n", "") == name
    assert "\n" in text_of(paragraph)
    assert int(prop(paragraph, "w:pPr/w:ind")["left"]) >= 0


def right_of(paragraph: object) -> float:
    return int(prop(paragraph, "w:pPr/w:ind")["rightChars"]) / 100


@pytest.mark.parametrize(
    ("name", "name_right", "date_right"),
    [
        ("中共云岭县委教育工作委员会", 2, 7),  # date begins two characters after the name
        ("云岭县教育局", 4, 2),
        ("县委", 8, 2),  # a date longer than the name keeps two characters itself
    ],
)
def test_unsealed_the_date_begins_two_characters_after_the_name(
    name: str, name_right: float, date_right: float
) -> None:
    data = written(signatory=name, signed_on=DAY, sealed=False)
    signatory, day = body(data)[-2:]
    assert (right_of(signatory), right_of(day)) == (name_right, date_right)
    assert right_of(signatory) + len(name) - (right_of(day) + 6) == 2
    assert lines(data)[-4:-2] == [("Body", "正文。"), ("Normal", "")]


def test_a_date_alone_and_a_name_alone() -> None:
    assert lines(written(signed_on=DAY))[-1] == ("SignedOn", "2026年9月1日")
    assert lines(written(signed_on=DAY, sealed=False))[-1] == ("SignedOn", "2026年9月1日")
    assert lines(written(signatory="县委"))[-1] == ("Signatory", "县委")
    assert lines(written(signatory="县委", sealed=False))[-1] == ("Signatory", "县委")


def test_no_page_has_nothing_but_the_signature() -> None:
    data = written(signatory="县委", signed_on=DAY)
    kept = [found(p, "w:pPr/w:keepNext") != [] for p in body(data)]
    assert kept == [False, False, True, True, True, True, False]


def test_the_remark_is_in_brackets_below_the_date() -> None:
    data = written(signed_on=DAY, remark="联系人：林知秋")
    assert lines(data)[-1] == ("Remark", "（联系人：林知秋）")


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
    assert text_of(number) == "云一中〔2026〕5号\t签发人：林知秋"
    assert prop(number, "w:pPr/w:tabs/w:tab")["val"] == "right"
    assert prop(number, "w:r[2]/w:rPr/w:rStyle")["val"] == "Signer"


def test_a_number_without_red_name_has_no_red_line() -> None:
    data = written(masthead=Masthead(number="云教工委〔2026〕3号"))
    assert lines(data)[0] == ("Number", "云教工委〔2026〕3号")


# Tables


def cells(data: bytes) -> list:
    return found(part(data, "word/document.xml"), "//w:tc")


def test_a_table_fills_the_type_area_and_its_head_is_repeated() -> None:
    data = written(blocks=[Table(("序号", "任务"), [("1", "公开承诺")] * 3, "任务表", (1, 2))])
    table = body(data)[-2]
    assert prop(table, "w:tblPr/w:tblLayout")["type"] == "fixed"
    widths = [int(prop(column, ".")["w"]) for column in found(table, "w:tblGrid/w:gridCol")]
    assert sum(widths) == WIDTH
    assert widths[1] == pytest.approx(2 * widths[0], abs=2)
    assert len(found(table, "w:tr/w:trPr/w:tblHeader")) == 1
    assert found(table, "w:tr[1]/w:trPr/w:tblHeader")
    assert len(found(table, "w:tr/w:trPr/w:cantSplit")) == 4
    assert lines(data)[-2:] == [("Caption", "任务表"), ("Gap", "")]


def test_a_table_has_12_point_text_and_lines_all_around() -> None:
    data = written(blocks=[Table(("甲",), [("1",)])])
    assert prop(style(data, "TableText"), "w:rPr/w:sz")["val"] == "24"
    borders = found(style(data, "DocumentTable"), "w:tblPr/w:tblBorders/*")
    assert [prop(border, ".")["val"] for border in borders] == ["single"] * 6
    assert prop(style(data, "TableHead"), "w:rPr/w:rFonts")["eastAsia"] == "黑体"


def test_long_columns_are_left_and_wider_short_ones_centred() -> None:
    rows = [("1", "承诺基本办成，个别事项仍在推进")]
    data = written(blocks=[Table(("序号", "说明"), rows)])
    sides = [prop(cell, "w:p/w:pPr/w:jc")["val"] for cell in cells(data)[2:]]
    assert sides == ["center", "left"]
    first, second = (int(prop(cell, "w:tcPr/w:tcW")["w"]) for cell in cells(data)[:2])
    assert second > 2 * first


def test_columns_may_be_aligned_by_hand_and_heads_are_centred() -> None:
    table = Table(("金额", "说明"), [("12", "甲")], align=("right", "left"))
    sides = [prop(cell, "w:p/w:pPr/w:jc")["val"] for cell in cells(written(blocks=[table]))]
    assert sides == ["center", "center", "right", "left"]


def test_line_breaks_in_cells_are_kept() -> None:
    data = written(blocks=[Table(("甲",), [("一\n二",)])])
    assert [text_of(cell) for cell in cells(data)] == ["甲", "一\n二"]


def test_two_tables_in_a_row_stay_two_and_the_last_is_followed_by_a_paragraph() -> None:
    data = written(blocks=[Table(("甲",)), Table(("乙",))])
    assert [e.tag.rpartition("}")[2] for e in body(data)[2:]] == ["tbl", "p", "tbl", "p"]


def test_a_table_may_begin_a_page() -> None:
    data = written(blocks=[Paragraph("甲"), PageBreak(), Table(("乙",))])
    assert found(body(data)[3], "w:pPr/w:pageBreakBefore")


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
