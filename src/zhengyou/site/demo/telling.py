"""How a campaign of the demo is told, whichever it is: with the verbs of the house alone."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import cycle
from random import Random
from typing import Any

from django.conf import settings

from zhengyou.campaigns.actions import campaigns, groups, plans
from zhengyou.campaigns.actions import tasks as reports
from zhengyou.campaigns.actions.publicity import post
from zhengyou.campaigns.models import Campaign, Channel, Criterion, Plan, Programme, Task
from zhengyou.campaigns.queries.publicity import lines_of
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Organisation, Person, Role
from zhengyou.pledges import goals
from zhengyou.pledges.actions import progress, reviewing, writing
from zhengyou.pledges.actions.fulfilment import assess as assess_item
from zhengyou.pledges.actions.fulfilment import confirm
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.models import Fulfilment, ItemKind, Outcome, Pledge, PledgeItem
from zhengyou.remarks import targets
from zhengyou.remarks.actions.writing import write as write_remark
from zhengyou.remarks.laying import code_lookup
from zhengyou.remarks.models import Remark
from zhengyou.site.demo.calendar import Calendar
from zhengyou.site.demo.cast import Branch, Cast
from zhengyou.site.demo.words import Promise, Words

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
MEND = "请写清给谁做、怎么看得出做到了，日子也再往前靠一靠。"


class Telling:
    """One campaign.

    Args:
        calendar: shared by all that is told.
        random: draws promises and progress.
        start: the first day of the campaign.
        signing_in: who has an account: their progress is left to note.
    """

    def __init__(
        self,
        calendar: Calendar,
        cast: Cast,
        words: Words,
        random: Random,
        start: date,
        signing_in: Iterable[str],
    ) -> None:
        self.calendar, self.cast, self.words, self.random = calendar, cast, words, random
        self.start = start
        self.signing_in = set(signing_in)
        self.taken: set[str] = set()
        self.actors: dict[tuple[int, Role], Actor] = {}
        self.public: set[int] = set()  # items by primary key
        self.campaign: Campaign

    # --- the calendar and who acts --------------------------------------------------------------
    def at(self, day: int, hour: int, act: Callable[[], Any]) -> None:
        """Lay an event on a day of the campaign, the first being 0."""
        self.calendar.at(self.start + timedelta(days=day), hour, act)

    @property
    def today(self) -> int:
        """The day of the campaign on which we stand."""
        return (clock.today() - self.start).days

    def by(self, name: str, role: Role | None = None) -> Actor:
        """Return who acts, by name."""
        return self.acting(self.cast[name], role)

    def acting(self, person: Person, role: Role | None = None) -> Actor:
        """Return who acts, in a post or as the member he or she is today."""
        if role is None:
            return acting_as(person)
        key = (person.pk, role)
        if key not in self.actors:
            self.actors[key] = acting_as(person, role)
        return self.actors[key]

    # --- campaign and plans ---------------------------------------------------------------------
    def launch(self, actor: Actor, body: Organisation, blueprint: str) -> None:
        """Create and open the campaign."""
        text = (settings.BLUEPRINT_FOLDER / f"{blueprint}.toml").read_text(encoding="utf-8")
        self.campaign = campaigns.create(actor, body, text, self.start)
        self.campaign.open(actor)

    def adopt(self, actor: Actor, branch: Branch) -> Plan:
        """Adopt the plan of a body and fill the seats of its groups."""
        plan = plans.adopt(actor, self.campaign, branch.body)
        people = cycle(branch.people)  # In a small school one sits in two groups.
        for group in plan.groups.select_related("template", "organisation", "plan"):
            for role in (Role.SEAT_HEAD, Role.SEAT_DEPUTY, Role.SEAT_MEMBER):
                least, most = group.template.limits(role)
                for _ in range(least if most is not None or least else 1):
                    groups.seat(actor, group, next(people), role)
        return plan

    def plan_of(self, branch: Branch) -> Plan:
        """Return the plan of a body as it is stored."""
        return Plan.objects.select_related("campaign__organisation", "organisation").get(
            campaign=self.campaign, organisation=branch.body
        )

    # --- pledges --------------------------------------------------------------------------------
    def pledge(
        self, actor: Actor, branch: Branch, promises: Iterable[Promise], **who: Any
    ) -> Pledge:
        """Write a pledge and send it in; ``person=None`` for the body's own."""
        pledge = writing.begin(actor, self.campaign, branch.body, who.get("person"))
        for promise in promises:
            self.add(actor, pledge, promise)
        writing.submit(actor, pledge)
        return pledge

    def add(self, actor: Actor, pledge: Pledge, promise: Promise) -> PledgeItem:
        """Write one item."""
        standard = pledge.rule.standard
        points = Criterion.objects.filter(standard=standard)
        point = points.filter(code=promise.point).first() or points.first()
        programmes = list(Programme.objects.filter(campaign=self.campaign))
        ends = self.random.choice([day for day in self.ends if day > self.today + 5])
        return writing.add_item(
            actor,
            pledge,
            kind=ItemKind(promise.kind),
            text=promise.text,
            criterion=point,
            programme=self.random.choice([None, *programmes]),
            baseline=promise.baseline,
            target=promise.target,
            unit=promise.unit,
            due_on=self.start + timedelta(days=ends),
            beneficiary=promise.beneficiary,
        )

    ends: tuple[int, ...] = (85, 95, 140, 160, 200)
    """Days of the campaign on which promises are due."""

    def review(self, pledge: Pledge, reviewer: Actor, back: int = 0) -> None:
        """Pass all waiting items, except the first ``back`` of them."""
        ticks = {}
        for place, item in enumerate(pledge.items.filter(state="submitted")):
            if place < back:
                ticks[item.uid] = Ticks(True, False, True, MEND)
            else:
                ticks[item.uid] = Ticks(True, True, True)
                self.public.add(item.pk)
        reviewing.send_results(reviewer, pledge, ticks)

    def mend(self, person: Person, pledge: Pledge) -> None:
        """Write what was returned more exactly and send it in again."""
        actor = self.acting(person)
        for item in pledge.items.filter(state="returned"):
            text = f"{item.text.rstrip('。')}，每月在支部会上报一次数。"
            writing.edit_item(
                actor, item, kind=ItemKind(item.kind), text=text, criterion=item.criterion,
                programme=item.programme, baseline=item.baseline, target=item.target,
                unit=item.unit, due_on=item.due_on, beneficiary=item.beneficiary,
            )  # fmt: skip
        writing.submit(actor, pledge)

    # --- progress -------------------------------------------------------------------------------
    def follow(
        self,
        person: Person,
        pledge: Pledge,
        promises: Iterable[Promise],
        role: Role | None = None,
        days: tuple[int, ...] = (44, 66, 88),
        confirmer: Callable[[], Actor] | None = None,
    ) -> None:
        """Lay the notes of progress on the calendar, and what is said once a promise is due.

        Args:
            confirmer: who then confirms it; None: nobody does.
        """
        for item, promise in zip(pledge.items.all(), promises, strict=False):
            self._notes(person, item, promise, role, days)
            if item.due_on and person.name not in self.signing_in:
                self._end(person, item, promise, role, confirmer)

    def _end(
        self,
        person: Person,
        item: PledgeItem,
        promise: Promise,
        role: Role | None,
        confirmer: Callable[[], Actor] | None,
    ) -> None:
        """Lay on the calendar what the one who pledged says became of it, and who confirms."""
        assert item.due_on is not None
        due = (item.due_on - self.start).days
        said: list[Fulfilment] = []

        def assess() -> None:
            if item.pk in self.public:
                now = PledgeItem.objects.get(pk=item.pk)
                done = goals.reached(
                    now.baseline, now.target, now.now_value, now.now_on, now.due_on
                )
                outcome = Outcome.FULFILLED if done else Outcome.PARTLY
                why = self.random.choice(promise.good) if done else promise.slow or "做了一多半。"
                said.append(assess_item(self.acting(person, role), now, outcome=outcome, why=why))

        self.at(due + 2, 9, assess)
        if confirmer is not None and self.random.random() < 0.8:
            self.at(due + 4, 9, lambda: self._confirm(said, confirmer()))

    def _confirm(self, said: list[Fulfilment], actor: Actor) -> None:
        for row in said:
            confirm(actor, row, outcome=Outcome(row.outcome))

    def _notes(
        self, person: Person, item: PledgeItem, promise: Promise, role: Role | None,
        days: tuple[int, ...],
    ) -> None:  # fmt: skip
        pace = self.random.choice([0.5, 0.8, 1.0, 1.0, 1.15, 1.3])
        silent = self.random.random() < 0.06
        signs_in = person.name in self.signing_in
        for month, day in enumerate(days[:2] if signs_in else days):
            if (silent and not signs_in) or self.random.random() < 0.2:
                continue
            shifted = day + self.random.randint(0, 6) - (4 if signs_in and month else 0)
            note = partial(self._note, person, item, promise, pace, shifted, month, role)
            self.at(shifted, 16, note)

    def _note(
        self, person: Person, item: PledgeItem, promise: Promise, pace: float, day: int,
        month: int, role: Role | None,
    ) -> None:  # fmt: skip
        if item.pk not in self.public or item.due_on is None:
            return
        length = max(1, (item.due_on - self.start).days - 25)
        share = min(1.0, pace * max(0, day - 20) / length)
        way = promise.target - promise.baseline
        value = promise.baseline + (way * Decimal(str(round(share, 3)))).quantize(Decimal(1))
        words = self.random.choice((FIRST, SECOND, promise.good)[min(month, 2)])
        if pace < 0.7 and promise.slow and month:
            words = promise.slow
        actor = self.acting(person, role)
        progress.note(actor, item, noted_on=clock.today(), value=value, words=words)

    # --- what the public says, what was posted, what came of tasks -------------------------------
    def comment(self, ref: Ref, text: str, signature: str = "") -> Remark:
        """Say something without a name."""
        target = targets.resolve(ref.kind, ref.uid)
        assert target is not None, ref
        code = write_remark(target, text, signature)
        return Remark.objects.get(code_lookup=code_lookup(code))

    def report(
        self, actor: Actor, branch: Branch, code: str, words: str, done: bool = True
    ) -> None:
        """Say what came of a task of a phase."""
        task = Task.objects.select_related("phase", "owner_group").get(
            phase__campaign=self.campaign, code=code
        )
        done_on = clock.today() if done else None
        reports.report(actor, self.plan_of(branch), task, words=words, done_on=done_on)

    def posted(
        self, actor: Actor, branch: Branch, title: str, channel: Channel, place: str, item: str = ""
    ) -> None:
        """Note down what was posted where; ``item`` is the line of the plan that it counts for."""
        plan = self.plan_of(branch)
        lines = [row for row in lines_of(plan) if row.item and row.item.code == item]
        line = next((row for row in lines if row.until >= clock.today()), None)
        post(
            actor, plan, title=title, channel=channel, posted_on=clock.today(), place=place,
            line=line, about=plan.ref,
        )  # fmt: skip
