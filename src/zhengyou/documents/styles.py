"""The Word styles of a profile, so that a clerk can restyle a document in one place.

Built-in names (``Title``, ``heading 1``, ``caption``, ``footer``) are used where Word has them: its
outline, its menus and WPS know them. Others carry the Chinese name of the part of the document.
"""

from collections.abc import Iterator

from docx.oxml.ns import qn

from .markup import Element, el, switch
from .profile import Profile

_BUILT_IN = {
    "Normal",
    "Title",
    "caption",
    "footer",
    "Strong",
    *(f"heading {n}" for n in range(1, 5)),
}
_RED = "FF0000"
#: Distance of lines to type size where lines stand closer than in the body: table cells, notes.
_CLOSE = 1.4
#: Space above the red line in points: 4 mm (7.2.7) less what a line leaves free under its type.
_ABOVE_RED_LINE = 6
#: Thickness of the red line in eighths of a point: 0.35 mm.
_RED_LINE = 8
_CELL_MARGIN = 85  # twips, 1.5 mm
_HAIRLINE = 4  # eighths of a point


def styles_of(profile: Profile) -> list[Element]:
    """Return the children of ``w:styles`` for ``profile``."""
    return [_defaults(profile), *_text_styles(profile), *_signing(profile), *_small(profile),
            *_head(profile), *_character_styles(profile), _table_style()]  # fmt: skip


def _defaults(profile: Profile) -> Element:
    """Return what every style inherits of type: Chinese fonts, the body's size and spacing.

    The text stands off the document grid and is spaced by itself, see the decision on the grid.
    """
    characters = el(
        "rPr",
        _fonts(profile, profile.body_font),
        *_size(profile.body_size),
        switch("snapToGrid", False),
        el("spacing", val=profile.letter_spacing),
        el("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    return el("docDefaults", el("rPrDefault", characters), el("pPrDefault"))


def _setting(profile: Profile) -> list[Element]:
    """Return how every paragraph is set: on Chinese rules, without Western spacing."""
    return [
        switch("widowControl", False),  # a page has its full number of lines, always
        switch("kinsoku"),
        switch("overflowPunct", False),  # no mark hangs outside the type area
        switch("autoSpaceDE", False),
        switch("autoSpaceDN", False),
        switch("adjustRightInd", False),
        switch("snapToGrid", False),
        _lines(profile.line_pitch),
        el("jc", val="both"),
    ]


def _fonts(profile: Profile, east_asian: str, western: str | None = None) -> Element:
    latin = western or profile.latin_font
    return el("rFonts", ascii=latin, hAnsi=latin, eastAsia=east_asian, cs=latin)


def _size(points: float) -> list[Element]:
    return [el("sz", val=round(points * 2)), el("szCs", val=round(points * 2))]


def _unspaced() -> Element:
    """Return the letter spacing of type that is not the body's size."""
    return el("spacing", val=0)


def _lines(pitch: int) -> Element:
    return el("spacing", before=0, after=0, line=pitch, lineRule="exact")


def _close_lines(points: float) -> Element:
    return _lines(round(points * 20 * _CLOSE))


def first_line(profile: Profile) -> Element:
    """Return the indent of a paragraph's first line.

    Word goes by the characters, so that the indent follows the type size; the twips are for
    programs that know no characters.
    """
    count = profile.first_line_characters
    return el("ind", firstLineChars=count * 100, firstLine=profile.indent(count))


def right_space(profile: Profile, characters: float) -> Element:
    """Return the indent that keeps so many characters free at the right."""
    return el("ind", rightChars=round(characters * 100), right=profile.indent(characters))


def _style(
    identity: str,
    name: str,
    *,
    based_on: str | None = "Normal",
    following: str | None = None,
    link: str | None = None,
    paragraph: list[Element] | None = None,
    characters: list[Element] | None = None,
    kind: str = "paragraph",
) -> Element:
    style = el("style", el("name", val=name), type=kind, styleId=identity)
    if identity == "Normal":
        style.set(qn("w:default"), "1")
    if name not in _BUILT_IN:
        style.set(qn("w:customStyle"), "1")
    for tag, value in (("basedOn", based_on), ("next", following), ("link", link)):
        if value:
            style.append(el(tag, val=value))
    style.append(el("uiPriority", val=1))
    style.append(el("qFormat"))
    if paragraph:
        style.append(el("pPr", *paragraph))
    if characters:
        style.append(el("rPr", *characters))
    return style


def _text_styles(profile: Profile) -> Iterator[Element]:
    # The size stands here too: the grid's character pitch counts from the size of Normal.
    size = _size(profile.body_size)
    yield _style("Normal", "Normal", based_on=None, paragraph=_setting(profile), characters=size)
    yield _style("Body", "公文正文", paragraph=[first_line(profile)])
    pitch = max(profile.line_pitch, round(profile.title_size * 25))
    title = [_fonts(profile, profile.title_font), *_size(profile.title_size), _unspaced()]
    centred = [el("jc", val="center"), _lines(pitch)]
    yield _style("Title", "Title", following="Body", paragraph=centred, characters=title)
    yield _style("Addressee", "主送机关", following="Body", paragraph=[el("jc", val="left")])
    for level in range(1, 5):
        properties = [switch("keepNext"), first_line(profile), el("outlineLvl", val=level - 1)]
        yield _style(
            f"Heading{level}",
            f"heading {level}",
            following="Body",
            link=f"Heading{level}Char",
            paragraph=properties,
            characters=_heading_characters(profile, level),
        )


def _heading_characters(profile: Profile, level: int) -> list[Element]:
    bold = profile.heading_bold[level - 1]
    font = _fonts(profile, profile.heading_fonts[level - 1])
    return [font, switch("b", bold), switch("bCs", bold)]


def _signing(profile: Profile) -> Iterator[Element]:
    yield _style("AttachmentNote", "附件说明", paragraph=[el("jc", val="left")])
    mark = [_fonts(profile, profile.mark_font)]
    yield _style("AttachmentMark", "附件标记", characters=mark, paragraph=[el("jc", val="left")])
    yield _style("AttachmentTitle", "附件标题", based_on="Title", following="Body")
    yield _style("Signatory", "署名", paragraph=[el("jc", val="center")])
    date_at = right_space(profile, profile.date_right_characters)
    yield _style("SignedOn", "成文日期", paragraph=[date_at, el("jc", val="right")])
    yield _style("Remark", "附注", paragraph=[first_line(profile)])


def _small(profile: Profile) -> Iterator[Element]:
    close = [_close_lines(profile.table_size)]
    plain = [_fonts(profile, profile.table_font), *_size(profile.table_size), _unspaced()]
    yield _style("TableText", "表格文字", paragraph=close, characters=plain)
    strong = [_fonts(profile, profile.table_head_font)]
    head = [switch("keepNext"), el("jc", val="center")]
    yield _style("TableHead", "表头", based_on="TableText", paragraph=head, characters=strong)
    caption = [switch("keepNext"), el("jc", val="center"), _lines(profile.line_pitch)]
    yield _style("Caption", "caption", based_on="TableText", paragraph=caption, characters=strong)
    yield _style("Note", "表注", based_on="TableText")
    yield _style("Gap", "间隔", paragraph=[_lines(20)])
    song = profile.page_number_font
    number = [_fonts(profile, song, song), *_size(profile.page_number_size), _unspaced()]
    footer = [_lines(profile.page_number_line)]
    yield _style("Footer", "footer", paragraph=footer, characters=number)


def _head(profile: Profile) -> Iterator[Element]:
    urgency = [_fonts(profile, profile.mark_font)]
    yield _style("Urgency", "紧急程度", characters=urgency, paragraph=[el("jc", val="left")])
    red = [_fonts(profile, profile.title_font), el("color", val=_RED), _unspaced()]
    centred = [el("jc", val="center")]
    yield _style("Issuer", "发文机关标志", paragraph=centred, characters=red)
    yield _style("Number", "发文字号", paragraph=centred)
    line = {"val": "single", "sz": _RED_LINE, "space": _ABOVE_RED_LINE, "color": _RED}
    ruled = [el("pBdr", el("bottom", **line))]
    yield _style("RuledNumber", "发文字号（下有红线）", based_on="Number", paragraph=ruled)


def _character_styles(profile: Profile) -> Iterator[Element]:
    for level in range(1, 5):
        yield _style(
            f"Heading{level}Char",
            f"标题 {level} 字符",
            based_on=None,
            link=f"Heading{level}",
            characters=_heading_characters(profile, level),
            kind="character",
        )
    bold = profile.emphasis_bold
    strong = [switch("b", bold), switch("bCs", bold)]
    if profile.emphasis_font:
        strong.append(_fonts(profile, profile.emphasis_font))
    yield _style("Strong", "Strong", based_on=None, characters=strong, kind="character")
    signer = [_fonts(profile, profile.signer_font)]
    yield _style("Signer", "签发人姓名", based_on=None, characters=signer, kind="character")


def _table_style() -> Element:
    line = {"val": "single", "sz": _HAIRLINE, "space": 0, "color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    margins = [el(side, w=_CELL_MARGIN, type="dxa") for side in ("left", "right")]
    style = _style("DocumentTable", "公文表格", based_on=None, kind="table")
    borders = el("tblBorders", *(el(side, **line) for side in sides))
    style.append(el("tblPr", borders, el("tblCellMar", *margins)))
    return style
