"""Names that any system can store and nobody can misuse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.files.names import LENGTH, clean, extension

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("报告.docx", "报告.docx"),
        ("报告.DOCX", "报告.docx"),
        (" 报告　（定稿） .pdf ", "报告 （定稿）.pdf"),
        ("C:\\桌面\\报告.pdf", "报告.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ('a<b>:c|d?e*f".pdf', "a_b__c_d_e_f_.pdf"),
        ("报告\r\nSet-Cookie: x.pdf", "报告 Set-Cookie_ x.pdf"),
        ("fdp\u202e.exe.pdf", "fdp.exe.pdf"),
        (".htaccess", "htaccess"),
        ("...", "附件"),
        ("", "附件"),
        ("con.txt", "_con.txt"),
        ("版本1.2说明", "版本1.2说明"),
    ],
)
def test_cleaning(given_name, cleaned):
    assert clean(given_name) == cleaned


def test_long_names_keep_their_extension():
    name = clean("很" * 300 + ".xlsx")
    assert (len(name), name[-5:]) == (LENGTH, ".xlsx")


@pytest.mark.parametrize(
    ("name", "known"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("a", ""), ("pdf", "")]
)
def test_extensions(name, known):
    assert extension(name) == known


@given(st.text(max_size=300))
def test_every_name_is_a_plain_name(text):
    name = clean(text)
    assert 1 <= len(name) <= LENGTH
    assert clean(name) == name
    assert not set(name) & set('/\\<>:"|?*\n\r\t\0')
    assert name not in {".", ".."}
