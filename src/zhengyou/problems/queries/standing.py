"""Problems as they stood at the end of any day: read from their steps, today from themselves."""

from datetime import date, datetime, time, timedelta

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Least

from zhengyou.kernel import clock
from zhengyou.people.models import Organisation
from zhengyou.people.queries.tree import within_on
from zhengyou.people.rules import followed_by
from zhengyou.problems.models import LIVE, Problem, ProblemState, Step


def end_of(day: date) -> datetime:
    """Return the moment at which ``day`` is over in China."""
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)


def standing_on(day: date) -> QuerySet[Problem]:
    """Return the problems raised by the end of ``day``, with ``at_state``, ``at_due`` and
    ``at_owner`` (a key) as they then stood."""
    if day >= clock.today():
        claimed = Least("claim_by", Coalesce("deadline", "claim_by"))
        due = Case(
            When(state=ProblemState.OPEN, then=claimed), default=Coalesce("deadline", "claim_by")
        )
        return Problem.objects.annotate(at_state=F("state"), at_due=due, at_owner=F("owner_id"))
    over = end_of(day)
    steps = Step.objects.filter(problem=OuterRef("pk"), at__lt=over).order_by("-at", "-pk")
    return Problem.objects.filter(raised_at__lt=over).annotate(
        at_state=Subquery(steps.values("state")[:1]),
        at_due=Subquery(steps.values("due_on")[:1]),
        at_owner=Subquery(steps.values("owner")[:1]),
    )


def answered_by(body: Organisation, day: date) -> Q:
    """Return the problems of ``body`` and of what stood below it on ``day``; today also those of
    bodies that are no more and went on in it."""
    here = within_on(day, body)
    return here | followed_by(body, "organisation", "subject") if day >= clock.today() else here


def late_on(day: date) -> Q:
    """Return the condition that a problem of :func:`standing_on` was overdue."""
    return Q(at_state__in=LIVE, at_due__lt=day)
