"""What somebody has to do with problems: mend, do a measure, verify; and what he or she found."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.problems.models import (
    LIVE,
    MENDING,
    SETTLED,
    Measure,
    Problem,
    ProblemState,
    is_overdue,
)
from zhengyou.problems.queries.of_source import BADGES
from zhengyou.ui.text import short_date

MOST = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A problem in a list."""

    kind: str
    label: str
    title: str
    why: str
    when: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Part:
    """Some of them under one heading; ``id`` for the address."""

    title: str
    id: str
    rows: list[Row]


def mine(actor: Actor) -> list[Part]:
    """Return the parts that have rows. A constant number of queries."""
    me = actor.person
    own = Q(owner=me) | Q(subject=me)
    doing = Measure.objects.filter(who=me, dropped_at=None, done_on=None).values("problem")
    parts = [
        Part("我来整改的", "owned", _rows(own & ~Q(state__in=SETTLED))),
        Part("有我的措施", "measures", _rows(~own & Q(pk__in=doing, state__in=MENDING))),
        Part("我提出的，还没了结", "found",
             _rows(~own & Q(raised_by=me) & ~Q(state__in=SETTLED))),
        Part("了结了的", "done", _rows((own | Q(raised_by=me)) & Q(state__in=SETTLED), "-pk")),
    ]  # fmt: skip
    return [part for part in parts if part.rows]


def _rows(which: Q, *order: str) -> list[Row]:
    rows: QuerySet[Problem] = Problem.objects.filter(which)
    rows = rows.select_related("organisation", "owner")
    return [row_of(row) for row in rows.order_by(*(order or ("claim_by", "pk")))[:MOST]]


def row_of(problem: Problem) -> Row:
    """Return a problem as a row of a list."""
    state, today = ProblemState(problem.state), clock.today()
    late = is_overdue(problem.state, problem.due_on, today)
    owner = problem.owner.name if problem.owner else "还没有人认领"
    when = f"{short_date(problem.due_on)}{'到期' if late else '前'}" if state in LIVE else ""
    return Row(
        "late" if late else BADGES[state], f"{state.label}，过期" if late else str(state.label),
        problem.title, f"{problem.organisation.name}，{owner}", when, problem,
    )  # fmt: skip
