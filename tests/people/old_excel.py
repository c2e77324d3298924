"""Writes the smallest .xls that Excel 97 would open: no package here can, and people have them."""

import struct

SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def old_workbook(name: str, rows: list[list[str | float]]) -> bytes:
    """Return a workbook of one sheet in the BIFF8 format, inside an OLE container."""
    return _container(_stream(name, rows))


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def _stream(name: str, rows: list[list[str | float]]) -> bytes:
    def head(offset: int) -> bytes:
        title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
        sheet = _record(0x0085, struct.pack("<IBB", offset, 0, 0) + title)
        return _begin(5) + sheet + _record(0x000A)

    cells = b"".join(
        _cell(at, place, cell)
        for at, cells in enumerate(rows)
        for place, cell in enumerate(cells)
        if cell != ""
    )
    return head(len(head(0))) + _begin(0x10) + cells + _record(0x000A)


def _cell(at: int, place: int, cell: str | float) -> bytes:
    where = struct.pack("<HHH", at, place, 0)
    if isinstance(cell, str):
        text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
        return _record(0x0204, where + text)
    return _record(0x0203, where + struct.pack("<d", cell))


def _container(stream: bytes) -> bytes:
    """Wrap a stream as ``Workbook``: header, one FAT sector, one directory sector, the stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    chain = [_FAT, _END, *range(3, count + 2), _END]
    fat = struct.pack(f"<{SECTOR // 4}I", *chain, *[_FREE] * (SECTOR // 4 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    header += struct.pack("<108I", *[_FREE] * 108)
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    directory += _entry("", 0, _FREE, 0, 0) * 2
    return header[:512] + fat + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    title = (name + "\0").encode("utf-16-le") if name else b""
    return (
        title.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(title), kind, 1, _FREE, _FREE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )
