"""The Word file says the numbers of GB/T 9704—2012, in the places where Word looks for them."""

import pytest
from tests.documents.sample import CREATED, document
from tests.documents.word import found, part, prop, style, text_of, values

from zhengyou.documents import GBT_9704, Document, Paragraph, profile_from, to_docx

pytestmark = pytest.mark.pure

MM = 1440 / 25.4  # twips
LONG = Document("标题", [Paragraph("正文。")])


@pytest.fixture(scope="module")
def data() -> bytes:
    return to_docx(document(), created=CREATED)


def section(data: bytes, name: str) -> dict[str, str]:
    return prop(part(data, "word/document.xml"), f"w:body/w:sectPr/w:{name}")


def test_the_paper_is_a4(data: bytes) -> None:
    size = section(data, "pgSz")
    assert int(size["w"]) == pytest.approx(210 * MM, abs=1)
    assert int(size["h"]) == pytest.approx(297 * MM, abs=1)


@pytest.mark.parametrize(
    ("side", "millimetres"), [("top", 37), ("left", 28), ("right", 26), ("bottom", 35)]
)
def test_margins(data: bytes, side: str, millimetres: float) -> None:
    assert int(section(data, "pgMar")[side]) == pytest.approx(millimetres * MM, abs=1)


def test_the_grid_has_22_lines_of_28_characters(data: bytes) -> None:
    grid = section(data, "docGrid")
    assert grid["type"] == "linesAndChars"
    size, margins = section(data, "pgSz"), section(data, "pgMar")
    height = int(size["h"]) - int(margins["top"]) - int(margins["bottom"])
    width = int(size["w"]) - int(margins["left"]) - int(margins["right"])
    assert int(height / int(grid["linePitch"])) == 22
    assert int(width / 20 / (16 + int(grid["charSpace"]) / 4096)) == 28


def test_the_body_is_16_point_fangsong_in_the_chinese_slot(data: bytes) -> None:
    defaults = found(part(data, "word/styles.xml"), "//w:rPrDefault/w:rPr")[0]
    fonts = prop(defaults, "w:rFonts")
    assert fonts["eastAsia"] == "仿宋_GB2312"
    assert fonts["ascii"] == fonts["hAnsi"] == "Times New Roman"
    assert prop(defaults, "w:sz")["val"] == "32"
    assert prop(defaults, "w:lang")["eastAsia"] == "zh-CN"


def test_lines_have_an_exact_pitch(data: bytes) -> None:
    spacing = prop(style(data, "Normal"), "w:pPr/w:spacing")
    assert spacing == {"before": "0", "after": "0", "line": "579", "lineRule": "exact"}


def test_chinese_rules_and_no_western_spacing(data: bytes) -> None:
    normal = style(data, "Normal")
    assert prop(normal, "w:pPr/w:kinsoku") == {}
    off = ("autoSpaceDE", "autoSpaceDN", "overflowPunct", "widowControl", "snapToGrid")
    assert {prop(normal, f"w:pPr/w:{name}")["val"] for name in off} == {"0"}


def test_normal_is_the_default_and_has_the_size_the_grid_counts_from(data: bytes) -> None:
    normal = style(data, "Normal")
    assert values(normal)["default"] == "1"
    assert prop(normal, "w:rPr/w:sz")["val"] == "32"


def test_the_first_line_is_indented_by_two_characters(data: bytes) -> None:
    indent = prop(style(data, "Body"), "w:pPr/w:ind")
    assert indent["firstLineChars"] == "200"
    assert int(indent["firstLine"]) == pytest.approx(2 * 15.79 * 20, abs=1)


def test_the_title_is_22_point_xiaobiaosong_centred(data: bytes) -> None:
    title = style(data, "Title")
    assert prop(title, "w:rPr/w:sz")["val"] == "44"
    assert prop(title, "w:rPr/w:rFonts")["eastAsia"] == "方正小标宋简体"
    assert prop(title, "w:pPr/w:jc")["val"] == "center"


@pytest.mark.parametrize(
    ("level", "font"),
    [(1, "黑体"), (2, "楷体_GB2312"), (3, "仿宋_GB2312"), (4, "仿宋_GB2312")],
)
def test_headings_have_their_fonts_and_outline_levels(data: bytes, level: int, font: str) -> None:
    heading = style(data, f"Heading{level}")
    assert prop(heading, "w:name")["val"] == f"heading {level}"
    assert prop(heading, "w:rPr/w:rFonts")["eastAsia"] == font
    assert prop(heading, "w:rPr/w:b")["val"] == "0"
    assert prop(heading, "w:pPr/w:outlineLvl")["val"] == str(level - 1)
    assert prop(heading, "w:pPr/w:ind")["firstLineChars"] == "200"


def test_page_numbers_are_right_on_odd_pages_and_left_on_even_ones(data: bytes) -> None:
    assert prop(part(data, "word/settings.xml"), "w:evenAndOddHeaders") == {}
    for kind, side in (("default", "right"), ("even", "left")):
        footer = footer_of(data, kind)
        assert prop(footer, "w:p/w:pPr/w:jc")["val"] == side
        assert prop(footer, "w:p/w:pPr/w:ind") == {side: "280"}  # one character of 14 pt
        assert text_of(footer).replace(" PAGE ", "") == "— 1 —"
        assert found(footer, ".//w:instrText")[0].text.strip() == "PAGE"


def footer_of(data: bytes, kind: str) -> object:
    reference = found(part(data, "word/document.xml"), f"//w:footerReference[@w:type='{kind}']")
    identity = next(v for k, v in reference[0].attrib.items() if k.endswith("}id"))
    relations = part(data, "word/_rels/document.xml.rels")
    (target,) = [r.get("Target") for r in relations if r.get("Id") == identity]
    return part(data, f"word/{target}")


def test_page_numbers_are_14_point_songti(data: bytes) -> None:
    footer = style(data, "Footer")
    assert prop(footer, "w:rPr/w:sz")["val"] == "28"
    assert set(prop(footer, "w:rPr/w:rFonts").values()) >= {"宋体"}
    assert prop(footer, "w:rPr/w:rFonts")["ascii"] == "宋体"


def test_the_dashes_are_set_in_the_chinese_font(data: bytes) -> None:
    runs = found(footer_of(data, "default"), ".//w:r[w:t[contains(., '—')]]")
    assert [prop(run, "w:rPr/w:rFonts")["hint"] for run in runs] == ["eastAsia"] * 2


def test_page_numbers_may_stand_in_the_middle_or_be_left_out() -> None:
    middle = to_docx(LONG, profile_from({"page_number_place": "center"}), created=CREATED)
    assert prop(footer_of(middle, "default"), "w:p/w:pPr/w:jc")["val"] == "center"
    assert prop(part(middle, "word/settings.xml"), "w:evenAndOddHeaders")["val"] == "0"
    none = to_docx(LONG, profile_from({"page_number_place": "none"}), created=CREATED)
    assert not found(part(none, "word/document.xml"), "//w:footerReference")


def test_fonts_that_newer_systems_lack_have_a_successor(data: bytes) -> None:
    table = part(data, "word/fontTable.xml")
    others = {values(font)["name"]: prop(font, "w:altName")["val"]
              for font in found(table, "w:font[w:altName]")}  # fmt: skip
    assert others == {
        "仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "华文中宋"
    }  # fmt: skip


def test_a_local_profile_reaches_every_place() -> None:
    county = profile_from({
        "body_font": "仿宋", "body_size": 15, "lines": 25, "characters": 30, "margin_top": 30,
        "emphasis_font": "楷体", "emphasis_bold": False, "first_line_characters": 0,
    })  # fmt: skip
    data = to_docx(LONG, county, created=CREATED)
    assert prop(style(data, "Normal"), "w:pPr/w:spacing")["line"] == str(county.line_pitch)
    assert prop(style(data, "Normal"), "w:rPr/w:sz")["val"] == "30"
    assert prop(style(data, "Strong"), "w:rPr/w:rFonts")["eastAsia"] == "楷体"
    assert prop(style(data, "Strong"), "w:rPr/w:b")["val"] == "0"
    assert prop(style(data, "Body"), "w:pPr/w:ind")["firstLineChars"] == "0"
    assert int(section(data, "pgMar")["top"]) == pytest.approx(30 * MM, abs=1)
    assert county.line_pitch != GBT_9704.line_pitch
