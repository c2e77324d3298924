"""The main job from a messy workbook to the summary, told once for both kinds of visitors.

Only what an office has before its first day is set up with verbs (:func:`fresh_bureau`); all else
goes through pages. Each step is a method; :meth:`MainJob.walk` puts them in order.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from tests.cast import id_number
from tests.stories.visitors import Visitor

from zhengyou.campaigns.blueprint import Flawed, check
from zhengyou.kernel import clock
from zhengyou.kernel.partial_dates import parse
from zhengyou.ledger import book
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actions.tree import found
from zhengyou.people.models import (
    Account,
    Gender,
    Kind,
    Organisation,
    Person,
    Role,
    RosterFinding,
    RosterImport,
    StandingKind,
)

SAMPLES = Path(settings.ROOT) / "samples"
MESSY, MENDED = SAMPLES / "花名册-有错.xlsx", SAMPLES / "花名册-改好.xlsx"
FLAWED, GOOD = SAMPLES / "蓝图-有错.toml", SAMPLES / "蓝图-家访月.toml"
PASSWORD = "照着诺言做事2026"
BUREAU, BRANCH = "澜阳县教育局党委", "育新小学党支部"
OFFICE, SECRETARY, MEMBER = "顾明川", "郁青岚", "冉亦舟"
CAMPAIGN, GROUP = "党员教师家访月", "家访领导小组"
FOUNDED = date(2019, 9, 1)
OWN_WORDS = "本支部先去单亲、留守、住得远的 24 户，每周去 8 户，三周走完。"
MEETING = "每周五下午碰一次头，郁青岚问进展，没走完的户当场定日子。"
WHAT_TO_MEND = "没写多久碰一次头、谁来问进展，请补上。"
HOW_TO_MEND = "请写清一周几次、给几个孩子讲。"


@dataclass(frozen=True)
class Promise:
    """One item of the member's pledge."""

    kind: str
    text: str
    criterion: str
    baseline: str
    target: str
    unit: str
    beneficiary: str


PROMISES = (
    Promise("共性", "家访不吃请、不收礼，去一户记一户。", "不吃请", "0", "24", "户", "全班家长"),
    Promise("岗位", "放学后给算得慢的孩子讲题。", "当周就办", "11", "3", "人", "五（3）班学生"),
    Promise("实事", "给住得远的孩子修好通学路上的照明灯。", "摸清", "0", "6", "盏", "走夜路的学生"),
)  # fmt: skip
MENDED_TEXT = "每周二、周四放学后各讲半小时题，盯住算得慢的 11 个孩子。"
NOTE = "24 户都走到了，家长提的 9 件事记在本子上。"


def fresh_bureau() -> None:
    """Set up what an office has before its first day: the tree, and one account."""
    with book.writing():
        bureau = found(None, name=BUREAU, kind=Kind.PARTY_COMMITTEE, parent=None, on=FOUNDED)
        for order, name in enumerate((BRANCH, "南湖小学党支部", "石桥小学党支部"), start=1):
            found(None, name=name, kind=Kind.BRANCH, parent=bureau, order=order, on=FOUNDED)
        keeper = enrolled(OFFICE, bureau, 901)
        appoint(None, keeper, bureau, Role.CAMPAIGN_OFFICE, since=FOUNDED)
        account_for(keeper, "gumingchuan")


def enrolled(name: str, body: Organisation, order: int) -> Person:
    """Put an invented full member on a roll.

    Args:
        order: makes the ID number; odd for men.
    """
    person = Person(name=name, gender=Gender.MALE if order % 2 else Gender.FEMALE, work="老师")
    person.born, person.joined, person.became_full = map(
        parse, ("1985.03.02", "2008.06", "2009.06")
    )
    person.write_id_number(id_number(person.born.date, order))
    enrol(None, person, body, standing=StandingKind.FULL, since=FOUNDED)
    return person


def account_for(person: Person, username: str) -> None:
    """Open an account."""
    Account.objects.create_user(
        username=username, password=PASSWORD, person=person, opened_at=clock.now()
    )


@dataclass
class MainJob:
    """The story and its people.

    Args:
        arrive: makes a visitor, each with a screen of their own.
    """

    arrive: Callable[[], Visitor]
    office: Visitor = field(init=False)
    secretary: Visitor = field(init=False)
    member: Visitor = field(init=False)
    parent: Visitor = field(init=False)

    def __post_init__(self) -> None:
        self.office, self.parent = self.arrive(), self.arrive()

    def walk(self) -> None:
        """Go the whole way."""
        self.sign_in(self.office, "gumingchuan")
        self.messy_roster_is_refused()
        self.mended_roster_is_imported()
        self.secretary = self.given_an_account(self.office, SECRETARY, "yuqinglan", "书记")
        self.flawed_blueprint_is_refused()
        self.campaign_is_started()
        self.plan_is_adopted_and_written()
        self.plan_is_returned()
        self.plan_is_mended_approved_and_published()
        self.member = self.given_an_account(self.secretary, MEMBER, "ranyizhou")
        self.pledge_is_written()
        self.one_item_is_returned()
        self.item_is_mended()
        self.mended_item_is_published()
        self.progress_is_noted()

    # --- coming in ------------------------------------------------------------------------------
    def sign_in(self, visitor: Visitor, username: str) -> None:
        """Sign in from the start page."""
        visitor.open("/")
        visitor.click("登录")
        visitor.fill("用户名", username)
        visitor.fill("密码", PASSWORD)
        visitor.press("登录")
        visitor.sees("常去的地方")

    def given_an_account(
        self, keeper: Visitor, name: str, username: str, post: str = ""
    ) -> Visitor:
        """Appoint somebody, if to a post, and hand over a slip; return them, signed in by it."""
        keeper.click("组织")
        if post:
            keeper.click(BRANCH)
            keeper.click("任命")
            keeper.pick("任命谁", name)
            keeper.pick("职务", post)
            keeper.press("任命")
            keeper.sees(f"{name}任{BRANCH}{post}")
        keeper.click("账号和邀请条")
        keeper.choose(name)
        keeper.press("开邀请条")
        code = keeper.find(r"[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}")
        keeper.click("返回")
        keeper.click("工作台")
        newcomer = self.arrive()
        newcomer.open("/")
        newcomer.click("登录")
        newcomer.click("凭邀请码开账号")
        newcomer.fill("邀请码", code.lower())
        newcomer.fill("用户名", username)
        newcomer.fill("密码", PASSWORD)
        newcomer.fill("密码再填一遍", PASSWORD)
        newcomer.press("开账号")
        newcomer.sees(f"账号开好了。下次用“{username}”登录。")
        newcomer.leave()
        self.sign_in(newcomer, username)
        return newcomer

    # --- the roster -----------------------------------------------------------------------------
    def messy_roster_is_refused(self) -> None:
        """Every error is shown with its cell and its remedy; nothing can be confirmed."""
        self.office.click("组织")
        self.office.click("看花名册")
        self.office.click("导入花名册")
        self.office.attach("花名册文件", MESSY)
        self.office.press("上传，先检查")
        roster = RosterImport.objects.get()
        errors = list(RosterFinding.objects.filter(roster=roster, is_error=True))
        assert len(errors) >= 5
        self.office.sees("要改，改好再导入", "下载标红的表")
        for error in errors:
            self.office.sees(error.cell, error.problem, error.remedy)
        assert f"还有{len(errors)}处错误" in self.office.refusal("确认导入")
        marked = self.office.download("下载标红的表")
        assert marked[:2] == b"PK"
        assert Person.objects.count() == 1  # nothing was written

    def mended_roster_is_imported(self) -> None:
        """The mended file replaces the messy one and goes in."""
        self.office.click("重新上传")
        self.office.attach("花名册文件", MENDED)
        self.office.press("上传，先检查")
        self.office.sees("检查过了，可以导入：新增")
        self.office.agree("确认导入", yes="导入")
        self.office.sees("导入好了：新增")
        self.office.click("看花名册")
        self.office.sees(SECRETARY, MEMBER)

    # --- the campaign ---------------------------------------------------------------------------
    def flawed_blueprint_is_refused(self) -> None:
        """What is wrong in a file is told line by line."""
        self.office.click("创先争优活动")
        self.office.click("新建活动")
        self.office.attach("自己的蓝图文件", FLAWED)
        self.office.press("看看这份蓝图", answer=422)
        self.office.sees("蓝图有错，改好才能用", "第 9 行", "不认识“党支布”")
        with pytest.raises(Flawed) as flawed:
            check(FLAWED.read_text("utf-8"))
        assert len(flawed.value.problems) >= 5
        for problem in flawed.value.problems:
            self.office.sees(f"第 {problem.line} 行", problem.what, problem.remedy)

    def campaign_is_started(self) -> None:
        """A good file makes a campaign, which is looked at and started."""
        self.office.click("活动")
        self.office.click("新建活动")
        self.office.attach("自己的蓝图文件", GOOD)
        self.office.press("看看这份蓝图")
        self.office.sees("这份蓝图没有错，它是这样说的", "承诺和家访", "至少共性 1 条、岗位 1 条")
        self.office.press("新建活动")
        self.office.sees(f"“{CAMPAIGN}”建好了，还没有启动")
        self.office.agree("启动活动", yes="启动活动")
        self.office.sees(f"“{CAMPAIGN}”启动了")

    # --- the plan -------------------------------------------------------------------------------
    def plan_is_adopted_and_written(self) -> None:
        """The secretary takes part, seats the leading group, writes, sends in."""
        who = self.secretary
        who.click("工作台")
        who.click("去采用", CAMPAIGN)
        who.agree("采用活动", yes="采用活动")
        drafted = who.value("承诺内容")
        assert "请在这里补上" in drafted
        who.press("存下，看方案")
        assert "承诺内容" in who.refusal("送审")
        who.click("接着写")
        who.fill("承诺内容", re.sub(r"（请在这里补上.*?）", OWN_WORDS, drafted))
        who.press("存下，看方案")
        who.click("排席位")
        for name, seat in ((SECRETARY, "组长"), (MEMBER, "成员")):
            who.pick("谁", name, within=GROUP)
            who.pick("席位", seat, within=GROUP)
            who.press("加进来", GROUP)
            who.sees(f"{name}当了{GROUP}{seat}")
        who.click("回到方案")
        who.press("送审")
        who.sees("方案送上去了", OWN_WORDS)

    def plan_is_returned(self) -> None:
        """The office says which section to mend."""
        self.office.click("工作台")
        self.office.click("去审", f"{BRANCH}的方案")
        self.office.sees(OWN_WORDS)
        self.office.unfold("这一节要改：保障措施")
        self.office.fill("保障措施：要改什么、怎么改", WHAT_TO_MEND)
        self.office.press("退回去改")
        self.office.sees(f"退回了{BRANCH}的方案", WHAT_TO_MEND)

    def plan_is_mended_approved_and_published(self) -> None:
        """What was changed is shown to the office; the public reads the plan."""
        who = self.secretary
        who.click("工作台")
        who.sees("退回", WHAT_TO_MEND)
        who.click("去改", CAMPAIGN)
        who.sees(f"退回的意见：{WHAT_TO_MEND}")
        who.fill("保障措施", f"{who.value('保障措施')}\n{MEETING}")
        who.press("存下，看方案")
        who.press("送审")
        self.office.click("工作台")
        self.office.click("去审", f"{BRANCH}的方案")
        self.office.sees("这是退回以后重新送来的", MEETING)
        self.office.press("同意")
        self.office.sees(f"同意了{BRANCH}的方案")
        who.click("工作台")
        who.click("去公开", CAMPAIGN)
        who.agree("公开方案", yes="公开方案")
        who.sees("方案公开了")
        self.parent.open("/")
        self.parent.click("活动介绍", CAMPAIGN)
        self.parent.click("各单位方案")
        self.parent.click("看方案", BRANCH)
        self.parent.sees(OWN_WORDS, MEETING)
        self.parent.misses(WHAT_TO_MEND)

    # --- the pledge -----------------------------------------------------------------------------
    def pledge_is_written(self) -> None:
        """Three items, one of each kind."""
        who = self.member
        who.click("开始写", "写我的承诺")
        who.press("开始写")
        for place, promise in enumerate(PROMISES, start=1):
            who.choose(f"{promise.kind}承诺")
            who.fill("承诺做什么事", promise.text)
            who.pick("对照标准的哪一条", promise.criterion)
            who.fill("现在是多少", promise.baseline)
            who.fill("要做到多少", promise.target)
            who.fill("单位", promise.unit)
            who.fill("哪天做到", str(clock.today() + timedelta(days=20)))
            who.fill("谁受益", promise.beneficiary)
            who.press("存下，再写一条" if place < len(PROMISES) else "存下")
        who.press("送审")
        who.sees("送审了 3 条")

    def one_item_is_returned(self) -> None:
        """Item by item: two become public, one goes back with words."""
        who = self.secretary
        who.click("工作台")
        who.click("逐条审", MEMBER)
        for place in (1, 2, 3):
            self.judge(who, place, concrete=place != 2)
        who.fill("怎么改，写给他看", HOW_TO_MEND, within="第 2 条")
        who.press("送出结果")
        who.sees(f"{MEMBER}的承诺审完了：通过 2 条，已经公开；退回 1 条")
        self.parent.open("/")
        self.parent.click("看承诺墙", CAMPAIGN)
        self.parent.sees(PROMISES[0].text, PROMISES[2].text)
        self.parent.misses(PROMISES[1].text, HOW_TO_MEND, MEMBER)  # this wall shows surnames

    @staticmethod
    def judge(reviewer: Visitor, place: int, *, concrete: bool = True) -> None:
        """Answer the three questions about an item."""
        here = f"第 {place} 条"
        reviewer.choose("是", within=here, group="准确")
        reviewer.choose("是" if concrete else "不是", within=here, group="具体")
        reviewer.choose("是", within=here, group="可行")

    def item_is_mended(self) -> None:
        """The member reads why, writes anew, sends in this one item."""
        who = self.member
        who.click("工作台")
        who.click("看怎么改", "第 2 条退回来了")
        who.sees(HOW_TO_MEND)
        who.click("改", "第 2 条")
        who.fill("承诺做什么事", MENDED_TEXT)
        who.press("存下")
        who.press("送审")
        who.sees("送审了 1 条")

    def mended_item_is_published(self) -> None:
        """The secretary sees what changed; the wall shows it."""
        self.secretary.click("工作台")
        self.secretary.click("逐条审", MEMBER)
        self.secretary.sees("上次退回，这次改了", HOW_TO_MEND)
        self.judge(self.secretary, 2)
        self.secretary.press("送出结果")
        self.secretary.sees("通过 1 条，已经公开")
        self.parent.open("/")
        self.parent.click("看承诺墙", CAMPAIGN)
        self.parent.sees(PROMISES[0].text, MENDED_TEXT, PROMISES[2].text)

    def progress_is_noted(self) -> None:
        """A number and a word; the wall shows both at once."""
        who = self.member
        who.click("工作台")
        who.click("我的承诺")
        who.click("看承诺", CAMPAIGN)
        who.click("写进展")
        who.click("第 1 条")
        who.fill("现在是多少", PROMISES[0].target)
        who.fill("做了什么，有什么变化", NOTE)
        who.press("记下")
        self.parent.open("/")
        self.parent.click("看承诺墙", CAMPAIGN)
        self.parent.sees(NOTE, "24 户")

    # --- the paper ------------------------------------------------------------------------------
    def summary_is_opened(self) -> None:
        """The secretary looks at the numbers."""
        self.secretary.click("工作台")
        self.secretary.click("看数字", CAMPAIGN)
        self.secretary.sees(f"{BRANCH}“{CAMPAIGN}”阶段总结")

    def summary_is_made(self) -> bytes:
        """The Word file, as the secretary takes it home."""
        self.secretary.press("生成 Word 文件")
        self.secretary.sees("已生成")
        return self.secretary.download("下载 Word 文件")


def branch() -> Organisation:
    """Return the branch of the story."""
    return Organisation.objects.get(name=BRANCH)
