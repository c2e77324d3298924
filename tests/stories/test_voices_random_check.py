"""A random check nobody can rig: sealed, drawn by dice, drawn again by a parent at home, made on
a phone without network, criticised, mended in time, verified by another, reopened once."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.cast import account_of, client_as
from tests.inspections.scene import FIRST, PLANNED, SEED_DAY, Checks, checks

from zhengyou.inspections.actions import bulletins
from zhengyou.inspections.actions.bulletins import Head
from zhengyou.inspections.models import Finding, Sheet, Visit
from zhengyou.kernel import clock
from zhengyou.people.models import Role
from zhengyou.problems.models import Problem, ProblemState

__all__ = ["checks"]

SignIn = Callable[[Page, Any], None]
Axe = Callable[..., list[str]]


def text(response: Any) -> str:
    return str(response.content.decode())


# --- by HTTP, on both databases -------------------------------------------------------------------
def test_a_random_check_from_the_sealed_list_to_the_problem_that_came_back(
    checks: Checks, tmp_path: Path
) -> None:
    office = client_as(checks.cast.gu, Role.CAMPAIGN_OFFICE)
    here = f"/inspections/{checks.spot.uid}/"
    _sealed_before_anybody_rolls(checks, office, here)
    _drawn_once(checks, office, here)
    _drawn_again_at_home(checks, tmp_path)
    visit = Visit.objects.get(organisation=checks.cast.branch)
    _made_on_site(checks, visit)
    problem = _criticised_with_a_day(checks, visit)
    _told_to_all_below(checks, visit)
    _mended_verified_and_reopened(checks, problem)


def _sealed_before_anybody_rolls(checks: Checks, office: Client, here: str) -> None:
    with clock.at(PLANNED):
        office.post(f"{here}freeze/", {
            "method": "sha256", "source": "dice", "words": "9月16日在局大厅当众掷八颗骰子",
            "on": "2026-09-16", "reserve": "2",
        })  # fmt: skip
        assert checks.spot.draw.digest in text(Client().get(f"/draws/{checks.spot.uid}/"))
        early = office.post(f"{here}seed/", {"seed": "11111111", "witnesses": "工会一人"})
    assert early.status_code == 403 and "现在还不能录入" in text(early)


def _drawn_once(checks: Checks, office: Client, here: str) -> None:
    seed = checks.seed_that_draws(checks.cast.branch, checks.others[0])
    with clock.at(SEED_DAY):
        desk = text(office.get("/desk/"))
        assert "录入种子" in desk
        rolled = {"seed": " ".join(map(str, seed)), "witnesses": "局工会一人，家委会两人"}
        assert office.post(f"{here}seed/", rolled).status_code == 302
        again = office.post(f"{here}seed/", rolled | {"seed": "6 6 6 6 6 6 6 6"})
    assert again.status_code == 403 and "只抽一次" in text(again)


def _drawn_again_at_home(checks: Checks, folder: Path) -> None:
    """A parent downloads list and script, types the seed off the page, and gets the same bodies."""
    parent = Client()
    page = text(parent.get(f"/draws/{checks.spot.uid}/"))
    lists, script = folder / "list.txt", folder / "draw_again.py"
    lists.write_bytes(parent.get(f"/draws/{checks.spot.uid}/list.txt").content)
    script.write_bytes(parent.get("/draws/draw_again.py").content)
    command = re.search(r"draw_again\.py list\.txt ([\d ]+) --digest ([0-9a-f]{64})", page)
    assert command
    assert hashlib.sha256(lists.read_bytes()).hexdigest() == command[2]
    done = subprocess.run(
        [sys.executable, "-I", str(script), str(lists), *command[1].split(), "--digest",
         command[2]],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    rows = re.findall(r"<td>(?:<b>)?(\w+党支部)(?:</b>)?</td>\s*<td class=\"r num\">(\d)", page)
    assert len(rows) == 5
    printed = [line.split() for line in done.stdout.splitlines() if line.startswith("  ")]
    assert [(name, place) for _, place, name in printed] == rows
    assert [words[0] for words in printed] == ["抽中", "抽中", "备选", "备选", "备选"]


def _made_on_site(checks: Checks, visit: Visit) -> None:
    yin, shen = (
        client_as(checks.cast.yin, Role.INSPECTOR),
        client_as(checks.cast.shen, Role.SECRETARY),
    )
    page = f"/inspections/visits/{visit.uid}/"
    form = {
        "token": uuid4(), "visited_on": "2026-09-17", "grade-homework": "no",
        "words-homework": "五位家长都说作业没少", "kind-homework": "criticism",
        "grade-answer": "yes", "grade-safe": "yes", "words-safe": "十分钟就散了",
        "kind-safe": "praise",
    }  # fmt: skip
    with clock.at(FIRST):
        assert "要去检查" in text(yin.get("/desk/"))
        for _ in range(2):  # the answer was lost, the phone sends again
            assert yin.post(f"{page}fill/", form).status_code == 302
        assert Sheet.objects.count() == 1
        assert shen.get(page).status_code == 404  # a draft is the team's
        yin.post(f"{page}hand-over/")
        assert "五位家长都说作业没少" in text(shen.get(page))


def _criticised_with_a_day(checks: Checks, visit: Visit) -> Problem:
    shen = client_as(checks.cast.shen, Role.SECRETARY)
    yin = client_as(checks.cast.yin, Role.INSPECTOR)
    finding = Finding.objects.get(visit=visit, kind="criticism")
    page = f"/inspections/findings/{finding.uid}/"
    with clock.at(FIRST + timedelta(days=1)):
        assert "1 条批评要答复" in text(shen.get("/desk/"))
        shen.post(page, {"text": "认。年级组下周统一量作业。"})
        assert "条批评要答复" not in text(shen.get("/desk/"))
        begun = text(yin.get(f"{page}problem/"))
        day = re.search(r'name="deadline" value="([\d-]+)"', begun)
        assert day
        yin.post(f"{page}problem/", {"title": "书面作业没有减下来", "deadline": day[1]})
        assert "书面作业没有减下来" in text(yin.get(page))
    problem = Problem.objects.get(source_uid=finding.uid)
    assert problem.deadline == date.fromisoformat(day[1])
    return problem


def _told_to_all_below(checks: Checks, visit: Visit) -> None:
    """The office compiles a bulletin, the secretary signs, the schools read it, also the one next
    door, and the one that is criticised finds its day in it."""
    with clock.at(FIRST + timedelta(days=1)):
        head = Head("秋季减负抽查情况的通报", "澜教督通〔2026〕1号", checks.cast.bureau)
        made = bulletins.begin(checks.office, checks.cast.bureau, head, list(visit.findings.all()))
        bulletins.submit(checks.office, made)
        bulletins.approve(checks.head, made)
        bulletins.publish(checks.office, made)
        for who in (checks.cast.shen, checks.cast.wen):
            page = text(client_as(who, Role.SECRETARY).get(f"/bulletins/{made.uid}/"))
            assert "五位家长都说作业没少" in page
    assert Problem.objects.count() == 1  # what is a problem already does not become another


def _mended_verified_and_reopened(checks: Checks, problem: Problem) -> None:
    shen, song = (client_as(checks.cast.shen, Role.SECRETARY), client_as(checks.cast.song))
    yin = client_as(checks.cast.yin, Role.INSPECTOR)
    page = f"/problems/{problem.uid}/"
    plan = {"owner": checks.cast.song.pk, "deadline": problem.deadline, "m-TOTAL_FORMS": "1",
            "m-INITIAL_FORMS": "0", "m-0-what": "各科作业合起来量，每天不超过四十分钟"}  # fmt: skip
    for turn, day in enumerate([date(2026, 9, 21), date(2026, 9, 28)]):
        with clock.at(day):
            again = plan | {"m-INITIAL_FORMS": str(turn)}  # what was agreed before stands there
            assert shen.post(f"{page}plan/", again).status_code == 302
            assert song.post(f"{page}start/").status_code == 302
        with clock.at(day + timedelta(days=3)):
            song.post(f"{page}submit/", {"words": "三周都量过，家长也问过。"})
            assert (
                song.post(f"{page}verify/", {"verdict": "pass"}).status_code == 403
            )  # one's own work
            seen = yin.get(f"{page}verify/").context["page"].handed_in.pk
            said = {"verdict": "pass", "words": "问了五位家长，少了。", "seen": seen}
            assert yin.post(f"{page}verify/", said).status_code == 302
            problem.refresh_from_db()
            assert problem.state == ProblemState.VERIFIED
            assert clock.today() <= problem.deadline
        if not turn:
            with clock.at(day + timedelta(days=5)):
                why = {"why": "家长来电：量了一周又多了。", "deadline": problem.deadline}
                assert yin.post(f"{page}do/reopen/", why).status_code == 302
    assert problem.reopenings.count() == 1
    assert problem.verifications.filter(passed=True).count() == 2


# --- in the browser -------------------------------------------------------------------------------
@pytest.fixture
def stand(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Move today, for the server's threads, too."""

    def move(day: date) -> None:
        moment = datetime(day.year, day.month, day.day, 9, tzinfo=clock.SHANGHAI).astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: moment)

    return move


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_phone_keeps_what_is_typed_while_the_network_is_away(
    checks: Checks, page: Page, phone: Page, axe: Axe, sign_in: SignIn,
    stand: Callable[[date], None],
) -> None:  # fmt: skip
    visit = checks.drawn()[0]
    stand(FIRST)
    sign_in(phone, account_of(checks.cast.yin))
    phone.goto("/desk/")
    phone.get_by_role("link", name=re.compile("去检查")).first.click()
    assert axe(phone) == []
    phone.get_by_role("link", name=re.compile("看.*育新")).click()
    phone.get_by_role("link", name="记检查").click()
    assert axe(phone) == []
    fill = phone.url
    _typed_without_network(phone)
    _closed_and_opened_again(phone, fill)
    _sent_by_itself_when_the_network_is_back(phone, visit)
    _an_answer_that_is_lost_sends_nothing_twice(phone, visit, fill)
    _handed_over_and_seen_at_a_desk(checks, phone, page, axe, sign_in)


def _typed_without_network(phone: Page) -> None:
    phone.context.set_offline(True)
    first = phone.get_by_role("group", name=re.compile("家长说得出"))
    first.get_by_label("没做到").check()
    first.get_by_label("看到了什么").fill("五位家长都说作业没少")
    first.get_by_label("批评").check()
    phone.get_by_role("button", name="存到系统里").click()
    phone.get_by_text("没有网络，还没交上").wait_for()
    first.get_by_label("看到了什么").fill("五位家长都说作业没少，一位说更多了")
    assert Sheet.objects.count() == 0


def _closed_and_opened_again(phone: Page, fill: str) -> None:
    """The page itself cannot be fetched without a network; what was typed waits on the phone."""
    phone.goto("about:blank")
    phone.context.set_offline(False)
    phone.route("**/fill/", lambda route: (
        route.abort() if route.request.method == "POST" else route.continue_()
    ))  # fmt: skip
    phone.goto(fill)
    assert phone.get_by_label("看到了什么").first.input_value().endswith("一位说更多了")
    assert phone.get_by_label("批评").first.is_checked()


def _sent_by_itself_when_the_network_is_back(phone: Page, visit: Visit) -> None:
    phone.get_by_text("没有网络，还没交上").wait_for()
    phone.unroute("**/fill/")
    phone.context.set_offline(True)
    phone.context.set_offline(False)  # the phone says that it is online again
    phone.wait_for_url(re.compile(f"{visit.uid}/$"))
    assert visit.findings.get().text == "五位家长都说作业没少，一位说更多了"
    assert phone.evaluate("localStorage.length") == 0


def _an_answer_that_is_lost_sends_nothing_twice(phone: Page, visit: Visit, fill: str) -> None:
    """The house has it, the phone does not know: it sends again, and it is one."""
    phone.goto(fill)
    for name in ("学生和家长提过的事", "放学时段校门口"):
        group = phone.get_by_role("group", name=re.compile(name))
        group.get_by_label("做到了", exact=True).check()
    lost = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            route.abort()
        else:
            route.continue_()

    phone.route("**/fill/", lose)
    phone.get_by_role("button", name="存到系统里").click()
    phone.get_by_text("没有网络，还没交上").wait_for()
    assert (lost, Sheet.objects.count()) == ([302], 2)
    phone.get_by_role("button", name="存到系统里").click()
    phone.wait_for_url(re.compile(f"{visit.uid}/$"))
    assert Sheet.objects.count() == 2


def _handed_over_and_seen_at_a_desk(
    checks: Checks, phone: Page, page: Page, axe: Axe, sign_in: SignIn
) -> None:
    phone.get_by_role("link", name="把意见交给单位").click()
    phone.get_by_role("dialog").get_by_role("button", name="把意见交给单位").click()
    phone.get_by_text("意见交给育新小学党支部了").wait_for()
    sign_in(page, account_of(checks.cast.shen))
    page.goto("/desk/")
    page.get_by_role("link", name=re.compile("去答复")).first.click()
    page.get_by_role("link", name=re.compile("看.*五位家长")).click()
    page.get_by_label("答复").fill("认。年级组下周统一量作业。")
    page.get_by_role("button", name="答复").click()
    page.get_by_text("答复记下了").wait_for()
    assert axe(page) == []
    page.goto(f"/draws/{checks.spot.uid}/")
    assert axe(page) == []
    assert page.get_by_role("link", name="下载小程序").is_visible()
