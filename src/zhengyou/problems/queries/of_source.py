"""What became of a thing: the problems raised from it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from uuid import UUID

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.problems.models import Explanation, Problem, ProblemState
from zhengyou.problems.rules import visible_problems

BADGES = {
    ProblemState.OPEN: "todo",
    ProblemState.AGREED: "doing",
    ProblemState.UNDER_WAY: "doing",
    ProblemState.SUBMITTED: "wait",
    ProblemState.RETURNED: "back",
    ProblemState.VERIFIED: "done",
    ProblemState.CLOSED: "done",
    ProblemState.EXPLAINED: "done",
    ProblemState.CARRIED: "off",
}
"""Which badge a state has."""
PUBLIC_WORDS = {
    ProblemState.OPEN: "已列为问题，正在安排人整改",
    ProblemState.AGREED: "已定下整改措施",
    ProblemState.UNDER_WAY: "正在整改",
    ProblemState.RETURNED: "还要再改",
    ProblemState.SUBMITTED: "已整改，等人验收",
    ProblemState.VERIFIED: "已整改，验收通过",
    ProblemState.CLOSED: "已整改到位",
    ProblemState.EXPLAINED: "现在办不了，已作说明",
    ProblemState.CARRIED: "转到新一轮活动里接着整改",
}
_ORDER = list(PUBLIC_WORDS)


@dataclass(frozen=True, slots=True)
class PublicState:
    """What anybody with a code may be told: where it stands, never what it says.

    Args:
        words: the state in words.
        kind: of the badge.
        day: since when it stands so.
        said: the explanation given to those who asked, where it cannot be solved now.
    """

    words: str
    kind: str
    day: date
    said: str = ""


def of_sources(kind: str, uids: Collection[UUID], actor: Actor) -> dict[UUID, list[Problem]]:
    """Return the problems raised from these things, as far as ``actor`` may see them, the first
    first. One query."""
    rows = Problem.objects.filter(
        visible_problems(actor), source_kind=kind, source_uid__in=list(uids)
    )
    found: dict[UUID, list[Problem]] = defaultdict(list)
    for row in rows.select_related("organisation", "owner").order_by("raised_at", "pk"):
        found[row.source_uid].append(row)
    return dict(found)


def public_states(kind: str, uids: Collection[UUID]) -> dict[UUID, PublicState]:
    """Return how it stands with what became of these things, without asking who asks; of several
    problems from one thing, the one that is least far. Two queries and one for explanations."""
    rows = Problem.objects.filter(source_kind=kind, source_uid__in=list(uids))
    least: dict[UUID, Problem] = {}
    for row in rows.prefetch_related("steps").order_by("pk"):
        known = least.get(row.source_uid)
        if known is None or _place(row) < _place(known):
            least[row.source_uid] = row
    told = _explained([row.pk for row in least.values() if row.state == ProblemState.EXPLAINED])
    return {uid: _public(row, told.get(row.pk, "")) for uid, row in least.items()}


def _place(row: Problem) -> int:
    return _ORDER.index(ProblemState(row.state))


def _explained(keys: list[int]) -> dict[int, str]:
    if not keys:
        return {}
    rows = Explanation.objects.filter(problem__in=keys, problem__subject=None)
    return {row.problem_id: row.words for row in rows.order_by("at", "pk")}


def _public(row: Problem, said: str) -> PublicState:
    state, since = ProblemState(row.state), row.raised_at
    for step, before in pairwise([*reversed(row.steps.all())]):
        if before.state != state:
            since = step.at
            break
    day = since.astimezone(clock.SHANGHAI).date()
    return PublicState(PUBLIC_WORDS[state], BADGES[state], day, said)
