"""The numbers of GB/T 9704—2012, and local variants that stay printable."""

from dataclasses import replace
from typing import Any

import pytest

from zhengyou.documents import GBT_9704, DocumentError, Profile, profile_from

pytestmark = pytest.mark.pure

MM = 1440 / 25.4  # twips


def test_the_type_area_is_156_by_225_millimetres() -> None:
    assert GBT_9704.text_width / MM == pytest.approx(156, abs=0.05)
    assert GBT_9704.text_height / MM == pytest.approx(225, abs=0.05)


def test_22_lines_fit_and_a_23rd_does_not() -> None:
    pitch = GBT_9704.line_pitch
    assert 22 * pitch <= GBT_9704.text_height < 23 * pitch
    assert pitch / 20 == pytest.approx(28.99, abs=0.05)


def test_28_characters_fit_and_a_29th_does_not() -> None:
    pitch = GBT_9704.body_size + GBT_9704.letter_spacing / 20
    width = GBT_9704.text_width / 20
    assert 28 * pitch <= width < 29 * pitch
    assert GBT_9704.character_pitch == pytest.approx(15.79, abs=0.01)


def test_the_grid_counts_in_4096ths_of_a_point_from_the_body_size() -> None:
    pitch = GBT_9704.body_size + GBT_9704.character_space / 4096
    assert pitch * 28 == pytest.approx(GBT_9704.text_width / 20, abs=0.01)
    assert pitch * 28 <= GBT_9704.text_width / 20


def test_the_dashes_of_the_page_number_are_7_mm_below_the_type_area() -> None:
    middle = GBT_9704.footer_distance + GBT_9704.page_number_line / 2
    assert 35 - middle / MM == pytest.approx(7, abs=0.05)


def test_a_local_variant_is_a_replacement() -> None:
    local = replace(GBT_9704, lines=25, title_font="华文中宋")
    assert 25 * local.line_pitch <= local.text_height
    assert local.body_font == GBT_9704.body_font


def test_settings_may_name_sizes_as_clerks_do() -> None:
    profile = profile_from({"title_size": "小一", "table_size": "五号", "body_size": "3号"})
    assert (profile.title_size, profile.table_size, profile.body_size) == (24, 10.5, 16)


def test_settings_from_a_file_have_lists() -> None:
    profile = profile_from({
        "heading_fonts": ["黑体", "楷体", "仿宋", "仿宋"],
        "heading_bold": [False, False, True, False],
        "emphasis_font": "楷体",
    })  # fmt: skip
    assert profile.heading_fonts[1] == "楷体"
    assert profile.heading_bold[2] is True


def test_settings_may_build_on_another_profile() -> None:
    county = replace(GBT_9704, name="云岭县")
    assert profile_from({"lines": 24}, base=county).name == "云岭县"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"line": 22}, "版式设置里没有“line”这一项，是不是想写 lines。"),
        ({"margin_top": "37"}, "（margin_top）应当是数字（毫米），现在是“37”"),
        ({"margin_top": True}, "（margin_top）应当是数字（毫米），现在是“True”"),
        ({"margin_top": 500}, "“上边距（天头）”（margin_top）应当在 5 至 100 毫米之间，现在是 500"),
        ({"margin_top": float("nan")}, "应当在 5 至 100 毫米之间"),
        ({"lines": 22.5}, "（lines）应当是整数，现在是 22.5"),
        ({"body_size": "十六号"}, "（body_size）不认识字号“十六号”，请写磅数，或者写初号、小初"),
        ({"body_size": 16.3}, "只能精确到半磅，现在是 16.3"),
        ({"body_font": ""}, "“正文字体”（body_font）的字体名是空的，请填写"),
        ({"body_font": "宋" * 32}, "的字体名太长，最多 31 个字"),
        ({"heading_fonts": ["黑体"]}, "应当是四个字体名，一级一个"),
        ({"heading_fonts": ["黑体", "", "仿宋", "仿宋"]}, "的字体名是空的"),
        ({"heading_bold": [0, 0, 0, 0]}, "应当是四个 true 或 false，一级一个"),
        ({"emphasis_bold": "yes"}, "应当是 true 或 false，现在是“yes”"),
        ({"page_number_place": "top"}, "只能是 outside、center、none，现在是“top”"),
        ({"name": ""}, "“名称”（name）的值是空的"),
        ({"lines": 60}, "每面60行时行距只有10.6磅，小于正文字号，请减少行数或字号"),
        ({"characters": 40}, "每行40字时字距只有11.06磅，字会重叠，请减少字数或字号"),
        ({"margin_bottom": 11}, "下边距太小，页码放不下"),
        (
            {"page_width": 100, "margin_left": 60, "margin_right": 60},
            "页边距之和超过了纸张大小，版心放不下",
        ),
    ],
)
def test_a_wrong_setting_is_said_in_chinese(data: dict[str, Any], said: str) -> None:
    with pytest.raises(DocumentError) as caught:
        profile_from(data)
    assert said in str(caught.value)


def test_an_unknown_setting_far_from_all_lists_what_there_is() -> None:
    with pytest.raises(DocumentError, match="可以写的有：name、page_width"):
        profile_from({"纸张": "A4"})


def test_every_field_has_a_chinese_label() -> None:
    labels = [spec.metadata["label"] for spec in Profile.__dataclass_fields__.values()]
    assert all(labels)
    assert len(set(labels)) == len(labels)
