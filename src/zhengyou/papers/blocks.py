"""What a summary is composed of: words and figures, for the page and for print alike."""

from dataclasses import dataclass
from datetime import date

from zhengyou import documents
from zhengyou.papers.figures import Counted

Piece = str | Counted


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of the first level."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of words and figures."""

    pieces: tuple[Piece, ...]

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(piece if isinstance(piece, str) else piece.words for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells are words or figures."""

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
    """A composed summary."""

    title: str
    blocks: tuple[Part, ...]
    signatory: str
    day: date

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
        return documents.Document(
            title=self.title,
            blocks=[_printed(block) for block in self.blocks],
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
