"""The chain from an intention to its fulfilment, told once for both kinds of visitors.

Over three months: a draft plan and an intention are put out for opinions, a promise is made and
commented, kept under the branch's eyes, accounted for, and told in the summary. The calendar moves
between the steps; everything that happens goes through pages.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.cast import Cast, build
from tests.stories.chain_lines import (
    ANSWER,
    BEGINS,
    BLUEPRINT,
    BRANCH,
    CAMPAIGN,
    DIFFERS,
    FOUND,
    LEARNT,
    MEMBER,
    PART,
    PARTS,
    SECOND,
    TAKEN_UP,
    TO_THE_INTENTION,
    TO_THE_PLAN,
    TO_THE_PROMISE,
)
from tests.stories.main_job import PASSWORD, PROMISES, account_for
from tests.stories.visitors import Visitor

from zhengyou import documents
from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actions.people import appoint
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Organisation, Person, Role


def appointed(cast: Cast, part: str) -> None:
    """The secretary goes on in the first of the new branches."""
    keeper = acting_as(cast.zhuo, Role.SYSTEM_ADMIN)
    body = Organisation.objects.get(name=part, closed_on=None)
    appoint(keeper, cast.shen, body, Role.SECRETARY, since=clock.today())


@dataclass
class Calendar:
    """Today, for the server's threads too.

    Args:
        set_now: puts a function in the place of ``clock.now``, such as a monkeypatch does.
    """

    set_now: Callable[[object], None]

    def move(self, month: int, day: int) -> None:
        """Stand at nine in the morning of a day in 2026."""
        moment = datetime(2026, month, day, 9, tzinfo=clock.SHANGHAI).astimezone(UTC)
        self.set_now(lambda: moment)


@dataclass
class Chain:
    """The story and its people.

    Args:
        arrive: makes a visitor, each with a screen of their own.
    """

    arrive: Callable[[], Visitor]
    calendar: Calendar
    cast: Cast = field(init=False)
    campaign: Campaign = field(init=False)
    code: str = ""
    paper: str = ""

    def walk(self) -> None:
        """Go the whole way."""
        self.prepare()
        self.plan_is_put_out()
        self.opinion_on_the_plan_is_answered()
        self.plan_is_approved_and_public()
        self.intention_is_announced()
        self.opinion_on_the_intention_arrives()
        self.intention_becomes_a_promise()
        self.comment_is_written_and_answered()
        self.progress_is_noted_month_by_month()
        self.branch_supervises()
        self.fulfilment_is_said_and_confirmed()
        self.summary_is_made()
        self.branch_is_split()
        self.campaign_runs_again()

    def prepare(self) -> None:
        """An office with a running campaign; three people with accounts; a passer-by."""
        self.calendar.move(9, 1)
        self.cast = build()
        office = acting_as(self.cast.gu, Role.CAMPAIGN_OFFICE)
        self.campaign = campaigns.create(office, self.cast.bureau, BLUEPRINT, BEGINS)
        self.campaign.open(office)
        self.office, self.secretary, self.member = (
            self._signed_in(who) for who in ("gu", "shen", "song")
        )
        self.passer_by = self.arrive()

    def _signed_in(self, surname: str) -> Visitor:
        account_for(self.cast.persons[surname], surname)
        visitor = self.arrive()
        visitor.open("/login/")
        visitor.fill("用户名", surname)
        visitor.fill("密码", PASSWORD)
        visitor.press("登录")
        visitor.sees("常去的地方")
        return visitor

    # --- the plan -------------------------------------------------------------------------------
    def plan_is_put_out(self) -> None:
        """Before its time of three working days is over, the draft cannot be sent in."""
        who = self.secretary
        who.click("去采用", CAMPAIGN)
        who.agree("采用活动", yes="采用活动")
        who.press("存下，看方案")
        assert "征求意见" in who.refusal("送审")
        who.click("征求意见")
        who.press("公开征求意见")
        who.sees("公开征求意见了，到9月4日为止")
        who.click("看公开页")
        who.sees("征求意见稿")

    def opinion_on_the_plan_is_answered(self) -> None:
        """A passer-by has a say without an account; no opinion stays without an answer."""
        self.calendar.move(9, 2)
        self.passer_by.open("/")
        self.passer_by.click("活动介绍", CAMPAIGN)
        self.passer_by.click("去提意见", BRANCH)
        self.passer_by.click("提意见")
        self.say(TO_THE_PLAN)
        self.let_through(TO_THE_PLAN)
        self.calendar.move(9, 7)
        self.secretary.click("工作台")
        self.secretary.click("去答复", "方案收到的意见")
        self.secretary.unfold("答复：" + TO_THE_PLAN[:20])
        self.secretary.choose("采纳")
        self.secretary.fill("理由", TAKEN_UP)
        self.secretary.press("存下答复")
        self.secretary.sees("答复记下了", TAKEN_UP)

    def plan_is_approved_and_public(self) -> None:
        """Sent in, agreed to, published."""
        self.secretary.click("工作台")
        self.secretary.click("去送审", CAMPAIGN)
        self.secretary.press("送审")
        self.office.click("工作台")
        self.office.click("去审", f"{BRANCH}的方案")
        self.office.sees(TO_THE_PLAN, TAKEN_UP)
        self.office.press("同意")
        self.secretary.click("工作台")
        self.secretary.click("去公开", CAMPAIGN)
        self.secretary.agree("公开方案", yes="公开方案")
        self.secretary.sees("方案公开了")

    # --- the promise ----------------------------------------------------------------------------
    def intention_is_announced(self) -> None:
        """What is sent in is public as an intention first."""
        self.calendar.move(9, 9)
        who = self.member
        who.click("工作台")
        who.click("开始写", "写我的承诺")
        who.press("开始写")
        for place, promise in enumerate(PROMISES, start=1):
            who.choose(f"{promise.kind}承诺")
            who.fill("承诺做什么事", promise.text)
            who.pick("对照标准的哪一条", promise.criterion)
            who.fill("现在是多少", promise.baseline)
            who.fill("要做到多少", promise.target)
            who.fill("单位", promise.unit)
            who.fill("哪天做到", "2026-11-10")
            who.fill("谁受益", promise.beneficiary)
            who.press("存下，再写一条" if place < len(PROMISES) else "存下")
        who.press("送审")
        who.sees("征求意见到9月14日")
        self.secretary.click("工作台")
        self.secretary.misses("逐条审")

    def opinion_on_the_intention_arrives(self) -> None:
        """Whoever passes by may say something to it; the one who pledges reads it."""
        self.calendar.move(9, 10)
        self.passer_by.open("/")
        self.passer_by.click("看承诺墙", CAMPAIGN)
        self.passer_by.click("打算 3")
        self.passer_by.sees("打算", PROMISES[2].text)
        self.passer_by.misses(MEMBER)
        self.about_the_lamps()
        self.say(TO_THE_INTENTION)
        self.let_through(TO_THE_INTENTION)
        self.member.click("工作台")
        self.member.click("我的承诺")
        self.member.click("看承诺", CAMPAIGN)
        self.member.sees("征求意见")

    def intention_becomes_a_promise(self) -> None:
        """After the last day for opinions it waits for review by itself."""
        self.calendar.move(9, 15)
        who = self.secretary
        who.click("工作台")
        who.sees("征求意见收到 1 条")
        who.click("逐条审", MEMBER)
        for place in (1, 2, 3):
            for question in ("准确", "具体", "可行"):
                who.choose("是", within=f"第 {place} 条", group=question)
        who.press("送出结果")
        who.sees("通过 3 条，已经公开")

    def comment_is_written_and_answered(self) -> None:
        """The answer is found with the code of the receipt, and stands on the public page."""
        self.calendar.move(9, 21)
        self.passer_by.open("/")
        self.passer_by.click("看承诺墙", CAMPAIGN)
        self.about_the_lamps(1)
        self.code = self.say(TO_THE_PROMISE)
        self.let_through(TO_THE_PROMISE)
        self.secretary.click("工作台")
        self.secretary.click("去答复")
        self.secretary.click("答复", TO_THE_PROMISE[:20])
        self.secretary.fill("答复", ANSWER)
        self.secretary.press("答复")
        self.passer_by.open("/")
        self.passer_by.click("看承诺墙", CAMPAIGN)
        self.about_the_lamps(2)
        self.passer_by.sees(TO_THE_PROMISE, ANSWER)
        self.passer_by.click("写过了？用查询码看答复")
        self.passer_by.fill("查询码", self.code.lower())
        self.passer_by.press("查")
        self.passer_by.sees("有答复了", ANSWER)

    def progress_is_noted_month_by_month(self) -> None:
        """What is due is on the desk; a note takes a number and a sentence."""
        for month, day, lamps in ((10, 9, "1"), (11, 5, "4")):
            self.calendar.move(month, day)
            who = self.member
            who.click("工作台")
            who.sees("进展")
            who.click("我的承诺")
            who.click("看承诺", CAMPAIGN)
            who.click("写进展")
            who.click("第 3 条")
            who.fill("现在是多少", lamps)
            who.fill("做了什么，有什么变化", f"修好了 {lamps} 盏。")
            who.press("记下")

    def branch_supervises(self) -> None:
        """Found, and looked at again; none of it is ever public."""
        self.calendar.move(11, 6)
        who = self.secretary
        who.click("工作台")
        who.open(self.pledge_page())
        who.click("督促")
        who.choose("找问题：哪里慢了、卡住了")
        who.fill("情况", FOUND)
        who.press("记下")
        who.sees(FOUND)
        self.member.open(self.pledge_page())
        self.member.click("督促")
        self.member.sees(FOUND)
        self.passer_by.open(self.pledge_page())
        self.passer_by.misses(FOUND, "督促")

    def fulfilment_is_said_and_confirmed(self) -> None:
        """The one who promised says how it went; the branch confirms or says otherwise."""
        self.calendar.move(11, 12)
        who = self.member
        who.open(self.pledge_page())
        who.click("说兑现")
        for place, outcome in ((1, "已兑现"), (2, "已兑现"), (3, "部分兑现")):
            who.choose(outcome, within=f"第 {place} 条")
        who.fill("怎么做到的，为什么没做到", PART, within="第 3 条")
        who.choose("没做完的，下一轮接着做", within="第 3 条")
        who.press("记下")
        self.secretary.open(self.pledge_page())
        self.secretary.click("确认兑现")
        for place, says in ((1, "同意"), (2, "部分兑现"), (3, "同意")):
            self.secretary.choose(says, within=f"第 {place} 条")
        self.secretary.fill("理由", DIFFERS, within="第 2 条")
        self.secretary.press("记下")
        self.passer_by.open(self.pledge_page())
        self.passer_by.sees("已兑现", "部分兑现", PART, DIFFERS)

    def summary_is_made(self) -> None:
        """All of it is in the paper, but for what stays between the branch and its member."""
        who = self.secretary
        who.click("工作台")
        who.click("看数字", CAMPAIGN)
        who.press("生成 Word 文件")
        who.sees("已生成")
        paper = who.download("下载 Word 文件")
        self.paper = "".join(piece.text for piece in documents.read_text(paper))

    # --- the year after -------------------------------------------------------------------------
    def branch_is_split(self) -> None:
        """One branch becomes two: the old one's numbers stay true on the days before."""
        self.calendar.move(11, 16)
        keeper = self._signed_in("zhuo")
        keeper.click("组织")
        keeper.click("看整棵树")
        keeper.click(BRANCH)
        keeper.click("拆分、重划")
        keeper.choose(BRANCH)
        keeper.fill("新组织的名称", "\n".join(PARTS))
        keeper.fill("拆分日期", "2026-11-16")
        keeper.press("下一步")
        for name in self._below():
            keeper.pick(name, PARTS[name in SECOND])
        keeper.press("拆分")
        for part, count in zip(PARTS, (6, 3), strict=True):
            keeper.click("组织")
            keeper.click("看整棵树")
            keeper.click(part)
            keeper.click("看花名册")
            keeper.sees(f"{count} 人")
        old = self.cast.branch.uid
        keeper.open(f"/orgs/{old}/roll/?day=2026-11-15")
        keeper.sees("9 人", "2026年11月15日")
        self.office.open(f"/pledges/of/{old}/{self.campaign.uid}/?day=2026-11-15")
        self.office.sees("2026年11月15日", "8 人里 1 人写了承诺")
        appointed(self.cast, PARTS[0])

    def _below(self) -> list[str]:
        branch = self.cast.branch
        people = Person.objects.filter(
            memberships__organisation=branch, memberships__until=None
        ).values_list("name", flat=True)
        bodies = Organisation.objects.filter(parent=branch, closed_on=None)
        return [*bodies.values_list("name", flat=True), *people]

    def campaign_runs_again(self) -> None:
        """What was learnt and what was not finished are at hand in the next run."""
        self.calendar.move(12, 8)
        who = self.office
        who.open(f"/campaigns/{self.campaign.uid}/")
        who.click("写经验教训")
        who.fill("经验教训", LEARNT)
        who.press("存下")
        who.agree("结束活动", yes="结束活动")
        who.click("再办一次")
        who.sees(LEARNT, "接着做的承诺 1 条")
        who.fill("从哪天开始", "2026-12-14")
        who.press("照这一天排日期")
        who.press("建下一轮")
        who.agree("启动活动", yes="启动活动")
        self.calendar.move(12, 15)
        self.member.open("/desk/")
        self.member.click("开始写", "写我的承诺")
        self.member.press("开始写")
        self.member.sees(PROMISES[2].text)
        self.passer_by.open(self.pledge_page())
        self.passer_by.sees(PART, DIFFERS)

    # --- again and again ------------------------------------------------------------------------
    def pledge_page(self) -> str:
        """Return the address of the member's pledge in the first run."""
        return f"/pledges/{self.campaign.pledges.get(person=self.cast.song).uid}/"

    def about_the_lamps(self, said: int = 0) -> None:
        """Go to what is said about the third item; the link says how many have spoken."""
        self.passer_by.open(self.pledge_page())
        self.passer_by.click(f"{said} 条群众意见" if said else "提意见", within="第 3 条")

    def say(self, words: str) -> str:
        """Write an opinion as nobody in particular; return the code of the receipt."""
        self.passer_by.fill("您的意见", words)
        self.passer_by.press(f"交给{BRANCH}")
        self.passer_by.sees("意见收到了")
        return self.passer_by.find(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")

    def let_through(self, words: str) -> None:
        """The secretary reads it and makes it public."""
        who = self.secretary
        who.click("工作台")
        who.click("去看", "条群众意见等着公开")
        who.choose(f"选这一条：{words[:20]}")
        who.press("公开")
