"""All duties of a campaign as of a day: who is asked in which period, and how it stands.

A :class:`Survey` is of one body with all below it, or of one person. It reads everything in a
constant number of queries; the numbers of many bodies at once are in ``queries.matrix``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_

from django.db.models import Q

from zhengyou.campaigns.models import Campaign
from zhengyou.people.models import Organisation, Person
from zhengyou.work.asked import Days, asked
from zhengyou.work.chronicle import Chronicle
from zhengyou.work.models import (
    Cadence,
    Credit,
    Duty,
    DutyExemption,
    DutyState,
    Enrolment,
    OwnCadence,
    Whose,
)
from zhengyou.work.reckoning import Act, Reckoning, reckon, state_of
from zhengyou.work.turns import Turn, turns_of, turns_on

Choice = Callable[[Sequence[Turn], date], list[Turn]]
"""Which periods to look at: :func:`~zhengyou.work.turns.turns_on`, ``last_ended`` or
:func:`begun`."""


def begun(turns: Sequence[Turn], day: date) -> list[Turn]:
    """Return all periods that had begun by ``day``; of those without an interval only today's."""
    return [turn for turn in turns if turn.start <= day and (not turn.unset or day in turn)]


def duties_of(campaign: Campaign) -> list[Duty]:
    """Return the duties of ``campaign`` with their terms, ready for ``turns_of``. Three queries."""
    rows = campaign.duties.select_related("campaign").prefetch_related(
        "terms__phase", "campaign__phases"
    )
    return list(rows)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what has a duty: ``kind`` is person, organisation or enrolment."""

    kind: str
    pk: int


@dataclass(frozen=True, slots=True)
class Line:
    """How it stands with one period of a duty of one subject.

    Args:
        body: primary key of the body it counts in.
    """

    duty: Duty
    turn: Turn
    subject: Subject
    body: int
    state: DutyState
    done: Reckoning

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in (DutyState.DUE, DutyState.OVERDUE, DutyState.UNSET)


def kind_of(whose: str) -> str:
    """Return the kind of subject: person, organisation or enrolment."""
    if Whose(whose).of_persons:
        return "person"
    return "enrolment" if whose == Whose.ENROLLED else "organisation"


def needs_births(turns: Iterable[Turn]) -> bool:
    """Tell whether one of ``turns`` asks for people of some age."""
    ages = (age for turn in turns for age in (turn.terms.min_age, turn.terms.max_age))
    return any(age is not None for age in ages)


class Periods:
    """The periods of a campaign's duties, as of ``day``, by the body that a subject counts in."""

    def __init__(self, duties: Iterable[Duty], day: date, choose: Choice = turns_on) -> None:
        self.duties, self.day, self.choose = list(duties), day, choose

    @cached_property
    def _own(self) -> dict[int, dict[int, list[OwnCadence]]]:
        regular = [duty for duty in self.duties if _leaves_it(duty)]
        found: dict[int, dict[int, list[OwnCadence]]] = defaultdict(lambda: defaultdict(list))
        if regular:
            for row in OwnCadence.objects.held().filter(duty__in=regular):
                found[row.duty_id][row.organisation_id].append(row)
        return found

    def of(self, duty: Duty) -> dict[Turn, Callable[[int, int], bool]]:
        """Return each period of ``duty`` with a function (subject, body) → whether it is theirs."""
        usual = self._chosen(duty, ())
        if not _leaves_it(duty):
            return dict.fromkeys(usual, _everybody)
        own = {pk: self._chosen(duty, rows) for pk, rows in self._own[duty.pk].items()}
        turns = dict.fromkeys([*usual, *(turn for chosen in own.values() for turn in chosen)])

        def theirs(turn: Turn) -> Callable[[int, int], bool]:
            return lambda subject, body: turn in own.get(subject, own.get(body, usual))

        return {turn: theirs(turn) for turn in turns}

    def _chosen(self, duty: Duty, own: Sequence[OwnCadence]) -> list[Turn]:
        return self.choose(turns_of(duty, own, day=self.day), self.day)


def _everybody(subject: int, body: int) -> bool:
    return True


def _leaves_it(duty: Duty) -> bool:
    """Whether a duty is, or was, one whose interval the body sets (定期)."""
    return any(terms.cadence == Cadence.REGULAR for terms in duty.terms.all())


class Survey:
    """The duties of ``campaign`` as of ``day`` for ``body`` and below, or for ``person``.

    Args:
        deep: False: of a committee itself, without the bodies below it that take part themselves.
        duties: only these; choose: which periods.
    """

    def __init__(
        self,
        campaign: Campaign,
        day: date,
        *,
        body: Organisation | None = None,
        person: Person | None = None,
        deep: bool = True,
        duties: Iterable[Duty] | None = None,
        choose: Choice = turns_on,
    ) -> None:
        self.campaign, self.day, self.body, self.person = campaign, day, body, person
        self.duties = duties_of(campaign) if duties is None else list(duties)
        periods = Periods(self.duties, day, choose)
        self.periods = {duty: periods.of(duty) for duty in self.duties}
        self.turns = [(duty, turn) for duty, own in self.periods.items() for turn in own]
        since = min((turn.start for _, turn in self.turns), default=day)
        self.chronicle = Chronicle(campaign, since, day, body=body, person=person, deep=deep)
        if person is not None:
            rows = [row for rows in self._enrolments.values() for row in rows]
            self.chronicle.read_bodies({row.organisation_id for row in rows})
        if needs_births(turn for _, turn in self.turns):
            self.chronicle.read_births(self._persons)

    def lines(self) -> list[Line]:
        """Return a line for every subject of every period, in the order of the duties."""
        found = list(self._asked())
        acts = self._acts(found)
        exempt = self._exempt
        lines = []
        for duty, turn, subject, body in found:
            mine = acts.get((duty.pk, subject), [])
            done = reckon(turn, mine, self.day)
            free = any(row.holds(Days.of(turn, self.day).look) for row in exempt(duty, subject))
            state = state_of(turn, done=done.done, exempt=free, day=self.day)
            lines.append(Line(duty, turn, subject, body, state, done))
        return lines

    def _asked(self) -> Iterator[tuple[Duty, Turn, Subject, int]]:
        for duty, turn in self.turns:
            kind, look = kind_of(turn.terms.whose), Days.of(turn, self.day).look
            if kind == "organisation" and self.body is None:
                continue
            theirs = self.periods[duty][turn]
            who = asked(self.chronicle, turn, self.day, self._enrolments.get(duty.pk, ()))
            for pk, home in who.items():
                own = pk if kind == "organisation" else home
                if self._here(own, look) and theirs(own, home):
                    yield duty, turn, Subject(kind, pk), home

    def _here(self, body: int, look: date) -> bool:
        """Tell whether a body belonged, on the day of looking, to what is surveyed."""
        if self.body is None:
            return True
        picture = self.chronicle.on(look)
        return picture.within(body, picture.path.get(self.body.pk, ""))

    @cached_property
    def _persons(self) -> set[int]:
        return set(self.chronicle.memberships) | set(self.chronicle.posts)

    @cached_property
    def _enrolments(self) -> dict[int, list[Enrolment]]:
        enrolling = {duty for duty, turn in self.turns if turn.terms.whose == Whose.ENROLLED}
        found: dict[int, list[Enrolment]] = defaultdict(list)
        if enrolling:
            where = Q(person=self.person) if self.person else Q()
            if self.body is not None:
                where = Q(organisation__in=list(self.chronicle.places))
            for row in Enrolment.objects.held().filter(where, duty__in=enrolling):
                found[row.duty_id].append(row)
        return found

    @cached_property
    def _exempt(self) -> Callable[[Duty, Subject], list[DutyExemption]]:
        found: dict[tuple[int, Subject], list[DutyExemption]] = defaultdict(list)
        for row in DutyExemption.objects.held().filter(duty__in=self.duties):
            found[row.duty_id, subject_of(row)].append(row)
        return lambda duty, subject: found.get((duty.pk, subject), [])

    def _acts(
        self, asked: Iterable[tuple[Duty, Turn, Subject, int]]
    ) -> dict[tuple[int, Subject], list[Act]]:
        """Return what was done for those asked; what forebears of a body did counts for it."""
        wanted: dict[str, set[int]] = defaultdict(set)
        heirs: dict[int, list[tuple[int, date]]] = defaultdict(list)
        for _, _, subject, _ in asked:
            wanted[subject.kind].add(subject.pk)
        for body in list(wanted["organisation"]):
            for old, ended in self.chronicle.line_back(body):
                heirs[old].append((body, ended))
        wanted["organisation"] |= set(heirs)
        found: dict[tuple[int, Subject], list[Act]] = defaultdict(list)
        for kind, pks in wanted.items():
            for duty, pk, *act in self._credits(kind, pks):
                done = Act(*act)
                found[duty, Subject(kind, pk)].append(done)
                for heir, ended in heirs.get(pk, ()) if kind == "organisation" else ():
                    if done.on < ended:
                        found[duty, Subject(kind, heir)].append(done)
        return found

    def _credits(self, kind: str, pks: set[int]) -> Iterable[tuple]:
        """Return (duty, subject, and the fields of an act). One query a kind of subject."""
        turns = [
            Q(duty=duty.pk, on__gte=turn.start, **({"on__lt": turn.ends} if turn.ends else {}))
            for duty, turn in self.turns
            if kind_of(turn.terms.whose) == kind
        ]
        if not pks or not turns:
            return []
        return Credit.objects.filter(
            reduce(or_, turns), done_on__lte=self.day, **{f"{kind}__in": pks}
        ).values_list("duty", kind, "on", "done_on", "entered_on", "amount")


def subject_of(row: DutyExemption | Credit) -> Subject:
    """Return whom an exemption or a credit is about."""
    if row.person_id is not None:
        return Subject("person", row.person_id)
    if row.organisation_id is not None:
        return Subject("organisation", row.organisation_id)
    assert row.enrolment_id is not None
    return Subject("enrolment", row.enrolment_id)
