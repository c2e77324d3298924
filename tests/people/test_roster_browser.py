"""The import in Chromium: every state of its page, and one story without a script."""

from uuid import uuid4

import pytest
from tests import cast as casting
from tests.people.roster_books import book, confirmed, keeper, line, messy, office, sheets, uploaded

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
        "matches": uploaded(
            office(cast), cast.bureau, book(known, header=(*book_header(), "学历"))
        ),
        "clean": uploaded(keeper(cast), cast.branch, sheets(several)),
        "failed": broken,
        "done": confirmed(keeper(cast), done),
        "busy": busy(cast, ImportState.CHECKING),
    }


def book_header():
    from tests.people.roster_books import HEADER

    return HEADER


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


def test_no_barriers_and_no_sideways_scroll(each_page, axe, sign_in, people):
    account = casting.account_of(people.gu)
    sign_in(each_page, account)
    width = each_page.viewport_size["width"]
    for name, address in addresses(people, states(people)).items():
        each_page.goto(address)
        assert axe(each_page) == [], name
        assert each_page.evaluate("document.documentElement.scrollWidth") <= width, name
