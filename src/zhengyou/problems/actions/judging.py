"""Look whether a problem is mended: verify, send back, strike off, reopen; explain; widen."""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.states import move
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.problems import rules, terms
from zhengyou.problems.actions.extending import lapse
from zhengyou.problems.actions.gathering import tell_members
from zhengyou.problems.actions.steps import hold, said, step
from zhengyou.problems.models import (
    Did,
    Explained,
    Explanation,
    Privacy,
    Problem,
    Reopening,
    Verification,
)

_WIDER = (Privacy.HANDLERS, Privacy.BODY, Privacy.PUBLIC)


def verify(actor: Actor, problem: Problem, words: str = "") -> Verification:
    """Say that it is mended: somebody else than who mended or handed it in.

    Raises:
        Refused: no right. Stale: somebody has verified or sent it back meanwhile.
    """
    return _judge(actor, problem, "verify", Did.VERIFY, said(words))


def send_back(actor: Actor, problem: Problem, why: str) -> Verification:
    """Send it back with the reason; the deadline stays.

    Raises:
        Refused: no right, or no reason. Stale: as :func:`verify`.
    """
    reason = said(why, "写一句哪里还没改好。")
    return _judge(actor, problem, "send_back", Did.SEND_BACK, reason)


def _judge(actor: Actor, problem: Problem, verb: str, did: Did, words: str) -> Verification:
    with book.writing() as facts:
        hold(problem)
        rules.may_verify(actor, problem).require()
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        move(problem, verb)
        row = Verification.objects.create(
            problem=problem, passed=verb == "verify", words=words, by=actor.person,
            hat=actor.hat.title, at=clock.now(),
        )  # fmt: skip
        step(facts, actor, problem, did, words)
    return row


def close(actor: Actor, problem: Problem, words: str = "") -> None:
    """Strike off what is verified.

    Raises:
        Refused: no right. Stale: struck off, or reopened, meanwhile.
    """
    with book.writing() as facts:
        hold(problem)
        rules.may_close(actor, problem).require()
        move(problem, "close")
        step(facts, actor, problem, Did.CLOSE, said(words))
        tell_members(facts, actor, problem, said(words))


def reopen(actor: Actor, problem: Problem, why: str, deadline: date | None = None) -> Reopening:
    """Say that it was not mended after all, or came back: it is claimed anew, all of before stays.

    Args:
        deadline: until when, where who reopens it says so.

    Raises:
        Refused: no right, no reason, or a day that is over.
        Stale: reopened meanwhile.
    """
    reason = said(why, "写一句为什么重新打开。")
    with book.writing() as facts:
        hold(problem)
        rules.may_reopen(actor, problem).require()
        if deadline is not None and deadline < clock.today():
            raise Refused("新的期限已经过了，请写今天或者以后的日期。")
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        row = Reopening.objects.create(
            problem=problem, was=problem.state, words=reason, by=actor.person,
            hat=actor.hat.title, at=clock.now(),
        )  # fmt: skip
        claim_by = terms.claim_by(clock.today())
        move(problem, "reopen", deadline=deadline, claim_by=claim_by, submitted_by=None)
        step(facts, actor, problem, Did.REOPEN, reason)
    return row


def explain(
    actor: Actor, problem: Problem, *, kind: Explained, words: str, again: date | None = None
) -> Explanation:
    """Say to those who asked why it cannot be solved now, or in which steps it will be.

    Args:
        again: for a plan, on which day somebody looks again.

    Raises:
        Refused: no right, nothing said, or a plan without a day to come.
        Stale: it went on meanwhile.
    """
    text = said(words, "写清楚为什么现在办不了，或者打算分几步办。")
    with book.writing() as facts:
        hold(problem)
        rules.may_explain(actor, problem).require()
        if kind == Explained.PLAN and (again is None or again <= clock.today()):
            raise Refused("有计划的，写明哪一天再看办到哪一步，要在今天以后。")
        assert actor.person is not None and actor.hat is not None  # the rule has asked
        row = Explanation.objects.create(
            problem=problem, kind=kind, words=text, by=actor.person, hat=actor.hat.title,
            at=clock.now(), look_again_on=again if kind == Explained.PLAN else None,
        )  # fmt: skip
        move(problem, "explain")
        lapse(problem)
        step(facts, actor, problem, Did.EXPLAIN, text, kind=kind.value)
    return row


def widen(actor: Actor, problem: Problem, privacy: Privacy, why: str) -> None:
    """Let more people see it, with the reason. It is never narrowed.

    Raises:
        Refused: no right, no reason, or not wider than it is.
    """
    reason = said(why, "写一句为什么让更多人看到。")
    with book.writing() as facts:
        hold(problem)
        rules.may_widen(actor, problem).require()
        before = Privacy(problem.privacy)
        if _WIDER.index(privacy) <= _WIDER.index(before):
            raise Refused(f"现在是“{before.label}”，只能放宽，不能收窄。")
        problem.privacy = privacy
        problem.save(update_fields=["privacy"])
        step(facts, actor, problem, Did.WIDEN, reason, was=before.value, now=privacy.value)
