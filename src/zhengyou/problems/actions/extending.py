"""More time: whoever mends asks, the superior answers with a reason."""

from datetime import date

from django.db import IntegrityError, transaction

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.problems import rules
from zhengyou.problems.actions.steps import hold, said, step
from zhengyou.problems.models import Did, Extension, ExtensionState, Problem


def ask(actor: Actor, problem: Problem, *, until: date, why: str) -> Extension:
    """Ask for more time.

    Raises:
        Refused: no right, no reason, a day that is no later, or asked already.
    """
    reason = said(why, "写一句为什么来不及。", 500)
    with book.writing() as facts:
        hold(problem)
        rules.may_ask_extension(actor, problem).require()
        assert problem.deadline is not None and actor.person and actor.hat  # the rule has asked
        if until <= max(problem.deadline, clock.today()):
            raise Refused("延到哪天，要晚于现在的期限，也要在今天以后。")
        try:
            with transaction.atomic():
                made = Extension.objects.create(
                    problem=problem, old_deadline=problem.deadline, new_deadline=until,
                    why=reason, asked_by=actor.person, asked_hat=actor.hat.title,
                    asked_at=clock.now(),
                )  # fmt: skip
        except IntegrityError:
            raise Stale("刚才已经有人申请过延期，请刷新后再看。") from None
        step(facts, actor, problem, Did.ASK_EXTENSION, reason, until=until)
    return made


def grant(actor: Actor, extension: Extension, answer: str) -> None:
    """Grant more time, with the reason: the deadline moves, the old one stays to be read.

    Raises:
        Refused: no right, no reason, or the new day is over as well.
        Stale: answered meanwhile.
    """
    problem = extension.problem
    with book.writing() as facts:
        reason = _answer(actor, extension, "grant", answer)
        if extension.new_deadline < clock.today():
            raise Refused("要延到的日期也已经过了，请不同意，让责任人重新申请。")
        problem.deadline = extension.new_deadline
        problem.save(update_fields=["deadline"])
        step(facts, actor, problem, Did.EXTEND, reason, old=extension.old_deadline)


def refuse(actor: Actor, extension: Extension, answer: str) -> None:
    """Refuse more time, with the reason.

    Raises:
        Refused: no right, or no reason. Stale: answered meanwhile.
    """
    with book.writing() as facts:
        reason = _answer(actor, extension, "refuse", answer)
        step(facts, actor, extension.problem, Did.REFUSE_EXTENSION, reason)


def lapse(problem: Problem) -> None:
    """Let what nobody has answered lapse: the problem went on without it."""
    for row in problem.extensions.filter(state=ExtensionState.ASKED):
        move(row, "lapse")


def _answer(actor: Actor, extension: Extension, verb: str, answer: str) -> str:
    reason = said(answer, "写一句理由。", 500)
    hold(extension.problem)
    rules.may_answer_extension(actor, extension).require()
    assert actor.person is not None and actor.hat is not None  # the rule has asked
    move(
        extension, verb, answer=reason, answered_by=actor.person,
        answered_hat=actor.hat.title, answered_at=clock.now(),
    )  # fmt: skip
    return reason
