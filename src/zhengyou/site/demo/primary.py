"""The demo's first campaign: three months at a bureau's primary schools."""

from decimal import Decimal
from functools import partial
from random import Random

from zhengyou.campaigns.actions import plans
from zhengyou.campaigns.models import Channel, SectionCode
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Person, Role
from zhengyou.pledges.actions import writing
from zhengyou.pledges.actions.supervision import take_step
from zhengyou.pledges.models import ItemKind, Outcome, Pledge, PledgeItem, Step
from zhengyou.site.demo.bulletins import Bulletins
from zhengyou.site.demo.cast import Branch
from zhengyou.site.demo.gathered import Gathered
from zhengyou.site.demo.ideas import Ideas
from zhengyou.site.demo.inspections import Inspections
from zhengyou.site.demo.looking import SelfChecks
from zhengyou.site.demo.obligations import Obligations
from zhengyou.site.demo.open_week import OpenWeek
from zhengyou.site.demo.problems import Rectification
from zhengyou.site.demo.talk import Talk
from zhengyou.site.demo.telling import Telling
from zhengyou.site.demo.words import Promise

LENGTH = 100  # days of campaign life behind the anchor day
MORE = "本支部的重点：放学后辅导、家长意见办理、剩饭减半，三件事都由党员牵头。"
THEMES = {
    "育新小学": "讲台亮身份，承诺见行动",
    "南湖小学": "湖畔先锋，课堂有我",
    "石桥小学": "山里孩子也有好老师",
}
TASKS = (
    (7, "leaders", "班子会开过了，议定先听老师的，再写方案。", True),
    (13, "launch", "动员会开了四十分钟，书记讲方案，老师提了六条。", True),
    (14, "test", "四十三人参加，没有人不及格，错得多的题又讲了一遍。", True),
    (15, "talk", "三个学段各谈了一下午，找出十二条不足，写了怎么改。", True),
    (46, "review", "逐条审完，退回的都写了怎么改。", True),
    (90, "open-week", "开放周定在下周，家长报名的已有九十多人。", False),
)
POSTED = (
    (15, "支部方案", Channel.BOARD, "校门口公开栏"),
    (31, "党员承诺", Channel.SHOWCASE, "教学楼一楼"),
    (63, "承诺进展", Channel.BOARD, "校门口公开栏"),
)
STEPS = (
    (Step.FIND, "到期了，数字还差一截，上个月没有记进展。"),
    (Step.CAUSE, "一起看了看：期中那三周顾不上，不是不想做。"),
    (Step.REMIND, "说好每周三下午留出来，月底再碰一次。"),
)


class Primary(Telling):
    """Plans that come back and are approved, promises that are kept, late, waiting or missing."""

    def tell(self) -> None:
        """Lay everything on the calendar."""
        self.at(0, 9, lambda: self.launch(self._office(), self.cast.bureau, "primary-school"))
        for number, branch in enumerate(self.cast.branches):
            self._plan_events(branch, number)
        self._in_public(self.cast.branches[0])
        Obligations(
            self.cast.branches[0], self.start, self.calendar.anchor, Random(self.start.toordinal()),
            self.at, self.acting, lambda: self.campaign,
        ).lay()  # fmt: skip
        Rectification(
            self.cast.branches[0], self.start, self.at, self.acting, lambda: self.campaign,
            inspector=lambda: self.by("殷素秋", Role.INSPECTOR),
        ).lay()  # fmt: skip
        SelfChecks(
            self.cast.branches, self.cast.bureau, self.at, self.acting, lambda: self.campaign,
            self._office,
        ).lay()  # fmt: skip
        Inspections(self.cast, self.at, self.by, lambda: self.campaign).lay()
        Bulletins(self.cast, self.at, self.by, lambda: self.campaign).lay()
        first = self.cast.branches[0]
        Ideas(
            first, self.at, lambda: self._secretary(first), self._office, lambda: self.campaign
        ).lay()
        OpenWeek(first, self.at, lambda: self._secretary(first), lambda: self.campaign).lay()

    def _office(self) -> Actor:
        return self.by("顾明川", Role.CAMPAIGN_OFFICE)

    def _secretary(self, branch: Branch) -> Actor:
        return self.acting(branch.people[0], Role.SECRETARY)

    # --- plans ----------------------------------------------------------------------------------
    def _plan_events(self, branch: Branch, number: int) -> None:
        def own() -> Actor:
            return self._secretary(branch)

        self.at(4 + number, 9, lambda: self.adopt(own(), branch))
        self.at(5 + number, 15, lambda: self._write_plan(branch, full=False))
        submitted = 50 if number == 2 else 8 + number
        self.at(submitted, 10, lambda: self.plan_of(branch).submit(own()))
        if number == 0:
            self.at(10, 11, lambda: self._return_plan(branch))
            self.at(12, 9, lambda: self._write_plan(branch, full=True))
            self.at(12, 16, lambda: self.plan_of(branch).submit(own()))
        if number < 2:
            self.at(14, 9, lambda: self._approve(branch))
            self.at(15, 9, lambda: self.plan_of(branch).publish(own()))
        self._pledge_events(branch)

    def _write_plan(self, branch: Branch, full: bool) -> None:
        plan = self.plan_of(branch)
        texts = plan.texts
        pledges = texts[SectionCode.PLEDGES].splitlines()
        kept = "\n".join(line for line in pledges if "请在这里补上" not in line)
        changed: dict[str, str] = {
            SectionCode.THEME: THEMES[branch.body.name.removesuffix("党支部")],
            SectionCode.PLEDGES: f"{kept}\n{MORE}",
        }
        if full:
            changed[SectionCode.SAFEGUARDS] = (
                f"{texts[SectionCode.SAFEGUARDS]}\n"
                "每周五下午碰一次头，书记问进展；每月在公开栏贴一次进度，家长随时可以看。"
            )
        plans.write(self._secretary(branch), plan, changed, plan.revision)

    def _return_plan(self, branch: Branch) -> None:
        plan = self.plan_of(branch)
        why = "只写了分工，没写多久碰一次头、谁来问进展，请补上。"
        plan.send_back(self._office(), {SectionCode.SAFEGUARDS: why}, revision=plan.revision)

    def _approve(self, branch: Branch) -> None:
        plan = self.plan_of(branch)
        plan.approve(self._office(), revision=plan.revision)

    # --- pledges --------------------------------------------------------------------------------
    def _pledge_events(self, branch: Branch) -> None:
        self.at(16, 9, lambda: self._branch_pledge(branch))
        last, first = len(branch.people) - 1, branch is self.cast.branches[0]
        for place, person in enumerate(branch.people):
            if person.work.startswith("退休"):
                self.at(18, 10, lambda who=person: self._exempt(branch, who))  # type: ignore[misc]
                continue
            if first and place == last - 2:
                continue  # somebody has not pledged yet
            late = first and place in (last - 3, last - 4, last - 5)
            day = LENGTH - 2 - place % 3 if late else 16 + self.random.randint(0, 12)
            self.at(day, 10, lambda who=person, late=late: self._pledge(branch, who, late))  # type: ignore[misc]

    def _exempt(self, branch: Branch, person: Person) -> None:
        writing.exempt(self._secretary(branch), self.campaign, branch.body, person)

    def _branch_pledge(self, branch: Branch) -> None:
        actor = self._secretary(branch)
        promises = self.words.body_promises(self.random)
        pledge = self.pledge(actor, branch, [*promises, _second_deed(branch)])
        self.at(22, 14, lambda: self.review(pledge, self._office()))
        assert actor.person is not None
        self.follow(actor.person, pledge, promises, Role.SECRETARY, confirmer=self._office)

    def _pledge(self, branch: Branch, person: Person, late: bool) -> None:
        promises = [
            self.words.promise(kind.value, person.work, self.random, self.taken)
            for kind in ItemKind
        ]
        pledge = self.pledge(self.acting(person), branch, promises, person=person)
        if late:
            return
        day = self.today
        returned = self.random.random() < 0.12
        reviewer = self._reviewer(branch, pledge)
        self.at(day + 2, 14, lambda: self.review(pledge, reviewer, 1 if returned else 0))
        if returned:
            self.at(day + 4, 10, lambda: self.mend(person, pledge))
            self.at(day + 5, 14, lambda: self.review(pledge, reviewer))
        self.follow(person, pledge, promises, confirmer=lambda: reviewer)

    def _reviewer(self, branch: Branch, pledge: Pledge) -> Actor:
        """Return who reviews: of the secretary the deputy, where there is one."""
        secretary, deputy = branch.people[0], branch.people[1]
        if pledge.person_id != secretary.pk:
            return self._secretary(branch)
        if branch is not self.cast.branches[0]:
            try:
                return self.acting(deputy, Role.DEPUTY_SECRETARY)
            except LookupError:
                pass  # None there: the level above.
        return self._office()

    # --- what the public sees and says ------------------------------------------------------------
    def _in_public(self, branch: Branch) -> None:
        def keeper() -> Actor:
            return self._secretary(branch)

        Talk(at=self.at, body=branch.body, campaign=lambda: self.campaign, keeper=keeper).lay()
        Gathered(self.at, branch.body, lambda: self.campaign, keeper, self._office).lay()
        for day, code, words, done in TASKS:
            self.at(day, 17, partial(self._report, branch, code, words, done))
        for day, title, channel, place in POSTED:
            self.at(day, 11, partial(self._post, branch, title, channel, place))
        self.at(96, 10, lambda: self._supervise(branch))

    def _report(self, branch: Branch, code: str, words: str, done: bool) -> None:
        self.report(self._secretary(branch), branch, code, words, done)

    def _post(self, branch: Branch, title: str, channel: Channel, place: str) -> None:
        self.posted(self._secretary(branch), branch, title, channel, place)

    def _supervise(self, branch: Branch) -> None:
        """Keep after the first member's promise that was not done in time: three of five steps."""
        late = PledgeItem.objects.filter(
            pledge__organisation=branch.body, pledge__person__isnull=False, state="published",
            due_on__lt=clock.today(), claimed=Outcome.PARTLY,
        ).exclude(pledge__person=branch.people[0])  # fmt: skip
        item = late.select_related("pledge").order_by("due_on", "pk").first()
        if item is not None:
            for step, words in STEPS:
                take_step(self._secretary(branch), item.pledge, step=step, words=words, item=item)


def _second_deed(branch: Branch) -> Promise:
    return Promise(
        "deed", "team", f"{branch.body.name}给新来的老师每人配一位师傅，一学期结成 6 对。",
        Decimal(0), Decimal(6), "对", "新来的老师", ("又结成一对，师傅每周去听一节课。",), "",
    )  # fmt: skip
