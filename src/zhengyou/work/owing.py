"""Whose reports they are: which duties ask for one, from whom, for which days.

Persons are asked as ``survey`` says; a body by its kind, without looking at anybody below it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Organisation, Person
from zhengyou.work.asked import body_has
from zhengyou.work.models import (
    Cadence,
    Credit,
    Duty,
    DutyExemption,
    DutyState,
    DutyTerms,
    OwnCadence,
    RecordKind,
    Report,
    Whose,
)
from zhengyou.work.queries.compliance import bodies_of, with_duties
from zhengyou.work.survey import Choice, Survey, begun
from zhengyou.work.turns import Turn, turns_of, turns_on


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that is asked for: of a body, or of ``person``, who counts in it."""

    duty: Duty
    turn: Turn
    body: Organisation
    person: Person | None = None

    @property
    def who(self) -> str:
        """Whose it is."""
        return self.person.name if self.person else self.body.name

    @property
    def title(self) -> str:
        """As the report will be called."""
        return f"{self.who}{self.duty.title}（{self.turn.label}）"


def recent(turns: Sequence[Turn], day: date) -> list[Turn]:
    """Return the periods of today and the one before: what is still on one's mind."""
    return begun(turns, day)[-2:]


def by_body(body: Organisation, choose: Choice = turns_on) -> list[Owed]:
    """Return what ``body`` itself is asked to report, duty by duty. Six queries at most.

    Args:
        choose: which periods (see ``survey.Choice``): ``begun`` for all that have begun.
    """
    duties = _duties(paths_above=(body.path, *paths.ancestors(body.path)))
    own, free = _cadences(duties, body), _exempt(duties, body)
    today, found = clock.today(), []
    for duty in duties:
        for turn in choose(turns_of(duty, own.get(duty.pk, ()), day=today), today):
            asked = _asks_body(turn.terms, duty.campaign, body) and not turn.unset
            if asked and not any(row.holds(min(today, turn.last)) for row in free.get(duty.pk, ())):
                found.append(Owed(duty, turn, body))
    return found


def by_person(person: Person, choose: Choice = turns_on) -> list[Owed]:
    """Return what ``person`` is asked to report, in whatever post, seat or membership."""
    today = clock.today()
    lines = [
        line
        for campaign in with_duties(today, bodies_of(person, today))
        if (duties := [duty for duty in _of_campaign(campaign) if _of_persons(duty)])
        for line in Survey(campaign, today, person=person, duties=duties, choose=choose).lines()
        if line.state != DutyState.EXEMPT and RecordKind.REPORT in line.turn.terms.records
    ]
    bodies = Organisation.objects.in_bulk({line.body for line in lines})
    return [Owed(line.duty, line.turn, bodies[line.body], person) for line in lines]


def find(
    duty: Duty, body: Organisation, person: Person | None, start: date | None = None
) -> Owed | None:
    """Return what ``person``, or ``body`` itself where None, is asked to report of ``duty`` for the
    period that begins on ``start`` (None: the latest); None where nothing is asked."""
    owed = by_person(person, begun) if person else by_body(body, begun)
    mine = [row for row in owed if row.duty.pk == duty.pk and row.body.pk == body.pk]
    fits = [row for row in mine if start in (None, row.turn.start)]
    return max(fits, key=lambda row: row.turn.start, default=None)


def _duties(paths_above: Iterable[str]) -> list[Duty]:
    """Return the duties that ask bodies for reports, of campaigns run at one of these paths."""
    rows = (
        Duty.objects.filter(campaign__organisation__path__in=list(paths_above))
        .exclude(campaign__state=CampaignState.DRAFT)
        .select_related("campaign__organisation")
        .prefetch_related("terms__phase", "campaign__phases")
        .order_by("campaign", "order", "pk")
    )
    return [duty for duty in rows if asks_reports(duty) and not _of_persons(duty)]


def _of_campaign(campaign: Campaign) -> list[Duty]:
    rows = campaign.duties.select_related("campaign").prefetch_related(
        "terms__phase", "campaign__phases"
    )
    return [duty for duty in rows if asks_reports(duty)]


def asks_reports(duty: Duty) -> bool:
    """Tell whether a duty asks, or asked, for reports."""
    return any(RecordKind.REPORT in terms.records for terms in duty.terms.all())


def _of_persons(duty: Duty) -> bool:
    return any(Whose(terms.whose).of_persons for terms in duty.terms.all())


def _asks_body(terms: DutyTerms, campaign: Campaign, body: Organisation) -> bool:
    return RecordKind.REPORT in terms.records and body_has(terms, campaign, body)


def _cadences(duties: Iterable[Duty], body: Organisation) -> dict[int, list[OwnCadence]]:
    regular = [d for d in duties if any(t.cadence == Cadence.REGULAR for t in d.terms.all())]
    found: dict[int, list[OwnCadence]] = {}
    if regular:
        for row in OwnCadence.objects.held().filter(duty__in=regular, organisation=body):
            found.setdefault(row.duty_id, []).append(row)
    return found


def _exempt(duties: Sequence[Duty], body: Organisation) -> dict[int, list[DutyExemption]]:
    found: dict[int, list[DutyExemption]] = {}
    if duties:
        for row in DutyExemption.objects.held().filter(duty__in=duties, organisation=body):
            found.setdefault(row.duty_id, []).append(row)
    return found


# --- what is written of it ----------------------------------------------------------------------
def reports_for(owed: Iterable[Owed]) -> dict[Owed, list[Report]]:
    """Return the reports of each, the first one first. One query."""
    rows = list(owed)
    found: dict[Owed, list[Report]] = {row: [] for row in rows}
    known = Report.objects.filter(duty__in={row.duty.pk for row in rows}).filter(
        organisation__in={row.body.pk for row in rows if row.person is None}
    ) | Report.objects.filter(
        duty__in={row.duty.pk for row in rows}, person__in={r.person.pk for r in rows if r.person}
    )
    by_key = {_key_of(row): row for row in rows}
    for report in known.select_related("duty__campaign", "organisation", "person").order_by("pk"):
        key = _key(report.duty_id, report.organisation_id, report.person_id, report.since)
        if key in by_key:
            found[by_key[key]].append(report)
    return found


def _key_of(owed: Owed) -> tuple:
    person = owed.person.pk if owed.person else None
    return _key(owed.duty.pk, owed.body.pk, person, owed.turn.start)


def _key(duty: int, body: int, person: int | None, start: date) -> tuple:
    """Return what makes a report one of a period: of persons, whatever body they count in today."""
    return duty, None if person else body, person, start


def done_otherwise(owed: Iterable[Owed]) -> set[Owed]:
    """Return those that other records have fulfilled: where a meeting counts as well, who has met
    need not report. One query where any duty is so."""
    rows = [row for row in owed if set(row.turn.terms.records) != {RecordKind.REPORT}]
    if not rows:
        return set()
    credits = Credit.objects.filter(duty__in={row.duty.pk for row in rows}).values_list(
        "duty", "organisation", "person", "on"
    )
    bodies = {row.body.pk for row in rows if row.person is None}
    persons = {row.person.pk for row in rows if row.person}
    mine = list(credits.filter(Q(organisation__in=bodies) | Q(person__in=persons)))
    return {row for row in rows if _times(row, mine) >= row.turn.terms.times}


def _times(owed: Owed, credits: Iterable[tuple[int, int | None, int | None, date]]) -> int:
    body = None if owed.person else owed.body.pk
    person = owed.person.pk if owed.person else None
    return sum(
        (duty, organisation, who) == (owed.duty.pk, body, person) and owed.turn.takes(on)
        for duty, organisation, who, on in credits
    )


def asks_more(turn: Turn, reports: Sequence[Report]) -> bool:
    """Tell whether another report may be begun for ``turn``, to which ``reports`` belong: several
    where several are asked, or whenever it fits; one after the other."""
    if any(not report.settled for report in reports):
        return False
    return turn.anytime or len(reports) < turn.terms.times
