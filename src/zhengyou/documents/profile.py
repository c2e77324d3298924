"""The measures of a page: the national standard, and local variants of it.

Everything the standard fixes as a number or a typeface is a field here, so that a place with its
own custom changes data and not code. Lengths are millimetres, type sizes points.
"""

import difflib
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, get_args

from .errors import DocumentError
from .measures import count, field_problems, font, mm, read, size

_MM_PER_INCH = 25.4
_TWIPS_PER_INCH = 1440
_TWIPS_PER_POINT = 20
#: Word measures the grid's character pitch in 4096ths of a point over the size of Normal.
_GRID_UNITS_PER_POINT = 4096

PageNumberPlace = Literal["outside", "center", "none"]


def twips(millimetres: float) -> int:
    """Return millimetres as twentieths of a point, Word's unit."""
    return round(millimetres / _MM_PER_INCH * _TWIPS_PER_INCH)


@dataclass(frozen=True, slots=True)
class Profile:
    """How documents look at one place. The defaults are GB/T 9704—2012.

    Make a variant with ``dataclasses.replace`` or, from a settings file, with
    :func:`zhengyou.documents.profile_from`. Each field's meaning is its ``label``.

    Raises:
        DocumentError: a value is of the wrong kind or out of range, or the values do not go
            together (a line pitch below the type size).
    """

    name: str = field(default="GB/T 9704—2012", metadata={"label": "名称", "kind": "text"})
    page_width: float = mm(210, "纸宽", 100, 450)
    page_height: float = mm(297, "纸高", 100, 450)
    margin_top: float = mm(37, "上边距（天头）", 5, 100)
    margin_left: float = mm(28, "左边距（订口）", 5, 100)
    margin_right: float = mm(26, "右边距", 5, 100)
    margin_bottom: float = mm(35, "下边距", 10, 100)
    lines: int = count(22, "每面行数", 5, 80)
    characters: int = count(28, "每行字数", 5, 80)

    body_font: str = font("仿宋_GB2312", "正文字体")
    body_size: float = size(16, "正文字号")
    title_font: str = font("方正小标宋简体", "标题字体")
    title_size: float = size(22, "标题字号")
    heading_fonts: tuple[str, str, str, str] = font(
        ("黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"), "一至四级标题字体", "fonts"
    )
    heading_bold: tuple[bool, bool, bool, bool] = font(
        (False, False, False, False), "一至四级标题是否加粗", "flags"
    )
    mark_font: str = font("黑体", "附件标记和紧急程度字体")
    signer_font: str = font("楷体_GB2312", "签发人姓名字体")
    latin_font: str = font("Times New Roman", "西文和数字字体")
    emphasis_font: str | None = font(None, "强调文字字体（不填则同正文）", "font?")
    emphasis_bold: bool = font(True, "强调文字是否加粗", "flag")

    table_font: str = font("仿宋_GB2312", "表格字体")
    table_head_font: str = font("黑体", "表头和表题字体")
    table_size: float = size(12, "表格字号")

    page_number_font: str = font("宋体", "页码字体")
    page_number_size: float = size(14, "页码字号")
    page_number_drop: float = mm(7, "页码一字线距版心下边缘", 0, 60)
    page_number_place: PageNumberPlace = field(
        default="outside",
        metadata={"label": "页码位置", "kind": "choice", "among": get_args(PageNumberPlace)},
    )

    masthead_size: float = size(48, "发文机关标志最大字号")
    masthead_drop: float = mm(35, "发文机关标志上边缘距版心上边缘", 0, 100)
    first_line_characters: int = count(2, "段首空字数", 0, 8)
    date_right_characters: int = count(4, "盖章文件成文日期右空字数", 0, 12)
    blank_lines_before_seal: int = count(2, "盖章文件署名前空行数", 0, 6)

    def __post_init__(self) -> None:
        problems = list(field_problems(self))
        if problems := problems or list(self._whole_problems()):
            raise DocumentError(problems)

    def _whole_problems(self) -> Iterator[str]:
        if self.text_width <= 0 or self.text_height <= 0:
            yield "页边距之和超过了纸张大小，版心放不下"
            return
        if self.line_pitch < self.body_size * _TWIPS_PER_POINT:
            points = self.line_pitch / _TWIPS_PER_POINT
            yield f"每面{self.lines}行时行距只有{points:g}磅，小于正文字号，请减少行数或字号"
        if self.character_pitch < self.body_size * 0.9:
            pitch = self.character_pitch
            yield f"每行{self.characters}字时字距只有{pitch:.2f}磅，字会重叠，请减少字数或字号"
        if self.page_number_drop + self.page_number_size * 0.36 > self.margin_bottom - 5:
            yield "下边距太小，页码放不下"

    @property
    def text_width(self) -> int:
        """Width of the type area in twips."""
        return twips(self.page_width) - twips(self.margin_left) - twips(self.margin_right)

    @property
    def text_height(self) -> int:
        """Height of the type area in twips."""
        return twips(self.page_height) - twips(self.margin_top) - twips(self.margin_bottom)

    @property
    def line_pitch(self) -> int:
        """Distance of lines in twips, rounded down: rounded up, the last line would not fit."""
        return self.text_height // self.lines

    @property
    def character_pitch(self) -> float:
        """Distance of characters in points."""
        return self.text_width / _TWIPS_PER_POINT / self.characters

    @property
    def character_space(self) -> int:
        """``w:charSpace``: what the grid adds to each character, rounded down as above."""
        return math.floor((self.character_pitch - self.body_size) * _GRID_UNITS_PER_POINT)

    @property
    def letter_spacing(self) -> int:
        """What body text adds to each character in twips, one less than would just do.

        The spare twip lets the last character in where a program rounds the line's width; what
        is left over at the end of the line goes between its characters, the lines are justified.
        """
        return math.floor((self.character_pitch - self.body_size) * _TWIPS_PER_POINT) - 1

    @property
    def page_number_line(self) -> int:
        """Height of the page number's line in twips."""
        return round(self.page_number_size * _TWIPS_PER_POINT * 1.2)

    @property
    def footer_distance(self) -> int:
        """From the page's edge to the footer's lower edge in twips.

        The dashes are to be ``page_number_drop`` below the type area, and a dash stands halfway
        up its line.
        """
        dash = twips(self.margin_bottom) - twips(self.page_number_drop)
        return dash - self.page_number_line // 2

    def indent(self, characters: float) -> int:
        """Return the width of so many body characters in twips."""
        return round(characters * self.character_pitch * _TWIPS_PER_POINT)


GBT_9704 = Profile()


def profile_from(data: Mapping[str, object], base: Profile | None = None) -> Profile:
    """Return ``base`` with the values of ``data``, as read from a settings file.

    Args:
        data: field names of :class:`Profile`; sizes also by name (“三号”, “3号”, “小四”).
        base: what is not in ``data``; the national standard by default.

    Raises:
        DocumentError: an unknown name or a wrong value; all of them are said at once.
    """
    known = {f.name: f for f in fields(GBT_9704)}
    problems = [_unknown(name, list(known)) for name in data if name not in known]
    if problems:
        raise DocumentError(problems)
    values: dict[str, Any] = {name: read(known[name], value) for name, value in data.items()}
    return replace(base or GBT_9704, **values)


def _unknown(name: str, known: list[str]) -> str:
    near = difflib.get_close_matches(str(name), known, 1)
    hint = f"，是不是想写 {near[0]}" if near else f"；可以写的有：{'、'.join(known)}"
    return f"版式设置里没有“{name}”这一项{hint}"
