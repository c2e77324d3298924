"""A village's quarter: two items are out, one is missing in public; it is mended late and shown as
late, and one that was wrong is corrected. Told over HTTP on both databases, and clicked."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.browser import DESKTOP, PHONE
from tests.cast import Cast, account_of, build
from tests.stories.chain import Calendar
from tests.stories.chromium import InChromium
from tests.stories.visitors import OnPaper, Visitor

from zhengyou.campaigns.actions import campaigns
from zhengyou.disclosure.actions import publishing
from zhengyou.disclosure.content import Words
from zhengyou.disclosure.models import DisclosedItem, DisclosureTopic
from zhengyou.kernel import clock
from zhengyou.ledger.verification import verify
from zhengyou.people.actions.people import appoint
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Person, Role
from zhengyou.remarks.models import Remark
from zhengyou.work.content import Amount
from zhengyou.work.models import Credit

FILE = Path(__file__).parents[2] / "blueprints" / "village.toml"
MONEY, AFFAIRS, PARTY = "财务：集体收支", "村务：低保、宅基地、工程", "党务：发展党员、党费、承诺"
Arrive = Callable[[Person | None, bool], Visitor]


@dataclass
class Quarter:
    """The story. ``arrive`` brings somebody (None: whoever passes by) to a screen."""

    arrive: Arrive
    calendar: Calendar
    cast: Cast = field(init=False)

    def walk(self) -> None:
        """Tell it."""
        self.calendar.move(7, 1)
        self.cast = build()
        self.before()
        self.calendar.move(10, 8)
        bai, tao = self.arrive(self.cast.bai, False), self.arrive(self.cast.tao, True)
        self.two_are_out(bai, tao)
        self.calendar.move(10, 12)
        villager = self.arrive(None, True)
        self.one_is_missing(villager)
        self.mended_late(bai, tao, villager)
        self.calendar.move(10, 13)
        self.corrected(bai, villager)

    def before(self) -> None:
        """The branch begins a campaign of its own; July and August are in order."""
        cast = self.cast
        appoint(None, cast.tao, cast.village, Role.RECORDER, since=date(2026, 7, 1))
        bai, tao = acting_as(cast.bai, Role.SECRETARY), acting_as(cast.tao, Role.RECORDER)
        text = FILE.read_text("utf-8")
        campaigns.create(bai, cast.village, text, date(2026, 7, 1)).open(bai)
        topic = DisclosureTopic.objects.select_related("duty__campaign").get(code="money")
        for month in (7, 8):
            self.calendar.move(month + 1, 5)
            words = Words(f"{month}月集体收支", "都在这里。", [Amount("电费", Decimal(320), "元")])
            item = publishing.draft(tao, topic, cast.village, date(2026, month, 1), words)
            publishing.publish(bai, item)

    def two_are_out(self, bai: Visitor, tao: Visitor) -> None:
        """The recorder writes, the secretary publishes; the other one he does all himself."""
        tao.open("/desk/")
        tao.click("公开事项")
        tao.click("去公开", about=f"2026年第三季度{PARTY}")
        tao.fill("内容", "一名积极分子转为发展对象，党费收齐。")
        tao.press("先存下")
        tao.sees("存下了，还没有公开", "公开、更正、撤下要由石桥村党支部的负责人")
        bai.open("/desk/")
        bai.click("公开事项")
        bai.click(f"2026年第三季度{PARTY}")
        bai.click("公开这一份")
        bai.press("公开")
        bai.sees("已公开", "一名积极分子转为发展对象")
        bai.open(f"/orgs/{self.cast.village.uid}/disclosure/")
        bai.click("去公开", about=f"2026年第三季度{AFFAIRS}")
        bai.fill("内容", "低保 12 户，宅基地批了 3 处。")
        bai.press("存下并公开")
        bai.sees("已公开")

    def one_is_missing(self, villager: Visitor) -> None:
        """Two days after the last day anybody sees that September's money is not there."""
        villager.open(self.page)
        villager.sees("没有公开", "2026年10月10日到期，过了 2 天", "低保", "还没到期")
        villager.misses("柏长林", "陶满仓")

    def mended_late(self, bai: Visitor, tao: Visitor, villager: Visitor) -> None:
        """The desk says it; two look at money; it says that it came late."""
        tao.open("/desk/")
        tao.sees(MONEY, "去公开")
        tao.open(f"/orgs/{self.cast.village.uid}/disclosure/")
        tao.click("去公开", about=f"2026年9月{MONEY}")
        assert "电费 320" in tao.value("数（这一项要写数）")  # as last month
        tao.fill("数（这一项要写数）", "承包费 12000 元\n电费 345.5 元")
        tao.press("先存下")
        tao.click("请人核对")
        tao.press("请人核对")
        bai.open("/desk/")
        bai.click("去核对", about=f"2026年9月{MONEY}")
        bai.sees("12,000 元", "345.5 元")
        bai.click("公开这一份")
        bai.press("公开")
        bai.sees("晚了 2 天才公开")
        villager.open(self.page)
        villager.sees("晚了，已补上")
        villager.misses("没有公开过了")

    def corrected(self, bai: Visitor, villager: Visitor) -> None:
        """What was wrong is put right beside it; a villager has a word to say."""
        item = DisclosedItem.objects.get(topic__code="affairs")
        bai.open(f"/disclosed/{item.uid}/")
        bai.click("更正")
        bai.fill("内容", "低保 13 户，宅基地批了 3 处。")
        bai.press("更正", answer=422)
        bai.fill("为什么更正", "漏数了一户")
        bai.press("更正")
        villager.open(f"/open/items/{item.uid}/")
        villager.sees("低保 13 户", "更正：漏数了一户")
        villager.unfold("2026年10月8日公开的，2026年10月13日已更正：漏数了一户")
        villager.sees("低保 12 户")
        villager.click("提意见")
        villager.fill("您的意见", "第三户是不是也该算上？")
        villager.press("交给石桥村党支部")

    @property
    def page(self) -> str:
        """What everybody sees."""
        return f"/open/{self.cast.village.uid}/"


def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    return Calendar(lambda now: monkeypatch.setattr(clock, "now", now))


@pytest.mark.django_db
def test_over_http(monkeypatch: pytest.MonkeyPatch) -> None:
    def arrive(person: Person | None, _phone: bool) -> OnPaper:
        visitor = OnPaper()
        if person is not None:
            visitor.client.force_login(account_of(person))
        return visitor

    story = Quarter(arrive, calendar(monkeypatch))
    story.walk()

    codes = sorted(Credit.objects.values_list("duty__code", flat=True))
    assert codes == ["open-affairs", "open-money", "open-money", "open-money", "open-party"]
    assert verify().fault is None
    remark = Remark.objects.get()
    assert (remark.kind, remark.organisation) == ("disclosed_item", story.cast.village)
    past = OnPaper()
    past.open(f"{story.page}?day=2026-10-11")
    past.sees("2026年10月10日到期，过了 1 天")
    past.misses("已补上", "更正过")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_clicked(new_page: Any, axe: Any, sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No barrier, no sideways scroll, no complaint: the secretary at a computer, the recorder and
    the villager with telephones."""
    visitors: list[InChromium] = []
    looked_at: dict[bool, set[str]] = {True: set(), False: set()}

    def arrive(person: Person | None, phone: bool) -> InChromium:
        options = {"has_touch": True, "is_mobile": True} if phone else {}
        page = new_page(PHONE if phone else DESKTOP, **options)
        if person is not None:
            sign_in(page, account_of(person))
        visitors.append(InChromium(page, axe, looked_at[phone]))
        return visitors[-1]

    Quarter(arrive, calendar(monkeypatch)).walk()

    assert [found for each in visitors for found in (*each.barriers, *each.complaints)] == []
