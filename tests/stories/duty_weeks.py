"""A county school's duty weeks, told once for both kinds of visitors.

One class a week is on duty, beside it a member's and a league member's post of service; somebody
patrols every working day and hands over at once what is found; each month the class teachers' logs
are checked, and a weak one gets an experienced colleague. In the middle of a quarter the branch is
split. Everything but the split goes through pages.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from tests.cast import Cast, build
from tests.stories.chain import Calendar
from tests.stories.visitors import Visitor
from tests.work.scene import TEXT, a_campaign, a_duty, record_of

from zhengyou.kernel import clock
from zhengyou.people.actions import tree
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Person, Role, StandingKind
from zhengyou.ui.text import long_date
from zhengyou.work.actions import service_posts
from zhengyou.work.models import ServiceKind
from zhengyou.work.queries.compliance import standing_of_body

SCHOOL = "澜阳县第一中学"
PARTS = """
[post.gate]
title = "校门护导岗"
kind = "党员先锋岗"
who = { kind = ["学校"] }
duties = "早晚在校门口护送学生"

[post.model]
title = "团员示范岗"
kind = "示范岗"
who = { kind = ["学校"] }
duties = "值周的一周里带头守纪律"

[rota.duty]
title = "值周"
who = { kind = ["学校"] }
every = "每周"
record = "值周"
task = "升旗、查卫生、查两操"

[rota.patrol]
title = "每日巡查"
who = { kind = ["学校"] }
every = "每周"
record = "巡查"
whom = "名册上的人"
per = "每个工作日一次"
task = "走一遍教学楼、食堂、操场"
"""
CLASSES = ["七（1）班", "七（2）班", "八（1）班", "八（2）班", "九（1）班", "九（2）班"]
TEACHERS = ("罗守拙", "梅念慈", "莫听雨", "骆知秋", "连一诺", "黎半夏", "米南宫")
Arrive = Callable[[Person], Visitor]


@dataclass
class DutyWeeks:
    """The story.

    Args:
        arrive: brings somebody to a screen, signed in.
        whole: also the lesser steps, which a browser need not repeat.
    """

    arrive: Arrive
    calendar: Calendar
    whole: bool = True
    cast: Cast = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)

    def walk(self) -> None:
        """Tell it."""
        self.calendar.move(9, 1)
        self.cast = build()
        self.begin()
        self.posts_are_opened_and_chosen()
        self.rotas_are_drawn_up()
        self.a_week_on_duty()
        self.logs_are_checked()
        self.the_branch_is_split()

    # --- before ---------------------------------------------------------------------------------
    def begin(self) -> None:
        """The school with seven of its people, its campaign and what that asks for."""
        with clock.at(date(2026, 1, 5)):
            self.branch = tree.found(
                None, name=f"{SCHOOL}党支部", kind=Kind.BRANCH, parent=self.cast.bureau
            )
            self.school = tree.found(None, name=SCHOOL, kind=Kind.SCHOOL, parent=self.branch)
            for name in TEACHERS:
                standing = StandingKind.MASSES if name == "米南宫" else StandingKind.FULL
                person = Person(name=name, work="教师")
                self.people[name] = enrol(None, person, self.branch, standing=standing).person
            appoint(None, self.people["罗守拙"], self.branch, Role.SECRETARY)
            appoint(None, self.people["梅念慈"], self.branch, Role.DEPUTY_SECRETARY)
        campaign = a_campaign(self.cast, text=TEXT + PARTS)
        weekly = {"whose": "enrolled", "enrols": "rota", "cadence": "week"}
        a_duty(campaign, "week", title="值周", records=["duty_week"], **weekly)
        a_duty(campaign, "patrol", title="每日巡查", records=["patrol"], **weekly)
        a_duty(campaign, "logs", title="查班主任日志", whose="enrolled", enrols="service_post",
               cadence="month", records=["log_check"])  # fmt: skip
        a_duty(campaign, "assembly", title="支部党员大会", whose="bodies", kinds=["branch"],
               cadence="quarter", records=["assembly"])  # fmt: skip

    def posts_are_opened_and_chosen(self) -> None:
        """A member chooses the post at the gate; a label of the league gets the model post."""
        lead = self.arrive(self.people["罗守拙"])
        for title in ("校门护导岗", "团员示范岗"):
            lead.open(f"/posts/of/{self.school.uid}/")
            lead.click("设这个岗", about=title)
            lead.press("设岗")
        member = self.arrive(self.people["莫听雨"])
        member.open(f"/posts/of/{self.school.uid}/")
        member.click("看岗位", about="校门护导岗")
        member.fill("想说的话", "我住在校门对面")
        member.press("我来")
        member.sees("等确认", "莫听雨")
        lead.open("/desk/")
        lead.sees("莫听雨选了“校门护导岗”", "我住在校门对面")
        lead.click("看一看", about="校门护导岗")
        lead.press("同意", about="莫听雨")
        lead.open(f"/posts/of/{self.school.uid}/")
        lead.click("看岗位", about="团员示范岗")
        lead.click("安排人")
        lead.fill("或者名册以外的", "九（1）班团员")
        lead.press("安排")
        lead.sees("九（1）班团员", "在岗")
        lead.open(f"/posts/of/{self.school.uid}/share/")
        lead.sees("服务岗位上，党员占 50.0%")

    def rotas_are_drawn_up(self) -> None:
        """The classes in their order, and who patrols; the campaign says the rest."""
        lead = self.arrive(self.people["罗守拙"])
        for title, order in (("值周", CLASSES), ("每日巡查", ["骆知秋", "连一诺"])):
            lead.open(f"/rotas/of/{self.school.uid}/")
            lead.click("排这张表", about=title)
            lead.fill("从哪天开始", "2026-09-01")
            lead.fill("按什么次序轮", "\n".join(order))
            lead.press("排好")
        lead.sees("值周：七（1）班", "每日巡查：骆知秋", "下一轮七（2）班")

    # --- in the weeks ---------------------------------------------------------------------------
    def a_week_on_duty(self) -> None:
        """From Tuesday, 1 September: patrols, a find handed over and taken, holidays left out."""
        patrol = self.arrive(self.people["骆知秋"])
        for gone in range(4 if self.whole else 1):
            self.calendar.move(9, 1 + gone)
            patrol.open("/desk/")
            patrol.click("记一笔", about="每日巡查")
            patrol.fill("看到什么，做了什么", "教学楼、食堂都走了一遍。")
            if gone == 0:
                patrol.unfold("发现的问题 1，马上交出去")
                patrol.fill("发现什么问题", "三楼东头栏杆松了")
                patrol.fill("在哪里", "三楼东头")
                patrol.pick("交给谁", "黎半夏")
            patrol.press("记好")
        taker = self.arrive(self.people["黎半夏"])
        taker.open("/desk/")
        taker.sees("交给您", "三楼东头栏杆松了")
        taker.click("看一看", about="三楼东头栏杆松了")
        taker.press("接下")
        taker.sees("已接下")
        lead = self.arrive(self.people["罗守拙"])
        lead.open(f"/rotas/of/{self.school.uid}/")
        lead.click("看值班表", about="值周")
        lead.click("记一笔")
        lead.fill("看到什么，做了什么", "七（1）班升旗、查卫生，都好。")
        lead.press("记好")
        lead.sees("记全了")
        if self.whole:
            self._changes(lead)

    def _changes(self, lead: Visitor) -> None:
        """A swap for the examination, a pause for the holidays; who sees what is not written."""
        self.calendar.move(9, 8)
        lead.open(f"/rotas/of/{self.school.uid}/")
        lead.click("看值班表", about="值周")
        lead.click("改这一轮", about="9月7日至9月13日")
        lead.pick("和哪一轮对调", "9月14日起")
        lead.fill("为什么改", "期中考试")
        lead.press("改好")
        lead.sees("这一轮是八（1）班", "对调：原来是七（2）班，期中考试")
        lead.click("停值")
        lead.fill("从哪天停起", "2026-09-28")
        lead.fill("停到哪天", "2026-10-09")
        lead.fill("为什么停", "国庆放假")
        lead.press("停值")
        lead.sees("国庆放假")
        self.calendar.move(10, 12)
        lead.open(f"/rotas/of/{self.school.uid}/")
        lead.sees("值周：九（1）班")
        lead.click("看值班表", about="值周")
        lead.sees("过去 4 轮里 1 轮记全", "没记全")
        for name in ("莫听雨", "秦望舒"):
            other = self.arrive(self.people.get(name) or self.cast[name])
            other.open(f"/rotas/of/{self.school.uid}/")
            other.click("看值班表", about="值周")
            other.sees("过去 4 轮里 1 轮记全", "过去了")
            other.misses("没记全")

    def logs_are_checked(self) -> None:
        """Three class teachers; one keeps the log badly and gets one who knows how."""
        self.calendar.move(10, 20)
        lead = self.arrive(self.people["罗守拙"])
        keeper = acting_as(self.people["罗守拙"], Role.SECRETARY)
        results = {"莫听雨": "记得好", "骆知秋": "记得好", "米南宫": "要帮一把"}
        self.logs = {}
        for name, title in zip(results, ("七（1）班", "七（2）班", "八（1）班"), strict=True):
            post = service_posts.open_post(
                keeper, self.school, title=f"{title}班主任", kind=ServiceKind.WORK,
                duties="每天写班主任日志",
            )  # fmt: skip
            service_posts.assign(keeper, post, self.people[name])
            self.logs[name] = post
        for name, result in results.items():
            if not self.whole and result == "记得好":
                continue
            lead.open(f"/posts/{self.logs[name].uid}/")
            lead.click("查日志", about=name)
            lead.pick("看下来怎样", result)
            lead.fill("好在哪里，要改什么", "有三天没记，家访只写了名字。")
            lead.press("记下")
        lead.open("/desk/")
        lead.sees("米南宫的日志，八（1）班班主任", "找一个有经验的人帮带")
        lead.click("找人帮带", about="米南宫的日志")
        lead.click("找人帮带", about="米南宫")
        lead.pick("谁来帮带", "连一诺")
        lead.fill("他有什么经验", "当过十二年班主任")
        lead.press("请他帮带")
        lead.sees("要帮一把", "连一诺帮带（当过十二年班主任）")
        own = self.arrive(self.people["米南宫"])
        own.open(f"/posts/{self.logs['米南宫'].uid}/")
        own.sees("要帮一把", "连一诺帮带")
        other = self.arrive(self.people["黎半夏"])
        other.open(f"/posts/{self.logs['米南宫'].uid}/")
        other.misses("要帮一把", "连一诺")
        # The share of members is not touched by what is one's work.
        lead.open(f"/posts/of/{self.school.uid}/share/")
        lead.sees("服务岗位上，党员占 50.0%")

    # --- the split ------------------------------------------------------------------------------
    def the_branch_is_split(self) -> None:
        """On 18 November; the assembly of October was the old branch's, and counts for both."""
        self.calendar.move(10, 28)
        record_of(self.branch, "assembly", date(2026, 10, 28), self.people["罗守拙"])
        keeper = acting_as(self.people["罗守拙"], Role.SECRETARY)
        self.post = service_posts.open_post(
            keeper, self.branch, title="政策宣讲岗", kind=ServiceKind.DUTY, duties="讲清政策"
        )
        service_posts.assign(keeper, self.post, self.people["梅念慈"])
        self.calendar.move(11, 18)
        office = acting_as(self.cast.gu, Role.CAMPAIGN_OFFICE)
        staff = [self.people[name] for name in TEACHERS]
        first, second = f"{SCHOOL}第一党支部", f"{SCHOOL}第二党支部"
        self.heirs = tree.split(
            office, [self.branch], {first: staff[:4], second: staff[4:]}, clock.today(),
            below={first: [self.school]},
        )  # fmt: skip
        for name, body in (("罗守拙", self.heirs[0]), ("连一诺", self.heirs[1])):
            appoint(office, self.people[name], body, Role.SECRETARY)
        lead = self.arrive(self.people["罗守拙"])
        lead.open(f"/posts/of/{self.heirs[0].uid}/")
        lead.sees("原来组织的岗位，等着接", "政策宣讲岗")
        lead.press("接着办", about="政策宣讲岗")
        lead.sees("梅念慈，设岗定责")
        self.calendar.move(11, 19)
        self._numbers(lead)

    def _numbers(self, lead: Visitor) -> None:
        """Every number before and after: shares, turns, who is asked for what."""
        above = self.arrive(self.cast.gu)
        for day, numbers in (
            (date(2026, 10, 27), ("50.0", 2, 1)),
            (date(2026, 11, 17), ("66.7", 3, 2)),
            (date(2026, 11, 19), ("66.7", 3, 2)),
        ):
            above.open(f"/posts/of/{self.cast.bureau.uid}/share/?day={day}")
            above.sees(f"服务岗位上，党员占 {numbers[0]}%")
            if self.whole:
                above.find(r"\s+".join(map(str, (long_date(day), *numbers))))
        lead.open(f"/rotas/of/{self.school.uid}/")  # the school goes on, so does its turn
        lead.sees("每日巡查：")
        if not self.whole:
            return
        for body in self.heirs:
            leader = lead if body == self.heirs[0] else self.arrive(self.people["连一诺"])
            leader.open(f"/duties/of/{body.uid}/")
            leader.sees("支部党员大会")
        self.states = {body.name: _states(body) for body in (self.branch, *self.heirs)}


def _states(body: Organisation) -> dict[tuple[str, str], str]:
    """Return how a body stands with the assembly: (day, period) → state."""
    days = (date(2026, 11, 17), date(2026, 11, 19), date(2027, 1, 5), date(2027, 4, 2))
    return {
        (day.isoformat(), str(line.turn.label)): line.state.value
        for day in days
        for line in standing_of_body(body, day)
        if line.duty.code == "assembly"
    }
