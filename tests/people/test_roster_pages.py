"""The pages of the import and the export, as somebody clicks through them."""

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import client_as
from tests.people.roster_books import book, confirmed, keeper, line, messy, office, row_of, uploaded

from zhengyou.kernel import clock
from zhengyou.kernel.progress import Progress
from zhengyou.people.models import ImportState, Person, Role, RosterImport

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


@pytest.fixture
def shen(cast):
    """沈若兰, secretary of 育新小学党支部."""
    return client_as(cast.shen, Role.SECRETARY)


def at(body, rest=""):
    return f"/orgs/{body.uid}/roster/{rest}"


def of(roster, rest=""):
    return at(roster.organisation, f"imports/{roster.uid}/{rest}")


def sent(client, body, content, name="名册.xlsx", **more):
    """Upload a file through the form and follow to the import's page."""
    data = {"file": SimpleUploadedFile(name, content), "since": "2026-01-05", **more}
    return client.post(at(body, "import/"), data, follow=True)


def text(answer) -> str:
    return answer.content.decode()


def workbook(answer):
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def test_from_the_file_to_the_roll_and_back(cast, shen):
    page = sent(shen, cast.branch, book([line("钱小满", 1), line("孙知秋", 2)]))
    assert "检查过了，可以导入：新增 2 人" in text(page)
    roster = RosterImport.objects.get()
    assert page.redirect_chain == [(of(roster), 302)]
    asked = shen.get(of(roster, "confirm/"))
    assert "确认导入吗" in text(asked)
    page = shen.post(of(roster, "confirm/"), follow=True)
    assert "导入好了：新增 2 人" in text(page)
    assert Person.objects.filter(name__in=["钱小满", "孙知秋"]).count() == 2
    assert "钱小满" in text(shen.get(f"/orgs/{cast.branch.uid}/roll/"))
    assert "整批撤回这次导入吗" in text(shen.get(of(roster, "undo/")))
    assert "整批撤回了" in text(shen.post(of(roster, "undo/"), follow=True))
    assert not Person.objects.filter(name="钱小满").exists()


def test_every_fault_stands_with_its_cell_and_how_to_mend_it(cast):
    gu = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    page = text(sent(gu, cast.bureau, messy()))
    assert "有 7 行要改，改好再导入" in page
    for words in ("C6", "公民身份号码应是18位，现在是17位。", "请对照身份证改正这个号码。", "G10"):
        assert words in page
    assert "33099919800104004" not in page
    assert 'aria-disabled="true" aria-describedby="why-confirm"' in page
    assert "还有 20 处错误" in page
    hints = text(gu.get(of(RosterImport.objects.get()) + "?tab=hints"))
    assert "没有填身份证号" in hints


def test_what_was_not_read_is_told(cast):
    page = text(sent(client_as(cast.gu, Role.CAMPAIGN_OFFICE), cast.bureau, messy()))
    assert "不认得的列，没有读：奖惩情况" in page
    assert "“填表人：苏映雪”不是人员，没有读" in page
    assert "中间又出现 1 次表头" in page


def test_likenesses_are_decided_on_the_page(cast, shen):
    row = row_of(cast.song, 公民身份号码="", 出生日期="1988.06.16", 入党日期="2012.05")
    page = text(sent(shen, cast.branch, book([row])))
    assert "有 1 行要您定" in page
    assert "姓名、出生日期一样：系统里的宋知行" in page
    roster = RosterImport.objects.get()
    match = roster.matches.get()
    page = shen.post(of(roster, "choices/"), {f"match-{match.pk}": "update"}, follow=True)
    assert "检查过了，可以导入：更新 1 人" in text(page)
    shen.post(of(roster, "confirm/"))
    cast.song.refresh_from_db()
    assert cast.song.joined.iso == "2012-05"


def test_a_kind_of_likeness_is_decided_at_once(cast, shen):
    row = row_of(cast.song, 公民身份号码="", 出生日期="1988.06.16", 入党日期="2012.05")
    sent(shen, cast.branch, book([row]))
    roster = RosterImport.objects.get()
    shen.post(of(roster, "choices/"), {"kind": "name_and_birth", "choice": "skip"})
    assert roster.matches.get().choice == "skip"


@pytest.mark.parametrize("field", ["match-x", "match-", "other", "match-999999"])
def test_nonsense_among_the_choices_is_left_out(cast, shen, field):
    sent(shen, cast.branch, book([row_of(cast.song, 入党日期="2012.05")]))
    roster = RosterImport.objects.get()
    answer = shen.post(of(roster, "choices/"), {field: "update", "page": "x"})
    assert answer.status_code == 302


def test_other_sheets_are_chosen_on_the_page(cast, shen):
    from tests.people.roster_books import sheets

    content = sheets(
        {"一": [["姓名", "性别"], ["钱小满", "男"]], "二": [["姓名", "性别"], ["孙知秋", "女"]]}
    )
    assert "文件里有 2 张工作表" in text(sent(shen, cast.branch, content))
    roster = RosterImport.objects.get()
    page = shen.post(of(roster, "sheets/"), {"sheet": ["一", "二"]}, follow=True)
    assert "新增 2 人" in text(page)


# --- bad input -------------------------------------------------------------------------------


def test_without_a_file_the_form_says_so_and_keeps_the_day(cast, shen):
    answer = shen.post(at(cast.branch, "import/"), {"since": "2026-01-05"})
    assert answer.status_code == 422
    assert "还没有选文件" in text(answer)
    assert 'value="2026-01-05"' in text(answer)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "文件是空的"), (b"<html>", "其实是网页"), (b"%PDF-1", "不是表格文件")],
)
def test_a_file_that_is_no_roster_is_refused_beside_the_field(cast, shen, content, words):
    answer = sent(shen, cast.branch, content)
    assert answer.status_code == 422
    assert words in text(answer)
    assert not RosterImport.objects.exists()


def test_a_day_to_come_is_refused_beside_the_field(cast, shen):
    answer = sent(shen, cast.branch, book([line("钱小满", 1)]), since="2099-01-01")
    assert answer.status_code == 422
    assert "还没到" in text(answer)


def test_a_roster_that_cannot_be_read_says_why_and_offers_the_way_on(cast, shen):
    page = text(sent(shen, cast.branch, "甲,乙\n1,2".encode(), "名册.csv"))
    assert "这个文件读不了" in page
    assert "没有找到表头" in page
    roster = RosterImport.objects.get()
    assert f"?instead={roster.uid}" in page
    sent(shen, cast.branch, book([line("钱小满", 1)]), instead=str(roster.uid))
    roster.refresh_from_db()
    assert roster.state == ImportState.CANCELLED


# --- who may ---------------------------------------------------------------------------------

PAGES = ("", "progress/", "confirm/", "cancel/", "undo/", "faults.xlsx")


@pytest.mark.parametrize("rest", PAGES)
def test_next_door_the_import_does_not_exist(cast, rest):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    wen = client_as(cast.wen, Role.SECRETARY)
    assert wen.get(of(roster, rest)).status_code == 404
    there = at(cast.nanhu, f"imports/{roster.uid}/{rest}")
    assert wen.get(there).status_code == 404, "nor under the address of the own branch"


@pytest.mark.parametrize("rest", ["choices/", "sheets/", "confirm/", "cancel/", "retry/", "undo/"])
def test_next_door_nothing_can_be_posted(cast, rest):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    assert client_as(cast.wen, Role.SECRETARY).post(of(roster, rest)).status_code == 404


@pytest.mark.parametrize(
    ("who", "role"),
    [("fang", None), ("song", Role.GROUP_LEADER), ("tian", Role.RECORDER)],
)
def test_inside_the_branch_others_are_told_who_imports(cast, who, role):
    client = client_as(cast.persons[who], role)
    answer = client.get(at(cast.branch, "import/"))
    assert answer.status_code == 403
    assert "书记、副书记、组织委员" in text(answer)
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    assert client.get(of(roster)).status_code == 404


def test_from_above_the_import_is_seen(cast):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    assert client_as(cast.gu, Role.CAMPAIGN_OFFICE).get(of(roster)).status_code == 200


@pytest.mark.parametrize("rest", ["import/", "export.xlsx", "numbers/", "template.xlsx"])
def test_who_is_not_signed_in_is_asked_to(cast, client, rest):
    answer = client.get(at(cast.branch, rest))
    assert answer.status_code == 302
    assert answer.url.startswith("/login/")


@pytest.mark.parametrize("rest", ["choices/", "sheets/", "retry/"])
def test_what_changes_something_is_posted(cast, shen, rest):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    assert shen.get(of(roster, rest)).status_code == 405


# --- long work -------------------------------------------------------------------------------


def busy(cast, state=ImportState.CHECKING):
    """Return an import that this very process is at, part of it done."""
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    RosterImport.objects.update(state=state, job=uuid4(), job_at=clock.now())
    roster.refresh_from_db()
    Progress(roster.job).set(1200, 3000, "正在检查")
    return roster


def test_the_progress_is_seen_with_and_without_a_script(cast, shen):
    roster = busy(cast)
    page = text(shen.get(of(roster)))
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert f'hx-get="{of(roster, "progress/")}"' in page
    assert "1,200 / 3,000 行" in page
    part = text(shen.get(of(roster, "progress/"), headers={"HX-Request": "true"}))
    assert part.strip().startswith("<")
    assert "<html" not in part


def test_when_the_work_is_over_the_page_is_asked_for_anew(cast, shen):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    answer = shen.get(of(roster, "progress/"), headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_writing_is_stopped_from_the_page(cast, shen):
    roster = busy(cast, ImportState.WRITING)
    assert shen.post(of(roster, "cancel/")).status_code == 302
    assert Progress(roster.job).cancelled


def test_an_interrupted_import_says_that_nothing_was_written_and_goes_on(cast, shen):
    roster = busy(cast, ImportState.WRITING)
    Progress(roster.job).finish()  # the worker is gone, the state has stayed
    page = text(shen.get(of(roster)))
    assert "中断了" in page
    assert "什么都没有写进去" in page
    page = text(shen.post(of(roster, "retry/"), follow=True))
    assert "可以再来一次" in page
    assert "导入好了" in text(shen.post(of(roster, "confirm/"), follow=True))


def test_confirming_what_somebody_else_confirmed_is_out_of_date(cast, shen):
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    confirmed(office(cast), roster)
    answer = shen.post(of(roster, "confirm/"))
    assert answer.status_code in (403, 409)


# --- downloads -------------------------------------------------------------------------------


def test_the_error_workbook_is_downloaded(cast, shen):
    sent(shen, cast.branch, book([line("李四3", 1)]), "党员花名册.xlsx")
    answer = shen.get(of(RosterImport.objects.get(), "faults.xlsx"))
    assert "%E5%85%9A%E5%91%98" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert workbook(answer).sheetnames == ["名册", "全部问题"]


def test_the_masked_roll_is_one_click(cast, shen):
    answer = shen.get(at(cast.branch, "export.xlsx"))
    assert "no-store" in answer.headers["Cache-Control"]
    assert workbook(answer)["花名册"].max_row == 12


def test_full_numbers_need_a_reason(cast, shen):
    assert "记在账上" in text(shen.get(at(cast.branch, "numbers/")))
    answer = shen.post(at(cast.branch, "numbers/"), {"reason": "统计"})
    assert answer.status_code == 422
    assert "至少 4 个字" in text(answer)
    assert 'value="统计"' in text(answer)
    full = shen.post(at(cast.branch, "numbers/"), {"reason": "年度党员统计"})
    cells = [cell.value for cell in workbook(full)["花名册"]["B"]]
    assert not any("*" in str(cell) for cell in cells if cell)


def test_the_inspector_gets_no_full_numbers(cast):
    yin = client_as(cast.yin, Role.INSPECTOR)
    assert yin.get(at(cast.branch, "export.xlsx")).status_code == 200
    assert yin.get(at(cast.branch, "numbers/")).status_code == 403


def test_the_blank_roster_is_downloaded(cast, shen):
    assert "花名册" in workbook(shen.get(at(cast.branch, "template.xlsx"))).sheetnames


# --- queries ---------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["errors", "matches"])
def test_the_page_takes_the_same_queries_for_1_and_30_rows(
    cast, shen, tab, django_assert_num_queries
):
    def page_of(count):
        rows = [line(f"李{chr(0x4E00 + at)}{'3' if tab == 'errors' else ''}", at)
                for at in range(1, count + 1)]  # fmt: skip
        if tab == "matches":
            first = uploaded(keeper(cast), cast.branch, book(rows))
            if first.count("add"):
                first.matches.update(choice="update")
                confirmed(keeper(cast), first)
            rows = [row | {"入党日期": f"2004.{count % 9 + 1}"} for row in rows]
        return of(uploaded(keeper(cast), cast.branch, book(rows))) + f"?tab={tab}"

    shen.get("/orgs/")
    for address in (page_of(1), page_of(30)):
        with django_assert_num_queries(QUERIES[tab]):
            assert shen.get(address).status_code == 200


QUERIES = {"errors": 12, "matches": 14}
