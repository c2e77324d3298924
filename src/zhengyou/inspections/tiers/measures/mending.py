"""Problems of a campaign as they stood on a day. A person's own shortcomings are not counted."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from zhengyou.climb.history import end_of
from zhengyou.inspections.facts import Question, Row
from zhengyou.kernel.refs import Ref
from zhengyou.problems.models import Problem, ProblemState, Step
from zhengyou.problems.models.problem import is_overdue
from zhengyou.ui.text import short_date

Found = Mapping[int, Sequence[Row]]
MENDED = (ProblemState.VERIFIED, ProblemState.CLOSED, ProblemState.EXPLAINED)
"""Verified by somebody else, struck off, or explained to those who asked."""


class Stood(NamedTuple):
    """A problem as its last step until a day left it."""

    uid: UUID
    source: UUID
    state: str
    due_on: date
    organisation: int

    @property
    def mended(self) -> bool:
        """Whether there is nothing more to do."""
        return self.state in MENDED


def overdue(question: Question) -> Found:
    """Count problems still to be mended whose day is over."""
    rows: list[tuple[int | None, Row]] = []
    for row in standing(Q(campaign=question.campaign), question.day):
        if is_overdue(row.state, row.due_on, question.day):
            note = f"{short_date(row.due_on)}到期"
            shown = Row("一个问题", 1, ref=Ref("problem", row.uid), note=note)
            rows.append((row.organisation, shown))
    return question.spread(rows)


def mended(question: Question) -> Found:
    """Count problems whose day has come, and which of them are mended."""
    rows: list[tuple[int | None, Row]] = []
    for row in standing(Q(campaign=question.campaign), question.day):
        if row.mended or row.due_on <= question.day:
            note = str(ProblemState(row.state).label)
            shown = Row("一个问题", int(row.mended), ref=Ref("problem", row.uid), note=note)
            rows.append((row.organisation, shown))
    return question.spread(rows)


def standing(which: Q, day: date) -> list[Stood]:
    """Return the problems there were at the end of ``day``. One query."""
    last = Step.objects.filter(problem=OuterRef("pk"), at__lt=end_of(day)).order_by("-at", "-pk")
    rows = Problem.objects.filter(which, subject=None).annotate(
        was=Subquery(last.values("state")[:1]),
        due=Subquery(last.values("due_on")[:1]),
        of=Subquery(last.values("organisation")[:1]),
    )
    known = rows.filter(was__isnull=False).order_by("found_on", "pk")
    return [Stood(*row) for row in known.values_list("uid", "source_uid", "was", "due", "of")]
