"""The roll as a workbook: masked, in full with a reason, and back again unchanged."""

from datetime import date

import openpyxl
import pytest
from tests.people.roster_books import HEADER, book, keeper, office, update, uploaded

from zhengyou.kernel import clock, identity
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import roster_export as verbs
from zhengyou.people.actions.people import enrol
from zhengyou.people.actor import acting_as
from zhengyou.people.models import ImportState, Person, Role
from zhengyou.people.roster.columns import COLUMNS
from zhengyou.people.roster.template import write_template

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]
TITLES = [column.title for column in COLUMNS]


def table(path) -> dict[str, dict[str, str]]:
    """Return the exported rows by name, cells by title, empty ones as empty texts."""
    rows = list(openpyxl.load_workbook(path)["花名册"].iter_rows(values_only=True))
    assert list(rows[2]) == TITLES
    lines = [dict(zip(TITLES, (cell or "" for cell in row), strict=True)) for row in rows[3:]]
    return {one["姓名"]: one for one in lines}


def test_the_roll_in_the_columns_of_the_import(cast, tmp_path):
    path = tmp_path / "roll.xlsx"
    assert verbs.export_masked(acting_as(cast.yin, Role.INSPECTOR), cast.branch, path) == 9
    found = table(path)
    assert len(found) == 9
    assert found["宋知行"] | {"公民身份号码": "", "手机号码": ""} == {
        **dict.fromkeys(TITLES, ""),
        "姓名": "宋知行",
        "性别": "男",
        "民族": "汉族",
        "出生日期": "1988.06.16",
        "学历": "大学本科",
        "人员类别": "正式党员",
        "所在党支部": "育新小学党支部",
        "所在党小组": "低段党小组",
        "入党日期": "2012.04",
        "转正日期": "2013.04",
        "工作岗位": "一年级数学老师",
        "党籍状态": "正常",
        "是否失联党员": "否",
        "是否流动党员": "否",
    }
    assert found["魏长青"]["入党日期"] == "1995", "no month is invented"


def test_numbers_are_masked_unless_there_is_a_reason(cast, tmp_path):
    cast.song.write_address("澜阳县育新路1号")
    cast.song.save()
    path = tmp_path / "roll.xlsx"
    verbs.export_masked(keeper(cast), cast.branch, path)
    row = table(path)["宋知行"]
    assert row["公民身份号码"] == cast.song.masked_id_number
    assert row["手机号码"] == cast.song.masked_phone
    assert row["家庭住址"] == "（已隐去）"
    assert not Fact.objects.filter(verb="person.view_numbers").exists()


def test_full_numbers_are_a_fact_with_the_reason(cast, tmp_path):
    path = tmp_path / "roll.xlsx"
    verbs.export_numbers(keeper(cast), cast.branch, " 年度党员统计 ", path)
    row = table(path)["宋知行"]
    assert row["公民身份号码"] == identity.unseal(cast.song.id_sealed)
    assert row["手机号码"] == identity.unseal(cast.song.phone_sealed)
    fact = Fact.objects.latest("seq")
    assert (fact.verb, fact.about_uid) == ("person.view_numbers", cast.branch.uid)
    assert (fact.data, fact.payload) == ({"people": 9}, '{"reason":"年度党员统计"}')
    assert fact.actor == str(cast.shen.uid)


def test_without_a_reason_there_are_no_full_numbers(cast, tmp_path):
    path = tmp_path / "roll.xlsx"
    with pytest.raises(Refused, match="用途"):
        verbs.export_numbers(keeper(cast), cast.branch, "  ", path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("who", "role", "masked", "full"),
    [
        ("shen", Role.SECRETARY, True, True),
        ("su", Role.COMMITTEE_MEMBER, True, True),
        ("gu", Role.CAMPAIGN_OFFICE, True, True),
        ("yin", Role.INSPECTOR, True, False),
        ("tian", Role.RECORDER, True, False),
        ("song", Role.GROUP_LEADER, False, False),
        ("fang", None, False, False),
        ("wen", Role.SECRETARY, False, False),
    ],
)
def test_who_may_take_the_roll_out(cast, tmp_path, who, role, masked, full):
    actor = acting_as(cast.persons[who], role)
    for may, take in (
        (masked, lambda path: verbs.export_masked(actor, cast.branch, path)),
        (full, lambda path: verbs.export_numbers(actor, cast.branch, "年度党员统计", path)),
    ):
        path = tmp_path / "roll.xlsx"
        path.unlink(missing_ok=True)
        if may:
            take(path)
        else:
            with pytest.raises(Refused):
                take(path)
        assert path.exists() == may


@pytest.mark.parametrize("body", ["branch", "bureau", "county"])
def test_the_roll_comes_back_unchanged(cast, tmp_path, body):
    """What goes out with full numbers comes in as nothing new: every row, every column."""
    header = (*HEADER, "家庭住址", "固定电话", "党籍状态", "是否失联党员", "失联日期",
              "是否流动党员", "外出流向")  # fmt: skip
    cells = dict.fromkeys(("是否失联党员", "是否流动党员"), "是")
    cells |= {"家庭住址": "育新路1号", "固定电话": "87654321", "党籍状态": "停止党籍"}
    update(cast, cast.song, header, **cells, 失联日期="2026.02", 外出流向="杭州")
    enrol(None, Person(name="无号无生日"), cast.branch)
    actor = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    target, path = getattr(cast, body), tmp_path / "roll.xlsx"
    people = verbs.export_numbers(actor, target, "年度党员统计", path)
    roster = uploaded(actor, target, path.read_bytes())
    assert roster.state == ImportState.PREVIEWED, roster.reason
    assert (roster.count("same"), roster.count("errors")) == (people, 0)
    assert not roster.matches.exists()


def test_what_looks_like_a_formula_stays_a_text(cast, tmp_path):
    cast.song.work, cast.song.landline = "=1+1", "+86-571"
    cast.song.education = "http://x"
    cast.song.save()
    path = tmp_path / "roll.xlsx"
    verbs.export_masked(keeper(cast), cast.branch, path)
    cells = [
        cell
        for row in openpyxl.load_workbook(path)["花名册"].iter_rows()
        for cell in row
        if cell.value in ("=1+1", "+86-571", "http://x")
    ]
    assert [(cell.data_type, cell.hyperlink) for cell in cells] == [("s", None)] * 3


def test_two_branches_of_one_name_are_written_so_that_they_come_back(cast, tmp_path):
    from zhengyou.people.actions.tree import found
    from zhengyou.people.models import Kind

    for order, parent in enumerate((cast.bureau, cast.town), start=1):
        body = found(None, name="机关党支部", kind=Kind.BRANCH, parent=parent)
        enrol(None, Person(name=f"钱{'甲乙'[order - 1]}"), body)
    actor, path = acting_as(cast.zhuo, Role.SYSTEM_ADMIN), tmp_path / "roll.xlsx"
    people = verbs.export_numbers(actor, cast.county, "年度党员统计", path)
    assert table(path)["钱乙"]["所在党支部"] == "石桥镇党委／机关党支部"
    assert uploaded(actor, cast.county, path.read_bytes()).count("same") == people


def test_only_who_belongs_today_is_on_it(cast, tmp_path):
    path = tmp_path / "roll.xlsx"
    with clock.at(date(2025, 12, 31)):
        from zhengyou.people.roster.exporting import write_roll

        assert write_roll(path, cast.branch, clock.today(), full=False) == 0


def test_the_roll_takes_the_same_number_of_queries_for_few_and_many(
    cast, tmp_path, django_assert_num_queries
):
    actor = keeper(cast)
    for _ in range(2):
        with django_assert_num_queries(7):
            verbs.export_masked(actor, cast.branch, tmp_path / "roll.xlsx")
        for number in range(30):
            enrol(None, Person(name=f"钱{chr(0x4E00 + number)}"), cast.branch)


def test_the_blank_roster_is_understood_as_it_is(cast, tmp_path):
    path = tmp_path / "blank.xlsx"
    write_template(path, cast.bureau)
    made = openpyxl.load_workbook(path)
    assert made.sheetnames == ["花名册", "支部名称", "填写说明"]
    assert [cell.value for cell in made["支部名称"]["A"]] == ["育新小学党支部", "南湖小学党支部"]
    page = made["花名册"]
    names = [cell.value for cell in page[1]]
    assert names == TITLES
    page.append(["钱小满", "", "男", "", "", "", "正式党员", "育新小学党支部"])
    made.save(path)
    roster = uploaded(office(cast), cast.bureau, path.read_bytes())
    assert (roster.count("add"), roster.count("errors")) == (1, 0)
    assert roster.summary["tables"][0]["unknown"] == []


def test_an_empty_import_column_does_not_change_the_file_for_others(cast):
    """The header alone is nobody."""
    roster = uploaded(keeper(cast), cast.branch, book([]))
    assert roster.state == ImportState.FAILED
