"""What a problem is tied to: the level it has climbed to, a common problem, another campaign."""

from dataclasses import dataclass, field

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.problems.actions.gathering import KIND
from zhengyou.problems.models import (
    GatheredProblem,
    PolicyAnswer,
    Problem,
    TakenOver,
)
from zhengyou.problems.queries.of_source import BADGES
from zhengyou.problems.queries.risen import climb_words
from zhengyou.problems.rules import visible_problems


@dataclass(frozen=True, slots=True)
class Tie:
    """Another problem this one is tied to. ``url`` is empty where it is not for these eyes; what
    it is called and how it stands is told to whoever has a problem in it."""

    title: str
    url: str
    badge: str
    state: str


@dataclass(frozen=True, slots=True)
class Ties:
    """All ties of one problem.

    Args:
        climbed: how far it has climbed, in words; "" where it is not overdue.
        common: the common problem it was gathered into; answers: what was decided about it.
        gathers: whether it is a common problem itself.
        before, after: the problem of the earlier and of the later campaign.
    """

    climbed: str = ""
    common: Tie | None = None
    answers: list[PolicyAnswer] = field(default_factory=list)
    gathers: bool = False
    before: Tie | None = None
    after: Tie | None = None


def ties_of(actor: Actor, problem: Problem) -> Ties:
    """Return what ``problem`` is tied to. At most eight queries."""
    link = (
        GatheredProblem.objects.filter(member=problem, left_at=None)
        .select_related("gathered")
        .first()
    )
    passed = {
        row.old_id == problem.pk: row
        for row in TakenOver.objects.filter(old=problem).select_related("new")
        | TakenOver.objects.filter(new=problem).select_related("old")
    }
    before = passed[False].old if False in passed else None
    after = passed[True].new if True in passed else None
    others = [row for row in (link.gathered if link else None, before, after) if row]
    seen = set(
        Problem.objects.filter(
            visible_problems(actor), pk__in=[row.pk for row in others]
        ).values_list("pk", flat=True)
    ) if others else set()  # fmt: skip
    return Ties(
        climb_words(problem, clock.today()),
        _tie(link.gathered, seen) if link else None,
        _answers(link.gathered) if link else [],
        problem.source_kind == KIND,
        _tie(before, seen) if before else None,
        _tie(after, seen) if after else None,
    )


def _tie(other: Problem, seen: set[int]) -> Tie:
    url = other.url if other.pk in seen else ""
    return Tie(other.title, url, BADGES[other.state], str(other.get_state_display()))  # type: ignore[index]


def _answers(gathered: Problem) -> list[PolicyAnswer]:
    rows = PolicyAnswer.objects.filter(problem=gathered).select_related("by")
    return list(rows.order_by("-at", "-pk"))
