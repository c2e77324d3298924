"""组织关系转接: the sending body proposes, the receiving one accepts or returns with a reason.

Whoever keeps both rolls does both at once. What people are (人员类别, circumstances, account)
comes along; groups and posts inside the old body end; pledges stay with the body and date they
belong to.
"""

from collections.abc import Iterable
from datetime import date

from zhengyou.kernel import clock, states
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actions import remembering
from zhengyou.people.actions.holding import fresh_all, not_far_ahead
from zhengyou.people.actions.people import carry
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Membership,
    Organisation,
    Person,
    Post,
    Transfer,
    TransferState,
)


def propose(
    actor: Actor,
    source: Organisation,
    target: Organisation,
    persons: Iterable[Person],
    *,
    on: date | None = None,
    note: str = "",
) -> Transfer:
    """Hand people over to another body from ``on``; where ``actor`` keeps both rolls, at once.

    Raises:
        Refused: no right over the sending roll, nobody chosen, somebody who is not on it that day
            or is on the way already, a post that only the level above may end, or a target
            that cannot take them.
    """
    on = on or clock.today()
    chosen = sorted({person.pk: person for person in persons}.values(), key=lambda row: row.pk)
    with book.writing() as facts:
        held = {body.pk: body for body in fresh_all({source, target})}
        source, target = held[source.pk], held[target.pk]
        rules.may_propose_transfer(actor, source).require()
        _can_go(actor, source, target, chosen, on)
        transfer = Transfer.objects.create(
            source=source, target=target, on=on, note=tidy_line(note)[:200],
            proposed_by=actor.person, proposed_at=clock.now(),
        )  # fmt: skip
        transfer.people.set(chosen)
        facts.record("transfer.propose", by=actor, about=transfer.ref, data=_data(transfer, chosen))
        if rules.may_transfer(actor, source, target):
            _carry_out(facts, actor, transfer, chosen)
    return transfer


def _can_go(
    actor: Actor, source: Organisation, target: Organisation, persons: list[Person], on: date
) -> None:
    """Refuse now what would be refused at the end, so that nobody is sent on a vain way."""
    if not persons:
        raise Refused("没有选要转的人。")
    if source.pk == target.pk or source.family != target.family:
        raise Refused("请选另一个同类的组织，比如从支部转到支部。")
    rules.may_receive(target).require()
    not_far_ahead(on, "转接日期")
    here = Membership.objects.on(on).filter(organisation=source, person__in=persons)
    present = set(here.values_list("person", flat=True))
    waiting = Transfer.objects.filter(
        source=source, state=TransferState.PROPOSED, people__in=persons
    )
    on_the_way = set(waiting.values_list("people", flat=True))
    for person in persons:
        if person.pk not in present:
            raise Refused(f"{person.name}在 {on:%Y-%m-%d} 这一天不在{source.name}。")
        if person.pk in on_the_way:
            raise Refused(f"{person.name}已经在转接，等对方接收。要改就先收回那一次。")
    rules.may_end_with_leaving(actor, _ending(source, persons, on)).require()


def _ending(source: Organisation, persons: list[Person], on: date) -> list[Post]:
    from zhengyou.people.queries.transfers import posts_ending

    return list(posts_ending(source, persons, on))


def accept(actor: Actor, transfer: Transfer) -> None:
    """Take the people in, from the day that was proposed.

    Raises:
        Refused: no right over the receiving roll, answered already, or somebody has gone elsewhere.
        Stale: it was answered meanwhile.
    """
    with book.writing() as facts:
        held = {body.pk: body for body in fresh_all({transfer.source, transfer.target})}
        row = Transfer.objects.select_for_update(no_key=True).get(pk=transfer.pk)
        row.source, row.target = held[row.source_id], held[row.target_id]
        rules.may_accept_transfer(actor, row).require()
        _carry_out(facts, actor, row, list(row.people.order_by("pk")))
    transfer.refresh_from_db()


def _carry_out(facts: book.Book, actor: Actor, transfer: Transfer, persons: list[Person]) -> None:
    scope = remembering.Scope(persons=frozenset(person.pk for person in persons))
    before = remembering.photograph(scope)
    for person in persons:
        carry(facts, actor, person, transfer.source, transfer.target, transfer.on)
    states.move(
        transfer,
        "accept",
        answered_by=actor.person,
        answered_at=clock.now(),
        changes=remembering.difference(before, scope),
    )
    facts.record("transfer.accept", by=actor, about=transfer.ref, data=_data(transfer, persons))


def send_back(actor: Actor, transfer: Transfer, reason: str) -> None:
    """Return a proposal; the people stay where they are.

    Raises:
        Refused: no right over the receiving roll, or no reason given.
        Stale: it was answered meanwhile.
    """
    reason = tidy_line(reason)[:200]
    with book.writing() as facts:
        rules.may_return_transfer(actor, transfer).require()
        if not reason:
            raise Refused("没有写为什么退回。")
        states.move(
            transfer, "send_back", reason=reason, answered_by=actor.person, answered_at=clock.now()
        )
        facts.record("transfer.send_back", by=actor, about=transfer.ref, names={"reason": reason})


def withdraw(actor: Actor, transfer: Transfer) -> None:
    """Take a proposal back before it is answered.

    Raises:
        Refused: no right over the sending roll.
        Stale: it was answered meanwhile.
    """
    with book.writing() as facts:
        rules.may_withdraw_transfer(actor, transfer).require()
        states.move(transfer, "withdraw", answered_by=actor.person, answered_at=clock.now())
        facts.record("transfer.withdraw", by=actor, about=transfer.ref)


def hanging(transfer: Transfer) -> str:
    """Return in words why an accepted transfer cannot be undone any more; empty: it can."""
    if transfer.state != TransferState.ACCEPTED:
        return ""
    persons = transfer.people.values_list("pk", flat=True)
    scope = remembering.Scope(persons=frozenset(persons))
    return remembering.in_the_way(transfer.changes, scope, [transfer.target])


def undo(actor: Actor, transfer: Transfer) -> None:
    """Put the people back as if they had not been transferred: memberships, groups and posts.

    Raises:
        Refused: no right over the receiving roll, or something was done since.
        Stale: it was undone meanwhile.
    """
    with book.writing() as facts:
        fresh_all({transfer.source, transfer.target})
        row = Transfer.objects.select_related("source", "target").get(pk=transfer.pk)
        rules.may_undo_transfer(actor, row, hanging(row)).require()
        remembering.put_back(row.changes)
        states.move(row, "undo")
        facts.record("transfer.undo", by=actor, about=row.ref)
        for person in row.people.all():
            facts.record(
                "person.transfer_undo",
                by=actor,
                about=person.ref,
                data={"transfer": str(row.uid)},
                names={"name": person.name},
            )
    transfer.refresh_from_db()


def _data(transfer: Transfer, persons: list[Person]) -> dict[str, object]:
    return {
        "from": str(transfer.source.uid),
        "to": str(transfer.target.uid),
        "on": transfer.on.isoformat(),
        "people": [str(person.uid) for person in persons],
    }
