"""The heat map: how many are asked, and how many did it, of each duty in each body of a campaign.

Counting a county takes a second or two. So a grid is kept in the memory of the process for as long
as no fact tells of bodies, campaign or duties (``people.queries.kept``); a record finished since
then, or a person who came, went or changed, has only the rows of the bodies it touches counted
anew. Nothing is written, any process
may count for itself, and what is kept is what counting would give (``tests/work/test_matrix.py``).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import NamedTuple

from django.db.models import Count, Max, QuerySet, Sum

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock, paths
from zhengyou.ledger.models import Fact
from zhengyou.people.models import Membership, Organisation, Person, Placement, Post
from zhengyou.people.queries.kept import TREE, kept
from zhengyou.work.asked import Days, asked
from zhengyou.work.chronicle import Chronicle
from zhengyou.work.models import Credit, Duty, DutyExemption, DutyState, Enrolment, Record
from zhengyou.work.reckoning import NOTHING, enough, in_total, state_of
from zhengyou.work.survey import (
    Choice,
    Line,
    Periods,
    Subject,
    Survey,
    duties_of,
    kind_of,
    needs_births,
    subject_of,
)
from zhengyou.work.turns import Turn, last_ended, turns_on

CHOICES: dict[str, Choice] = {"now": turns_on, "last": last_ended}
"""Which periods a grid may be of: those of the day, or the last ones that had ended."""
MARKS = (*TREE, "duty", "duty_exemption", "enrolment", "own_cadence")
"""What facts are about that have a grid counted anew."""
FOLLOWED = ("record", "report", "person")
"""What facts are about when something was credited (see ``crediting.credit``), and when somebody
came, went or changed. A transfer tells of each person."""
ADDS = {"record.finish", "report.send"}
"""Verbs of records that only add; of what else is told of them, all is counted anew."""
MOVES = {"person.enrol", "person.transfer", "person.release", "person.standing",
         "person.circumstance", "person.circumstance_end", "person.amend", "post.appoint",
         "post.end"}  # fmt: skip
"""Verbs of persons that leave the rows of where somebody was, or name the body."""
QUIET = {"record.begin", "record.save_draft", "record.discard", "report.begin", "report.write",
         "report.acknowledge", "person.view_numbers", "account.withdraw"}  # fmt: skip
"""Verbs that change no cell."""
ONE_BY_ONE = 20
"""So many bodies are counted anew one by one; where more were touched, all are."""


class Cell(NamedTuple):
    """How many are asked for a duty in a body, those who are exempt left out; how many of them did
    it, and of how many the time is over."""

    asked: int = 0
    done: int = 0
    overdue: int = 0
    exempt: int = 0

    def __add__(self, other: "Cell") -> "Cell":  # type: ignore[override]
        return Cell(*(one + two for one, two in zip(self, other, strict=True)))


Row = dict[int, Cell]
"""Duty → cell."""


@dataclass(slots=True)
class Grid:
    """All cells of a campaign as of a day.

    Args:
        rows: body → its cells; path: body → where it stood.
        periods: duty → names of the periods looked at.
        seq: up to where the ledger is counted in.
    """

    duties: list[Duty]
    rows: dict[int, Row] = field(default_factory=lambda: defaultdict(dict))
    path: dict[int, str] = field(default_factory=dict)
    periods: dict[int, list[str]] = field(default_factory=dict)
    seq: int = 0
    lock: Lock = field(default_factory=Lock)

    def add(self, body: int, duty: int, state: DutyState) -> None:
        """Count one more. Who may do something whenever it fits is asked for nothing until then."""
        if state == DutyState.WHENEVER:
            return
        row = self.rows[body]
        asked, done, overdue, exempt = row.get(duty, Cell())
        if state == DutyState.EXEMPT:
            exempt += 1
        else:
            asked, done = asked + 1, done + (state == DutyState.DONE)
            overdue += state == DutyState.OVERDUE
        row[duty] = Cell(asked, done, overdue, exempt)

    def within(self, top: str) -> list[int]:
        """Return the bodies at ``top`` or below it that have a row, in the order of the tree."""
        found = [body for body, path in self.path.items() if top and path.startswith(top)]
        return sorted(found, key=lambda body: self.path[body])


def grid_of(campaign: Campaign, day: date, which: str = "now") -> Grid:
    """Return the grid of ``campaign`` as of ``day``.

    Args:
        which: a key of :data:`CHOICES`.
    """
    question = ("duties", campaign.pk, day, clock.today(), which, *_enrolled(campaign))
    grid = kept(question, lambda: count(campaign, day, CHOICES[which]), kinds=MARKS)
    _catch_up(grid, campaign, day, CHOICES[which])
    return grid


def _enrolled(campaign: Campaign) -> tuple[object, ...]:
    """Return what differs when something is enrolled or withdrawn by a room above."""
    rows = Enrolment.objects.filter(duty__campaign=campaign)
    return tuple(
        rows.aggregate(Count("pk"), Max("pk"), Count("until"), Max("until"), Max("since")).values()
    )


def count(campaign: Campaign, day: date, choose: Choice) -> Grid:
    """Count everything. A constant number of queries for each duty."""
    grid = Grid(duties_of(campaign), seq=_last_fact())
    periods = Periods(grid.duties, day, choose)
    theirs = {duty: periods.of(duty) for duty in grid.duties}
    turns = [(duty, turn) for duty, own in theirs.items() for turn in own]
    since = min((turn.start for _, turn in turns), default=day)
    chronicle = Chronicle(campaign, since, day, body=campaign.organisation)
    if needs_births(turn for _, turn in turns):
        chronicle.read_births({*chronicle.memberships, *chronicle.posts})
    enrolments, exemptions = _enrolments(grid.duties), _exemptions(grid.duties)
    for duty, turn in turns:
        kind, look = kind_of(turn.terms.whose), Days.of(turn, day).look
        who = asked(chronicle, turn, day, enrolments.get(duty.pk, ()))
        done = _done(chronicle, duty, turn, kind, day)
        free = {row_of.pk for row_of, row in exemptions.get(duty.pk, ()) if row.holds(look)}
        is_theirs = theirs[duty][turn]
        for pk, home in who.items():
            if is_theirs(pk if kind == "organisation" else home, home):
                state = state_of(turn, done=pk in done, exempt=pk in free, day=day)
                grid.add(home, duty.pk, state)
        grid.periods.setdefault(duty.pk, []).append(turn.label)
    _place(grid, chronicle, day)
    return grid


def _place(grid: Grid, chronicle: Chronicle, day: date) -> None:
    """Give a row to every body that takes part, and a place to each that has one."""
    picture = chronicle.on(day)
    for body, kind in chronicle.kinds.items():
        if kind in chronicle.campaign.covers and picture.within(body):
            grid.rows.setdefault(body, {})
    grid.path = {body: picture.path[body] for body in grid.rows if body in picture.path}


def _last_fact() -> int:
    return Fact.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def _enrolments(duties: list[Duty]) -> dict[int, list[Enrolment]]:
    found: dict[int, list[Enrolment]] = defaultdict(list)
    for row in Enrolment.objects.held().filter(duty__in=duties):
        found[row.duty_id].append(row)
    return found


def _exemptions(duties: list[Duty]) -> dict[int, list[tuple[Subject, DutyExemption]]]:
    found: dict[int, list[tuple[Subject, DutyExemption]]] = defaultdict(list)
    for row in DutyExemption.objects.held().filter(duty__in=duties):
        found[row.duty_id].append((subject_of(row), row))
    return found


def _done(chronicle: Chronicle, duty: Duty, turn: Turn, kind: str, day: date) -> set[int]:
    """Return the subjects that did what is asked, counted by the database."""
    credits_ = Credit.objects.filter(duty=duty, on__gte=turn.start, **{f"{kind}__isnull": False})
    if turn.ends is not None:
        credits_ = credits_.filter(on__lt=turn.ends)
    if day < clock.today():
        credits_ = credits_.filter(done_on__lte=day)
    # Where only the number of records matters the index answers alone.
    measure = Sum("amount") if in_total(turn.terms) else Count("pk")
    rows = credits_.order_by().values_list(kind).annotate(n=Count("pk"), total=measure)
    found = {pk for pk, n, total in rows if enough(turn.terms, n, total)}
    return found | _heirs(chronicle, turn, credits_) if kind == "organisation" else found


def _heirs(chronicle: Chronicle, turn: Turn, credits_: QuerySet[Credit]) -> set[int]:
    """Return the bodies that did it together with those they came out of."""
    lines = {heir: chronicle.line_back(heir) for heir in list(chronicle.forebears)}
    if not lines:
        return set()
    olds = {old for line in lines.values() for old, _ in line}
    acts: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    rows = credits_.filter(organisation__in={*lines, *olds})
    for pk, on, amount in rows.values_list("organisation", "on", "amount"):
        acts[pk or 0].append((on, amount))
    found = set()
    for heir, line in lines.items():
        mine = [amount for _, amount in acts[heir]]
        mine += [amount for old, ended in line for on, amount in acts[old] if on < ended]
        if mine and enough(turn.terms, len(mine), sum(mine, NOTHING)):
            found.add(heir)
    return found


# --- what happened since ----------------------------------------------------------------------


def _catch_up(grid: Grid, campaign: Campaign, day: date, choose: Choice) -> None:
    """Count in what happened since. What was changed, struck out or taken back may have counted for
    anybody before: then all is counted anew, and where many bodies are touched."""
    facts = Fact.objects.filter(seq__gt=grid.seq, about_kind__in=FOLLOWED)
    told = list(facts.only("seq", "verb", "about_uid", "data").order_by("seq"))
    news = [fact for fact in told if fact.verb not in QUIET]
    if not told:
        return
    touched = _touched(grid, news)
    if {fact.verb for fact in news} - ADDS - MOVES or len(touched) > ONE_BY_ONE:
        fresh = count(campaign, day, choose)
        rows, seq = fresh.rows, fresh.seq
    else:
        rows = {body: _row(campaign, day, choose, body) for body in touched}
        seq = told[-1].seq
    with grid.lock:
        grid.rows.update(rows)
        grid.seq = max(grid.seq, seq)


def _touched(grid: Grid, news: list[Fact]) -> set[int]:
    """Return the bodies with rows in whose line somebody is of whom these facts tell, or for whom
    the records, or the records of the reports, count that they tell of."""
    wanted = {fact.about_uid for fact in news if fact.verb not in MOVES}
    # Asked for by themselves: in one question with the credits all of these would be looked at.
    records = set(Record.objects.filter(uid__in=wanted).values_list("pk", flat=True))
    records |= set(Record.objects.filter(report__uid__in=wanted).values_list("pk", flat=True))
    rows = Credit.objects.filter(record__in=records)
    people = set(rows.filter(person__isnull=False).values_list("person", flat=True))
    bodies = set(rows.filter(organisation__isnull=False).values_list("organisation", flat=True))
    bodies |= set(
        rows.filter(enrolment__isnull=False).values_list("enrolment__organisation", flat=True)
    )
    bodies |= set(
        Organisation.objects.filter(forebears__old__in=bodies).values_list("pk", flat=True)
    )
    moved = [fact for fact in news if fact.verb in MOVES]
    people |= set(
        Person.objects.filter(uid__in={fact.about_uid for fact in moved}).values_list(
            "pk", flat=True
        )
    )
    named = {str(fact.data.get(key, "")) for fact in moved for key in ("organisation", "from")}
    bodies |= set(Organisation.objects.filter(uid__in=named - {""}).values_list("pk", flat=True))
    for model in (Membership, Post, Enrolment):
        held = model.objects.filter(person__in=people)
        bodies |= set(held.values_list("organisation", flat=True))
    stood = Placement.objects.filter(organisation__in=bodies).values_list("path", flat=True)
    lines = {above for path in stood for above in (*paths.ancestors(path), path)}
    return {body for body, path in grid.path.items() if path in lines}


def _row(campaign: Campaign, day: date, choose: Choice, body: int) -> Row:
    """Count one body anew, by the survey that its own page shows."""
    found = Organisation.objects.get(pk=body)
    deep = found.kind in campaign.covers
    survey = Survey(campaign, day, body=found, deep=deep, choose=choose)
    return row_of(survey.lines(), body)


def row_of(lines: Iterable[Line], body: int) -> Row:
    """Return the cells of ``body`` from its lines."""
    grid = Grid([])
    for line in lines:
        if line.body == body:
            grid.add(body, line.duty.pk, line.state)
    return grid.rows[body]
