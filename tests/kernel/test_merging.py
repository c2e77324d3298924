"""Two changes of one text put together, and where numbers stand afterwards."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhengyou.kernel.merging import carried, merge, merge_rows

pytestmark = pytest.mark.pure

TEXTS = st.text(alphabet="已公开的有1234条，。\n", max_size=30)


@pytest.mark.parametrize(
    ("was", "mine", "now", "text", "lost"),
    [
        ("已公开5条。", "现在已公开5条。", "已公开7条。", "现在已公开7条。", ()),
        ("已公开5条。", "已公开5条，都上了墙。", "已公开7条。", "已公开7条，都上了墙。", ()),
        ("已公开5条。", "已公开四五条。", "已公开7条。", "已公开四五条。", ("7",)),
        ("甲、乙。", "甲。", "甲、乙、丙。", "甲。", ("、乙、丙",)),  # side by side: who is to say?
        ("有5条。", "有5条。", "", "", ()),
    ],
)
def test_both_changes_stand_and_what_collides_is_named(was, mine, now, text, lost):
    found = merge(was, mine, now)
    assert (found.text, found.lost) == (text, lost)


def test_a_table_is_merged_by_the_cell():
    was = "一｜1\n二｜2\n三｜3"
    found = merge_rows(was, "一｜1\n二（重点）｜2\n三｜3", "一｜4\n二｜2\n三｜3\n四｜0")
    assert found.text == "一｜4\n二（重点）｜2\n三｜3\n四｜0"
    collided = merge_rows(was, "一｜9\n二｜2\n三｜3", "一｜4\n二｜2\n三｜3")
    assert (collided.text[:3], collided.lost) == ("一｜9", ("4",))


@settings(max_examples=60)
@given(was=TEXTS, other=TEXTS, put=st.sampled_from([merge, merge_rows]))
def test_who_changed_nothing_changes_nothing(was, other, put):
    assert put(was, was, other).text == other
    assert put(was, other, was).text == other
    assert put(was, other, other).text == other


@settings(max_examples=60)
@given(tables=st.lists(st.lists(st.sampled_from(["一｜1", "二｜2", "三｜"]), max_size=4),
                       min_size=3, max_size=3))  # fmt: skip
def test_a_merged_table_has_rows_of_the_same_width(tables):
    merged = merge_rows(*("\n".join(rows) for rows in tables)).text
    assert {line.count("｜") for line in merged.split("\n") if line} <= {1}


@settings(max_examples=60)
@given(was=TEXTS, text=TEXTS, data=st.data())
def test_what_is_carried_is_the_same_words(was, text, data):
    first = data.draw(st.integers(0, len(was)))
    last = data.draw(st.integers(first, len(was)))
    (place,) = carried(was, text, [(first, last)])
    if place is not None:
        assert text[place[0] : place[1]] == was[first:last]
    assert carried(was, was, [(0, len(was))]) == ([(0, len(was))] if was else [None])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("共5条，其中3条已到目标。", ["5条", "3条"]),
        ("我们数过，共5条，其中三条已到目标。", ["5条"]),
        ("共15条，其中3条。", ["3条"]),
        ("都做到了。", []),
    ],
)
def test_a_number_left_alone_is_found_again(text, kept):
    was = "共5条，其中3条已到目标。"
    places = carried(was, text, [(1, 3), (6, 8)])
    assert [text[a:b] for a, b in filter(None, places)] == kept
