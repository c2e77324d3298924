"""What a body is made of: headings, paragraphs, tables, notes, page breaks.

A block is data. It knows what is wrong with itself (``problems``), not how it is printed. Lists
may be given where tuples are kept: a block is never changed after it was made.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .text import character_problems, clean_text, text_problems

Alignment = Literal["left", "center", "right"]
_ALIGNMENTS = ("left", "center", "right")
_CLIP = 12


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one kind within a paragraph."""

    text: str
    emphasis: bool = False


def _runs(text: "str | Sequence[Run]") -> tuple[Run, ...]:
    return (Run(text),) if isinstance(text, str) else tuple(text)


def _run_problems(text: "str | Sequence[Run]", what: str) -> Iterator[str]:
    if isinstance(text, str):
        yield from text_problems(text, what)
    elif not all(isinstance(run, Run) and isinstance(run.text, str) for run in text):
        yield f"{what}应当是文字，或者一串 Run"
    else:
        yield from text_problems("".join(run.text for run in text), what)


def _frozen(thing: object, **values: object) -> None:
    """Set fields of a frozen dataclass while it is being made."""
    for name, value in values.items():
        object.__setattr__(thing, name, value)


def clipped(text: object) -> str:
    """Return the first characters of ``text`` for an error message, quoted and printable."""
    line = clean_text(text).replace("\n", " ").strip() if isinstance(text, str) else ""
    return f"“{line[:_CLIP]}{'…' if len(line) > _CLIP else ''}”" if line else ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One natural paragraph, its first line indented by two characters.

    Args:
        text: a string, or runs where some words are emphasised. One line only: what has line
            breaks is several paragraphs (see :func:`paragraphs`).
        indent: False for a paragraph that starts at the margin.
        align: None for justified, as the body is.
    """

    text: str | Sequence[Run]
    indent: bool = True
    align: Alignment | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.text, str):
            _frozen(self, text=tuple(self.text))

    @property
    def runs(self) -> tuple[Run, ...]:
        """The text as runs."""
        return _runs(self.text)

    @property
    def plain(self) -> str:
        """The text without emphasis."""
        return "".join(run.text for run in self.runs)

    @property
    def label(self) -> str:
        """Chinese name for error messages."""
        return "段落" + (clipped(self.text) if isinstance(self.text, str) else "")

    def problems(self) -> Iterator[str]:
        """Yield what is wrong, in Chinese."""
        yield from _run_problems(self.text, "段落")
        if self.align not in (None, *_ALIGNMENTS):
            yield f"对齐方式只能是 {'、'.join(_ALIGNMENTS)}，现在是“{self.align}”"


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return what somebody typed in a box as paragraphs: one per line, blank lines left out.

    Cleans by the rule of :func:`zhengyou.documents.clean_text`.
    """
    lines = (line.strip() for line in clean_text(text).split("\n"))
    return tuple(Paragraph(line) for line in lines if line)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; the writer numbers it (一、 （一） 1. （1）) by its level and place.

    Args:
        level: 1 to 4; at most one deeper than the heading before, the first is 1.
        text: without number.
        body: text that goes on in the same line, as levels two to four often do:
            “（一）加强领导。各支部……”.
    """

    level: int
    text: str
    body: str | Sequence[Run] = ()

    def __post_init__(self) -> None:
        if not isinstance(self.body, str):
            _frozen(self, body=tuple(self.body))

    @property
    def body_runs(self) -> tuple[Run, ...]:
        """What follows on the same line, as runs; empty for a heading on its own line."""
        return _runs(self.body) if self.body else ()

    @property
    def label(self) -> str:
        """Chinese name for error messages."""
        return "标题" + clipped(self.text)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong, in Chinese."""
        if self.level not in (1, 2, 3, 4) or isinstance(self.level, bool):
            yield f"标题层次只能是 1 至 4，现在是 {self.level!r}"
        yield from text_problems(self.text, "标题")
        if self.body:
            yield from _run_problems(self.body, "标题后的正文")


@dataclass(frozen=True, slots=True)
class Table:
    """A table across the type area; its head is repeated on every page.

    Args:
        head: names of the columns, at least one.
        rows: as many cells each as the head has; a cell may be empty and may have line breaks.
        caption: printed above, centred.
        widths: shares of the width, any positive numbers; None to derive them from the text.
        align: one of ``left``, ``center``, ``right`` per column; None for centred where every
            cell is short, else left.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]] = ()
    caption: str | None = None
    widths: Sequence[float] | None = None
    align: Sequence[Alignment] | None = None

    def __post_init__(self) -> None:
        _frozen(self, head=tuple(self.head), rows=tuple(tuple(row) for row in self.rows))
        if self.widths is not None:
            _frozen(self, widths=tuple(self.widths))
        if self.align is not None:
            _frozen(self, align=tuple(self.align))

    @property
    def label(self) -> str:
        """Chinese name for error messages."""
        return "表格" + clipped(self.caption)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong, in Chinese."""
        columns = len(self.head)
        if not columns:
            yield "没有表头，请至少写一列"
        if self.caption is not None:
            yield from text_problems(self.caption, "表题")
        yield from self._cell_problems("表头", self.head)
        for number, row in enumerate(self.rows, 1):
            if len(row) != columns:
                yield f"第{number}行有{len(row)}格，表头有{columns}格，请补齐或删去多余的格"
            yield from self._cell_problems(f"第{number}行", row)
        yield from self._column_problems(columns)

    @staticmethod
    def _cell_problems(where: str, cells: Sequence[str]) -> Iterator[str]:
        for number, cell in enumerate(cells, 1):
            what = f"{where}第{number}格"
            if isinstance(cell, str):
                yield from character_problems(cell, what, lines=True)
            else:
                yield f"{what}应当是文字"

    def _column_problems(self, columns: int) -> Iterator[str]:
        for what, values in (("列宽", self.widths), ("对齐方式", self.align)):
            if values is not None and len(values) != columns:
                yield f"{what}有{len(values)}个，表头有{columns}格，应当一列一个"
        if any(not isinstance(w, int | float) or not 0 < w < 1e6 for w in self.widths or ()):
            yield "列宽应当是大于 0 的数"
        for value in self.align or ():
            if value not in _ALIGNMENTS:
                yield f"对齐方式只能是 {'、'.join(_ALIGNMENTS)}，现在是“{value}”"


@dataclass(frozen=True, slots=True)
class Note:
    """A line in small type, mostly under a table: “注：……”."""

    text: str

    @property
    def label(self) -> str:
        """Chinese name for error messages."""
        return "注" + clipped(self.text)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong, in Chinese."""
        yield from text_problems(self.text, "注")


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""

    label = "分页"

    def problems(self) -> Iterator[str]:
        """Nothing can be wrong."""
        yield from ()


Block = Paragraph | Heading | Table | Note | PageBreak
