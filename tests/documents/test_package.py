"""The file as a file: what Word insists on, what it says about itself, the same bytes always."""

import hashlib
import io
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import docx
import pytest
from lxml import etree
from tests.documents.sample import CREATED, document
from tests.documents.word import W, found, part

from zhengyou.documents import Document, Masthead, Paragraph, to_docx

pytestmark = pytest.mark.pure

ROOT = Path(__file__).parents[2]

#: The order of the schema (ECMA-376 part 1), of which Word accepts no other.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
    "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect "
    "bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW "
    "jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption",
    "tblBorders": "top left bottom right insideH insideV",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection "
    "tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi "
    "rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "settings": "writeProtection view zoom mirrorMargins defaultTabStop evenAndOddHeaders "
    "drawingGridHorizontalSpacing characterSpacingControl footnotePr compat docVars rsids "
    "themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "compat": "doNotExpandShiftReturn adjustLineHeightInTable useFELayout compatSetting",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
}


@pytest.fixture(scope="module")
def data() -> bytes:
    full = document()
    head = Masthead("云岭县教育局文件", "云教〔2026〕1号", "特急", "林知秋")
    parts = {name: getattr(full, name) for name in ("blocks", "attachments", "signed_on")}
    return to_docx(Document("标题", masthead=head, signatory="甲", **parts), created=CREATED)


def xml_parts(data: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if n.startswith("word/") and n.endswith(".xml")]
        return {name: etree.fromstring(archive.read(name)) for name in names}


@pytest.mark.parametrize("parent", sorted(ORDER))
def test_elements_stand_in_the_order_of_the_schema(data: bytes, parent: str) -> None:
    order = ORDER[parent].split()
    seen = 0
    for name, root in xml_parts(data).items():
        for element in found(root, f"//w:{parent}"):
            children = [child.tag.rpartition("}")[2] for child in element]
            assert set(children) <= set(order), name
            assert children == sorted(children, key=order.index), name
            seen += 1
    assert seen


def test_every_style_used_is_defined_and_defined_once(data: bytes) -> None:
    parts = xml_parts(data)
    defined = found(parts["word/styles.xml"], "//w:style/@w:styleId")
    assert len(defined) == len(set(defined))
    used = set(
        found(parts["word/styles.xml"], "//w:basedOn/@w:val|//w:next/@w:val|//w:link/@w:val")
    )
    for root in parts.values():
        used |= set(found(root, "//w:pStyle/@w:val|//w:rStyle/@w:val|//w:tblStyle/@w:val"))
    assert used <= set(defined)


def test_styles_of_our_own_are_marked_as_such_and_words_own_are_not(data: bytes) -> None:
    styles = part(data, "word/styles.xml")
    own = found(styles, "//w:style[@w:customStyle='1']/w:name/@w:val")
    words = found(styles, "//w:style[not(@w:customStyle)]/w:name/@w:val")
    assert "公文正文" in own
    headings = [f"heading {level}" for level in range(1, 5)]
    assert sorted(words) == sorted(["Normal", "Title", "caption", "footer", "Strong", *headings])


def test_nothing_of_a_template_is_left(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(name) for name in names)
    assert sorted(names) == sorted([
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels",
        "word/document.xml", "word/fontTable.xml", "word/footer1.xml", "word/footer2.xml",
        "word/settings.xml", "word/styles.xml",
    ])  # fmt: skip
    assert b"python" not in everything


def test_every_part_has_a_content_type_and_every_relation_a_part(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
    declared = {part.get("PartName") for part in types if part.get("PartName")}
    assert {f"/{name}" for name in names if name.startswith("word/") and "_rels" not in name} <= (
        declared
    )
    assert {f"word/{relation.get('Target')}" for relation in relations} <= names


def test_the_file_says_what_it_is_and_who_wrote_it_when() -> None:
    properties = docx.Document(io.BytesIO(to_docx(document(), created=CREATED))).core_properties
    assert properties.title.startswith("关于在全县教育系统")
    assert properties.author == properties.last_modified_by == "中共云岭县委教育工作委员会"
    assert properties.created == properties.modified == CREATED
    assert properties.language == "zh-CN"


def test_a_title_of_several_lines_is_one_line_in_the_properties() -> None:
    data = to_docx(Document("中共云岭县委\r\n关于表彰的决定", [Paragraph("文")]), created=CREATED)
    assert docx.Document(io.BytesIO(data)).core_properties.title == "中共云岭县委关于表彰的决定"


def test_an_endless_title_does_not_break_the_properties() -> None:
    data = to_docx(Document("长" * 400, [Paragraph("文")]), created=CREATED)
    assert len(docx.Document(io.BytesIO(data)).core_properties.title) == 255


def test_the_same_document_gives_the_same_bytes() -> None:
    assert to_docx(document(), created=CREATED) == to_docx(document(), created=CREATED)


def test_the_same_moment_in_another_time_zone_gives_the_same_bytes() -> None:
    shanghai = CREATED.astimezone(timezone(timedelta(hours=8)))
    assert to_docx(document(), created=shanghai) == to_docx(document(), created=CREATED)


def test_another_moment_is_said_in_the_properties_only() -> None:
    later = to_docx(document(), created=datetime(2027, 1, 1, tzinfo=UTC))
    first = to_docx(document(), created=CREATED)
    assert later != first
    assert etree.tostring(part(later, "word/document.xml")) == (
        etree.tostring(part(first, "word/document.xml"))
    )


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.documents.sample import *; from zhengyou.documents import *;"
        "print(hashlib.sha256(to_docx(document(), created=CREATED)).hexdigest())"
    )
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": "7", "TZ": "UTC"}
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    here = hashlib.sha256(to_docx(document(), created=CREATED)).hexdigest()
    assert result.stdout.strip() == here


def test_the_archive_tells_no_time_and_stands_in_order(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])


def test_the_namespace_of_the_tests_is_the_one_of_the_file(data: bytes) -> None:
    assert part(data, "word/document.xml").tag == f"{{{W}}}document"
