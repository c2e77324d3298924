"""The import in Chromium: every state of its page, and one story without a script."""

from uuid import uuid4

import pytest
from tests import cast as casting
from tests.browser import DESKTOP
from tests.people.roster_books import (
    HEADER,
    book,
    confirmed,
    keeper,
    line,
    messy,
    office,
    sheets,
    uploaded,
)

from zhengyou.kernel import clock
from zhengyou.kernel.progress import Progress
from zhengyou.people.models import ImportState, RosterImport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db):
    return casting.build()


def busy(cast, state):
    """Return an import that this very process is at work on, half done."""
    roster = uploaded(keeper(cast), cast.branch, book([line("钱小满", 1)]))
    RosterImport.objects.filter(pk=roster.pk).update(state=state, job=uuid4(), job_at=clock.now())
    roster.refresh_from_db()
    Progress(roster.job).set(1200, 3000, "正在检查")
    return roster


def states(cast):
    """Return one import in each state that a page can be asked for."""
    known = [
        line(who.name, 400 + at, 公民身份号码="", 手机号码="", 出生日期=str(who.born), 学历="博士")
        for at, who in enumerate((cast.wen, cast.song, cast.su))
    ]
    several = {"名册": [["姓名", "所在党支部"], ["钱小满", "育新小学党支部"]], "旧": [["备注"]]}
    broken = uploaded(keeper(cast), cast.branch, sheets({"一": [["没有", "表头"]]}))
    assert broken.state == ImportState.FAILED
    done = uploaded(keeper(cast), cast.branch, book([line("孙知秋", 2)]))
    return {
        "messy": uploaded(office(cast), cast.bureau, messy()),
        "matches": uploaded(office(cast), cast.bureau, book(known, header=(*HEADER, "学历"))),
        "clean": uploaded(keeper(cast), cast.branch, sheets(several)),
        "failed": broken,
        "done": confirmed(keeper(cast), done),
        "busy": busy(cast, ImportState.CHECKING),
    }


def addresses(cast, rosters):
    """Return the pages worth a look."""
    body = f"/orgs/{cast.bureau.uid}/roster/"
    found = {"upload": f"{body}import/", "numbers": f"{body}numbers/"}
    for name, roster in rosters.items():
        found[name] = f"/orgs/{roster.organisation.uid}/roster/imports/{roster.uid}/"
    found["hints"] = found["messy"] + "?tab=hints"
    found["sample"] = found["clean"] + "?tab=sample"
    found["tick"] = found["matches"] + "?tab=matches"
    return found


def test_no_barriers_and_no_sideways_scroll(page, barriers, sign_in, people):
    sign_in(page, casting.account_of(people.gu))
    pages = addresses(people, states(people)).values()
    assert [each for address in pages for each in barriers(page, address)] == []


def test_without_scripts_a_roster_goes_from_the_file_to_the_roll(
    new_page, sign_in, people, tmp_path
):
    path = tmp_path / "党员花名册.xlsx"
    path.write_bytes(book([line("钱小满", 1)]))
    page = new_page(DESKTOP, java_script_enabled=False)
    sign_in(page, casting.account_of(people.shen))
    page.goto(f"/orgs/{people.branch.uid}/roll/")
    page.get_by_role("link", name="导入花名册").click()
    page.get_by_label("花名册文件").set_input_files(path)
    page.get_by_role("button", name="上传，先检查").click()
    assert page.get_by_role("heading", level=1).inner_text() == "检查过了，可以导入：新增 1 人"
    page.get_by_role("link", name="确认导入").click()
    page.get_by_role("button", name="导入").click()
    assert page.get_by_role("heading", level=1).inner_text() == "导入好了：新增 1 人"
    page.get_by_role("link", name="看花名册").click()
    assert page.get_by_role("link", name="钱小满").is_visible()


def test_the_page_follows_the_work_by_itself(page, sign_in, people):
    """The count moves without a reload, and the preview comes when the check is over."""
    roster = busy(people, ImportState.CHECKING)
    sign_in(page, casting.account_of(people.shen))
    page.goto(f"/orgs/{people.branch.uid}/roster/imports/{roster.uid}/")
    assert page.get_by_text("1,200 / 3,000 行").first.is_visible()
    Progress(roster.job).set(2400, 3000, "正在检查")
    page.get_by_text("2,400 / 3,000 行").first.wait_for()
    RosterImport.objects.update(state=ImportState.PREVIEWED)
    Progress(roster.job).finish()
    page.get_by_text("可以导入：新增 1 人").first.wait_for()
