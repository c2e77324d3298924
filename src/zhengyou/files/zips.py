"""Looks into zip containers without trusting what they say about themselves.

Readers of office files unpack whatever is inside. A container of 20 MB can unpack to 20 GB, and
its directory may lie about that: so every entry is unpacked here once, counted and thrown away.
"""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from zhengyou.files.bad_file import BadFile

ENTRIES = 5_000
UNPACKED = 300 * 1024 * 1024
"""Bytes that a container may unpack to."""

_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_CHUNK = 1 << 16
_BROKEN = "文件已损坏，打不开。请用原来的软件打开，重新保存后再上传。"
_TOO_LARGE = "文件解开后太大，不能上传。请删去多余的图片或工作表后再上传。"


def checked_names(path: Path) -> frozenset[str]:
    """Return the names of all entries, after unpacking each within bounds.

    Raises:
        BadFile: not a sound zip, locked by a password, or too large when unpacked.
    """
    try:
        with zipfile.ZipFile(path) as container, path.open("rb") as raw:
            entries = container.infolist()
            if len(entries) > ENTRIES:
                raise BadFile(_TOO_LARGE)
            left = UNPACKED
            for entry in entries:
                left -= _unpacked_size(raw, entry, left)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, KeyError):
        raise BadFile(_BROKEN) from None
    return frozenset(entry.filename for entry in entries)


def _unpacked_size(raw: BinaryIO, entry: zipfile.ZipInfo, limit: int) -> int:
    if entry.flag_bits & 0x1:
        raise BadFile("文件加了密码，不能上传。请去掉密码，另存后再上传。")
    raw.seek(entry.header_offset)
    header = _LOCAL_HEADER.unpack(raw.read(_LOCAL_HEADER.size))
    if header[0] != b"PK\x03\x04":
        raise BadFile(_BROKEN)
    raw.seek(header[9] + header[10], 1)
    if entry.compress_type == zipfile.ZIP_STORED:
        size = entry.compress_size
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        size = _inflated(raw, entry.compress_size, limit)
    else:
        raise BadFile(_BROKEN)
    if size > limit:
        raise BadFile(_TOO_LARGE)
    if size != entry.file_size:
        raise BadFile(_BROKEN)
    return size


def _inflated(raw: BinaryIO, packed: int, limit: int) -> int:
    """Return how many bytes ``packed`` bytes inflate to; stops counting beyond ``limit``."""
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size, pending = 0, b""
    while size <= limit and not inflater.eof:
        if not pending:
            pending = raw.read(min(_CHUNK, packed))
            packed -= len(pending)
        size += len(inflater.decompress(pending, _CHUNK))
        if not pending and not packed and not inflater.unconsumed_tail:
            break
        pending = inflater.unconsumed_tail
    return size
