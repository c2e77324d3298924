"""Let remarks through, or hold them back with a reason; several at once."""

from collections.abc import Iterable, Sequence

from zhengyou.kernel import clock, states
from zhengyou.kernel.workdays import add_workdays
from zhengyou.ledger import book
from zhengyou.ledger.book import Book
from zhengyou.people.actor import Actor
from zhengyou.remarks import rules, searching, targets, traces
from zhengyou.remarks.models import HoldReason, Moderation, Remark, RemarkState


def show(actor: Actor, remarks: Iterable[Remark]) -> list[Remark]:
    """Make remarks public; the days for the answer begin to run.

    Returns:
        Those that were moved: what somebody else has just made public is left out.

    Raises:
        Refused: one of them is not for ``actor`` to let through.
    """
    today = clock.today()
    with book.writing() as facts:
        found = _locked(remarks, RemarkState.SHOWN)
        days = {key: targets.answer_days(*key) for key in {(r.kind, r.target) for r in found}}
        for remark in found:
            rules.may_show(actor, remark).require()
            due = add_workdays(today, days[remark.kind, remark.target]).day
            states.move(remark, "show", shown_on=today, due_on=due)
        searching.follow(*found)
        _sign(actor, facts, found, RemarkState.SHOWN, "")
    return found


def hold(actor: Actor, remarks: Iterable[Remark], reason: str) -> list[Remark]:
    """Keep remarks from the public, or take shown ones down.

    Args:
        reason: one of :class:`HoldReason`; whoever has the code reads it.

    Returns:
        Those that were moved.

    Raises:
        Refused: one of them is not for ``actor`` to hold back, or no reason was chosen.
    """
    with book.writing() as facts:
        rules.says_why(reason).require()
        found = _locked(remarks, RemarkState.HELD)
        for remark in found:
            rules.may_hold(actor, remark).require()
            states.move(remark, "hold")
        searching.follow(*found)
        _sign(actor, facts, found, RemarkState.HELD, HoldReason(reason))
    return found


def _locked(remarks: Iterable[Remark], target: RemarkState) -> list[Remark]:
    """Return the remarks as they are now, those left out that are there already."""
    traces.hold_queue()  # else a remark that comes in just now would lay these rows anew
    rows = Remark.objects.select_for_update(of=("self",)).select_related("organisation")
    keys = [remark.pk for remark in remarks]
    return list(rows.filter(pk__in=keys).exclude(state=target).order_by("uid"))


def _sign(
    actor: Actor, facts: Book, remarks: Sequence[Remark], state: RemarkState, reason: str
) -> None:
    if actor.person is None or actor.hat is None:
        raise ValueError("only a person in a post lets remarks through")
    Moderation.objects.bulk_create(
        Moderation(
            remark=remark, state=state, reason=reason, decided_by=actor.person,
            hat=actor.hat.title, decided_at=clock.now(),
        )
        for remark in remarks
    )  # fmt: skip
    verb = "remark.show" if state == RemarkState.SHOWN else "remark.hold"
    data = {"reason": str(reason)} if reason else {}
    for remark in remarks:
        facts.record(verb, by=actor, about=remark.ref, data=data)
