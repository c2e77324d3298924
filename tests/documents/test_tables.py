"""Tables fill the type area, repeat their head and cut no row in two."""

import pytest
from tests.documents.word import body, cells, found, lines, prop, style, text_of, written

from zhengyou.documents import PageBreak, Paragraph, Table

pytestmark = pytest.mark.pure

WIDTH = 8845  # twips


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


def test_short_columns_stay_whole_where_a_long_one_has_to_give_way() -> None:
    rows = [("1", "为全校住校生更换热水设备，解决冬季热水不足的问题" * 3, "1,280", "长期坚持")]
    data = written(blocks=[Table(("序号", "承诺事项", "受益人数", "备注"), rows)])
    twelve_points = 240
    for cell, text in zip(cells(data)[:4], ("序号", "", "受益人数", "长期坚持"), strict=True):
        room = int(prop(cell, "w:tcPr/w:tcW")["w"]) - 2 * 85
        assert room >= len(text) * twelve_points


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
