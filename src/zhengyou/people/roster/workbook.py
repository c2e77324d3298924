"""Opens what people upload: .xlsx, .xlsm, .xls and .csv, told apart by content, not by name.

A workbook is read as rows of raw cells with their true row numbers. What could exhaust the
machine (a stray value in the last row, a zip that unfolds without end) is refused before it is
read, with words that say how to mend the file.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Protocol

import python_calamine as calamine

MAX_ROWS = 200_000
MAX_COLUMNS = 52  # A to AZ
MAX_UNFOLDED = 600 * 1024 * 1024  # bytes of a zip's parts
_PIECE = 1 << 20
_OVERLAP = 400  # longer than the start tag of a cell
_FAR_CELL = re.compile(
    rb'<c\b[^>]*?\br="(?:[A-Z]{1,3}(?:[2-9]\d{5}|\d{7,})|(?:[B-Z][A-Z]|[A-Z]{3})\d+)"[^>]*?(?<!/)>'
    rb"\s*<(?:v|is|f)\b"
)
_TAB, _COMMA, _SEMICOLON = "\t", ",", ";"

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = list[Cell]


class Unreadable(Exception):
    """The file cannot be read; ``reason`` is Chinese and says how to mend it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Area:
    """A merged area: rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(Protocol):
    """One sheet of a workbook."""

    name: str
    hidden: bool

    @property
    def height(self) -> int:
        """Number of the last row with anything in it; 0 for an empty sheet."""

    @property
    def width(self) -> int:
        """Number of columns up to the last one with anything in it."""

    @property
    def areas(self) -> list[Area]:
        """The merged areas."""

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Yield row number (from 1) and cells from column A on, empty rows included."""


class _ExcelSheet:
    """A sheet of a workbook; it is read when something of it is first asked for."""

    def __init__(self, book: calamine.CalamineWorkbook, name: str, hidden: bool) -> None:
        self._book, self.name, self.hidden = book, name, hidden

    @cached_property
    def _source(self) -> calamine.CalamineSheet:
        with _reading():
            source = self._book.get_sheet_by_name(self.name)
        if source.end and (source.end[0] >= MAX_ROWS or source.end[1] >= MAX_COLUMNS):
            raise _too_far()
        return source

    @cached_property
    def height(self) -> int:
        """Number of the last row with anything in it."""
        return self._source.end[0] + 1 if self._source.end else 0

    @cached_property
    def width(self) -> int:
        """See :class:`Sheet`."""
        return self._source.end[1] + 1 if self._source.end else 0

    @cached_property
    def areas(self) -> list[Area]:
        """The merged areas."""
        return [Area(*start, *end) for start, end in self._source.merged_cell_ranges or ()]

    def rows(self) -> Iterator[tuple[int, Row]]:
        """See :class:`Sheet`. The reader leaves out empty columns before the first one."""
        start = self._source.start
        if start is None:
            return
        before: Row = [""] * start[1]
        for number, cells in enumerate(self._source.iter_rows(), start=1):
            yield number, before + cells


@dataclass
class _TextSheet:
    """A text file with separators."""

    name: str
    text: str
    separator: str
    hidden: bool = False
    areas: list[Area] = field(default_factory=list)

    @property
    def height(self) -> int:
        """See :class:`Sheet`."""
        return self.text.count("\n") + 1

    @cached_property
    def width(self) -> int:
        """See :class:`Sheet`."""
        return max((len(cells) for _, cells in self.rows()), default=0)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """See :class:`Sheet`."""
        lines = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator)
        try:
            for number, cells in enumerate(lines, start=1):
                if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
                    raise _too_far()
                yield number, [_unquoted(cell) for cell in cells]
        except csv.Error as problem:  # a cell of more than 131,072 characters
            raise Unreadable(
                f"第 {lines.line_num} 行有一格长得不像话，多半是少了一个引号。"
                "请改好再传，或者另存为 .xlsx。"
            ) from problem


def kind_of(start: bytes) -> str:
    """Tell from its first bytes whether a file is ``xlsx``, ``xls`` or ``csv``.

    Raises:
        Unreadable: it is something else, or a workbook under another name that cannot be read.
    """
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in start:
            raise Unreadable("这个文件加了打开密码。请在 Excel 里去掉密码，另存一份再传。")
        return "xls"
    if re.match(rb"[\s\xef\xbb\xbf]*<(?:!doctype|html|\?xml|table)", start, re.IGNORECASE):
        raise Unreadable(
            "这个文件其实是网页，只是名字像表格。请用 Excel 或 WPS 打开，另存为 .xlsx 再传。"
        )
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc")):
        raise Unreadable("这不是表格文件。请传 .xlsx、.xls 或 .csv 格式的花名册。")
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("看不懂这个文件。请传 .xlsx、.xls 或 .csv 格式的花名册。")
    return "csv"


@contextmanager
def opened(path: Path) -> Iterator[list[Sheet]]:
    """Open a file for reading; the sheets hold while the block lasts.

    Raises:
        Unreadable: it cannot be read.
    """
    with path.open("rb") as source:
        kind = kind_of(source.read(65_536))
    if kind == "csv":
        yield [_text_sheet(path.read_bytes())]
        return
    if kind == "xlsx":
        _refuse_bombs(path)
    with _calamine(path, kind) as book:
        hidden = {sheet.name for sheet in book.sheets_metadata if _is_hidden(sheet)}
        yield [_ExcelSheet(book, name, name in hidden) for name in book.sheet_names]


def _is_hidden(sheet: calamine.SheetMetadata) -> bool:
    return bool(
        sheet.visible != calamine.SheetVisibleEnum.Visible
        or sheet.typ != calamine.SheetTypeEnum.WorkSheet
    )


@contextmanager
def _reading() -> Iterator[None]:
    """Turn whatever the reader does about a damaged file into words.

    Its panics are no ``Exception``, and must not end the worker.
    """
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        raise
    except calamine.PasswordError as problem:
        raise Unreadable("这个文件加了打开密码。请在 Excel 里去掉密码，另存一份再传。") from problem
    except BaseException as problem:
        raise _broken() from problem


@contextmanager
def _calamine(path: Path, kind: str) -> Iterator[calamine.CalamineWorkbook]:
    with _reading():
        book = calamine.load_workbook(str(path))
    with book:
        yield book


def _refuse_bombs(path: Path) -> None:
    """Refuse a workbook whose sheets would take far more memory than a roster needs.

    The reader keeps one cell for every place up to the farthest value, so that one stray blank
    in the last row costs a gigabyte: it is found here, in the compressed file, piece by piece.
    """
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > MAX_UNFOLDED:
                raise Unreadable("这个文件展开以后太大。请把花名册单独另存成一个文件再传。")
            if not any(part.filename.startswith("xl/") for part in parts):
                raise Unreadable("这不是表格文件。请传 .xlsx、.xls 或 .csv 格式的花名册。")
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and _reaches_far(package, part):
                    raise _too_far()
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError) as problem:
        raise _broken() from problem


def _reaches_far(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    kept = b""
    with package.open(part) as source:
        while piece := source.read(_PIECE):
            text = kept + piece
            if _FAR_CELL.search(text):
                return True
            kept = text[-_OVERLAP:]
    return False


def _too_far() -> Unreadable:
    return Unreadable(
        f"表里第 {MAX_ROWS:,} 行以下或 AZ 列右边还有内容。"
        "请删掉名册下面和右边多余的行、列，或者分成几个文件再传。"
    )


def _broken() -> Unreadable:
    return Unreadable("这个文件坏了或者不完整，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx 再传。")


def _text_sheet(data: bytes) -> _TextSheet:
    text = _decoded(data)
    first = "\n".join(text.splitlines()[:30])
    separator = max((_COMMA, _TAB, _SEMICOLON), key=first.count)
    return _TextSheet("", text, separator)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("看不懂这个文件的文字编码。请用 Excel 或 WPS 打开，另存为 .xlsx 再传。")


def _unquoted(cell: str) -> str:
    """Return what was meant by ``="110…"`` and ``'110…``, which keep digits as text."""
    match = re.fullmatch(r'\s*="(.*)"\s*', cell)
    return match[1] if match else cell.removeprefix("'")
