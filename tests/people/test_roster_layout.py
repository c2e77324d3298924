"""Finding the table inside a sheet: titles, headers, merged cells, footers."""

from collections.abc import Callable

import pytest
import xlsxwriter
from tests.people.roster_books import sheets

from zhengyou.people.roster import columns, layout
from zhengyou.people.roster.layout import Layout
from zhengyou.people.roster.workbook import opened

pytestmark = pytest.mark.pure


@pytest.fixture
def table(tmp_path) -> Callable[..., tuple[Layout | None, list]]:
    """Return a reader of a sheet given as rows, or as what a function writes into it."""

    def read(rows):
        path = tmp_path / "x.xlsx"
        if callable(rows):
            with xlsxwriter.Workbook(str(path)) as book:
                rows(book.add_worksheet("名册"))
        else:
            path.write_bytes(sheets({"名册": rows}))
        with opened(path) as found:
            where = layout.find(found[0])
            return where, list(layout.people_rows(found[0], where)) if where else []

    return read


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("姓名", "name"),
        ("姓　名", "name"),
        ("*姓名", "name"),
        ("姓名（必填）", "name"),
        ("身份证号", "id_number"),
        ("身份证号码：", "id_number"),
        ("公民身份号码", "id_number"),
        ("出生年月", "born"),
        ("出生日期\n(如1985.07)", "born"),
        ("手机", "phone"),
        ("联系电话", "phone"),
        ("所在支部", "branch"),
        ("所在党支部", "branch"),
        ("入党时间", "joined"),
        ("转正时间", "full"),
        ("人员类别", "standing"),
        ("党小组", "group"),
        ("备注", None),
        ("", None),
    ],
)
def test_headings_that_are_understood(heading, key):
    assert columns.key_of(heading) == key


def test_no_heading_means_two_columns():
    plain = [
        columns.plain_title(title)
        for column in columns.COLUMNS
        for title in (column.title, *column.others)
    ]
    assert len(plain) == len(set(plain))


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ")])
def test_letters_of_columns(index, letters):
    assert columns.letter(index) == letters


def test_a_table_below_a_title(table):
    where, people = table(
        [
            ["育新小学党员花名册"],
            ["填报单位：育新小学"],
            ["序号", "姓名", "性别"],
            [1, "钱小满", "男"],
        ]
    )
    assert (where.header_row, where.first_row) == (3, 4)
    assert where.places == {"name": 1, "gender": 2}
    assert people == [(4, {"name": "钱小满", "gender": "男"})]


def test_the_row_with_most_known_headings_is_the_header(table):
    where, _ = table([["姓名", "性别"], ["姓名", "性别", "民族"], ["钱小满", "男", "汉"]])
    assert where.header_row == 2


@pytest.mark.parametrize("rows", [[], [["甲", "乙"]], [["姓名", "乙"], ["钱小满", "1"]]])
def test_without_two_known_headings_there_is_no_header(table, rows):
    assert table(rows)[0] is None


def test_a_header_too_far_down_is_none(table):
    assert table([[""]] * 29 + [["说明"]] * 2 + [["姓名", "性别"]])[0] is None


def test_unknown_and_repeated_columns_are_named(table):
    where, _ = table([["姓名", "性别", "奖惩情况", "联系电话", "手机号码", "序号", "问题"]])
    assert where.unknown == ["奖惩情况"]
    assert where.repeated == ["联系电话"]
    assert where.places["phone"] == 4, "our own title wins"


def test_of_two_strange_names_for_one_column_the_first_is_read(table):
    where, _ = table([["姓名", "手机", "电话"]])
    assert where.places["phone"] == 1
    assert where.repeated == ["电话"]


def test_a_header_of_two_rows(table):
    def fill(page):
        page.merge_range("A1:A2", "姓名")
        page.merge_range("B1:B2", "性别")
        page.merge_range("C1:D1", "流动情况")
        page.write_row("C2", ["是否流动党员", "外出流向"])
        page.write_row("A3", ["钱小满", "男", "是", "杭州"])

    where, people = table(fill)
    assert (where.header_row, where.first_row) == (1, 3)
    assert people == [
        (3, {"name": "钱小满", "gender": "男", "mobile": "是", "destination": "杭州"})
    ]


def test_blank_rows_and_bare_numbers_are_nobody(table):
    where, people = table(
        [["序号", "姓名", "性别"], [1, "钱小满", "男"], [], ["　", " "], [2], [3, "孙知秋", "女"]]
    )
    assert [number for number, _ in people] == [2, 6]
    assert where.notes == []


def test_the_header_again_on_every_page_is_nobody(table):
    where, people = table([["姓名", "性别"], ["钱小满", "男"], ["姓 名", "性别"], ["孙知秋", "女"]])
    assert [number for number, _ in people] == [2, 4]
    assert where.headers_again == 1


@pytest.mark.parametrize(
    "footer",
    [
        ["合计", "", "32人"],
        ["", "共计：32 人"],
        ["填表人：苏映雪"],
        ["制表人：", "苏映雪"],
        ["单位负责人：沈若兰"],
        ["", "", "育新小学党支部（盖章）"],
        ["", "2026年10月16日"],
        ["备注：以上为在册党员"],
        ["统计时间：2026.10"],
    ],
)
def test_footers_are_noted_and_not_read(table, footer):
    where, people = table([["姓名", "性别", "民族"], ["钱小满", "男", "汉"], footer])
    assert [number for number, _ in people] == [2]
    assert len(where.notes) == 1
    assert "第 3 行" in where.notes[0]


def test_words_beside_the_known_columns_are_noted(table):
    where, people = table([["姓名", "性别", "备注"], ["", "", "以下为离退休教师"]])
    assert people == []
    assert "以下为离退休教师" in where.notes[0]


def test_a_wide_merged_row_is_a_banner(table):
    def fill(page):
        page.write_row("A1", ["姓名", "性别", "民族"])
        page.merge_range("A2:C2", "一、在职教师")
        page.write_row("A3", ["钱小满", "男", "汉"])

    where, people = table(fill)
    assert [number for number, _ in people] == [3]
    assert "一、在职教师" in where.notes[0]


def test_a_row_that_names_nobody_but_has_a_number_is_somebody(table):
    """A forgotten name is an error to be shown, not a footer to be dropped."""
    _, people = table([["姓名", "身份证号", "工作岗位"], ["", "330999198507030411", "单位负责人"]])
    assert [number for number, _ in people] == [2]


def test_a_merged_branch_counts_for_every_row_it_covers(table):
    def fill(page):
        page.write_row("A1", ["所在党支部", "姓名"])
        page.merge_range("A2:A4", "育新小学党支部")
        page.write_column("B2", ["钱小满", "孙知秋", "周航", "郑一鸣"])

    _, people = table(fill)
    assert [known["branch"] for _, known in people] == ["育新小学党支部"] * 3 + [""]


def test_a_merged_branch_covers_a_blank_row_too(table):
    def fill(page):
        page.write_row("A1", ["所在党支部", "姓名"])
        page.merge_range("A2:A4", "育新小学党支部")
        page.write("B2", "钱小满")
        page.write("B4", "周航")

    _, people = table(fill)
    assert [(number, known["branch"]) for number, known in people] == [
        (2, "育新小学党支部"),
        (4, "育新小学党支部"),
    ]


def test_a_merged_name_does_not_spread(table):
    """Two rows must not silently become one person twice."""

    def fill(page):
        page.write_row("A1", ["姓名", "性别"])
        page.merge_range("A2:A3", "钱小满")
        page.write_column("B2", ["男", "男"])

    _, people = table(fill)
    assert [known["name"] for _, known in people] == ["钱小满", ""]


def test_short_rows_are_filled_up(table):
    _, people = table([["姓名", "性别", "民族"], ["钱小满"]])
    assert people == [(2, {"name": "钱小满", "gender": "", "ethnicity": ""})]


def test_reading_twice_gives_the_same(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(sheets({"名册": [["姓名", "性别"], ["钱小满", "男"], ["合计", "1"]]}))
    with opened(path) as found:
        where = layout.find(found[0])
        first = list(layout.people_rows(found[0], where))
        assert first == list(layout.people_rows(found[0], where))
        assert len(where.notes) == 1
