"""A file is what its content is; the name must agree, and only known kinds are taken."""

import struct
import zipfile

import pytest
from tests.files import samples

from zhengyou.files import kinds, zips
from zhengyou.files.bad_file import BadFile
from zhengyou.files.kinds import kind_of

pytestmark = pytest.mark.pure

WORDS = "姓名,单位\n沈若兰,育新小学党支部\n"
GOOD = {
    "pdf": samples.PDF,
    "png": samples.PNG,
    "jpg": samples.JPEG,
    "jpeg": samples.JPEG,
    "webp": samples.WEBP,
    "docx": samples.docx(),
    "xlsx": samples.xlsx(),
    "doc": samples.ole("Root Entry", "WordDocument"),
    "xls": samples.ole("Root Entry", "Workbook"),
    "txt": WORDS.encode(),
    "csv": WORDS.encode("gb18030"),
}


@pytest.fixture
def kind(tmp_path):
    """Return a function that tells the kind of a content with an extension."""

    def tell(content: bytes, extension: str) -> kinds.Kind:
        path = tmp_path / "content"
        path.write_bytes(content)
        return kind_of(path, extension)

    return tell


def refusal(kind, content: bytes, extension: str) -> str:
    with pytest.raises(BadFile) as refused:
        kind(content, extension)
    return refused.value.reason


@pytest.mark.parametrize("extension", GOOD)
def test_each_kind_is_known_by_its_content(kind, extension):
    assert extension in kind(GOOD[extension], extension).extensions


def test_the_samples_cover_every_extension():
    assert set(GOOD) == set(kinds.BY_EXTENSION)


@pytest.mark.parametrize("extension", GOOD)
@pytest.mark.parametrize("content", GOOD)
def test_a_name_must_agree_with_the_content(kind, content, extension):
    if kinds.BY_EXTENSION[content] is kinds.BY_EXTENSION[extension]:
        return
    if content in {"txt", "csv"} and extension in {"txt", "csv"}:
        return
    assert f"“.{extension}”" in refusal(kind, GOOD[content], extension)


@pytest.mark.parametrize(
    ("extension", "word"),
    [
        ("zip", "压缩包"),
        ("rar", "压缩包"),
        ("docm", "宏"),
        ("exe", "“.exe”"),
        ("html", "“.html”"),
        ("svg", "“.svg”"),
        ("", "没有扩展名"),
    ],
)
def test_other_kinds_are_not_taken(kind, extension, word):
    assert word in refusal(kind, samples.PDF, extension)


def test_a_pdf_may_begin_with_blanks(kind):
    assert kind(b"\xef\xbb\xbf\r\n" + samples.PDF, "pdf") is kinds.PDF
    refusal(kind, b"<html>" + samples.PDF, "pdf")


@pytest.mark.parametrize("extension", ["docx", "xlsx"])
@pytest.mark.parametrize("name", ["word/vbaProject.bin", "xl/vbaproject.BIN"])
def test_macros_are_refused(kind, extension, name):
    content = samples.repacked(GOOD[extension], {name: b"macro"})
    assert "宏" in refusal(kind, content, extension)


def test_macros_in_old_files_are_refused(kind):
    content = samples.ole("WordDocument", "Macros", "_VBA_PROJECT")
    assert "宏" in refusal(kind, content, "doc")


def test_files_with_a_password_are_refused(kind):
    assert "密码" in refusal(kind, samples.ole("EncryptedPackage"), "docx")
    locked = bytearray(GOOD["docx"])
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(signature) + flags] |= 1
    assert "密码" in refusal(kind, bytes(locked), "docx")


def test_a_zip_of_something_else_is_no_office_file(kind):
    book = samples.zipped({"mimetype": b"application/epub+zip", "OEBPS/text.xhtml": b"<html/>"})
    assert "不是Word文件" in refusal(kind, book, "docx")


@pytest.mark.parametrize("keep", [10, 100, -30])
def test_a_torn_file_is_called_broken(kind, keep):
    assert "损坏" in refusal(kind, GOOD["docx"][:keep], "docx")


def test_a_bomb_is_not_unpacked(kind, monkeypatch):
    monkeypatch.setattr(zips, "UNPACKED", 2_000_000)
    bomb = samples.repacked(
        GOOD["docx"], {"word/media/a": b"\0" * 3_000_000}, compression=zipfile.ZIP_DEFLATED
    )
    assert len(bomb) < 60_000
    assert "解开后太大" in refusal(kind, bomb, "docx")
    fine = samples.repacked(
        GOOD["docx"], {"word/media/a": b"\0" * 500_000}, compression=zipfile.ZIP_DEFLATED
    )
    assert kind(fine, "docx") is kinds.DOCX


def test_a_bomb_that_lies_about_its_size_is_not_unpacked(kind, monkeypatch):
    """Both directories say ten bytes; the content says three million."""
    monkeypatch.setattr(zips, "UNPACKED", 2_000_000)
    size = 3_000_000
    bomb = samples.repacked(
        GOOD["docx"], {"word/media/a": b"\0" * size}, compression=zipfile.ZIP_DEFLATED
    )
    liar = bomb.replace(struct.pack("<L", size), struct.pack("<L", 10))
    assert liar != bomb
    assert "解开后太大" in refusal(kind, liar, "docx")


def test_a_size_that_is_not_true_is_called_broken(kind):
    content = samples.repacked(
        GOOD["docx"], {"word/media/a": b"\0" * 54_321}, compression=zipfile.ZIP_DEFLATED
    )
    liar = content.replace(struct.pack("<L", 54_321), struct.pack("<L", 10))
    assert "损坏" in refusal(kind, liar, "docx")


def test_a_container_of_countless_entries_is_refused(kind, monkeypatch):
    monkeypatch.setattr(zips, "ENTRIES", 50)
    crowd = samples.repacked(GOOD["docx"], {f"word/{number}": b"" for number in range(50)})
    assert "太大" in refusal(kind, crowd, "docx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("extension", ["txt", "csv"])
def test_texts_in_either_encoding(kind, encoding, extension):
    assert kind((WORDS * 200_000)[: (1 << 20) + 1].encode(encoding), extension)


@pytest.mark.parametrize(
    "content",
    [b"abc\x00def", b"\x7fELF\x02\x01\x01", b"\x81\x20", WORDS.encode("utf-16"), b"\xff\xff"],
)
def test_what_is_no_text(kind, content):
    assert "编码" in refusal(kind, content, "txt")
