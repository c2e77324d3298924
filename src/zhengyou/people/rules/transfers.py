"""Who hands people over to another body, and who takes them in."""

from django.db.models import Q

from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Transfer, TransferState
from zhengyou.people.rules.rolls import keeps_roll, may_keep_roll
from zhengyou.people.rules.tree import is_open


def visible_transfers(actor: Actor) -> Q:
    """Return which transfers exist for ``actor``: those out of and into rolls that are theirs."""
    if actor.hat is None or not keeps_roll(actor, actor.hat.organisation):
        return Q(pk__in=[])
    top = actor.hat.organisation.path
    return paths.within("source__path", top) | paths.within("target__path", top)


def may_propose_transfer(actor: Actor, source: Organisation) -> Verdict:
    """Hand people over to another body: who keeps the sending roll. The receiver accepts."""
    return may_keep_roll(actor, source)


def may_accept_transfer(actor: Actor, transfer: Transfer) -> Verdict:
    """Accept people into a body: who keeps its roll, as long as the proposal waits."""
    return may_return_transfer(actor, transfer) & is_open(transfer.target)


def may_return_transfer(actor: Actor, transfer: Transfer) -> Verdict:
    """Return a proposed transfer with a reason: who keeps the receiving roll."""
    return Verdict.of(
        keeps_roll(actor, transfer.target).ok,
        f"要由{transfer.target.name}或上级的书记、副书记、组织委员、活动办来接收。",
    ) & _is_pending(transfer)


def may_withdraw_transfer(actor: Actor, transfer: Transfer) -> Verdict:
    """Take a proposal back before it is answered: who keeps the sending roll."""
    return Verdict.of(
        keeps_roll(actor, transfer.source).ok,
        f"要由{transfer.source.name}或上级的书记、副书记、组织委员、活动办来收回。",
    ) & _is_pending(transfer)


def may_undo_transfer(actor: Actor, transfer: Transfer, hanging: str) -> Verdict:
    """Take an accepted transfer back: who keeps the receiving roll, as long as nothing hangs on it.

    Args:
        hanging: what does, in words; empty: nothing.
    """
    return (
        Verdict.of(
            keeps_roll(actor, transfer.target).ok,
            f"要由{transfer.target.name}或上级的书记、副书记、组织委员、活动办来撤销。",
        )
        & Verdict.of(
            transfer.state == TransferState.ACCEPTED,
            f"这次转接{TransferState(transfer.state).label}，没有可撤销的。",
        )
        & Verdict.of(not hanging, f"不能撤销了：{hanging}。请另办一次转接。")
    )


def _is_pending(transfer: Transfer) -> Verdict:
    return Verdict.of(
        transfer.state == TransferState.PROPOSED,
        f"这次转接{TransferState(transfer.state).label}，不用再办。",
    )


def may_receive(target: Organisation) -> Verdict:
    """Tell whether people may be handed over to a body at all."""
    return is_open(target)
