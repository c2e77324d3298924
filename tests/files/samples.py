"""The smallest contents of each kind, and some that must not pass."""

import io
import zipfile

import xlsxwriter
from docx import Document

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 16
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 16
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"\x00" * 8
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def docx() -> bytes:
    """Return a Word file of one line."""
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("创先争优")
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    """Return an Excel file of one cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write("A1", "姓名")
    return out.getvalue()


def ole(*names: str) -> bytes:
    """Return the head of an old office file whose directory has these names."""
    return OLE + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)


def zipped(entries: dict[str, bytes], **options: int) -> bytes:
    """Return a zip container of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", **options) as target:
        for name, data in entries.items():
            target.writestr(name, data)
    return out.getvalue()


def repacked(content: bytes, extra: dict[str, bytes], **options: int) -> bytes:
    """Return an office file with further entries."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        entries = {entry.filename: source.read(entry) for entry in source.infolist()}
    return zipped({**entries, **extra}, **options)
