"""Who may be named to mend a problem: the people of the body that answers for it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengyou.kernel import clock, paths
from zhengyou.people.models import Membership, Organisation, Person, Post, Succession
from zhengyou.problems.models import MENDING, Problem, ProblemState
from zhengyou.problems.rules import answering

ASKED = (ProblemState.OPEN, *MENDING, ProblemState.SUBMITTED)
"""States in which somebody has to be there to answer."""


def belonging(path: str) -> Q:
    """Return the condition on persons that they are members within ``path``, or in a post."""
    today = clock.today()
    member = Membership.objects.on(today).filter(paths.within("organisation__path", path))
    post = Post.objects.on(today).filter(paths.within("organisation__path", path))
    return Q(pk__in=member.values("person")) | Q(pk__in=post.values("person"))


def people_of(body: Organisation) -> QuerySet[Person]:
    """Return whom ``body`` may name, by name; of one that is no more, whom those may who went on
    from it."""
    found = Q(pk__in=[])
    for home in [body] if body.is_open() else _heirs(body):
        found |= belonging(answering(home))
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
    today, path = clock.today(), body.path
    here = Q(
        Exists(
            Membership.objects.on(today).filter(
                paths.within("organisation__path", path), person=OuterRef("owner")
            )
        )
    ) | Q(
        Exists(
            Post.objects.on(today).filter(
                paths.within("organisation__path", path), person=OuterRef("owner")
            )
        )
    )
    return Q(owner__isnull=False, subject__isnull=True, state__in=ASKED) & ~here


def has_left(problem: Problem) -> bool:
    """Tell whether whoever mends it is not in the body any more. One query."""
    if problem.owner is None or problem.subject is not None or problem.state not in ASKED:
        return False
    return not people_of(problem.organisation).filter(pk=problem.owner.pk).exists()
