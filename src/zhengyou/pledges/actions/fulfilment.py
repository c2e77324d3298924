"""Say what became of a promise (评诺), and confirm it or differ. Both stay on record."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from zhengyou.climb.models import Decision
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import HEADS
from zhengyou.pledges import rules, subjects
from zhengyou.pledges.actions import tallies
from zhengyou.pledges.models import Confirmation, Fulfilment, Outcome, Pledge, PledgeItem

SAID_ELSEWHERE = "这一条的兑现情况刚才已经有人写过或者改过。请看看现在的，再写。"
CONFIRMED_ELSEWHERE = "这一条刚才已经有人确认过，或者本人又改了。请看看现在的，再定。"


def assess(
    actor: Actor,
    item: PledgeItem,
    *,
    outcome: Outcome,
    why: str = "",
    carry_on: bool = False,
    seen: UUID | str | None = "",
) -> Fulfilment:
    """Say for the one who pledged what became of ``item``; again: correct what was said.

    Args:
        why: how it was done, or why not; needed unless fulfilled.
        carry_on: whether it shall go on in the next run (结转); never where it is fulfilled.
        seen: uid of what was said last as the writer saw it, None for nothing; "" does not compare.

    Raises:
        Refused: no right, not yet, or no reason.
        Stale: somebody else has just said it.
    """
    outcome, why = Outcome(outcome), tidy(why).strip()
    done = outcome == Outcome.FULFILLED
    with book.writing() as facts:
        item = _locked(item)
        rules.may_assess(actor, item).require()
        Verdict.of(why or done, "没有全部兑现的，要写明为什么。").require()
        last = item.fulfilments.filter(standing=True).first()
        if seen != "" and seen != (last.uid if last else None):
            raise Stale(SAID_ELSEWHERE)
        item.fulfilments.filter(standing=True).update(standing=False)
        assert actor.person is not None  # may_assess has asked
        said = Fulfilment.objects.create(
            item=item,
            organisation=confirming_body(item),
            outcome=outcome,
            why=why,
            carry_on=carry_on and not done,
            by=actor.person,
            entered_for=_for_another(actor, item),
            said_at=clock.now(),
        )
        PledgeItem.objects.filter(pk=item.pk).update(claimed=outcome, outcome="")
        tallies.follow(item.pledge)
        facts.record(
            "fulfilment.assess",
            by=actor,
            about=item.ref,
            data={
                "outcome": outcome.value,
                "carry_on": said.carry_on,
                "entered_for": said.entered_for,
                "instead_of": str(last.uid) if last else None,
            },
        )
    return said


def confirm(
    actor: Actor,
    said: Fulfilment,
    *,
    outcome: Outcome,
    reason: str = "",
    seen: UUID | str | None = "",
) -> Confirmation:
    """Confirm what was said, or differ; again: correct what was confirmed.

    Args:
        outcome: what the branch holds it for.
        reason: needed where the branch differs.
        seen: uid of the last confirmation as it was seen, None for none; "" does not compare.

    Raises:
        Refused: not who confirms, or no reason.
        Stale: it was confirmed or said anew at the same moment.
    """
    outcome, reason = Outcome(outcome), tidy(reason).strip()
    with book.writing() as facts:
        item = _locked(said.item)
        said = Fulfilment.objects.select_related("organisation", "by").get(pk=said.pk)
        said.item = item
        if not said.standing:
            raise Stale(CONFIRMED_ELSEWHERE)
        rules.may_confirm(actor, said).require()
        last = said.confirmed
        if seen != "" and seen != (last.uid if last else None):
            raise Stale(CONFIRMED_ELSEWHERE)
        agrees = outcome == said.outcome
        Verdict.of(agrees or reason, "和本人说的不一样，要写明理由。").require()
        row = Confirmation.objects.create(
            fulfilment=said, outcome=outcome, reason=reason, **Decision.signed(actor)
        )
        PledgeItem.objects.filter(pk=item.pk).update(outcome=outcome)
        tallies.follow(item.pledge)
        facts.record(
            "fulfilment.confirm" if agrees else "fulfilment.differ",
            by=actor,
            about=item.ref,
            data={"said": said.outcome, "outcome": outcome.value, "again": last is not None},
            names={"reason": reason} if reason else None,
        )
    return row


def assess_all(actor: Actor, answers: Iterable[tuple[PledgeItem, Mapping[str, Any]]]) -> int:
    """Say it of several items, of all or of none; arguments and errors as in :func:`assess`.

    Returns:
        How many.
    """
    with book.writing():
        return len([assess(actor, item, **said) for item, said in answers])


def confirm_all(actor: Actor, answers: Iterable[tuple[Fulfilment, Mapping[str, Any]]]) -> int:
    """Confirm several, all or none; as :func:`assess_all`, for :func:`confirm`."""
    with book.writing():
        return len([confirm(actor, said, **answer) for said, answer in answers])


def confirming_body(item: PledgeItem) -> Organisation:
    """Return the body that confirms: where the person was when the item fell due, else the body
    of the pledge. So a transfer leaves to the old branch what fell due before it."""
    pledge, today = item.pledge, clock.today()
    if pledge.person is None:
        return pledge.organisation
    day = min(item.due_on or today, today)
    return subjects.body_of(pledge.campaign, pledge.person, day) or pledge.organisation


def _locked(item: PledgeItem) -> PledgeItem:
    """Lock first, the pledge before its item as all verbs do, read then: PostgreSQL does not read
    joined rows anew after it has waited."""
    Pledge.objects.select_for_update().get(pk=item.pledge_id)
    PledgeItem.objects.select_for_update().get(pk=item.pk)
    return PledgeItem.objects.select_related(
        "pledge__campaign", "pledge__organisation", "pledge__person", "pledge__rule"
    ).get(pk=item.pk)


def _for_another(actor: Actor, item: PledgeItem) -> bool:
    """Whether it is written down for somebody else and marked 代录."""
    pledge = item.pledge
    if pledge.person:
        return not actor.is_person(pledge.person)
    return not rules.leads(actor, pledge, HEADS)
