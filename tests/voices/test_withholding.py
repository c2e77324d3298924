"""What a survey may tell: whoever knows all that is told cannot work out what is withheld."""

from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from zhengyou.voices.rules.withholding import Row, Told, tell, tell_each

pytestmark = pytest.mark.pure

FEW = 2
"""So that the solver has few enough tables to try."""


def splits(total, told):
    """All ways in which a row may sum up to ``total``, its told cells being what they are."""
    if len(told) == 1:
        first = told[0]
        return [(total,)] if first is None or first == total else []
    values = range(total + 1) if told[0] is None else [told[0]] if told[0] <= total else []
    return [(n, *rest) for n in values for rest in splits(total - n, told[1:])]


def solved(told: Told):
    """Every table of whole numbers that fits what is told, as a flat list of cells and totals."""
    rows = told.rows or (Row((), told.count, told.totals),)
    for table in product(*(splits(row.count, row.cells) for row in rows)):
        totals = [sum(column) for column in zip(*table, strict=True)]
        fits = all(n is None or n == sum_ for n, sum_ in zip(told.totals, totals, strict=True))
        if fits:
            yield [*(n for row in table for n in row), *totals]


def flat(told: Told):
    rows = told.rows or (Row((), told.count, told.totals),)
    return [*(n for row in rows for n in row.cells), *told.totals]


tables = st.integers(2, 3).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 3), min_size=width, max_size=width), min_size=1, max_size=3
    )
)


@settings(max_examples=120, deadline=None)
@given(tables)
@example([[3, 0], [0, 3]])
@example([[2, 1], [1, 2], [3, 3]])
@example([[3, 1, 3], [3, 3, 3]])
@example([[2, 2, 0], [2, 0, 2], [0, 2, 2]])
def test_nothing_withheld_can_be_worked_out(rows):
    counts = {str(at): row for at, row in enumerate(rows)}
    told = tell(counts, FEW)
    if told is None:
        assert sum(map(sum, rows)) < FEW
        return
    seen = flat(told)
    tables = list(solved(told))
    assert tables  # the true one is among them
    for at, n in enumerate(seen):
        possible = {table[at] for table in tables}
        assert (n is None and len(possible) > 1) or possible == {n}
        assert n is None or n >= FEW
    assert all(row.count >= FEW for row in told.rows)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_the_gaps_of_a_line_are_together_no_small_number(rows):
    counts = {str(at): row for at, row in enumerate(rows)}
    told = tell(counts, FEW)
    if told is None:
        return
    for count, cells in [(told.count, told.totals), *((r.count, r.cells) for r in told.rows)]:
        hidden = count - sum(n for n in cells if n is not None)
        assert None not in cells or (hidden >= FEW and cells.count(None) >= 2)


@given(tables)
def test_what_is_told_is_true(rows):
    told = tell({str(at): row for at, row in enumerate(rows)}, FEW)
    if told is None:
        return
    assert told.count == sum(map(sum, rows))
    for at, n in enumerate(told.totals):
        assert n in (None, sum(row[at] for row in rows))
    for row in told.rows:
        parts = [rows[int(place)] for place in row.places]
        assert row.count == sum(map(sum, parts))
        assert all(n in (None, sum(p[at] for p in parts)) for at, n in enumerate(row.cells))


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"": [4, 0]}, None),  # four people: not even how many
        ({"": [20, 9]}, Told(29, (20, 9))),
        ({"": [28, 2]}, Told(30, (None, None))),  # 30 − 28 would say it
        ({"": [20, 9, 2]}, Told(31, (20, None, None))),
        ({"": [30, 0, 0]}, Told(30, (None, None, None))),  # 0 + 0 is no gap
        (
            {"一班": [10, 10], "二班": [2, 1], "三班": [9, 3]},  # small places are told together
            Told(
                35,
                (21, 14),
                (Row(("一班",), 20, (None, None)), Row(("二班", "三班"), 15, (None, None))),
            ),
        ),
        (
            {"一班": [10, 10], "二班": [12, 8], "三班": [16, 4]},  # the 4 needs a 2 × 2 of gaps
            Told(
                60,
                (38, 22),
                (
                    Row(("一班",), 20, (None, None)),
                    Row(("二班",), 20, (12, 8)),
                    Row(("三班",), 20, (None, None)),
                ),
            ),
        ),
    ],
)  # fmt: skip
def test_examples(counts, told):
    assert tell(counts) == told


def test_answers_of_which_several_were_chosen():
    counts = {"一班": (20, [12, 3, 9]), "二班": (30, [15, 6, 22])}
    assert tell_each(counts) == Told(
        50,
        (27, 9, 31),
        (Row(("一班",), 20, (12, None, 9)), Row(("二班",), 30, (15, None, 22))),
    )
    assert tell_each({"": (4, [2, 2])}) is None
    assert tell_each({}) is None
    assert not tell_each(counts).whole
    assert tell({"": [20, 9]}).whole
