"""What the cells of one row must agree on, one line for each rule."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import id_number

from zhengyou.people.models import Gender
from zhengyou.people.roster.columns import COLUMNS
from zhengyou.people.roster.layout import Layout
from zhengyou.people.roster.rows import RowReader

pytestmark = pytest.mark.pure

TODAY = date(2026, 10, 16)
WOMAN = id_number(date(1985, 7, 3), 40)
MAN = id_number(date(1985, 7, 3), 41)
LAYOUT = Layout(
    "名册",
    1,
    2,
    {column.key: place for place, column in enumerate(COLUMNS)},
    titles={column.key: column.title for column in COLUMNS},
)


def read(**cells: Any):
    """Return the entry of a row with these cells, and (key, words, is an error) of what is said."""
    usual = {"name": "钱小满", "id_number": MAN, "standing": "正式党员", "joined": "2005.07",
             "full": "2006.07"}  # fmt: skip
    known = {column.key: "" for column in COLUMNS} | usual | cells
    entry, notes = RowReader(LAYOUT, TODAY).read(5, known)
    key_of = {column.title: column.key for column in COLUMNS}
    findings = (*notes.findings, *notes.if_new)
    return entry, [(key_of[one.title], one.problem, one.is_error) for one in findings]


def test_a_faultless_row_says_nothing():
    entry, said = read()
    assert said == []
    assert (entry.birth.iso, entry.sex) == ("1985-07-03", Gender.MALE)


def test_what_the_id_number_tells_completes_the_row_but_is_not_written():
    entry, _ = read()
    assert (entry.born, entry.gender) == (None, None)


@pytest.mark.parametrize(
    ("cells", "key", "words", "error"),
    [
        # the ID number against birth and gender
        ({"born": "1985.07.04"}, "born", "对不上", True),
        ({"born": "1985.08"}, "born", "对不上", True),
        ({"born": "1986"}, "born", "对不上", True),
        ({"born": date(1985, 8, 1)}, "born", "对不上", True),
        ({"born": date(1985, 7, 2)}, "born", "对不上", True),
        ({"gender": "女"}, "gender", "身份证号上是“男”", True),
        ({"gender": "男", "id_number": WOMAN}, "gender", "身份证号上是“女”", True),
        ({"id_number": ""}, "id_number", "没有填身份证号", False),
        # days to come
        ({"joined": "2026.11", "full": ""}, "joined", "还没有到", True),
        ({"full": "2027"}, "full", "还没有到", True),
        ({"id_number": "", "born": "2026年10月17日"}, "born", "还没有到", True),
        ({"lost": "是", "lost_on": "2026.12"}, "lost_on", "还没有到", True),
        # the order of days
        ({"joined": "1985.06", "full": ""}, "joined", "早于出生", True),
        ({"joined": "2002.07", "full": "2003.07"}, "joined", "不满 18 岁", False),
        ({"joined": "2005.07", "full": "2005.06"}, "full", "早于入党", True),
        ({"joined": "2005.07", "full": "2006.05"}, "full", "不满一年", False),
        ({"lost": "是", "lost_on": "2001"}, "lost_on", "早于入党", True),
        # 人员类别 against the days
        ({"standing": ""}, "standing", "没有填人员类别", False),
        ({"full": ""}, "full", "没有填转正日期", False),
        ({"joined": "", "full": ""}, "joined", "没有填入党日期", False),
        ({"standing": "预备党员", "joined": "2025.12"}, "full", "不该有转正", True),
        ({"standing": "预备党员", "joined": "2020.12", "full": ""}, "standing", "两年多", False),
        ({"standing": "群众"}, "joined", "却填了入党日期", True),
        ({"standing": "入党积极分子", "joined": ""}, "full", "却填了转正日期", True),
        # who is out of reach
        ({"lost": "否", "lost_on": "2020"}, "lost_on", "不是失联党员", True),
        ({"lost_on": "2020"}, "lost_on", "没有填是否失联", True),
        ({"lost": "是"}, "lost_on", "没有填失联日期", False),
        ({"mobile": "否", "destination": "杭州"}, "destination", "不是流动党员", False),
        # single cells
        ({"name": ""}, "name", "没有填姓名", True),
        ({"phone": "138"}, "phone", "11位", True),
    ],
)
def test_what_does_not_agree_is_said(cells, key, words, error):
    _, said = read(**cells)
    assert any(where == key and words in what and is_error == error
               for where, what, is_error in said), said  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        {"born": "1985.07.03"},
        {"born": "1985.07"},
        {"born": "1985"},
        {"born": date(1985, 7, 3)},
        {"born": date(1985, 7, 1)},  # a workbook makes 1985-7 the first of July
        {"gender": "男"},
        {"joined": "2003.07", "full": "2004.07"},
        {"joined": "2005", "full": "2006"},
        {"joined": "2005.07.01", "full": "2006.07.01"},
        {"standing": "预备党员", "joined": "2025.12", "full": ""},
        {"standing": "群众", "joined": "", "full": ""},
        {"lost": "是", "lost_on": "2020.05"},
        {"mobile": "是", "destination": "杭州"},
        {"status": "正常", "lost": "否", "mobile": "否"},
    ],
)
def test_what_may_be_so_is_not_said(cells):
    assert read(**cells)[1] == []


def test_a_first_of_the_month_is_read_as_the_month_it_was():
    entry, _ = read(born=date(1985, 7, 1))
    assert entry.born.iso == "1985-07"


def test_a_true_first_of_the_month_stays_a_day():
    entry, _ = read(id_number=id_number(date(1985, 7, 1), 41), born=date(1985, 7, 1))
    assert entry.born.iso == "1985-07-01"


def test_all_faults_of_a_row_are_said_at_once():
    _, said = read(name="钱1", id_number="3", gender="?", born="x", phone="1", standing="?")
    assert {key for key, _, error in said if error} == {
        "name", "id_number", "gender", "born", "phone", "standing",
    }  # fmt: skip


def test_columns_that_the_roster_does_not_have_are_not_asked_for():
    layout = Layout("名册", 1, 2, {"name": 0, "standing": 1}, titles={})
    entry, notes = RowReader(layout, TODAY).read(2, {"name": "钱小满", "standing": "正式党员"})
    assert notes.findings == []
    assert entry.name == "钱小满"


def test_a_finding_names_the_cell_and_hides_numbers():
    _, notes = RowReader(LAYOUT, TODAY).read(
        12, {"name": "钱小满", "id_number": MAN[:17], "phone": "1380000111"}
    )
    found = {one.title: one for one in notes.findings}
    assert (found["公民身份号码"].place.row, found["公民身份号码"].column) == (12, "B")
    assert found["公民身份号码"].value == f"330**********{MAN[13:17]}"
    assert found["手机号码"].value == "138*****11"


def test_values_kept_as_read_do_not_mix_columns_or_kinds():
    reader = RowReader(LAYOUT, TODAY)
    first, _ = reader.read(2, {"name": "甲乙", "work": "是", "lost": "是", "mobile": True})
    second, _ = reader.read(3, {"name": "丙丁", "work": "1", "lost": "是", "mobile": "否"})
    assert (first.work, first.lost, first.mobile) == ("是", True, True)
    assert (second.work, second.lost, second.mobile) == ("1", True, False)


KEYS = st.sampled_from([column.key for column in COLUMNS])
ANYTHING = st.one_of(st.text(max_size=12), st.floats(), st.dates(), st.booleans())


@given(st.dictionaries(KEYS, ANYTHING))
def test_no_row_makes_the_checks_stumble(cells):
    read(**cells)
