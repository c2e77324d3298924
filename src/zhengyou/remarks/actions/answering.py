"""Answer a remark, note several, correct an answer. What was answered before stays in sight."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.remarks import rules, searching
from zhengyou.remarks.models import Remark, Reply, ReplyKind

LONGEST = 1000
ANSWERED_ELSEWHERE = "刚才已经有人答复过这条意见。请看看那次答复，要改再更正。"


def answer(actor: Actor, remark: Remark, text: str, kind: ReplyKind = ReplyKind.ANSWER) -> Reply:
    """Answer a shown remark.

    Args:
        text: the answer; may be empty where it is only noted.

    Raises:
        Refused: not for ``actor`` to answer, not public, or nothing said.
        Stale: somebody has answered just now.
    """
    with book.writing() as facts:
        remark = _locked(remark)
        rules.may_answer(actor, remark).require()
        reply = _write(actor, remark, kind, text, None)
        remark.answered_on = clock.today()
        remark.save(update_fields=["answered_on"])
        searching.follow(remark)
        facts.record("remark.answer", by=actor, about=remark.ref, data=_data(reply))
    return reply


def note(actor: Actor, remarks: Iterable[Remark]) -> list[Remark]:
    """Answer several at once with 记下了; what somebody else has just answered is left out.

    Raises:
        Refused: one of them is not for ``actor`` to answer.
    """
    with book.writing():
        found = [_locked(remark) for remark in sorted(remarks, key=lambda row: row.pk)]
        found = [remark for remark in found if remark.answered_on is None]
        for remark in found:
            answer(actor, remark, "", ReplyKind.NOTED)
    return found


def correct(actor: Actor, last: Reply, text: str, kind: ReplyKind = ReplyKind.ANSWER) -> Reply:
    """Put another answer in the place of the last one, which is kept.

    Raises:
        Refused: not for ``actor`` to answer, or nothing said, or nothing changed.
        Stale: it was corrected just now.
    """
    with book.writing() as facts:
        remark = _locked(last.remark)
        rules.may_answer(actor, remark).require()
        same = (last.kind, last.text) == (kind, tidy(text).strip())
        Verdict.of(not same, "和原来的答复一样，没有改动。").require()
        reply = _write(actor, remark, kind, text, last)
        searching.follow(remark)
        facts.record("remark.correct", by=actor, about=remark.ref, data=_data(reply))
    return reply


def says_something(kind: ReplyKind, text: str) -> Verdict:
    """Say whether these are words enough for an answer of ``kind``."""
    return Verdict.of(
        text or kind == ReplyKind.NOTED, "还没有写答复；只要记下的，请按“记下了”。"
    ) & Verdict.of(len(text) <= LONGEST, f"答复最多 {LONGEST} 个字，现在 {len(text)} 个。")


def _locked(remark: Remark) -> Remark:
    """Lock first, read then: PostgreSQL does not read joined rows anew after it has waited."""
    Remark.objects.select_for_update().get(pk=remark.pk)
    return Remark.objects.select_related("organisation").get(pk=remark.pk)


def _write(
    actor: Actor, remark: Remark, kind: ReplyKind, text: str, corrects: Reply | None
) -> Reply:
    text = tidy(text).strip()
    says_something(kind, text).require()
    if actor.person is None or actor.hat is None:
        raise ValueError("only a person in a post answers")
    try:
        with transaction.atomic():
            return Reply.objects.create(
                remark=remark, kind=kind, text=text, answered_by=actor.person,
                hat=actor.hat.title, answered_at=clock.now(), corrects=corrects,
            )  # fmt: skip
    except IntegrityError as problem:
        raise Stale(ANSWERED_ELSEWHERE) from problem


def _data(reply: Reply) -> dict[str, str]:
    return {"reply": str(reply.uid), "kind": str(reply.kind)}
