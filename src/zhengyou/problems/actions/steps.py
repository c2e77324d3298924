"""What every verb on a problem does: write the step and the fact."""

from typing import Any

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.book import Book
from zhengyou.people.actor import Actor
from zhengyou.problems.models import Did, Problem, ProblemState, Step

LONGEST = 2000


def said(words: str, missing: str = "", longest: int = LONGEST) -> str:
    """Return words made plain.

    Args:
        missing: why there must be some; empty: there need be none.

    Raises:
        Refused: none where there must be, or too many.
    """
    text = tidy(words).strip()
    if missing and not text:
        raise Refused(missing)
    if len(text) > longest:
        raise Refused(f"写了 {len(text)} 个字，最多 {longest} 个，请写短些。")
    return text


def hold(problem: Problem) -> None:
    """Lock the row and read anew what others may have changed: rules are asked on what is true now.

    Raises:
        Stale: it stands elsewhere than the caller saw.
    """
    seen = problem.state
    problem.refresh_from_db(from_queryset=Problem.objects.select_for_update(of=("self",)))
    if problem.state != seen:
        now = ProblemState(problem.state).label
        raise Stale(f"刚才别人已经办过，这个问题现在是“{now}”。请刷新后再看。")


def step(
    facts: Book, actor: Actor, problem: Problem, did: Did, words: str = "", **data: Any
) -> Step:
    """Write the step with how the problem stands now, and the fact; nobody is named in ``data``."""
    assert actor.person is not None and actor.hat is not None  # the rule has asked
    row = Step.objects.create(
        problem=problem, did=did, words=words, by=actor.person, hat=actor.hat.title,
        at=clock.now(), state=problem.state, privacy=problem.privacy,
        organisation=problem.organisation, owner=problem.owner, due_on=problem.due_on,
    )  # fmt: skip
    facts.record(
        f"problem.{did.value}", by=actor, about=problem.ref,
        data={"state": problem.state, "due": problem.due_on, **data},
    )  # fmt: skip
    return row
