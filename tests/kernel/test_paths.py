"""Paths of a tree, and the range that holds a subtree on both databases."""

import pytest
from django.db.models import Q
from hypothesis import given
from hypothesis import strategies as st

from zhengyou.kernel import paths

pytestmark = pytest.mark.pure

numbers = st.one_of(st.integers(1, 3), st.integers(1, paths.BIGGEST), st.just(paths.BIGGEST))
trees = st.lists(numbers, min_size=1, max_size=5).map(
    lambda all_: "".join(f"{number:05d}" for number in all_)
)


def test_children_and_parents():
    root = paths.child("", 1)
    leaf = paths.child(paths.child(root, 20), 3)
    assert leaf == "000010002000003"
    assert paths.parent(leaf) == "0000100020"
    assert paths.parent(root) == ""
    assert paths.ancestors(leaf) == ["00001", "0000100020"]
    assert paths.ancestors(root) == []
    assert (paths.depth(leaf), paths.number(leaf)) == (3, 3)


@pytest.mark.parametrize("path", ["", "1", "0000a", "00000", "99999", "000010000", "１２３４５"])
def test_what_is_no_path(path):
    with pytest.raises(ValueError):
        paths.check(path)


@pytest.mark.parametrize("number", [0, -1, 99_999, 100_000])
def test_numbers_of_children_are_bounded(number):
    with pytest.raises(ValueError):
        paths.child("00001", number)


def test_a_tree_has_sixteen_levels():
    deepest = "00001" * 16
    assert paths.depth(deepest) == 16
    assert len(deepest) == paths.LENGTH
    with pytest.raises(ValueError):
        paths.child(deepest, 1)
    with pytest.raises(ValueError):
        paths.rebase("0000100002", "00001", deepest)


def in_range(path: str, top: str) -> bool:
    bounds = dict(paths.within("path", top).children)
    return bounds["path__gte"] <= path < bounds["path__lt"]


@given(trees, trees)
def test_the_range_holds_the_subtree_and_nothing_else(path, top):
    assert in_range(path, top) == paths.is_within(path, top) == path.startswith(top)


@given(trees, st.lists(numbers, max_size=3))
def test_everything_below_is_in_the_range(top, below):
    path = top + "".join(f"{number:05d}" for number in below)
    assert in_range(path, top)
    assert all(in_range(path, above) for above in paths.ancestors(path))


def test_the_range_is_a_condition_on_any_field():
    assert paths.within("organisation__path", "0000199998") == Q(
        organisation__path__gte="0000199998", organisation__path__lt="0000199999"
    )


@pytest.mark.parametrize("top", ["", "0", "00000"])
def test_a_range_needs_a_top(top):
    """An empty path must not quietly mean the whole tree."""
    with pytest.raises(ValueError):
        paths.within("path", top)


def test_a_subtree_moves():
    assert paths.rebase("000010000200003", "0000100002", "00007") == "0000700003"
    assert paths.rebase("0000100002", "0000100002", "00007") == "00007"
    with pytest.raises(ValueError, match="not within"):
        paths.rebase("0000100003", "0000100002", "00007")
