"""What changed between two texts: everything is kept, and scraps are folded together."""

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.climb.changes import parts_of

pytestmark = pytest.mark.pure

TEXTS = st.text("甲乙丙丁 \n，。123ab", max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_parts(old, new):
    parts = parts_of(old, new)
    assert "".join(part.gone + part.same for part in parts) == old
    assert "".join(part.new + part.same for part in parts) == new


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert all(not part.gone and not part.new for part in parts_of(text, text))


def test_numbers_and_words_are_not_cut_in_two():
    parts = [(part.gone, part.new) for part in parts_of("走访16户", "走访18户") if not part.same]
    assert parts == [("16", "18")]


def test_scraps_between_changes_are_folded_into_them():
    parts = parts_of("每周三下午答疑", "每月五上午答疑")
    assert [part.gone for part in parts if part.gone] == ["周三下"]


def test_a_change_is_said_to_who_cannot_see_it():
    html = render_to_string("climb/changes.html", {"parts": parts_of("每周<一>", "每月<一>")})
    assert "<del>" in html
    assert "（删去：" in html
    assert "<ins>" in html
    assert "（改成：" in html
    assert "&lt;一&gt;" in html
