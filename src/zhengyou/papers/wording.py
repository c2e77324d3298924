"""A part of a summary as the text that a person edits, and back.

A paragraph is its words; a table is a line per row with ``｜`` between cells. Where numbers stand
in it is kept beside the text, so that those left alone keep their links.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhengyou import documents
from zhengyou.kernel.merging import BAR, carried
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused
from zhengyou.papers.blocks import Grid, Head, Linked, Para, Part, Piece

LONGEST = 10_000
"""Characters that one part may have."""
LONGEST_HEAD = 60
_CELL = re.compile(r"[｜|]")


@dataclass(frozen=True, slots=True)
class Words:
    """A part as text.

    Args:
        kind: ``head``, ``para``, ``grid``; ``own`` for an added paragraph, which has no ``was``.
        numbers: first and last+1 character, code and label of each number in the text.
        shape: caption, head and widths of a table.
    """

    kind: str
    text: str
    numbers: tuple[tuple[int, int, str, str], ...] = ()
    shape: Mapping[str, Any] = field(default_factory=dict)


def words_of(part: Part) -> Words:
    """Return a part as text."""
    if isinstance(part, Head):
        return Words("head", part.text)
    if isinstance(part, Para):
        return Words("para", *_joined(part.pieces))
    pieces: list[Piece] = []
    for row in part.rows:
        for place, cell in enumerate(row):
            pieces += [BAR] if place else ["\n"] if pieces else []
            pieces.append(
                _CELL.sub("／", cell).replace("\n", "；") if isinstance(cell, str) else cell
            )
    shape = {"caption": part.caption, "head": list(part.head), "widths": list(part.widths)}
    return Words("grid", *_joined(pieces, bare=True), shape)


def _one_cell(text: str) -> str:
    return _CELL.sub("／", text).replace("\n", "；")


def _joined(
    pieces: Iterable[Piece], bare: bool = False
) -> tuple[str, tuple[tuple[int, int, str, str], ...]]:
    text, numbers = "", []
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        said = str(piece.value) if bare else piece.words
        numbers.append((len(text), len(text) + len(said), piece.code, piece.label))
        text += said
    return text, tuple(numbers)


def pack(words: Words | None) -> dict[str, Any]:
    """Return words as a row keeps them; nothing for None."""
    if words is None:
        return {}
    return {
        "kind": words.kind,
        "text": words.text,
        "numbers": [list(number) for number in words.numbers],
        "shape": dict(words.shape),
    }


def unpack(data: Mapping[str, Any]) -> Words:
    """Return what :func:`pack` has packed; an added paragraph where that is nothing."""
    numbers = tuple(tuple(number) for number in data.get("numbers", ()))
    return Words(data.get("kind", "own"), data.get("text", ""), numbers, data.get("shape", {}))


def clean(text: str, was: Words) -> str:
    """Return typed words as they are kept.

    Raises:
        Refused: nothing is left, too long, or a row of a table has not as many cells as the head.
    """
    text = tidy(documents.clean_text(text))
    if was.kind == "head":
        text = " ".join(text.split())
    if not text.strip():
        raise Refused("这一段是空的。不想写这一段，请按“这一段不写”。")
    most = LONGEST_HEAD if was.kind == "head" else LONGEST
    if len(text) > most:
        raise Refused(f"这一段有 {len(text):,} 个字，最多 {most:,} 个，请写短些。")
    return _clean_rows(text, len(was.shape["head"])) if was.kind == "grid" else text


def _clean_rows(text: str, columns: int) -> str:
    rows = []
    for number, line in enumerate(filter(str.strip, text.split("\n")), start=1):
        cells = [cell.strip() for cell in _CELL.split(line)]
        if len(cells) != columns:
            raise Refused(
                f"表格第 {number} 行有 {len(cells)} 格，应当是 {columns} 格，"
                f"格子之间用“{BAR}”隔开。"
            )
        rows.append(BAR.join(cells))
    return "\n".join(rows)


def parts_of(key: str, text: str, was: Words) -> list[Part]:
    """Return ``text`` as parts: a paragraph a line, or one table, or one heading.

    Numbers of ``was`` that stand in it untouched lead to their rows.
    """
    if was.kind == "head":
        return [Head(key, text)]
    lines = _linked(text, was)
    if was.kind != "grid":
        return [Para(key, tuple(line)) for line in lines if any(map(_says, line))]
    shape = was.shape
    rows = tuple(_cells(line) for line in lines)
    return [Grid(key, shape["caption"], tuple(shape["head"]), rows, tuple(shape["widths"]))]


def _says(piece: Piece) -> bool:
    return not isinstance(piece, str) or bool(piece.strip())


def _linked(text: str, was: Words) -> list[list[Piece]]:
    """Return the lines of ``text`` in pieces."""
    places = carried(was.text, text, [number[:2] for number in was.numbers])
    lines: list[list[Piece]] = [[]]
    at = 0
    for place, (_, _, code, label) in zip(places, was.numbers, strict=True):
        if place is None or place[0] < at:
            continue
        _add(lines, text[at : place[0]])
        lines[-1].append(Linked(code, label, text[place[0] : place[1]]))
        at = place[1]
    _add(lines, text[at:])
    return lines


def _add(lines: list[list[Piece]], text: str) -> None:
    first, *more = text.split("\n")
    lines[-1].append(first)
    lines += [[line] for line in more]


def _cells(line: list[Piece]) -> tuple[Piece, ...]:
    """Return a row of a table: a cell that is a number alone keeps its link."""
    cells: list[list[Piece]] = [[]]
    for piece in line:
        if isinstance(piece, str):
            first, *more = piece.split(BAR)
            cells[-1].append(first)
            cells += [[cell] for cell in more]
        else:
            cells[-1].append(piece)
    return tuple(map(_cell, cells))


def _cell(pieces: list[Piece]) -> Piece:
    said = [piece for piece in pieces if piece != ""]
    if len(said) == 1:
        return said[0]
    return "".join(piece if isinstance(piece, str) else piece.words for piece in said)
