"""What changed between two texts, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.pledges.changes import Part, changes, parts_of

pytestmark = pytest.mark.pure

texts = st.text(alphabet="学习月前读完两本书 12在讲次，。ab", max_size=40)


@given(texts, texts)
def test_both_texts_can_be_read_out_of_the_parts(old: str, new: str) -> None:
    parts = parts_of(old, new)

    assert "".join(part.gone + part.same for part in parts) == old
    assert "".join(part.new + part.same for part in parts) == new


@given(texts)
def test_the_same_text_has_no_change(text: str) -> None:
    assert all(part.same and not part.gone and not part.new for part in parts_of(text, text))


def test_a_number_is_one_word() -> None:
    assert parts_of("走访 8 户", "走访 18 户") == (
        Part(same="走访 "),
        Part(gone="8", new="18"),
        Part(same=" 户"),
    )


def test_a_scrap_between_two_changes_is_folded_into_them() -> None:
    parts = parts_of("加强学习", "读完学两本")

    assert [part.same for part in parts if part.same] == []


def test_only_fields_that_differ_in_the_order_of_reading() -> None:
    old = {"text": "学习", "target": "", "unit": "", "due_on": "2026-12-31"}
    new = {"text": "读两本书", "target": "2", "unit": "本", "due_on": "2026-12-31"}

    assert [change.label for change in changes(old, new)] == ["承诺的事", "目标", "单位"]
