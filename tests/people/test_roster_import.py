"""An import from upload to undo, as the verbs see it."""

from datetime import date

import pytest
from tests.people.roster_books import (
    HEADER,
    book,
    confirmed,
    files,
    keeper,
    line,
    messy,
    office,
    said,
    sheets,
    uploaded,
)

from zhengyou.kernel import clock, identity
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import roster as verbs
from zhengyou.people.models import (
    CircumstanceKind,
    ImportState,
    Membership,
    Person,
    RosterImport,
    StandingKind,
)
from zhengyou.people.roster import store
from zhengyou.people.roster.workbook import Unreadable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


# --- somebody new -------------------------------------------------------------------------------


def test_nothing_is_written_before_it_is_confirmed(cast):
    before = Person.objects.count()
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)], title="党员花名册"))
    assert roster.state == ImportState.PREVIEWED
    assert roster.counts == {
        "rows": 1, "add": 1, "update": 0, "transfer": 0, "same": 0, "faulty": 0, "errors": 0,
        "hints": 0,
    }  # fmt: skip
    assert (Person.objects.count(), Fact.objects.filter(verb="roster.import").count()) == (
        before,
        0,
    )


def test_confirming_writes_everything_that_the_row_says(cast):
    header = (*HEADER, "民族", "学历", "工作岗位", "固定电话", "家庭住址", "所在党小组", "党籍状态",
              "是否失联党员", "失联日期", "是否流动党员", "外出流向")  # fmt: skip
    row = line("钱小满", 1) | {
        "民族": "汉", "学历": "大学本科", "工作岗位": "三年级数学老师", "固定电话": "87654321",
        "家庭住址": "澜阳县育新路1号", "所在党小组": "低段党小组", "党籍状态": "停止党籍",
        "是否失联党员": "是", "失联日期": "2024.05", "是否流动党员": "是", "外出流向": "杭州",
    }  # fmt: skip
    confirmed(keeper(cast), uploaded(keeper(cast), cast.branch, book([row], header=header)))
    new = Person.objects.get(name="钱小满")
    assert (new.ethnicity, new.education, new.work) == ("汉族", "大学本科", "三年级数学老师")
    assert (new.joined.iso, new.became_full.iso, new.born.iso) == (
        "2005-07",
        "2006-07",
        "1980-01-02",
    )
    assert identity.unseal(new.id_sealed) == row["公民身份号码"]
    assert identity.unseal(new.phone_sealed) == row["手机号码"]
    assert identity.unseal(new.address_sealed) == row["家庭住址"]
    assert new.sort_key
    assert {one.organisation for one in new.memberships.all()} == {cast.branch, cast.low}
    standing = new.standings.get()
    assert (standing.kind, standing.known_since.iso) == (StandingKind.FULL, "2006-07")
    circumstances = {one.kind: one for one in new.circumstances.all()}
    assert set(circumstances) == {
        CircumstanceKind.SUSPENDED, CircumstanceKind.LOST, CircumstanceKind.MOBILE,
    }  # fmt: skip
    assert circumstances["lost"].known_since.iso == "2024-05"
    assert circumstances["mobile"].detail == "杭州"


def test_what_the_roster_does_not_date_counts_from_the_day_given(cast):
    row = line("钱小满", 1, 入党日期="", 转正日期="")
    since = date(2026, 9, 1)
    roster = uploaded(keeper(cast), cast.branch, book([row]), since=since)
    confirmed(keeper(cast), roster)
    new = Person.objects.get(name="钱小满")
    assert (new.memberships.get().since, new.standings.get().since) == (since, since)


def test_nobody_belongs_to_a_branch_before_it_was_founded(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]), since=date(2000, 1, 1))
    confirmed(keeper(cast), roster)
    assert Membership.objects.get(person__name="钱小满").since == cast.branch.founded_on


def test_an_import_is_one_fact_that_names_nobody(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1), line("孙知秋", 2)]))
    before = Fact.objects.count()
    confirmed(keeper(cast), roster)
    assert Fact.objects.count() == before + 1
    fact = Fact.objects.latest("seq")
    assert (fact.verb, fact.about_uid, fact.payload) == ("roster.import", cast.branch.uid, None)
    assert fact.data == {
        "import": str(roster.uid),
        "file": roster.file_digest,
        "since": roster.since.isoformat(),
        "add": 2,
        "hints": 0,
    }
    assert "钱小满" not in str(fact.data) + str(fact.payload)


def test_after_confirming_only_what_undo_needs_is_kept(cast, django_capture_on_commit_callbacks):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1, 手机号码="")]))
    assert files() == [f"{roster.uid}.xlsx"]
    with django_capture_on_commit_callbacks(execute=True):
        confirmed(keeper(cast), roster)
    assert (roster.findings.count(), roster.matches.count(), roster.rows.count()) == (0, 0, 1)
    assert files() == []


def test_uploaded_rosters_are_for_the_product_alone(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    path = store.path_of(roster.uid)
    assert path.parent.name == "imports"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


# --- faults -------------------------------------------------------------------------------------


def test_every_fault_of_a_messy_file_is_said_at_once(cast):
    roster = uploaded(office(cast), cast.bureau, messy())
    assert roster.state == ImportState.PREVIEWED
    errors = {cell: problem for cell, problem, error in said(roster) if error}
    for cell, words in {
        "C5": "存成了数字",
        "I5": "早于入党",
        "B6": "不该有的字符",
        "C6": "17位",
        "H6": "没有“13月”",
        "J6": "11位",
        "E8": "对不上",
        "D8": "身份证号上是“女”",
        "I8": "预备党员",
        "G10": "没有这个党支部",
        "C10": "第 11 行",
        "C11": "第 10 行",
        "B12": "没有填姓名",
        "F12": "没有这种人员类别",
        "J12": "固定电话",
        "E13": "还没有到",
        "G13": "没有填所在党支部",
    }.items():
        assert words in errors[cell], cell
    assert roster.count("rows") == 8
    (table,) = roster.summary["tables"]
    assert (table["header_row"], table["headers_again"]) == (3, 1)
    assert table["unknown"] == ["奖惩情况"]
    assert len(table["notes"]) == 2, "合计 and 填表人"


def test_with_an_error_left_nothing_can_be_confirmed(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1), line("李四3", 2)]))
    with pytest.raises(Refused, match="还有 1 处错误"):
        verbs.confirm(keeper(cast), roster)
    assert not Person.objects.filter(name="钱小满").exists()


def test_a_twin_far_below_makes_the_first_row_faulty_too(cast, monkeypatch):
    """The second of them may come in a later chunk, when the first has been counted."""
    monkeypatch.setattr("zhengyou.people.roster.reading.CHUNK", 2)
    rows = [line("宋知行", 1), *(line(f"钱{sign}", 10 + at) for at, sign in enumerate("甲乙丙丁"))]
    roster = uploaded(keeper(cast), cast.branch, book([*rows, line("宋知行", 1)]))
    assert (roster.count("faulty"), roster.count("add")) == (2, 4)
    assert {cell for cell, _, error in said(roster) if error} == {"B2", "B7"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (sheets({"名册": [["甲", "乙"], ["1", "2"]]}), "没有找到表头"),
        (sheets({"名册": [["性别", "民族"], ["男", "汉"]]}), "没有“姓名”“所在党支部”"),
        (sheets({"名册": [["姓名", "性别"], ["钱小满", "男"]]}), "没有“所在党支部”"),
        (sheets({"名册": [["姓名", "所在党支部"]]}), "没有人员"),
        (sheets({"名册": []}), "没有找到表头"),
    ],
)
def test_a_file_without_a_roster_is_refused_in_words(cast, content, words):
    roster = uploaded(office(cast), cast.bureau, content)
    assert roster.state == ImportState.FAILED
    assert words in roster.reason


def test_a_single_branch_needs_no_column_for_itself(cast):
    content = sheets({"名册": [["姓名", "性别"], ["钱小满", "男"]]})
    assert uploaded(keeper(cast), cast.branch, content).count("add") == 1


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"%PDF-1.7"])
def test_what_is_no_table_is_refused_at_once_and_not_kept(cast, content):
    with pytest.raises(Unreadable):
        verbs.upload(keeper(cast), cast.branch, [content], "名册.xlsx")
    assert not RosterImport.objects.exists()
    assert files() == []


def test_a_file_that_is_too_large_is_refused(cast, settings):
    settings.FILE_SIZE_LIMIT = 1000
    with pytest.raises(Unreadable, match="太大"):
        verbs.upload(keeper(cast), cast.branch, [b"x" * 600] * 2, "名册.csv")
    assert files() == []


def test_a_day_to_come_is_refused(cast):
    tomorrow = clock.days_from_today(1)
    with pytest.raises(Refused, match="晚于今天"):
        verbs.upload(keeper(cast), cast.branch, [book([])], "名册.xlsx", since=tomorrow)


# --- sheets -------------------------------------------------------------------------------------


def several(cast):
    header = ["姓名", "所在党支部", "性别"]
    content = sheets(
        {
            "说明": [["怎么填"]],
            "在职": [header, ["钱小满", "育新小学党支部", "男"]],
            "退休": [
                header,
                ["孙知秋", "育新小学党支部", "女"],
                ["钱小满", "育新小学党支部", "男"],
            ],
        }
    )
    return uploaded(keeper(cast), cast.branch, content)


def test_the_first_sheet_with_a_header_is_read(cast):
    roster = several(cast)
    assert [(one["name"], one["found"], one["read"]) for one in roster.summary["sheets"]] == [
        ("说明", False, False), ("在职", True, True), ("退休", True, False),
    ]  # fmt: skip
    assert roster.count("rows") == 1


def test_other_sheets_can_be_chosen_and_twins_are_found_across_them(cast):
    roster = several(cast)
    verbs.choose_sheets(keeper(cast), roster, ["在职", "退休"])
    roster.refresh_from_db()
    assert roster.count("rows") == 3
    problems = [(one.sheet, one.cell, one.problem) for one in roster.findings.filter(is_error=True)]
    assert [(sheet, cell) for sheet, cell, _ in problems] == [("在职", "A2"), ("退休", "A3")]
    assert "“退休”表第 3 行" in problems[0][2]


def test_a_sheet_without_a_header_is_named(cast):
    roster = several(cast)
    verbs.choose_sheets(keeper(cast), roster, ["说明"])
    roster.refresh_from_db()
    assert roster.state == ImportState.FAILED
    assert "工作表“说明”" in roster.reason


def test_no_sheet_is_no_choice(cast):
    with pytest.raises(Refused, match="至少选一张"):
        verbs.choose_sheets(keeper(cast), several(cast), ["没有这张"])
