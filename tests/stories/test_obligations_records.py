"""Records walked in Chromium, counted by what the browser reports: a routine meeting of thirty and
the next of its series; a village visit and a practice team with one thumb, the sheet to sign."""

import re
import time
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect
from tests import cast as casting
from tests.browser import DESKTOP, PHONE
from tests.cast import Cast, account_of

from zhengyou.kernel import clock
from zhengyou.kernel.partial_dates import parse
from zhengyou.people.actions.people import enrol
from zhengyou.people.models import Person, StandingKind
from zhengyou.work.models import Participant, Record, RecordSeries, RecordState, Wish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TOUCHED = """for (const what of ["input", "change"]) addEventListener(what,
  (e) => e.isTrusted && e.target.name && touched(e.target.name), true);"""
GIVEN = (
    "安宁 白杨 常青 丁香 方正 高远 何畏 江河 康健 林深 马到 "
    "牛耕 潘多 齐心 任重 石坚 唐棣 万里 夏至 杨帆 张弛 赵望"
)


@pytest.fixture
def cast() -> Cast:
    """育新小学党支部 with thirty members who are called, as it is today."""
    cast = casting.build()
    for name in GIVEN.split():
        enrol(
            None, Person(name=name), cast.branch, standing=StandingKind.FULL,
            since=date(2026, 1, 1), standing_since=parse("2015.07"),
        )  # fmt: skip
    return cast


class Walk:
    """Somebody at a window; counts the fields of forms that were touched, looks for barriers."""

    def __init__(self, page: Page, axe) -> None:
        self.page, self.axe, self.names = page, axe, set()
        page.expose_function("touched", lambda name: self.names.add(name))
        page.add_init_script(TOUCHED)

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def look(self) -> None:
        assert self.axe(self.page) == []
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.viewport_size["width"]

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(label).first.click()
        self.page.keyboard.insert_text(words)

    def say(self, person: str, what: str) -> None:
        row = self.page.get_by_role("group", name=re.compile(f"^{person}"))
        row.get_by_label(what).check(force=True)

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        self.look()

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=re.compile(link)).first.click()
        self.look()

    def count(self) -> int:
        found, _ = len(self.names), self.names.clear()
        return found


def test_a_routine_meeting_of_thirty_and_the_next_of_its_series(new_page, sign_in, axe, cast):
    for place, viewport in enumerate((DESKTOP, PHONE), start=1):
        walk = Walk(new_page(viewport), axe)
        sign_in(walk.page, account_of(cast.tian))
        began = time.monotonic()
        walk.open(f"/orgs/{cast.branch.uid}/records/")
        walk.follow("记一件做过的事|记第一件")
        walk.follow("^支部党员大会$")
        expect(walk.page.locator("#quorum")).to_contain_text("应到 29 人，实到 29 人")
        walk.say("贺建国", "请假")
        walk.say("白杨", "请假")
        walk.say("牛耕", "缺席")
        walk.page.get_by_label("主持人").select_option(label="沈若兰")
        walk.write("开会的内容", "传达了上级的通知，讨论了下一步的工作。")
        walk.write("议定的事", "每周五放学后护学，轮流来。")
        walk.page.get_by_text("更多，都可以不填").click()
        walk.page.get_by_label("以后还有").select_option(label="每周一次")
        expect(walk.page.locator("#saved")).to_contain_text("已存")
        expect(walk.page.locator("#quorum")).to_contain_text("实到 26 人")
        walk.press("记好")
        spent = time.monotonic() - began
        expect(walk.page.get_by_text("够开会的人数").first).to_be_visible()
        assert walk.count() <= 10 and spent <= 60, spent
        record = Record.objects.order_by("pk").last()
        assert record.state == RecordState.FINISHED and Record.objects.count() == 2 * place - 1
        assert Participant.objects.filter(record=record).count() == 30
        Record.objects.filter(pk=record.pk).update(on=clock.today() - timedelta(days=7))
        series = RecordSeries.objects.order_by("pk").last()
        RecordSeries.objects.filter(pk=series.pk).update(since=clock.today() - timedelta(days=7))

        walk.open(f"/orgs/{cast.branch.uid}/records/")
        walk.follow("记这一次")
        walk.say("贺建国", "请假")
        walk.write("开会的内容", "看了上周定的事办得怎样。")
        walk.press("记好")
        assert walk.count() <= 4
        assert series.records.count() == 2
        RecordSeries.objects.filter(pk=series.pk).update(until=clock.today())


def test_a_visit_and_a_practice_team_with_one_thumb_and_the_sheet(new_page, sign_in, axe, cast):
    thumb = {"has_touch": True, "is_mobile": True}
    for viewport, options in ((PHONE, thumb), (DESKTOP, {})):
        walk = Walk(new_page(viewport, **options), axe)
        sign_in(walk.page, account_of(cast.bai))
        visit(walk, cast)
        sign_in(walk.page, account_of(cast.shen))
        practise(walk, cast)
    assert Wish.objects.count() == 4 and not Record.objects.filter(state=RecordState.DRAFT)


def visit(walk: Walk, cast: Cast) -> None:
    """A visit to two households; one wish is met, the other explained."""
    walk.open(f"/orgs/{cast.village.uid}/records/new/")
    walk.follow("^走访$")
    walk.page.get_by_label("柏长林").check()
    walk.write("走访了哪些户、哪些人", "三组柏家、五组陶家")
    walk.write("看到什么、说了什么", "老人身体还好，门口路黑。")
    walk.write("第 1 件，提了什么", "门口的路灯不亮")
    walk.page.get_by_label("第 1 件，办得怎样").select_option(label="办到了")
    walk.write("第 1 件，怎么办的、怎么讲的", "当天换了灯")
    walk.write("第 2 件，提了什么", "想多批一块宅基地")
    walk.page.get_by_label("第 2 件，办得怎样").select_option(label="讲清了")
    walk.press("记好")  # says at once what is missing, and keeps the rest
    expect(walk.page.get_by_text("写一句怎么办的、怎么讲的").first).to_be_visible()
    walk.write("第 2 件，怎么办的、怎么讲的", "讲了一户一宅的规定")
    walk.press("记好")
    expect(walk.page.get_by_text("讲清了").first).to_be_visible()
    assert walk.count() <= 10


def practise(walk: Walk, cast: Cast) -> None:
    """A practice team with a paper of each; its sheet leads back to what was written."""
    walk.open(f"/orgs/{cast.branch.uid}/records/new/practice/")
    walk.write("做了什么、怎样汇报展示", "到石桥村住了五天，回来在会上讲给大家听。")
    for name, topic in (("方晓岚", "村里孩子放学以后"), ("江一帆", "一口井的水质")):
        walk.page.get_by_label(re.compile(f"^{name}( |$)")).first.check()
        walk.write(f"{name}，文章字数", "3000")
        walk.write(f"{name}，文章题目", topic)
    walk.press("存下，打印签到表")
    assert walk.page.locator("svg.qr").count() == 1
    draft = Record.objects.get(state=RecordState.DRAFT)
    walk.open(f"/records/{draft.uid}/")  # where the code leads
    expect(walk.page.get_by_label("方晓岚，文章题目")).to_have_value("村里孩子放学以后")
    walk.press("记好")
    expect(walk.page.get_by_text("一口井的水质").first).to_be_visible()
