"""In Chromium: what a patrol found becomes a problem, reaches the class teacher at once, is mended,
verified by somebody else and struck off; the find says so, and the ledger has it all."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests import cast as casting
from tests.browser import PHONE
from tests.cast import account_of

from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.problems.models import Problem
from zhengyou.work.actions import rotas
from zhengyou.work.actions.rotas import Found
from zhengyou.work.models import PatrolFind, RecordKind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def patrolled(cast: casting.Cast) -> PatrolFind:
    """A patrol of today found something and handed it to 宋知行, a class teacher."""
    lead = acting_as(cast.shen, Role.SECRETARY)
    rota = rotas.open_rota(
        lead,
        cast.branch,
        title="日巡查",
        record=RecordKind.PATROL,
        order=["一（1）班", "一（2）班"],
    )  # fmt: skip
    rotas.record_turn(
        lead, rota, on=clock.today(), text="各楼层看了一遍。",
        finds=[Found("一（2）班门锁坏了", "二楼", cast.song)],
    )  # fmt: skip
    return PatrolFind.objects.get()


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile(f"^{name}")).first.click()


def test_a_find_of_the_patrol_is_mended_verified_and_struck_off(
    new_page: Callable[..., Page], sign_in: Any, axe: Any
) -> None:
    cast = casting.build()
    find = patrolled(cast)

    def window(who: str, **options: Any) -> Page:
        made = new_page(**options)
        sign_in(made, account_of(cast.persons[who]))
        return made

    shen, song, zhou = window("shen"), window("song"), window("zhou")
    shen.goto(f"/rotas/finds/{find.uid}/")
    with shen.expect_navigation():
        shen.get_by_role("link", name="提为问题").click()
    expect(shen.get_by_label("什么问题")).to_have_value("一（2）班门锁坏了")  # not typed again
    assert axe(shen) == []
    press(shen, "提出")
    problem = Problem.objects.get()
    assert problem.owner == cast.song
    home = f"/problems/{problem.uid}/"

    song.goto("/desk/")
    with song.expect_navigation():
        song.locator("li", has_text="一（2）班门锁坏了").get_by_role("link", name="定措施").click()
    song.get_by_label("做什么").first.fill("请总务换锁")
    assert axe(song) == []
    press(song, "定下来")
    press(song, "开始整改")
    press(song, "做好了")
    with song.expect_navigation():
        song.get_by_role("link", name="送去验收").click()
    song.get_by_label("做了什么").fill("锁换好了，三把钥匙都试过。")
    assert axe(song) == []
    press(song, "送去验收")
    refused = song.get_by_role("link", name="去验收")
    expect(refused).to_have_attribute("aria-disabled", "true")
    expect(song.get_by_text("要由别人来").first).to_be_visible()

    zhou.goto("/desk/")
    with zhou.expect_navigation():
        zhou.locator("li", has_text="门锁坏了").get_by_role("link", name="去验收").click()
    expect(zhou.get_by_text("三把钥匙都试过")).to_be_visible()
    assert axe(zhou) == []
    press(zhou, "验收通过")
    with zhou.expect_navigation():
        zhou.get_by_role("link", name="销号").click()
    press(zhou, "销号")
    assert axe(zhou) == []
    zhou.goto(f"/rotas/finds/{find.uid}/")
    expect(zhou.locator("#onward")).to_contain_text("已销号")
    told = Fact.objects.filter(about_uid=problem.uid).order_by("seq")
    assert [fact.verb.partition(".")[2] for fact in told] == [
        "raise", "agree", "start", "measure_done", "submit", "verify", "close",
    ]  # fmt: skip

    phone = window("shen", viewport=PHONE)
    for address in (home, f"/orgs/{cast.branch.uid}/problems/?which=all", "/problems/",
                    f"/orgs/{cast.branch.uid}/problems/new/"):  # fmt: skip
        phone.goto(address)
        assert axe(phone) == [], address
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, address
