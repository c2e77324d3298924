"""Read models of self-checks: the sheet to fill in, one that is done, who has looked in a body."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from zhengyou.campaigns.models import Campaign
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.problems import looking
from zhengyou.problems.models import (
    CatalogueItem,
    CheckState,
    Look,
    Problem,
    SelfCheck,
    SelfCheckAnswer,
)
from zhengyou.problems.queries.of_source import BADGES
from zhengyou.problems.rules import looking as rules
from zhengyou.problems.rules import visible_problems
from zhengyou.ui.text import long_date


@dataclass(frozen=True, slots=True)
class Line:
    """One item on the sheet: what was said of it so far, and what may be done against it."""

    item: CatalogueItem
    look: str = ""
    words: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """Of its fields: ``look-`` and ``words-`` with it."""
        return str(self.item.pk)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to fill in."""

    campaign: Campaign
    body: Organisation
    person: Person | None
    lines: list[Line]
    own: str
    kept: bool
    past: list[SelfCheck] = field(default_factory=list)

    @property
    def who(self) -> str:
        """Who looks."""
        return str(self.person.name if self.person else self.body.name)

    @property
    def sub(self) -> str:
        """What it is about, in one line."""
        count = f"{len(self.lines)} 条突出问题，一条一条看有没有。"
        return f"{self.campaign.title}，{self.body.name}。{count}"

    @property
    def privacy(self) -> str:
        """Who will see it."""
        if self.person is None:
            return f"{self.body.name}的人和上级任职的人看得到。"
        return f"只有{self.person.name}本人和{self.body.name}的书记、副书记看得到。"


def items(campaign: Campaign, body: Organisation, person: Person | None) -> list[CatalogueItem]:
    """Return what is looked at; nothing where ``person`` does not look in ``body``."""
    if person is None:
        return looking.items_of_body(campaign, body)
    if looking.home_in(campaign, person) != body:
        return []
    return looking.items_of_person(campaign, person)


def open_check(
    actor: Actor, campaign: Campaign, body: Organisation, person: Person | None
) -> SelfCheck | None:
    """Return what was filled in and not finished, as far as ``actor`` may see it."""
    rows = SelfCheck.objects.filter(rules.visible_checks(actor), state=CheckState.LOOKING)
    return rows.filter(campaign=campaign, organisation=body, person=person).first()


def sheet(
    actor: Actor, campaign: Campaign, body: Organisation, person: Person | None,
    typed: Mapping[str, str] | None = None,
) -> Sheet:  # fmt: skip
    """Return the sheet: with what was ``typed``, else with what was kept."""
    asked = items(campaign, body, person)
    kept = open_check(actor, campaign, body, person)
    answers = list(kept.answers.all()) if kept else []
    if typed is not None:
        lines = [
            Line(item, typed.get(f"look-{item.pk}", ""), typed.get(f"words-{item.pk}", ""))
            for item in asked
        ]
        own = typed.get("own", "")
    else:
        said = {answer.item_id: answer for answer in answers}
        lines = [
            Line(item, said[item.pk].look, said[item.pk].words) if item.pk in said else Line(item)
            for item in asked
        ]
        own = "\n".join(answer.words for answer in answers if answer.item_id is None)
    past = SelfCheck.objects.filter(
        rules.visible_checks(actor), state=CheckState.DONE, campaign=campaign, organisation=body,
        person=person,
    )  # fmt: skip
    return Sheet(campaign, body, person, lines, own, kept is not None, list(past[:10]))


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of a self-check that is done, with the problem as far as the reader may see it."""

    answer: SelfCheckAnswer
    problem: Problem | None

    @property
    def title(self) -> str:
        """What was looked for."""
        return str(self.answer.item.title) if self.answer.item else "目录里没有的"

    @property
    def badge(self) -> tuple[str, str]:
        """有 is not bad, and 没有 is an answer."""
        if self.problem is not None:
            return BADGES[self.problem.state], str(self.problem.get_state_display())  # type: ignore[index]
        return ("todo" if self.answer.look == Look.HAS else "done"), str(
            Look(self.answer.look).label
        )


def answers(actor: Actor, check: SelfCheck) -> list[Found]:
    """Return what a self-check found. Two queries."""
    rows = list(check.answers.select_related("item"))
    seen = Problem.objects.filter(
        visible_problems(actor), pk__in=[row.problem_id for row in rows if row.problem_id]
    ).in_bulk()
    return [Found(row, seen.get(row.problem_id or 0)) for row in rows]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who is asked to look, and whether he or she did. Never what was found."""

    person: Person
    done: bool
    url: str


@dataclass(frozen=True, slots=True)
class Round:
    """How far a body is with looking in one campaign."""

    window: looking.Window
    url: str
    paper: str
    own: SelfCheck | None
    asks_body: bool
    asked: int
    looked: int
    named: list[Who]
    past: list[SelfCheck]

    @property
    def when(self) -> str:
        """From when until when, in words."""
        return f"{long_date(self.window.since)}到{long_date(self.window.until)}"

    @property
    def badge(self) -> tuple[str, str]:
        """How far the members are."""
        return ("done", "都查过了") if self.looked == self.asked else ("doing", "在查")

    @property
    def looked_words(self) -> str:
        """How many have looked."""
        return f"{self.asked} 人里 {self.looked} 人查过"


def rounds(actor: Actor, body: Organisation) -> list[Round]:
    """Return what a body and its members are asked to look at. Names only for those who lead."""
    names = bool(rules.may_see_who_looked(actor, body))
    return [_round(actor, body, campaign, names) for campaign in looking.campaigns_at(body.path)]


def _round(actor: Actor, body: Organisation, campaign: Campaign, names: bool) -> Round:
    window = looking.Window.of(campaign)
    covered = campaign.covers_body(body)
    people = looking.members_of(campaign, body) if covered else []
    done = set(
        SelfCheck.objects.filter(
            campaign=campaign, organisation=body, state=CheckState.DONE, on__gte=window.since,
            person__isnull=False,
        ).values_list("person", flat=True)
    )  # fmt: skip
    past = SelfCheck.objects.filter(
        rules.visible_checks(actor), campaign=campaign, organisation=body, person=None,
        state=CheckState.DONE,
    )  # fmt: skip
    rows = list(past[:10])
    return Round(
        window, _url("self_check", body, campaign), _url("self_check_paper", body, campaign),
        next((row for row in rows if row.on >= window.since), None),
        bool(looking.items_of_body(campaign, body)), len(people),
        sum(person.pk in done for person in people),
        [Who(p, p.pk in done, _of_person(body, campaign, p)) for p in people] if names else [],
        rows,
    )  # fmt: skip


def _url(name: str, body: Organisation, campaign: Campaign) -> str:
    return reverse(f"problems:{name}", args=[body.uid, campaign.uid])


def _of_person(body: Organisation, campaign: Campaign, person: Person) -> str:
    return reverse("problems:own_check", args=[body.uid, campaign.uid, person.uid])
