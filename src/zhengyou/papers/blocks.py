"""What a summary is composed of: words and figures, for the page and for print alike.

Each part has a key: the chapter's code, for a heading; ``chapter.part`` for what stands below it.
"""

from dataclasses import dataclass
from datetime import date

from zhengyou import documents
from zhengyou.papers.counting import Counted


@dataclass(frozen=True, slots=True)
class Linked:
    """A number in an edited text that was left alone: it still leads to its rows."""

    code: str
    label: str
    words: str

    @property
    def value(self) -> str:
        """The number as a cell of a table says it."""
        return self.words


Piece = str | Counted | Linked


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of the first level."""

    key: str
    text: str

    @property
    def plain(self) -> str:
        """The text."""
        return self.text


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of words and figures."""

    key: str
    pieces: tuple[Piece, ...]

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(piece if isinstance(piece, str) else piece.words for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells are words or figures."""

    key: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    widths: tuple[float, ...]

    @property
    def plain(self) -> tuple[tuple[str, ...], ...]:
        """The cells as text."""
        return tuple(
            tuple(cell if isinstance(cell, str) else str(cell.value) for cell in row)
            for row in self.rows
        )


Part = Head | Para | Grid


@dataclass(frozen=True, slots=True)
class Summary:
    """A composed summary.

    Args:
        left_out: what the records say and the paper does not, by name: it says so itself.
    """

    title: str
    blocks: tuple[Part, ...]
    signatory: str
    day: date
    left_out: tuple[str, ...] = ()

    @property
    def figures(self) -> list[Counted]:
        """Every figure in it, in order."""
        found: list[Counted] = []
        for block in self.blocks:
            if isinstance(block, Para):
                found += [piece for piece in block.pieces if isinstance(piece, Counted)]
            elif isinstance(block, Grid):
                found += [cell for row in block.rows for cell in row if isinstance(cell, Counted)]
        return found

    def document(self) -> documents.Document:
        """Return the same as an official document."""
        blocks = [_printed(block) for block in self.blocks]
        if self.left_out:
            names = "、".join(f"“{name}”" for name in self.left_out)
            blocks.append(documents.Note(f"注：记录里另有{names}，本文没有写。"))
        return documents.Document(
            title=self.title,
            blocks=blocks,
            signatory=self.signatory,
            signed_on=self.day,
        )


def _printed(block: Part) -> documents.Block:
    if isinstance(block, Head):
        return documents.Heading(1, block.text)
    if isinstance(block, Para):
        return documents.Paragraph(block.plain)
    return documents.Table(
        head=block.head, rows=block.plain, caption=block.caption, widths=block.widths
    )
