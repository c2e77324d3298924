"""How long a document is, counted as Word counts, and when that is too long."""

import unicodedata
from collections.abc import Mapping

from .blocks import Heading, Note, Paragraph, Table
from .document import Document
from .errors import DocumentError
from .outline import numbered
from .text import is_wide

#: Characters of a body at most, by kind of material; a place may set others.
LENGTH_LIMITS: Mapping[str, int] = {"专项": 4000, "综合": 5000}


def count_characters(text: str) -> int:
    """Return 字数 as Word says it: a Chinese character or mark is one, so is a Western word."""
    total, in_word = 0, False
    for character in text:
        if is_wide(character):
            total, in_word = total + 1, False
        elif character.isspace() or unicodedata.category(character) == "Cf":
            in_word = False
        elif not in_word:
            total, in_word = total + 1, True
    return total


def body_length(document: Document) -> int:
    """Return 字数 of the body: headings with their numbers, paragraphs, notes, tables.

    Title, addressee, signature and attachments do not count.
    """
    total = 0
    for block, number in numbered(document.blocks):
        match block:
            case Heading():
                total += count_characters(number + block.text)
                total += sum(count_characters(run.text) for run in block.body_runs)
            case Paragraph():
                total += count_characters(block.plain)
            case Note():
                total += count_characters(block.text)
            case Table():
                cells = [block.caption or "", *block.head, *(c for row in block.rows for c in row)]
                total += sum(count_characters(cell) for cell in cells)
    return total


def length_warning(
    document: Document, kind: str = "综合", limits: Mapping[str, int] = LENGTH_LIMITS
) -> str | None:
    """Return a Chinese warning if the body is longer than its kind may be, else None.

    Args:
        document: the document; it may be printed all the same.
        kind: a key of ``limits``: “专项” or “综合”, if a place sets no others.
        limits: characters at most per kind.

    Raises:
        DocumentError: ``limits`` has no such kind.
    """
    if kind not in limits:
        raise DocumentError([f"没有“{kind}”这类材料的篇幅限制，可以选：{'、'.join(limits)}"])
    length, limit = body_length(document), limits[kind]
    if length <= limit:
        return None
    over = length - limit
    name = kind.removesuffix("材料") + "材料"
    return f"正文约 {length:,} 字，{name}不宜超过 {limit:,} 字，超出 {over:,} 字，请压缩。"
