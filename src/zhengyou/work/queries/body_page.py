"""The page of a body's duties, and of one's own, as of a day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from zhengyou.campaigns.models import Campaign
from zhengyou.people.models import Organisation, Person
from zhengyou.work import saying
from zhengyou.work.models import Duty, DutyState, Enrolment
from zhengyou.work.queries.compliance import standing_of_person, with_duties
from zhengyou.work.survey import Line, Subject, Survey
from zhengyou.work.turns import Turn, last_ended, turns_on


def now_and_last(turns: Sequence[Turn], day: date) -> list[Turn]:
    """Return today's periods and the last one that has ended."""
    return list(dict.fromkeys([*last_ended(turns, day), *turns_on(turns, day)]))


@dataclass(slots=True)
class Entry:
    """One line as the page shows it; ``way``: where it is written down (``next_step``)."""

    line: Line
    who: str
    day: date
    way: str = ""

    @property
    def badge(self) -> tuple[str, str]:
        """Kind and words of its state."""
        return saying.badge(self.line, self.day)

    @property
    def title(self) -> str:
        """The duty, with what was enrolled where it is about that."""
        enrolled = self.line.subject.kind == "enrolment"
        return f"{self.line.duty.title}：{self.who}" if enrolled else self.line.duty.title

    @property
    def said(self) -> str:
        """Period and what was done, for one's own page."""
        return f"{saying.period(self.line.turn)}。{self.why}"

    @property
    def why(self) -> str:
        """What was done of what is asked."""
        terms = self.line.turn.terms
        if self.line.state == DutyState.EXEMPT:
            return terms.exempt
        done = saying.did(terms, self.line.done)
        if self.line.state in (DutyState.DONE, DutyState.WHENEVER):
            return done
        return f"{done}，要 {saying.asks(terms)}"


@dataclass(slots=True)
class Period:
    """One period of a duty in a body, with everybody who is asked; ``way`` as of an entry."""

    duty: Duty
    turn: Turn
    day: date
    entries: list[Entry] = field(default_factory=list)
    url: str = ""
    way: str = ""

    @property
    def counts(self) -> Counter[DutyState]:
        """How many are in which state."""
        return Counter(entry.line.state for entry in self.entries)

    @property
    def asked(self) -> int:
        """How many are asked, without those who are exempt."""
        return len(self.entries) - self.counts[DutyState.EXEMPT]

    @property
    def done(self) -> int:
        """How many have done it."""
        return self.counts[DutyState.DONE]

    @property
    def single(self) -> bool:
        """Whether it is the body's own affair, with nobody to be counted."""
        return len(self.entries) == 1 and self.entries[0].line.subject.kind == "organisation"

    @property
    def badge(self) -> tuple[str, str]:
        """Kind and words of all of them together."""
        if self.single:
            return self.entries[0].badge
        counts, open_ = self.counts, self.asked - self.done
        if counts[DutyState.OVERDUE]:
            return "late", f"{counts[DutyState.OVERDUE]} 个过期"
        if counts[DutyState.UNSET]:
            return "wait", "没定多久一次"
        if self.turn.anytime or not self.asked:
            return "off", "适时" if self.asked else "都免做"
        return ("doing", f"还差 {open_} 个") if open_ else ("done", "都完成了")

    @property
    def why(self) -> str:
        """What is asked, and of how many it was done."""
        if self.single:
            return f"{saying.period(self.turn)}。{self.entries[0].why}"
        free = self.counts[DutyState.EXEMPT]
        words = f"{saying.period(self.turn)}。要 {saying.asks(self.turn.terms)}，"
        words += f"{self.asked} 个里 {self.done} 个完成"
        return f"{words}，{free} 个免做" if free else words

    @property
    def matters(self) -> bool:
        """Whether today's page shows it: of periods that are over only what is not done."""
        return self.day in self.turn or any(entry.line.is_open for entry in self.entries)


@dataclass(slots=True)
class Run:
    """A campaign with the periods of its duties; ``above``: whether those it covers are below."""

    campaign: Campaign
    periods: list[Period]
    above: bool


def body_page(body: Organisation, day: date) -> list[Run]:
    """Return the duties of ``body`` and of its members as of ``day``, campaign by campaign: of
    today's periods, and of the last ones where something is still to be done. A constant number of
    queries a campaign."""
    found = []
    for campaign in with_duties(day, [body.pk]).select_related("organisation"):
        deep = body.kind in campaign.covers
        survey = Survey(campaign, day, body=body, deep=deep, choose=now_and_last)
        lines = [
            line
            for line in survey.lines()
            if line.body == body.pk or line.subject == Subject("organisation", body.pk)
        ]
        periods = [period for period in periods_of(lines, day) if period.matters]
        for period in periods:
            address = reverse("work:rows", args=[period.duty.uid, body.uid])
            period.url = f"{address}?day={day.isoformat()}"
        found.append(Run(campaign, periods, not deep))
    return found


def own_page(person: Person, day: date) -> list[Entry]:
    """Return one's own duties as of ``day``, what is late and what ends first at the top."""
    lines = standing_of_person(person, day, choose=now_and_last)
    shown = [line for line in lines if day in line.turn or line.is_open]
    entries = entries_of(shown, day)
    return sorted(entries, key=_urgency)


def _urgency(entry: Entry) -> tuple[int, date, int]:
    order = (DutyState.OVERDUE, DutyState.DUE, DutyState.UNSET, DutyState.WHENEVER)
    state = entry.line.state
    place = order.index(state) if state in order else len(order)
    return place, entry.line.turn.last, entry.line.duty.order


def periods_of(lines: Iterable[Line], day: date) -> list[Period]:
    """Return lines gathered by duty and period, names read together."""
    found: dict[tuple[int, Turn], Period] = {}
    for entry in entries_of(list(lines), day):
        line = entry.line
        key = line.duty.pk, line.turn
        period = found.setdefault(key, Period(line.duty, line.turn, day))
        period.entries.append(entry)
    for period in found.values():
        period.entries.sort(key=lambda entry: entry.line.state == DutyState.EXEMPT)
    return list(found.values())


def entries_of(lines: list[Line], day: date) -> list[Entry]:
    """Return lines with the names of their subjects, persons by pinyin. At most three queries."""
    names, order = names_of({line.subject for line in lines})
    entries = [Entry(line, names.get(line.subject, ""), day) for line in lines]
    entries.sort(key=lambda entry: order.get(entry.line.subject, ""))
    entries.sort(key=lambda entry: (entry.line.duty.order, entry.line.duty.pk))
    return entries


def names_of(subjects: set[Subject]) -> tuple[dict[Subject, str], dict[Subject, str]]:
    """Return the names of ``subjects`` and what sorts them."""
    models = {"person": Person, "organisation": Organisation, "enrolment": Enrolment}
    fields = {"person": ("name", "sort_key"), "organisation": ("name", "sort_key")}
    names: dict[Subject, str] = {}
    order: dict[Subject, str] = {}
    for kind, model in models.items():
        pks = {subject.pk for subject in subjects if subject.kind == kind}
        if pks:
            rows = model._default_manager.filter(pk__in=pks)
            for pk, name, key in rows.values_list("pk", *fields.get(kind, ("label", "label"))):
                names[Subject(kind, pk)], order[Subject(kind, pk)] = name, key
    return names, order
