"""A Word file with the parts a profile needs, and bytes that depend on content alone."""

import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime

import docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.section import Section
from lxml import etree

from .document import Document
from .markup import Element, el, paragraph, run, switch
from .profile import Profile, twips
from .styles import styles_of

#: Fonts that newer systems have under another name; Word takes it where the first is missing.
_ALSO_KNOWN_AS = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "华文中宋",
}
_FONT_TABLE = "application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"
_GB2312 = "86"  # Word's number of the character set
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"
_TITLE_LIMIT = 255  # characters in a core property
#: Parts of python-docx's template that a document of ours has no use for.
_NOT_WANTED = {
    RELATION.THUMBNAIL,
    RELATION.EXTENDED_PROPERTIES,
    RELATION.CUSTOM_XML,
    RELATION.NUMBERING,
    RELATION.THEME,
    RELATION.FONT_TABLE,
    RELATION.WEB_SETTINGS,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
}
#: The oldest time a zip archive can say; every member says it.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def new_file(profile: Profile) -> WordFile:
    """Return an empty Word file with styles, fonts, page, grid and page numbers of ``profile``."""
    file = docx.Document()
    for relations in (file.part.package.rels, file.part.rels):
        for key in [key for key, rel in relations.items() if rel.reltype in _NOT_WANTED]:
            del relations[key]
    file.styles.element[:] = styles_of(profile)
    file.settings.element[:] = _settings(profile)
    _add_font_table(file, profile)
    section = file.sections[0]
    _add_page_numbers(section, profile)
    references = section._sectPr.findall("{*}footerReference")
    section._sectPr[:] = [*references, *_page(profile)]
    section._sectPr.attrib.clear()
    return file


def _page(profile: Profile) -> list[Element]:
    size = {"w": twips(profile.page_width), "h": twips(profile.page_height)}
    margins = {
        "top": twips(profile.margin_top),
        "right": twips(profile.margin_right),
        "bottom": twips(profile.margin_bottom),
        "left": twips(profile.margin_left),
        "header": twips(profile.margin_top) // 2,
        "footer": profile.footer_distance,
        "gutter": 0,
    }
    grid = {"linePitch": profile.line_pitch, "charSpace": profile.character_space}
    return [el("pgSz", **size), el("pgMar", **margins), el("docGrid", type="linesAndChars", **grid)]


def _settings(profile: Profile) -> list[Element]:
    modern = {"name": "compatibilityMode", "uri": _COMPATIBILITY, "val": 15}
    return [
        el("zoom", percent=100),
        el("defaultTabStop", val=profile.indent(2)),
        switch("evenAndOddHeaders", profile.page_number_place == "outside"),
        el("characterSpacingControl", val="doNotCompress"),  # every mark keeps its square
        el(
            "compat",
            switch("doNotExpandShiftReturn"),  # a line ended by hand is not stretched
            switch("useFELayout"),
            el("compatSetting", **modern),
        ),
        el("themeFontLang", val="en-US", eastAsia="zh-CN"),
        el("decimalSymbol", val="."),
        el("listSeparator", val=","),
    ]


def _add_font_table(file: WordFile, profile: Profile) -> None:
    chinese = {
        profile.body_font,
        profile.title_font,
        *profile.heading_fonts,
        profile.mark_font,
        profile.signer_font,
        profile.table_font,
        profile.table_head_font,
        profile.page_number_font,
        profile.emphasis_font or profile.body_font,
    }
    fonts = []
    for name in sorted(chinese):
        other = [el("altName", val=_ALSO_KNOWN_AS[name])] if name in _ALSO_KNOWN_AS else []
        fonts.append(el("font", *other, el("charset", val=_GB2312), name=name))
    if profile.latin_font not in chinese:
        fonts.append(el("font", el("charset", val="00"), name=profile.latin_font))
    blob = etree.tostring(
        el("fonts", *fonts), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    part = Part(PackURI("/word/fontTable.xml"), _FONT_TABLE, blob, file.part.package)
    file.part.relate_to(part, RELATION.FONT_TABLE)


def _add_page_numbers(section: Section, profile: Profile) -> None:
    """Put “— 1 —” at the foot: odd pages right, even pages left, one character in (7.5)."""
    one = round(profile.page_number_size * 20)
    if profile.page_number_place == "none":
        return
    odd = [el("jc", val="center")]
    if profile.page_number_place == "outside":
        odd = [el("ind", right=one), el("jc", val="right")]
        even = [el("ind", left=one), el("jc", val="left")]
        section.even_page_footer._element[:] = [_page_number(even)]
    section.footer._element[:] = [_page_number(odd)]


def _page_number(properties: list[Element]) -> Element:
    code = el("instrText")
    code.text = " PAGE "
    field = [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", code),
        el("r", el("fldChar", fldCharType="separate")),
        run("1"),
        el("r", el("fldChar", fldCharType="end")),
    ]
    return paragraph("Footer", "— ", *field, " —", properties=properties)


def describe(file: WordFile, document: Document, created: datetime) -> None:
    """Fill in who wrote what and when; ``created`` knows its time zone."""
    properties = file.core_properties
    properties.title = document.title_line[:_TITLE_LIMIT]
    properties.author = properties.last_modified_by = document.signatory or ""
    properties.created = properties.modified = created.astimezone(UTC).replace(tzinfo=None)
    properties.language = "zh-CN"
    properties.comments = ""


def saved(file: WordFile) -> bytes:
    """Return ``file`` as bytes, the same whenever and wherever it is saved.

    Word wants the content types first; the other members stand in the order of their names.
    """
    raw = io.BytesIO()
    file.save(raw)
    result = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(result, "w") as target:
        for name in _sorted(source.namelist()):
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            target.writestr(member, source.read(name))
    return result.getvalue()


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))
