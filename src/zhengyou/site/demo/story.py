"""Three months of a campaign, told with the verbs of the house.

Events are laid on a calendar and played in order, each at its own moment, so that ledger, dates and
rules are exactly what they would have been. Same seed and anchor day: same story.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.conf import settings

from zhengyou.campaigns.actions import campaigns, groups, plans
from zhengyou.campaigns.models import Campaign, Criterion, Plan, Programme, SectionCode
from zhengyou.kernel import clock
from zhengyou.ledger import book
from zhengyou.ledger.actions import publish_head
from zhengyou.people.actions.accounts import invite, open_account
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Person, Role
from zhengyou.pledges.actions import progress, reviewing, writing
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem
from zhengyou.site.demo.cast import Branch, Builder, Cast
from zhengyou.site.demo.talk import Talk
from zhengyou.site.demo.words import Promise, Words

SEED = 20260901
LENGTH = 100  # days of campaign life behind the anchor day
PASSWORD = "zhengyou-demo-2026"
LOGINS = (
    ("gumingchuan", "顾明川", "教育局活动办：启动活动、审方案、看全局"),
    ("shenruolan", "沈若兰", "育新小学党支部书记：审承诺、管花名册、出总结"),
    ("songzhixing", "宋知行", "育新小学党员：写承诺、记进展"),
    ("tianyuhe", "田雨禾", "育新小学记录员：替别人代录"),
    ("yinsuqiu", "殷素秋", "教育局督查员：只看不改"),
    ("wenlicheng", "闻立诚", "南湖小学党支部书记：隔壁支部"),
    ("bochanglin", "柏长林", "石桥小学党支部书记：方案还在等审"),
    ("zhuoyining", "卓一宁", "系统管理员"),
)
FIRST = (
    "开了头，先把底数摸清，一个一个记在本子上。",
    "先做了一回，看看哪里不顺，下回就知道怎么改。",
    "和同组老师商量了办法，这个月已经做起来了。",
    "跟孩子们说好了怎么做，他们比我还上心。",
    "头一个月慢一些，把要用的东西备齐了。",
    "照着承诺做了，请家长看过，提了两条好主意。",
)
SECOND = (
    "比上个月顺，做法定下来了，每周固定一个时间。",
    "上个月做得慢的地方换了办法，赶上来了。",
    "这个月期中，时间紧，还是没落下。",
    "有同事来帮忙，做得比打算的多一点。",
    "看得见变化了，孩子们自己也会提醒我。",
    "遇上请假的多，数字涨得慢，心里有数。",
)
THEMES = {
    "育新小学": "讲台亮身份，承诺见行动",
    "南湖小学": "湖畔先锋，课堂有我",
    "石桥小学": "山里孩子也有好老师",
}


@dataclass(slots=True)
class Story:
    """Plays the demo.

    Args:
        anchor: the day on which the story has arrived, usually today.
        seed: draws people, promises and progress.
        share: how much of the schools' people take part, above 0 to 1; the named ones always do.
    """

    anchor: date
    seed: int = SEED
    share: float = 1.0
    random: Random = field(init=False)
    words: Words = field(default_factory=Words)
    events: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    actors: dict[tuple[int, Role | None], Actor] = field(default_factory=dict)
    public: set[int] = field(default_factory=set)  # items by primary key
    cast: Cast = field(init=False)
    campaign: Campaign = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)

    @property
    def start(self) -> date:
        """The first day of the campaign."""
        return self.anchor - timedelta(days=LENGTH)

    def play(self) -> None:
        """Build everybody and play all events, in one transaction: all of it or nothing."""
        with book.writing():
            with clock.at(self.start - timedelta(days=40)):
                before = self.start - timedelta(days=200)
                self.cast = Builder(self.seed, before, self.words, self.share).build()
                self._open_accounts()
            self._at(0, 9, self._launch)
            for number, branch in enumerate(self.cast.branches):
                self._plan_events(branch, number)
            self._talk(self.cast.branches[0])
            while self.events:
                self.events.sort(key=lambda event: event[:2])
                moment, _, act = self.events.pop(0)
                with clock.at(moment):
                    act()
            with clock.at(self.anchor):
                publish_head()

    # --- the calendar ---------------------------------------------------------------------------
    def _at(self, day: int, hour: int, act: Callable[[], None]) -> None:
        """Lay an event on the calendar; what would lie behind the anchor does not happen."""
        if day <= LENGTH - 1:
            moment = datetime.combine(
                self.start + timedelta(days=day), time(hour, len(self.events) % 60), clock.SHANGHAI
            )
            self.events.append((moment, len(self.events), act))

    def _as(self, name: str, role: Role | None = None) -> Actor:
        return self._actor(self.cast[name], role)

    def _actor(self, person: Person, role: Role | None = None) -> Actor:
        """Return who acts; nobody's posts change in this story once he or she has them."""
        key = (person.pk, role)
        if key not in self.actors:
            self.actors[key] = acting_as(person, role)
        return self.actors[key]

    # --- accounts and launch --------------------------------------------------------------------
    def _open_accounts(self) -> None:
        keeper = self._as("卓一宁", Role.SYSTEM_ADMIN)
        persons = [self.cast[name] for _, name, _ in LOGINS]
        codes = {person.name: code for person, code, _ in invite(keeper, self.cast.bureau, persons)}
        for username, name, _ in LOGINS:
            open_account(codes[name], username, PASSWORD)

    def _talk(self, branch: Branch) -> None:
        """Let the public speak about what the branch has promised."""
        keeper = branch.people[0]
        Talk(
            at=self._at,
            body=branch.body,
            campaign=lambda: self.campaign,
            keeper=lambda: self._actor(keeper, Role.SECRETARY),
        ).lay()

    def _launch(self) -> None:
        text = (settings.BLUEPRINT_FOLDER / "primary-school.toml").read_text(encoding="utf-8")
        actor = self._as("顾明川", Role.CAMPAIGN_OFFICE)
        self.campaign = campaigns.create(actor, self.cast.bureau, text, self.start)
        self.campaign.open(actor)

    # --- plans ----------------------------------------------------------------------------------
    def _plan_events(self, branch: Branch, number: int) -> None:
        secretary = branch.people[0].name
        school = branch.body.name.removesuffix("党支部")
        plan: list[Plan] = []
        self._at(4 + number, 9, lambda: plan.append(self._adopt(branch, secretary)))
        self._at(5 + number, 15, lambda: self._write_plan(plan[0], secretary, school, full=False))
        submitted = 50 if number == 2 else 8 + number
        self._at(submitted, 10, lambda: plan[0].submit(self._as(secretary, Role.SECRETARY)))
        if number == 0:
            self._at(10, 11, lambda: self._return_plan(plan[0]))
            self._at(12, 9, lambda: self._write_plan(plan[0], secretary, school, full=True))
            self._at(12, 16, lambda: plan[0].submit(self._as(secretary, Role.SECRETARY)))
        if number < 2:
            self._at(14, 9, lambda: self._approve(plan[0]))
            self._at(15, 9, lambda: plan[0].publish(self._as(secretary, Role.SECRETARY)))
        self._pledge_events(branch)

    def _adopt(self, branch: Branch, secretary: str) -> Plan:
        actor = self._as(secretary, Role.SECRETARY)
        plan = plans.adopt(actor, self.campaign, branch.body)
        people = iter(branch.people)
        for group in plan.groups.select_related("template", "organisation", "plan"):
            for role in (Role.SEAT_HEAD, Role.SEAT_DEPUTY, Role.SEAT_MEMBER):
                least, most = group.template.limits(role)
                for _ in range(least if most is not None or least else 1):
                    groups.seat(actor, group, next(people), role)
        return plan

    def _write_plan(self, plan: Plan, secretary: str, school: str, full: bool) -> None:
        texts = plan.texts
        more = "本支部的重点：放学后辅导、家长意见办理、剩饭减半，三件事都由党员牵头。"
        pledges = texts[SectionCode.PLEDGES].splitlines()
        kept = "\n".join(line for line in pledges if "请在这里补上" not in line)
        changed: dict[str, str] = {
            SectionCode.THEME: THEMES[school],
            SectionCode.PLEDGES: f"{kept}\n{more}",
        }
        if full:
            changed[SectionCode.SAFEGUARDS] = (
                f"{texts[SectionCode.SAFEGUARDS]}\n"
                "每周五下午碰一次头，书记问进展；每月在公开栏贴一次进度，家长随时可以看。"
            )
        actor = self._as(secretary, Role.SECRETARY)
        plans.write(actor, plan, changed, plan.revision)

    def _return_plan(self, plan: Plan) -> None:
        plan.refresh_from_db()
        plan.send_back(
            self._as("顾明川", Role.CAMPAIGN_OFFICE),
            {SectionCode.SAFEGUARDS: "只写了分工，没写多久碰一次头、谁来问进展，请补上。"},
            revision=plan.revision,
        )
        plan.refresh_from_db()

    def _approve(self, plan: Plan) -> None:
        plan.refresh_from_db()
        plan.approve(self._as("顾明川", Role.CAMPAIGN_OFFICE), revision=plan.revision)

    # --- pledges --------------------------------------------------------------------------------
    def _pledge_events(self, branch: Branch) -> None:
        self._at(16, 9, lambda: self._branch_pledge(branch))
        last, first = len(branch.people) - 1, branch is self.cast.branches[0]
        for place, person in enumerate(branch.people):
            if person.work.startswith("退休"):
                self._at(18, 10, lambda who=person: self._exempt(branch, who))  # type: ignore[misc]
                continue
            if first and place == last - 2:
                continue  # somebody has not pledged yet
            late = first and place in (last - 3, last - 4, last - 5)
            day = LENGTH - 2 - place % 3 if late else 16 + self.random.randint(0, 12)
            self._at(day, 10, lambda who=person, late=late: self._pledge(branch, who, late))  # type: ignore[misc]

    def _exempt(self, branch: Branch, person: Person) -> None:
        actor = self._actor(branch.people[0], Role.SECRETARY)
        writing.exempt(actor, self.campaign, branch.body, person)

    def _branch_pledge(self, branch: Branch) -> None:
        actor = self._actor(branch.people[0], Role.SECRETARY)
        pledge = writing.begin(actor, self.campaign, branch.body)
        promises = self.words.body_promises(self.random)
        for promise in [*promises, self._second_deed(branch)]:
            self._add(actor, pledge, promise, "branch")
        writing.submit(actor, pledge)
        self._at(22, 14, lambda: self._review(pledge, self._as("顾明川", Role.CAMPAIGN_OFFICE)))
        for item, promise in zip(pledge.items.all(), promises, strict=False):
            self._progress_events(actor.person, item, promise, Role.SECRETARY)

    def _second_deed(self, branch: Branch) -> Promise:
        return Promise(
            "deed", "team", f"{branch.body.name}给新来的老师每人配一位师傅，一学期结成 6 对。",
            Decimal(0), Decimal(6), "对", "新来的老师", ("又结成一对，师傅每周去听一节课。",), "",
        )  # fmt: skip

    def _pledge(self, branch: Branch, person: Person, late: bool) -> None:
        actor = self._actor(person)
        pledge = writing.begin(actor, self.campaign, branch.body, person)
        promises = [
            self.words.promise(kind.value, person.work, self.random, self.taken)
            for kind in ItemKind
        ]
        for promise in promises:
            self._add(actor, pledge, promise, "member")
        writing.submit(actor, pledge)
        if late:
            return
        day = (clock.today() - self.start).days
        returned = self.random.random() < 0.12
        self._at(day + 2, 14, lambda: self._first_review(branch, pledge, returned))
        if returned:
            self._at(day + 4, 10, lambda: self._mend(person, pledge))
            self._at(day + 5, 14, lambda: self._first_review(branch, pledge, False))
        for item, promise in zip(pledge.items.all(), promises, strict=True):
            self._progress_events(person, item, promise, None)

    def _add(self, actor: Actor, pledge: Pledge, promise: Promise, standard: str) -> PledgeItem:
        point = Criterion.objects.filter(
            standard__campaign=self.campaign, standard__code=standard, code=promise.point
        ).first()
        programmes = list(Programme.objects.filter(campaign=self.campaign))
        written = (clock.today() - self.start).days
        ends = self.random.choice([day for day in (85, 95, 140, 160, 200) if day > written + 14])
        return writing.add_item(
            actor,
            pledge,
            kind=ItemKind(promise.kind),
            text=promise.text,
            criterion=point or Criterion.objects.filter(standard=pledge.rule.standard).first(),
            programme=self.random.choice([None, *programmes]),
            baseline=promise.baseline,
            target=promise.target,
            unit=promise.unit,
            due_on=self.start + timedelta(days=ends),
            beneficiary=promise.beneficiary,
        )

    def _first_review(self, branch: Branch, pledge: Pledge, returned: bool) -> None:
        secretary, deputy = branch.people[0], branch.people[1]
        if pledge.person_id == secretary.pk:
            try:
                reviewer = self._actor(deputy, Role.DEPUTY_SECRETARY)
            except LookupError:
                reviewer = self._as("顾明川", Role.CAMPAIGN_OFFICE)
        else:
            reviewer = self._actor(secretary, Role.SECRETARY)
        self._review(pledge, reviewer, 1 if returned else 0)

    def _review(self, pledge: Pledge, reviewer: Actor, back: int = 0) -> None:
        """Pass all waiting items, except the first ``back`` of them."""
        if pledge.person_id == self.cast.branches[0].people[0].pk or pledge.person is None:
            reviewer = self._as("顾明川", Role.CAMPAIGN_OFFICE)
        ticks = {}
        for place, item in enumerate(pledge.items.filter(state="submitted")):
            if place < back:
                why = "请写清给谁做、怎么看得出做到了，日子也再往前靠一靠。"
                ticks[item.uid] = Ticks(True, False, True, why)
            else:
                ticks[item.uid] = Ticks(True, True, True)
                self.public.add(item.pk)
        reviewing.send_results(reviewer, pledge, ticks)

    def _mend(self, person: Person, pledge: Pledge) -> None:
        actor = self._actor(person)
        for item in pledge.items.filter(state="returned"):
            writing.edit_item(
                actor,
                item,
                **self._content(item, f"{item.text.rstrip('。')}，每月在支部会上报一次数。"),
            )
        writing.submit(actor, pledge)

    def _content(self, item: PledgeItem, text: str) -> dict[str, Any]:
        return {
            "kind": ItemKind(item.kind), "text": text, "criterion": item.criterion,
            "programme": item.programme, "baseline": item.baseline, "target": item.target,
            "unit": item.unit, "due_on": item.due_on, "beneficiary": item.beneficiary,
        }  # fmt: skip

    # --- progress -------------------------------------------------------------------------------
    def _progress_events(
        self, person: Person | None, item: PledgeItem, promise: Promise, role: Role | None
    ) -> None:
        assert person is not None
        pace = self.random.choice([0.5, 0.8, 1.0, 1.0, 1.15, 1.3])
        silent = self.random.random() < 0.06
        signs_in = any(person.name == name for _, name, _ in LOGINS)
        for month, day in enumerate((44, 62) if signs_in else (44, 66, 88)):
            if (silent and not signs_in) or self.random.random() < 0.2:
                continue
            shifted = day + self.random.randint(0, 6)
            self._at(
                shifted,
                16,
                lambda d=shifted, m=month: self._note(person, item, promise, pace, d, m, role),  # type: ignore[misc]
            )

    def _note(
        self,
        person: Person,
        item: PledgeItem,
        promise: Promise,
        pace: float,
        day: int,
        month: int,
        role: Role | None,
    ) -> None:
        if item.pk not in self.public or item.due_on is None:
            return
        length = max(1, (item.due_on - self.start).days - 25)
        share = min(1.0, pace * max(0, day - 20) / length)
        way = promise.target - promise.baseline
        value = promise.baseline + (way * Decimal(str(round(share, 3)))).quantize(Decimal(1))
        words = self.random.choice((FIRST, SECOND, promise.good)[month])
        if pace < 0.7 and promise.slow and month:
            words = promise.slow
        progress.note(
            self._actor(person, role), item, noted_on=clock.today(), value=value, words=words
        )
