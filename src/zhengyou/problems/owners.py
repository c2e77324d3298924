"""Who may be named to mend a problem: the people of the body that answers for it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengyou.kernel import clock, paths
from zhengyou.people.models import Membership, Organisation, Person, Post
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
    """Return whom ``body`` may name, by name."""
    return Person.objects.filter(belonging(answering(body))).order_by("sort_key", "pk")


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
