"""A university's student branch and its practice team of the summer, told once for both kinds of
visitors.

Over a school year the branch serves newcomers, the school and society; the share of members among
those on service posts rises. In June some of them form a team for the summer, with a leader and a
term; it works in a community, each writes a paper on a topic of his or her own, the results are
shown to guests. One student leaves in the middle; what was, stays true. Everything but the people,
the campaign and the leaving goes through pages.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.cast import Cast, build
from tests.stories.visitors import Visitor

from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock
from zhengyou.people.actions import tree
from zhengyou.people.actions.people import appoint, enrol, release
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Kind, Organisation, Person, Role, StandingKind

BLUEPRINT = Path(__file__).parents[2] / "blueprints" / "student-branch.toml"
TEAM = "青溪社区实践队"
STUDENTS = {
    "孟一凡": StandingKind.FULL, "乔木": StandingKind.FULL, "苗圃": StandingKind.PROBATIONARY,
    "岳鸣": StandingKind.FULL, "池舟": StandingKind.ACTIVIST, "栾清": StandingKind.ACTIVIST,
}  # fmt: skip
LEADER, LEAVER = "孟一凡", "岳鸣"
PAPERS = {"孟一凡": "老小区的电梯怎么谈成的", "乔木": "社区食堂的一天", "苗圃": "孩子放学以后"}
LEARNT = "住进社区五天，陪老人看病、给孩子讲题，晚上开会把看到的记下来。"
Arrive = Callable[[Person, bool], Visitor]


@dataclass
class PracticeTeam:
    """The story.

    Args:
        arrive: brings somebody to a screen, signed in; to a telephone's where it says so.
        move: to nine in the morning of a day.
        whole: also what is done once more in the same way, which a browser need not repeat.
    """

    arrive: Arrive
    move: Callable[[date], None]
    whole: bool = True
    cast: Cast = field(init=False)
    branch: Organisation = field(init=False)
    campaign: Campaign = field(init=False)
    people: dict[str, Person] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def walk(self) -> None:
        """Tell it."""
        self.move(date(2026, 9, 1))
        self.cast = build()
        self.begin()
        self.posts_are_filled()
        self.three_scopes_are_served()
        self.a_team_is_formed()
        self.it_works_in_a_community()
        self.somebody_leaves()
        self.papers_are_written()
        self.results_are_shown()
        self.all_of_it_stays_true()

    def begin(self) -> None:
        """A college with a student branch: its counsellor is the secretary."""
        with clock.at(date(2026, 1, 5)):
            self.college = tree.found(
                None, name="澜江学院文学系党总支", kind=Kind.GENERAL_BRANCH, parent=self.cast.county
            )
            self.branch = tree.found(
                None, name="文学系学生党支部", kind=Kind.BRANCH, parent=self.college
            )
            homes = [("程知微", self.branch, StandingKind.FULL)]
            homes += [("骆青", self.college, StandingKind.FULL)]
            homes += [(name, self.branch, standing) for name, standing in STUDENTS.items()]
            for name, body, standing in homes:
                person = Person(name=name)
                self.people[name] = enrol(None, person, body, standing=standing).person
            appoint(None, self.people["程知微"], self.branch, Role.SECRETARY)
            appoint(None, self.people["骆青"], self.college, Role.CAMPAIGN_OFFICE)
        office = acting_as(self.people["骆青"], Role.CAMPAIGN_OFFICE)
        text = BLUEPRINT.read_text(encoding="utf-8")
        self.campaign = campaigns.create(office, self.college, text, date(2026, 9, 1))
        self.campaign.open(office)

    # --- the school year ------------------------------------------------------------------------
    def posts_are_filled(self) -> None:
        """First two activists and one member; then members choose it, too."""
        self.lead = self.arrive(self.people["程知微"], False)
        who = self.lead
        who.open(f"/posts/of/{self.branch.uid}/")
        who.click("设这个岗", about="党员先锋岗")
        who.press("设岗")
        for name in ("池舟", "栾清", "乔木"):
            who.open(f"/posts/of/{self.branch.uid}/")
            who.click("看岗位", about="党员先锋岗")
            who.click("安排人")
            who.pick("谁上岗", name)
            who.press("安排")
        who.open(f"/posts/of/{self.branch.uid}/share/")
        who.sees("服务岗位上，党员占 33.3%")
        self.move(date(2026, 9, 10))
        for name in (LEADER, LEAVER):
            member = self.arrive(self.people[name], True)
            member.open(f"/posts/of/{self.branch.uid}/")
            member.click("看岗位", about="党员先锋岗")
            member.press("我来")
            who.open("/desk/")
            who.sees(f"{name}选了“党员先锋岗”")
            who.click("看一看", about=name)
            who.press("同意", about=name)
        who.open(f"/posts/of/{self.branch.uid}/share/")
        who.sees("服务岗位上，党员占 60.0%")

    def three_scopes_are_served(self) -> None:
        """Newcomers, the school, society: one form, and each counts for its own duty."""
        done = (
            (date(2026, 9, 12), "服务新人", "迎新接站", "服务新同学"),
            (date(2026, 10, 16), "服务本单位", "整理图书馆", "服务学校"),
            (date(2026, 11, 6), "服务社会", "车站引路", "服务社会"),
        )[: 3 if self.whole else 1]
        for day, scope, title, duty in done:
            self.move(day)
            who = self.lead
            who.open(f"/duties/of/{self.branch.uid}/")
            who.click("记一笔", about=duty)
            who.fill("名称", title)
            who.choose(scope)
            who.choose("乔木")
            who.choose("池舟")
            who.fill("做了什么", "两个人一组，忙了一下午。")
            who.press("记好")
            who.sees(f"算进“{duty}”", "乔木")
        who.open(f"/duties/of/{self.branch.uid}/")
        who.sees(*(f"已完成{duty}" for *_, duty in done))

    # --- the summer -----------------------------------------------------------------------------
    def a_team_is_formed(self) -> None:
        """They form it themselves; the branch puts it on its roll, with leader and last day."""
        self.move(date(2027, 6, 18))
        who = self.lead
        who.open(f"/teams/of/{self.branch.uid}/")
        who.sees("还没有队伍")
        who.click("成立一支队伍")
        who.fill("队名", TEAM)
        who.pick("哪一种队", "社会实践队")
        who.fill("做什么", "到青溪社区住五天，帮老人孩子，各写一篇文章")
        who.fill("任期到哪天（含）", "2027-08-31")
        who.pick("队长", LEADER)
        for name in ("乔木", "苗圃", LEAVER, "池舟"):
            who.choose(name)
        who.fill("名册以外的队员", "社区干事连阿姨")
        who.press("成立")
        who.sees(f"{TEAM}成立了", f"队长{LEADER}", "6 人，其中名册以外 1 人", "任期到2027年8月31日")
        self.team = Organisation.objects.get(name=TEAM)

    def it_works_in_a_community(self) -> None:
        """The leader writes it down on a telephone, where the whole team is called."""
        self.move(date(2027, 7, 9))
        self.leader = self.arrive(self.people[LEADER], True)
        who = self.leader
        who.open(f"/teams/of/{self.branch.uid}/")
        who.click("记一件事", about=TEAM)
        who.click("志愿服务")
        who.fill("名称", "陪老人看病")
        who.choose("进社区进宿舍")
        who.fill("做了什么", "陪 11 位老人去了社区医院。")
        who.fill("服务了多少人", "11")
        who.press("记好")
        who.sees("算进“进宿舍、进社团、进社区”", LEAVER, "池舟")
        who.open(f"/teams/of/{self.branch.uid}/")
        who.click("记一件事", about=TEAM)
        who.click("社会实践")
        who.fill("名称", "青溪社区五天")
        who.fill("哪天", "2027-07-05")
        who.fill("到哪天（含）", "2027-07-09")
        who.fill("做了什么、怎样汇报展示", LEARNT)
        for name, topic in PAPERS.items():
            who.fill(f"{name}，文章题目", topic)
        who.press("记好")
        who.sees("算进“暑期社会实践队”", *PAPERS.values(), LEAVER, "5 人")
        self.addresses["practice"] = self.address(who)

    def address(self, who: Visitor) -> str:
        """Return where a visitor is."""
        return str(getattr(who, "address", "") or who.page.url)  # type: ignore[attr-defined]

    def somebody_leaves(self) -> None:
        """He changes the university in the middle of the summer: he is asked for nothing more."""
        self.move(date(2027, 7, 12))
        self.lead.open(f"/duties/of/{self.branch.uid}/")
        self.lead.unfold("看名单，每人一篇实践论文，5 个")
        self.lead.sees(LEAVER)
        keeper = acting_as(self.people["程知微"], Role.SECRETARY)
        release(keeper, self.people[LEAVER], self.branch, clock.today())
        self.lead.open(f"/duties/of/{self.branch.uid}/")
        self.lead.sees("4 个里 0 个完成")
        self.lead.misses(LEAVER)
        self.lead.open(f"/teams/of/{self.branch.uid}/")
        self.lead.sees("5 人，其中名册以外 1 人")
        self.lead.open("/desk/")
        self.lead.click("看一看", about=f"{LEAVER}还在“党员先锋岗”上")
        self.lead.click("离岗", about=LEAVER)
        self.lead.press("离岗")
        self.lead.sees(f"{LEAVER}离岗了")

    def papers_are_written(self) -> None:
        """Each writes the own on a topic of the own; who has not is named to the branch."""
        self.move(date(2027, 7, 20))
        self.written = list(PAPERS.items())[: 3 if self.whole else 2]
        for name, topic in self.written:
            if name == LEADER:
                who = self.leader
                who.open("/duties/")
                who.click("记一笔", about="每人一篇实践论文")
            else:
                who = self.arrive(self.people[name], False)
                who.open(f"/orgs/{self.branch.uid}/records/")
                who.click("记一件做过的事")
                who.click("心得体会")
            who.fill("名称", topic)
            who.fill(f"{name}，本人字数", "3200")
            who.press("记好")
            who.sees("算进“每人一篇实践论文”", topic)
        self.lead.open(f"/duties/of/{self.branch.uid}/")
        self.lead.sees(f"4 个里 {len(self.written)} 个完成")
        self.lead.unfold("看名单，每人一篇实践论文，4 个")
        self.lead.sees("程知微")  # the counsellor owes one, too, or is let off

    def results_are_shown(self) -> None:
        """Sixty people from outside come and see."""
        self.move(date(2027, 7, 28))
        who = self.lead
        who.open(f"/duties/of/{self.branch.uid}/")
        who.click("记一笔", about="实践成果展")
        who.fill("名称", "青溪社区实践成果展")
        who.fill("名册以外应到多少人", "80")
        who.fill("名册以外实到多少人", "60")
        who.fill("开会的内容", "四篇文章、一面照片墙，社区来了三十位老人和孩子。")
        who.press("记好")
        who.sees("算进“实践成果展”", "60", "青溪社区实践成果展")
        self.addresses["show"] = self.address(who)

    def all_of_it_stays_true(self) -> None:
        """He is gone from the roll, and stands where he was on every day before."""
        self.move(date(2027, 8, 20))
        who = self.lead
        who.open(self.addresses["practice"])
        who.sees(LEAVER, "5 人")
        who.open(f"/orgs/{self.branch.uid}/roll/?day=2027-07-11")
        who.sees(LEAVER)
        who.open(f"/orgs/{self.branch.uid}/roll/")
        who.misses(LEAVER)
        who.open(f"/posts/of/{self.branch.uid}/share/?day=2027-07-11")
        who.sees("服务岗位上，党员占 60.0%")
        who.open(f"/posts/of/{self.branch.uid}/share/")
        who.sees("服务岗位上，党员占 50.0%")
        who.open(f"/duties/of/{self.branch.uid}/?day=2027-07-11")
        who.sees("5 个里 0 个完成")
        self.office = self.arrive(self.people["骆青"], False)
        self.office.open(f"/duties/of/{self.branch.uid}/")
        self.office.sees(f"4 个里 {len(self.written)} 个完成", "名字只有本人和本组织任职的人看得到")
        self.office.misses("程知微", *PAPERS)
