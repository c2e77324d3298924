"""Who may be named to mend a problem: the people of the body that answers for it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengyou.kernel import clock
from zhengyou.people.models import Membership, Organisation, Person, Post, Succession
from zhengyou.problems.models import MENDING, Problem, ProblemState
from zhengyou.problems.rules import answered_in, answering_body

ASKED = (ProblemState.OPEN, *MENDING, ProblemState.SUBMITTED)
"""States in which somebody has to be there to answer."""


def _of(body: Organisation, **whose: object) -> list[QuerySet[Any]]:
    """Return the memberships and posts of today in ``body`` and what in it has no leaders of its
    own; what is below a committee has its own problems."""
    here, today = answered_in(body), clock.today()
    return [rows.objects.on(today).filter(here, **whose) for rows in (Membership, Post)]


def people_of(body: Organisation) -> QuerySet[Person]:
    """Return whom ``body`` may name, by name; of one that is no more, whom those may who went on
    from it."""
    found = Q(pk__in=[])
    for home in [body] if body.is_open() else _heirs(body):
        for rows in _of(answering_body(home)):
            found |= Q(pk__in=rows.values("person"))
    return Person.objects.filter(found).order_by("sort_key", "pk")


def _heirs(body: Organisation) -> list[Organisation]:
    """Return the open bodies that went on from ``body``, however often they were merged or split
    since. A query a step."""
    found: dict[int, Organisation] = {}
    line = {body.pk}
    while line:
        steps = Succession.objects.filter(reorganisation__undone_at=None, old__in=line)
        rows = Organisation.objects.filter(pk__in=steps.values("heir")).exclude(pk__in=found)
        news = {row.pk: row for row in rows.select_related("parent")}
        found |= news
        line = set(news)
    return [row for row in found.values() if row.is_open()]


def orphaned(body: Organisation) -> Q:
    """Return the condition on problems that whoever mends them is not in ``body`` any more."""
    here = Q()
    for rows in _of(body, person=OuterRef("owner")):
        here |= Q(Exists(rows))
    return Q(owner__isnull=False, subject__isnull=True, state__in=ASKED) & ~here


def has_left(problem: Problem) -> bool:
    """Tell whether whoever mends it is not in the body any more. One query."""
    if problem.owner is None or problem.subject is not None or problem.state not in ASKED:
        return False
    return not people_of(problem.organisation).filter(pk=problem.owner.pk).exists()
