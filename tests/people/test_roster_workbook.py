"""Opening what people upload, and refusing what would exhaust the machine."""

import io
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.old_excel import old_workbook
from tests.people.roster_books import sheets

from zhengyou.people.roster.workbook import (
    MAX_COLUMNS,
    MAX_ROWS,
    Area,
    Unreadable,
    kind_of,
    opened,
)

pytestmark = pytest.mark.pure


def rows_of(tmp_path: Path, content: bytes, name: str = "x.xlsx") -> list:
    """Return (number, cells) of the first sheet."""
    path = tmp_path / name
    path.write_bytes(content)
    with opened(path) as found:
        return list(found[0].rows())


def refusal(tmp_path: Path, content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        rows_of(tmp_path, content)
    return caught.value.reason


def made(fill) -> bytes:
    """Return a workbook whose one sheet ``fill`` has written."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book.add_worksheet("名册"), book)
    return out.getvalue()


def test_rows_keep_their_numbers_and_columns_their_places(tmp_path):
    def fill(page, book):
        page.write("C4", "姓名")
        page.write("D6", 5)

    assert rows_of(tmp_path, made(fill)) == [
        (1, ["", "", "", ""]),
        (2, ["", "", "", ""]),
        (3, ["", "", "", ""]),
        (4, ["", "", "姓名", ""]),
        (5, ["", "", "", ""]),
        (6, ["", "", "", 5.0]),
    ]


def test_dates_numbers_and_truth_come_as_they_are(tmp_path):
    content = sheets({"名册": [["a", date(1985, 7, 3), 198507, 1985.07]]})
    assert rows_of(tmp_path, content) == [(1, ["a", date(1985, 7, 3), 198507.0, 1985.07])]


def test_merged_areas_and_hidden_sheets_are_known(tmp_path):
    def fill(page, book):
        page.merge_range("B2:B4", "育新小学党支部")
        book.add_worksheet("旧").hide()

    path = tmp_path / "x.xlsx"
    path.write_bytes(made(fill))
    with opened(path) as found:
        assert [(sheet.name, sheet.hidden) for sheet in found] == [("名册", False), ("旧", True)]
        assert found[0].areas == [Area(1, 1, 3, 1)]
        assert (found[0].height, found[0].width) == (2, 2)
        assert (found[1].height, list(found[1].rows())) == (0, [])


def test_an_old_workbook_is_read(tmp_path):
    content = old_workbook("名册", [["姓名", "出生年月"], ["钱小满", 198507.0]])
    assert kind_of(content) == "xls"
    assert rows_of(tmp_path, content, "x.xls") == [
        (1, ["姓名", "出生年月"]),
        (2, ["钱小满", 198507.0]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_files_of_every_usual_kind(tmp_path, encoding, separator):
    lines = [["姓名", "住址"], ["钱小满", '="330999"'], ["李四", "'0571"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    assert rows_of(tmp_path, text.encode(encoding), "x.csv") == [
        (1, ["姓名", "住址"]),
        (2, ["钱小满", "330999"]),
        (3, ["李四", "0571"]),
    ]


def test_the_name_of_a_file_does_not_matter(tmp_path):
    content = sheets({"名册": [["姓名"]]})
    assert rows_of(tmp_path, content, "名册.csv") == [(1, ["姓名"])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><table><tr><td>1</td></tr></table></html>", "其实是网页"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "其实是网页"),
        (b"%PDF-1.7", "不是表格"),
        (b"\x89PNG\r\n", "不是表格"),
        (b"PK\x03\x04 cut off", "坏了"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "坏了"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"\x00\x01\x02\x03", "看不懂"),
        (b"\xff\xfe\x00", "编码"),
        (b"abc\xff\xff\xff,1", "编码"),
    ],
)
def test_other_files_are_refused_in_words(tmp_path, content, words):
    assert words in refusal(tmp_path, content)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert "不是表格" in refusal(tmp_path, out.getvalue())


@pytest.mark.parametrize(("row", "column"), [(MAX_ROWS, 0), (1_048_575, 0), (5, MAX_COLUMNS)])
def test_a_stray_value_far_out_is_refused_before_it_is_read(tmp_path, row, column):
    """The reader keeps a cell for every place in between: a gigabyte for one blank."""

    def fill(page, book):
        page.write(0, 0, "姓名")
        page.write(row, column, " ")

    assert "还有内容" in refusal(tmp_path, made(fill))


def test_formats_far_out_are_no_values(tmp_path):
    """Whole columns are formatted as text, as our own blank roster is."""

    def fill(page, book):
        page.write(0, 0, "姓名")
        page.write_blank(1_048_575, 0, None, book.add_format({"num_format": "@"}))
        page.set_column(0, 100, 20, book.add_format({"num_format": "@"}))

    assert rows_of(tmp_path, made(fill)) == [(1, ["姓名"])]


def test_a_zip_that_unfolds_without_end_is_refused(tmp_path):
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        for _ in range(601):
            part.write(b" " * (1 << 20))
    assert "太大" in refusal(tmp_path, out.getvalue())


def test_a_text_with_too_many_columns_is_refused(tmp_path):
    assert "还有内容" in refusal(tmp_path, ("x," * (MAX_COLUMNS + 1)).encode())


OLD = old_workbook("名册", [["姓名", "出生年月"], ["钱小满", 198507.0]])
NEW = sheets({"名册": [["姓名", "出生日期"], ["钱小满", date(1985, 7, 3)]]})


@given(
    st.sampled_from([OLD, NEW]),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=20),
    st.integers(0, 5000),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_damaged_file_makes_the_reader_stumble(tmp_path, content, changes, cut):
    """It is read, or refused in words; nothing else comes out of it."""
    damaged = bytearray(content)
    for at, value in changes:
        damaged[at % len(damaged)] = value
    with suppress(Unreadable):
        rows_of(tmp_path, bytes(damaged[: max(1, len(damaged) - cut)]))


def test_a_sheet_whose_packed_bytes_are_spoilt_is_refused_in_words(tmp_path):
    """The frame of the file is whole, what is packed inside is not."""
    with zipfile.ZipFile(io.BytesIO(NEW)) as package:
        part = package.getinfo("xl/worksheets/sheet1.xml")
    start = part.header_offset + 30 + len(part.filename)
    for at in range(4, part.compress_size - 4):
        damaged = bytearray(NEW)
        damaged[start + at] ^= 0xFF
        with suppress(Unreadable):
            rows_of(tmp_path, bytes(damaged))
