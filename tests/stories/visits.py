"""A village's month of visits, told once for both kinds of visitors.

Households are visited, what they ask for is met or explained, a quarrel is settled early, a linked
family is seen every month. What is begun on a telephone is finished at a computer. Everything but
the people and the campaign goes through pages.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.cast import Cast, build
from tests.stories.chain import Calendar
from tests.stories.visitors import Visitor

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actions import tree
from zhengyou.people.actions.people import appoint, enrol
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Person, Role, StandingKind

FILE = Path(__file__).parents[2] / "blueprints" / "village.toml"
POSTS, ALL = '{ post = ["书记", "副书记", "委员"], kind', '{ standing = ["正式党员"], kind'
FAMILY = """
[duty.family]
title  = "走访联系户"
who    = { enrolled = "服务岗位" }
record = "走访"
every  = "每月"
"""
"""The town asks more than the blueprint: all members visit, and a linked family every month."""
LAMP, PLOT = "三组路口的灯不亮", "想多批一块宅基地"
QUARREL = "两家为了一条排水沟争了几句"
Arrive = Callable[[Person, bool], Visitor]


@dataclass
class Visits:
    """The story.

    Args:
        arrive: brings somebody to a screen, signed in; to a telephone's where it says so.
    """

    arrive: Arrive
    calendar: Calendar
    cast: Cast = field(init=False)
    campaign: Campaign = field(init=False)
    next_door: Organisation = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def walk(self) -> None:
        """Tell it."""
        self.calendar.move(5, 1)
        self.cast = build()
        self.begin()
        self.a_family_is_linked()
        self.households_are_visited()
        self.a_quarrel_is_settled_early()
        self.the_month_is_nearly_over()
        self.somebody_is_late()
        self.what_was_late_is_written_down()
        self.numbers_go_up_names_stay()

    def begin(self) -> None:
        """The village's members, its town's office with a campaign, the village next door."""
        town, village = self.cast.town, self.cast.village
        with clock.at(date(2026, 1, 5)):
            self.next_door = tree.found(None, name="下湾村党支部", kind=Kind.BRANCH, parent=town)
            for name, body in (("柳叶青", village), ("甘霖", town), ("卜一凡", self.next_door)):
                person = enrol(None, Person(name=name), body, standing=StandingKind.FULL).person
                self.people[name] = person
            appoint(None, self.people["甘霖"], town, Role.CAMPAIGN_OFFICE)
            appoint(None, self.people["卜一凡"], self.next_door, Role.SECRETARY)
        office = acting_as(self.people["甘霖"], Role.CAMPAIGN_OFFICE)
        text = FILE.read_text(encoding="utf-8")
        assert POSTS in text
        text = text.replace(POSTS, ALL) + FAMILY
        self.campaign = campaigns.create(office, town, text, date(2026, 5, 1))
        self.campaign.open(office)

    # --- May ------------------------------------------------------------------------------------
    def a_family_is_linked(self) -> None:
        """The campaign proposes the post; who has it sees a family every month."""
        self.lead = self.arrive(self.cast.bai, False)
        self.lead.open(f"/posts/of/{self.cast.village.uid}/")
        self.lead.click("设这个岗", about="扶老助困岗")
        self.lead.fill("岗位叫什么", "联系户岗：三组柳奶奶家")
        self.lead.press("设岗")
        self.lead.click("看岗位", about="三组柳奶奶家")
        self.lead.click("安排人")
        self.lead.pick("谁上岗", "陶满仓")
        self.lead.press("安排")
        self.lead.sees("陶满仓", "在岗")

    def households_are_visited(self) -> None:
        """Begun at the door with a telephone, finished at home, linked with the post."""
        self.calendar.move(5, 12)
        self.tao_phone = self.arrive(self.cast.tao, True)
        who = self.tao_phone
        who.open("/desk/")
        who.click("我的任务")
        who.sees("下组走访", "待办")
        who.misses("柏长林", "柳叶青")
        who.click("记一笔", about="下组走访")
        who.fill("走访了哪些户、哪些人", "三组柳奶奶家、五组陶家")
        who.fill("第 1 件，提了什么", LAMP)
        who.press("先存着")
        who.sees("在手机上、电脑上都能接着写")
        self.calendar.move(5, 14)
        self.tao = self.arrive(self.cast.tao, False)
        who = self.tao
        who.open("/desk/")
        who.click("接着写", about="走访")
        assert who.value("第 1 件，提了什么") == LAMP
        who.choose("柏长林")
        who.fill("看到什么、说了什么", "老人身体还好，夜里出门怕摔。")
        who.pick("第 1 件，办得怎样", "办到了")
        who.fill("第 1 件，怎么办的、怎么讲的", "第二天换了灯")
        who.fill("第 2 件，提了什么", PLOT)
        who.pick("第 2 件，办得怎样", "讲清了")
        who.press("记好", answer=422)  # what is explained is said in words
        who.sees("写一句怎么办的、怎么讲的")
        who.fill("第 2 件，怎么办的、怎么讲的", "讲了一户一宅的规定")
        self.more(who)
        who.choose("联系户岗：三组柳奶奶家")
        who.press("记好")
        who.sees("算进“下组走访”、“走访联系户”", LAMP, "办到了", PLOT, "讲清了")
        self.addresses["visit"] = self.address(who)

    def more(self, who: Visitor) -> None:
        """Open the fields that may stay empty."""
        who.unfold("更多，都可以不填")

    def address(self, who: Visitor) -> str:
        """Return where a visitor is."""
        return str(getattr(who, "address", "") or who.page.url)  # type: ignore[attr-defined]

    def a_quarrel_is_settled_early(self) -> None:
        """Whenever there is one: it is never due, and confidential."""
        self.calendar.move(5, 16)
        who = self.lead
        who.open(f"/duties/of/{self.cast.village.uid}/")
        who.sees("调解纠纷", "适时")
        who.click("记一笔", about="调解纠纷")
        who.choose("柏长林")
        who.fill("什么事", QUARREL)
        who.fill("调解的结果", "两家一起清沟，各出一半工")
        who.press("记好")
        who.sees("算进“调解纠纷”")
        self.addresses["quarrel"] = self.address(who)

    def the_month_is_nearly_over(self) -> None:
        """The branch sees by name who has been to nobody; each sees the own."""
        self.calendar.move(5, 29)
        self.lead.open(f"/duties/of/{self.cast.village.uid}/")
        self.lead.sees("3 个里 2 个完成", "还差 1 个", "走访联系户")
        self.lead.unfold("看名单，下组走访，3 个")
        self.lead.sees("柳叶青", "还没有记录，要 1 次", "快到期")
        self.liu = self.arrive(self.people["柳叶青"], True)
        self.liu.open("/duties/")
        self.liu.sees("下组走访", "快到期", "2026年5月，到2026年5月31日")

    # --- June -----------------------------------------------------------------------------------
    def somebody_is_late(self) -> None:
        """When the month is over it is overdue: by name in the branch, a number above."""
        self.calendar.move(6, 5)
        self.liu.open("/duties/")
        self.liu.sees("过期没做")
        self.lead.open(f"/duties/of/{self.cast.village.uid}/")
        self.lead.sees("1 个过期")
        self.office = self.arrive(self.people["甘霖"], False)
        self.office.open(f"/duties/of/{self.cast.village.uid}/")
        self.office.sees("1 个过期", "3 个里 2 个完成", "名字只有本人和本组织任职的人看得到")
        self.office.misses("柳叶青", "陶满仓")

    def what_was_late_is_written_down(self) -> None:
        """She was there in time, and forgot to write it down: 补录, and nobody is late any more."""
        self.calendar.move(6, 6)
        who = self.liu
        who.open("/duties/")
        who.click("记一笔", about="下组走访，2026年5月")
        who.fill("哪天", "2026-05-28")
        who.fill("走访了哪些户、哪些人", "一组张家")
        who.fill("看到什么、说了什么", "秧插下去了，缺个抽水的泵。")
        who.press("记好")
        who.sees("补录", "算进“下组走访”")
        self.lead.open(f"/duties/of/{self.cast.village.uid}/")
        self.lead.misses("1 个过期")

    def numbers_go_up_names_stay(self) -> None:
        """The town reads numbers, as a table and drawn; nothing of who, nothing of the quarrel."""
        who = self.office
        who.open("/desk/")
        who.click("任务，石桥镇党委")
        who.click("看下面各组织做得怎样")
        who.pick("看哪一期", "上一期")
        who.press("看")
        who.sees("石桥村党支部", "下组走访", "3 个里 3 个", "下湾村党支部", "过期 1")
        who.misses("柳叶青", "陶满仓")
        who.open(f"/orgs/{self.cast.village.uid}/records/")
        who.misses(QUARREL)
