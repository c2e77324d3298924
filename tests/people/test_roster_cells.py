"""Single cells of a roster: what is understood, what is said about the rest."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import id_number

from zhengyou.kernel import identity
from zhengyou.people.models import CircumstanceKind, Gender, StandingKind
from zhengyou.people.roster import cells, rows
from zhengyou.people.roster.workbook import Cell

pytestmark = pytest.mark.pure

BORN = date(1985, 7, 3)
GOOD = id_number(BORN, 41)


class Said(list[tuple[str, str, bool]]):
    """Collects what a reader says: problem, remedy, is it an error?"""

    def __call__(self, problem: str, remedy: str) -> None:
        self.append((problem, remedy, True))

    def hint(self, problem: str, remedy: str) -> None:
        self.append((problem, remedy, False))


def read(reader: cells.Say, cell: Cell) -> tuple[object, Said]:
    said = Said()
    return reader(cell, said), said


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("张三", "张三"),
        (" 张　三 ", "张三"),
        ("张 三\u200b", "张三"),
        ("⼤明", "大明"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("Ali  Hasan", "Ali Hasan"),
        ("王䶮", "王䶮"),
    ],
)
def test_names_that_are_understood(cell, expected):
    assert read(cells.name, cell) == (expected, [])


@pytest.mark.parametrize(
    "cell", ["", "　", "张三1", "张三（退休）", "=1+1", 12.0, "张三、李四", "·"]
)
def test_names_that_are_refused(cell):
    value, said = read(cells.name, cell)
    assert value is None
    assert [error for _, _, error in said] == [True]


def test_a_name_of_one_character_is_only_odd():
    value, said = read(cells.name, "张")
    assert value == "张"
    assert [error for _, _, error in said] == [False]


@pytest.mark.parametrize(
    "cell",
    [GOOD, f" {GOOD} ", f"{GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}", f"'{GOOD}".removeprefix("'")],
)
def test_an_id_number_is_read(cell):
    assert read(cells.id_number, cell) == (GOOD, [])


def test_full_width_digits_and_a_small_x_are_read():
    with_x = next(
        number for order in range(1, 99) if (number := id_number(BORN, order)).endswith("X")
    )
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in with_x.lower())
    assert read(cells.id_number, wide) == (with_x, [])


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (float(GOOD[:17] + "0"), "存成了数字"),
        (int(GOOD[:17] + "0"), "存成了数字"),
        ("3.30999E+17", "科学计数"),
        (GOOD[:17], "18位"),
        ("330999850703411", "15位"),
        (GOOD[:6] + "19851303" + GOOD[14:], "出生日期不存在"),
        (GOOD[:17] + ("1" if GOOD[17] != "1" else "2"), "校验"),
        ("00" + GOOD[2:], "地区"),
        ("没有", "18位"),
    ],
)
def test_id_numbers_that_are_refused_say_why(cell, words):
    value, said = read(cells.id_number, cell)
    assert value is None
    assert words in said[0][0]
    assert said[0][2]


def test_digits_that_a_workbook_lost_ask_for_a_column_of_texts():
    _, said = read(cells.id_number, 330999198507030411.0)
    assert "文本" in said[0][1]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("13800001111", "13800001111"),
        (13800001111.0, "13800001111"),
        ("138 0000 1111", "13800001111"),
        ("138-0000-1111", "13800001111"),
        ("+86 13800001111", "13800001111"),
        ("８６１３８００００１１１１", "13800001111"),
        ("", ""),
    ],
)
def test_phones_that_are_understood(cell, expected):
    assert read(cells.phone, cell) == (expected, [])


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1380000111", "11位"),
        ("12800001111", "开头"),
        ("0571-87654321", "固定电话"),
        ("13800001111/13900001111", "不止一个"),
        ("13800001111、87654321", "不止一个"),
        ("1.38E+10", "科学计数"),
        (138.5, "不对"),
        ("无", "不对"),
    ],
)
def test_phones_that_are_refused_say_why(cell, words):
    value, said = read(cells.phone, cell)
    assert value is None
    assert words in said[0][0]


@pytest.mark.parametrize("cell", ["87654321", "0571-87654321", "(0571)87654321", "87654321转8001"])
def test_landlines_are_taken_as_people_write_them(cell):
    assert read(cells.landline, cell) == (cell, [])


def test_a_landline_is_no_text():
    assert read(cells.landline, "问门卫")[1][0][2]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("男", Gender.MALE), (" 女 ", Gender.FEMALE), ("男性", Gender.MALE), ("", None)],
)
def test_genders(cell, expected):
    assert read(cells.gender, cell) == (expected, [])


@pytest.mark.parametrize("cell", ["M", "男女", "1"])
def test_no_genders(cell):
    assert read(cells.gender, cell)[1]


@pytest.mark.parametrize(("cell", "expected"), [("汉", "汉族"), ("土家族", "土家族"), ("", "")])
def test_ethnicities(cell, expected):
    assert read(cells.ethnicity, cell) == (expected, [])


def test_an_unknown_ethnicity_is_kept_with_a_hint():
    value, said = read(cells.ethnicity, "汉人")
    assert value == "汉人"
    assert [error for _, _, error in said] == [False]


def test_there_are_56_ethnicities():
    assert len(cells.ETHNICITIES) == 56


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1985.07", "1985-07"),
        ("1985年7月", "1985-07"),
        ("1985年7月3日", "1985-07-03"),
        ("19850703", "1985-07-03"),
        (19850703.0, "1985-07-03"),
        (198507.0, "1985-07"),
        (1985.07, "1985-07"),
        (31231.0, "1985-07-03"),
        ("1985/7/3", "1985-07-03"),
        ("1985-7-3 00:00:00", "1985-07-03"),
        (date(1985, 7, 3), "1985-07-03"),
        (datetime(1985, 7, 3, 8, 30), "1985-07-03"),
        ("１９８５．７", "1985-07"),
        ("1985", "1985"),
    ],
)
def test_dates_as_rosters_have_them(cell, expected):
    value, said = read(cells.partial_date, cell)
    assert (getattr(value, "iso", None), said) == (expected, [])


@pytest.mark.parametrize("cell", ["", "  ", "　"])
def test_an_empty_date_says_nothing(cell):
    assert read(cells.partial_date, cell) == (None, [])


@pytest.mark.parametrize("cell", ["不详", "1985.13", "85.7", 1985.1, time(8), True, "2月30日"])
def test_what_is_no_date_says_how_to_write_one(cell):
    value, said = read(cells.partial_date, cell)
    assert value is None
    assert said[0][2]
    assert "1985" in said[0][1]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("正式党员", StandingKind.FULL),
        ("正 式", StandingKind.FULL),
        ("党员", StandingKind.FULL),
        ("预备党员", StandingKind.PROBATIONARY),
        ("中共预备党员", StandingKind.PROBATIONARY),
        ("发展对象", StandingKind.DEVELOPMENT),
        ("积极分子", StandingKind.ACTIVIST),
        ("入党申请人", StandingKind.APPLICANT),
        ("群众", StandingKind.MASSES),
        ("", None),
    ],
)
def test_standings(cell, expected):
    assert read(cells.standing, cell) == (expected, [])


def test_an_unknown_standing_lists_the_known_ones():
    value, said = read(cells.standing, "团员")
    assert value is None
    assert all(kind.label in said[0][1] for kind in StandingKind)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("正常", "normal"),
        ("停止党籍", CircumstanceKind.SUSPENDED),
        ("已出党", CircumstanceKind.LEFT),
        ("留党察看", CircumstanceKind.OBSERVED),
        ("", None),
    ],
)
def test_party_statuses(cell, expected):
    assert read(cells.status, cell) == (expected, [])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("是", True),
        ("√", True),
        (True, True),
        (1.0, True),
        ("否", False),
        ("无", False),
        ("", None),
    ],
)
def test_yes_and_no(cell, expected):
    assert read(cells.yes_or_no, cell) == (expected, [])


@pytest.mark.parametrize("reader", [cells.yes_or_no, cells.status])
def test_what_is_neither_is_refused(reader):
    assert read(reader, "也许")[1][0][2]


def test_words_have_a_limit():
    assert read(cells.Words(5), "一二三四五") == ("一二三四五", [])
    assert "6 个字" in read(cells.Words(5), "一二三四五六")[1][0][0]


# --- whatever stands in a cell ------------------------------------------------------------------

ANYTHING = st.one_of(
    st.text(max_size=40),
    st.text("0123456789Xx.年月日-/ ０１２３４５６７８９", max_size=22),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(ANYTHING)
def test_no_cell_makes_a_reader_stumble(cell):
    """Every reader gives a value, or an error in words that say how to mend it; never both."""
    for key, reader in rows.READERS.items():
        value, said = read(reader, cell)
        errors = [one for one in said if one[2]]
        assert len(errors) <= 1, key
        assert not errors or value is None, key
        assert all(problem and remedy for problem, remedy, _ in said), key


@given(ANYTHING)
def test_findings_never_show_a_whole_number(cell):
    for key in ("id_number", "phone"):
        shown = rows.shown(key, cell)
        digits = [sign for sign in shown if sign.isdigit()]
        assert len(digits) <= 7, (cell, shown)


@given(st.dates(date(1930, 1, 1), date(2008, 12, 31)), st.integers(1, 999))
def test_every_true_number_is_read_back(born, order):
    number = id_number(born, order)
    assert read(cells.id_number, number) == (number, [])
    assert identity.check_id_number(number)


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d", "%Y-%m-%d", "%Y/%m/%d"]),
)
def test_every_spelling_of_every_day_is_read_back(day, spelling):
    value, said = read(cells.partial_date, day.strftime(spelling).lstrip("0"))
    assert said == []
    assert (value.date, value.precision) == (day, "day")
