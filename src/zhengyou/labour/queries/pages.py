"""What the few see: what is open, one case, who sits there."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from zhengyou.files.models import Attachment
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.labour import rules
from zhengyou.labour.kinds import BASIS, KINDS, TITLES
from zhengyou.labour.models import (
    CaseMember,
    CaseState,
    CaseStep,
    LabourCase,
    Level,
    Mediator,
    Part,
    Signal,
    SignalState,
)
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.ui.text import short_date

SOON = timedelta(days=3)
OUTSIDE = "有一件保密的事等您办"
"""What letters and calendars say."""
MOST = 60
LEVELS = {Level.BLUE: "todo", Level.YELLOW: "due", Level.RED: "late"}


@dataclass(frozen=True, slots=True)
class Line:
    """A case or a signal in a list."""

    kind: str
    label: str
    title: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Home:
    """What exists for somebody; ``left``: how many older ones are not listed."""

    seats: list[Mediator]
    signals: list[Line]
    cases: list[Line]
    closed: list[Line]


def home_of(actor: Actor) -> Home:
    """Return what exists for ``actor``. Five queries, however much there is."""
    today = clock.today()
    signals = Signal.objects.filter(rules.visible_signals(actor), state=SignalState.OPEN)
    cases = LabourCase.objects.filter(rules.visible_cases(actor)).select_related("organisation")
    cases = cases.prefetch_related("steps", "closings")
    open_ = cases.filter(state=CaseState.OPEN).order_by("due_on", "pk")
    closed = cases.filter(state=CaseState.CLOSED)[:MOST]
    return Home(
        rules.seats_of(actor),
        [_signal(row, today) for row in signals.select_related("organisation")],
        [_case(row, today) for row in open_],
        [_case(row, today) for row in closed],
    )


def _signal(row: Signal, today: date) -> Line:
    level = Level(row.level)
    kind = "late" if row.due_on < today else LEVELS[level]
    why = f"{row.organisation.name}，{short_date(row.seen_on)}发现，{short_date(row.due_on)}前去看"
    return Line(kind, str(level.label), KINDS[row.kind], why,
                reverse("labour:signal", args=[row.uid]))  # fmt: skip


def _case(row: LabourCase, today: date) -> Line:
    url = reverse("labour:case", args=[row.uid])
    title = f"{row.organisation.name} {row.number}号，{KINDS[row.about]}"
    if row.state == CaseState.CLOSED:
        last = list(row.closings.all())[-1]
        return Line(
            "done", "已办结", title, f"{short_date(last.on)}，{last.get_outcome_display()}", url
        )
    step = next((each for each in row.steps.all() if each.done_on is None), None)
    if step is None:
        return Line("due", "等办结", title, "各步都办了，写上结果", url)
    kind, label = _badge(step, today)
    return Line(kind, label, title, f"{TITLES[step.code]}，{short_date(step.due_on)}前", url)


def _badge(step: CaseStep, today: date) -> tuple[str, str]:
    if step.done_on is not None:
        return ("done", "办了，晚了") if step.late(today) else ("done", "办了")
    if step.due_on < today:
        return "late", "过期"
    return ("due", "快到期") if step.due_on - today <= SOON else ("doing", "办理中")


# --- one case -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class StepLine:
    """A step on the page of its case."""

    step: CaseStep
    badge: tuple[str, str]
    title: str
    basis: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case."""

    case: LabourCase
    about: str
    badge: tuple[str, str]
    steps: list[StepLine]
    members: list[CaseMember]
    away: list[CaseMember]
    notes: list[Any]
    closings: list[Any]
    files: list[Attachment]
    seats: list[Mediator]


def case_page(case: LabourCase) -> CasePage:
    """Return the page of ``case``. Six queries."""
    today = clock.today()
    members = list(case.members.filter(until=None).select_related("person"))
    over = case.state == CaseState.CLOSED
    late = not over and case.due_on < today
    seats = Mediator.objects.on(today).filter(organisation=case.organisation)
    return CasePage(
        case,
        KINDS[case.about],
        ("done", "已办结") if over else ("late", "过期") if late else ("doing", "办理中"),
        [
            StepLine(step, _badge(step, today), TITLES[step.code], BASIS[step.code])
            for step in case.steps.select_related("by")
        ],
        [row for row in members if row.part != Part.RECUSED],
        [row for row in members if row.part == Part.RECUSED],
        list(case.notes.select_related("by")),
        list(case.closings.select_related("by")),
        attachments_of(case.ref),
        list(seats.select_related("person")),
    )


def group_of(body: Organisation) -> QuerySet[Mediator]:
    """Return who sits in the group of ``body`` today."""
    rows = Mediator.objects.on(clock.today()).filter(organisation=body)
    return rows.select_related("person").order_by("part", "since", "pk")


# --- the desk -------------------------------------------------------------------------------------
def todo_for(actor: Actor) -> list[Errand]:
    """Return the steps and signals that are due within days: of whom the case is in hand, of all
    of the group where nobody has it. Two queries at most, none for who has no person."""
    if actor.person is None:
        return []
    by = clock.today() + SOON
    return [*_steps(actor, by), *_signals(actor, by)]


def waiting_for(actor: Actor) -> list[Errand]:
    """Nothing of this awaits a decision."""
    return []


def _steps(actor: Actor, by: date) -> list[Errand]:
    cases = LabourCase.objects.filter(rules.visible_cases(actor), state=CaseState.OPEN)
    hands = CaseMember.objects.filter(case=OuterRef("case"), part=Part.HANDLER, until=None)
    mine = Q(Exists(hands.filter(person=actor.person))) | ~Q(Exists(hands))
    rows = CaseStep.objects.filter(mine, case__in=cases, done_on=None, due_on__lte=by)
    return [
        _errand(row.due_on, f"{row.case.number}号：{TITLES[row.code]}")
        for row in rows.select_related("case")
    ]


def _signals(actor: Actor, by: date) -> list[Errand]:
    rows = Signal.objects.filter(
        rules.visible_signals(actor), state=SignalState.OPEN, due_on__lte=by
    )
    return [_errand(row.due_on, f"有个苗头，{Level(row.level).label}") for row in rows]


def _errand(due: date, title: str) -> Errand:
    late = due < clock.today()
    kind, label = ("late", "过期") if late else ("due", "快到期")
    return Errand(
        kind, label, title, "保密，只有您和组里的人看得到",
        f"{short_date(due)}前", reverse("labour:home"), "去看", due, outside=OUTSIDE,
    )  # fmt: skip
