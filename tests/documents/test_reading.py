"""A Word file can be read back as a clerk reads it."""

import io
import zipfile

import pytest
from tests.documents.sample import CREATED

from zhengyou.documents import (
    Document,
    Heading,
    Paragraph,
    Piece,
    Run,
    Table,
    UnreadableError,
    read_text,
    to_docx,
)

pytestmark = pytest.mark.pure


def test_text_comes_back_in_order_with_its_styles_and_cells() -> None:
    blocks = [
        Heading(1, "任务"),
        Paragraph([Run("坚持"), Run("实干", True)]),
        Table(("序号", "意见"), [("1", ""), ("2", "好\n很好")], "表一"),
    ]
    document = Document("通知", blocks, addressee="各支部")
    assert read_text(to_docx(document, created=CREATED)) == [
        ("Title", "通知"),
        ("主送机关", "各支部："),
        ("Heading 1", "一、任务"),
        ("公文正文", "坚持实干"),
        ("Caption", "表一"),
        ("表头", "序号"),
        ("表头", "意见"),
        ("表格文字", "1"),
        ("表格文字", ""),
        ("表格文字", "2"),
        ("表格文字", "好\n很好"),
    ]


def test_a_piece_has_names() -> None:
    piece = read_text(to_docx(Document("通知", [Paragraph("文")]), created=CREATED))[0]
    assert piece == Piece(style="Title", text="通知")


def other_archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "a")
    return stream.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", other_archive(), "一段文字".encode()],
    ids=["empty", "a PDF", "another archive", "plain text"],
)
def test_what_is_no_word_file_is_refused_in_chinese(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="这不是 Word 文档"):
        read_text(data)


def test_a_damaged_word_file_is_refused_too() -> None:
    whole = to_docx(Document("通知", [Paragraph("文")]), created=CREATED)
    with pytest.raises(UnreadableError):
        read_text(whole[: len(whole) // 2])
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            broken = name == "word/document.xml"
            new.writestr(name, b"<w:document" if broken else old.read(name))
    with pytest.raises(UnreadableError):
        read_text(stream.getvalue())
