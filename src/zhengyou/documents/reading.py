"""Reading a Word file back: what a clerk would see, with the style it is set in."""

import io
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

import docx
from docx.document import Document as WordFile
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from .errors import UnreadableError


class Piece(NamedTuple):
    """A paragraph or the text of a table cell."""

    style: str
    text: str


def read_text(data: bytes) -> list[Piece]:
    """Return paragraphs and table cells of a Word file in the order of reading.

    Blank lines are left out, empty cells are not. A cell with several paragraphs is one piece
    with line breaks, in the style of its first.

    Args:
        data: a file the house itself wrote, or one of trusted origin; nothing guards here
            against archives made to swell.

    Raises:
        UnreadableError: no Word file.
    """
    try:
        file = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError):
        raise UnreadableError from None
    return list(_pieces(file))


def _pieces(file: WordFile) -> Iterator[Piece]:
    for block in file.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    yield _joined(cell.paragraphs)
        elif block.text:
            yield _joined([block])


def _joined(paragraphs: list[Paragraph]) -> Piece:
    style = paragraphs[0].style
    return Piece(style.name or "" if style else "", "\n".join(p.text for p in paragraphs))
