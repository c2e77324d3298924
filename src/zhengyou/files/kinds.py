"""What a file is, told from its content: the name must agree, and only known kinds are taken."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zhengyou.files import zips
from zhengyou.files.bad_file import BadFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 20
# Bytes that texts have no use for; tab, line feed, form feed and carriage return are left.
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken.

    Args:
        label: in Chinese.
        media_type: as sent with a download.
        extensions: names it may have, the usual one first.
    """

    label: str
    media_type: str
    extensions: tuple[str, ...]


PDF = Kind("PDF文件", "application/pdf", ("pdf",))
PNG = Kind("PNG图片", "image/png", ("png",))
JPEG = Kind("JPG图片", "image/jpeg", ("jpg", "jpeg"))
WEBP = Kind("WEBP图片", "image/webp", ("webp",))
DOCX = Kind(
    "Word文件",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ("docx",),
)
XLSX = Kind(
    "Excel文件",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ("xlsx",),
)
DOC = Kind("旧版Word文件", "application/msword", ("doc",))
XLS = Kind("旧版Excel文件", "application/vnd.ms-excel", ("xls",))
TEXT = Kind("文本文件", "text/plain", ("txt",))
CSV = Kind("CSV表格", "text/csv", ("csv",))
KINDS = (PDF, DOCX, XLSX, DOC, XLS, PNG, JPEG, WEBP, TEXT, CSV)

BY_EXTENSION = {name: kind for kind in KINDS for name in kind.extensions}
ACCEPTED = "、".join(BY_EXTENSION)
"""The extensions taken, for texts."""


def kind_of(path: Path, extension: str) -> Kind:
    """Return what the file at ``path`` is.

    Args:
        path: the content.
        extension: of the name it came with, small letters, no dot.

    Raises:
        BadFile: a kind that is not taken, a name that does not agree, macros, a password, or a
            compressed content that is broken or far too large.
    """
    if extension in {"zip", "rar", "7z", "gz", "tar"}:
        raise BadFile("不收压缩包，请解压后把里面的文件逐个上传。")
    if extension in {"docm", "xlsm", "dotm", "xltm", "xlsb"}:
        raise BadFile("不收带宏的文件，请另存为docx或xlsx再上传。")
    wanted = BY_EXTENSION.get(extension)
    if wanted is None:
        shown = f"“.{extension}”" if extension else "没有扩展名的"
        raise BadFile(f"不收{shown}文件。可以上传：{ACCEPTED}。")
    with path.open("rb") as content:
        head = content.read(64)
    found = _by_magic(path, head)
    if found is None and wanted in {TEXT, CSV}:
        _check_text(path)
        return wanted
    if found is not wanted:
        real = f"其实是{found.label}" if found else f"内容却不是{wanted.label}"
        raise BadFile(f"文件扩展名是“.{extension}”，{real}。请用原来的软件打开，重新保存后再上传。")
    return wanted


def _by_magic(path: Path, head: bytes) -> Kind | None:
    for start, kind in (
        (b"\x89PNG\r\n\x1a\n", PNG),
        (b"\xff\xd8\xff", JPEG),
    ):
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK"):
        return _office(path)
    return _old_office(path) if head.startswith(_OLE) else None


def _office(path: Path) -> Kind | None:
    names = zips.checked_names(path)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadFile("文件里带有宏，不能上传。请另存为不带宏的docx或xlsx。")
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _old_office(path: Path) -> Kind | None:
    """Tell the compound files of before 2007 apart by the names in their directory."""
    content = path.read_bytes()

    def has(*names: str) -> bool:
        return any(name.encode("utf-16-le") in content for name in names)

    if has("EncryptedPackage"):
        raise BadFile("文件加了密码，不能上传。请去掉密码，另存后再上传。")
    if has("_VBA_PROJECT"):
        raise BadFile("文件里带有宏，不能上传。请另存为不带宏的docx或xlsx。")
    if has("WordDocument"):
        return DOC
    return XLS if has("Workbook") else None


def _check_text(path: Path) -> None:
    """Let pass what is UTF-8 or GB 18030 throughout.

    Raises:
        BadFile: it is neither, or holds bytes that no text has.
    """
    if not any(_decodes(path, codecs.getincrementaldecoder(name)) for name in ("utf-8", "gb18030")):
        raise BadFile("看不懂这个文本文件的编码。请用记事本打开，另存为UTF-8编码再上传。")


def _decodes(path: Path, decoder_of: Callable[[], codecs.IncrementalDecoder]) -> bool:
    decoder = decoder_of()
    with path.open("rb") as content:
        try:
            while chunk := content.read(_CHUNK):
                if _BINARY.search(chunk):
                    return False
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
