"""Looking into a Word file: its parts as XML, its measures as numbers."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from lxml import etree
from tests.documents.sample import CREATED

from zhengyou.documents import Block, Document, Paragraph, to_docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {"w": W}


def part(data: bytes, name: str) -> etree._Element:
    """Return the root of one part, such as ``word/document.xml``."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def found(element: etree._Element, path: str) -> list:
    """Return what an XPath with the prefix ``w`` finds."""
    return element.xpath(path, namespaces=NAMES)


def values(element: etree._Element) -> dict[str, str]:
    """Return the ``w:`` attributes by their short names."""
    return {key.removeprefix(f"{{{W}}}"): value for key, value in element.attrib.items()}


def style(data: bytes, identity: str) -> etree._Element:
    """Return a style by its id."""
    (only,) = found(part(data, "word/styles.xml"), f"//w:style[@w:styleId='{identity}']")
    return only


def prop(element: etree._Element, path: str) -> dict[str, str]:
    """Return the attributes of the one element at ``path``."""
    (only,) = found(element, path)
    return values(only)


def body(data: bytes) -> list[etree._Element]:
    """Return paragraphs and tables in order, without the section's properties."""
    return list(found(part(data, "word/document.xml"), "w:body/*[not(self::w:sectPr)]"))


def text_of(paragraph: etree._Element) -> str:
    """Return a paragraph's text; line breaks and tabs as such."""
    signs = {f"{{{W}}}br": "\n", f"{{{W}}}tab": "\t"}
    parts = paragraph.iterfind(".//w:r/*", NAMES)
    return "".join(signs.get(p.tag, p.text or "") for p in parts)


def style_of(paragraph: etree._Element) -> str:
    """Return the id of a paragraph's style."""
    return prop(paragraph, "w:pPr/w:pStyle")["val"]


def lines(data: bytes) -> list[tuple[str, str]]:
    """Return (style id, text) of every paragraph outside tables, blank lines too."""
    return [(style_of(p), text_of(p)) for p in body(data) if p.tag.endswith("}p")]


def paragraphs_in(data: bytes, style_id: str) -> list[etree._Element]:
    """Return the paragraphs of a style, outside tables."""
    return [p for p in body(data) if p.tag.endswith("}p") and style_of(p) == style_id]


def cells(data: bytes) -> list[etree._Element]:
    """Return the cells of all tables in reading order."""
    return list(found(part(data, "word/document.xml"), "//w:tc"))


def written(
    title: str = "标题", blocks: Sequence[Block] = (Paragraph("正文。"),), **parts: Any
) -> bytes:
    """Return a small document as a Word file."""
    return to_docx(Document(title, blocks, **parts), created=CREATED)
