"""Ask for the digest by mail, confirm the address, change the hour, stop it. One's own only."""

import secrets
from datetime import timedelta

from zhengyou.desk.models import EARLIEST, LATEST, Reminder
from zhengyou.desk.tasks import send_confirmation
from zhengyou.kernel import clock, identity
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Account

GOOD_FOR = timedelta(days=3)
"""How long a letter of confirmation is good for."""
AGAIN_AFTER = timedelta(minutes=2)
"""Between two letters of confirmation, so that nobody's box is flooded."""


def may_set(actor: Actor) -> Verdict:
    """Whoever has an account of a person is reminded of what is due from that person."""
    return Verdict.of(actor.account and actor.person, "提醒跟着本人的账号走，请先登录。")


def reminder_of(account: Account) -> Reminder:
    """Return the account's wishes, unsaved ones where nothing was asked for."""
    return Reminder.objects.filter(account=account).first() or Reminder(account=account)


def save(actor: Actor, *, address: str, hour: int, on: bool) -> bool:
    """Keep what was asked for. A new address gets a letter first and counts once it is confirmed.

    Args:
        address: where to; empty: nowhere, and the old one is forgotten.
        hour: of the day, 6 to 21.

    Returns:
        Whether a letter of confirmation is on its way.

    Raises:
        Refused: not signed in, an hour at night, or a letter went out a moment ago.
    """
    with book.writing() as facts:
        may_set(actor).require()
        assert actor.account is not None
        if not EARLIEST <= hour <= LATEST:
            raise Refused(f"请选 {EARLIEST} 点到 {LATEST} 点之间，夜里不打扰。")
        Reminder.objects.get_or_create(account=actor.account)
        row = Reminder.objects.select_for_update().get(account=actor.account)
        address = tidy_line(address)
        row.hour = hour
        new = bool(address) and address != row.address
        if not address:
            row.address = row.waiting = row.code_lookup = ""
        code = _ask(row, address) if new else ""
        row.on = on and bool(row.address)
        row.save()
        facts.record(
            "reminder.set", by=actor, about=_about(row), data={"hour": hour, "on": on, "new": new}
        )
        if code:
            send_confirmation.enqueue(row.pk, address, code)
    return new


def _ask(row: Reminder, address: str) -> str:
    """Note that ``address`` waits, and return the code that its letter carries."""
    if row.asked_at and clock.now() - row.asked_at < AGAIN_AFTER:
        raise Refused("确认信刚发出不久，请过两分钟再试，先看看垃圾邮件里有没有。")
    code = secrets.token_hex(20)
    row.waiting, row.asked_at = address, clock.now()
    row.code_lookup = identity.lookup(code, "reminder")
    return code


def confirm(actor: Actor, code: str) -> Reminder:
    """Take the address over whose letter carried ``code``, and begin to send.

    Raises:
        Refused: another code, an old one, or another account's.
    """
    with book.writing() as facts:
        may_set(actor).require()
        wanted = identity.lookup(code, "reminder")
        row = (
            Reminder.objects.select_for_update()
            .filter(account=actor.account, code_lookup=wanted)
            .exclude(waiting="")
            .first()
        )
        if row is None or row.asked_at is None or clock.now() - row.asked_at > GOOD_FOR:
            raise Refused("这封确认信不对或者过期了。请用收信的那个账号登录，再发一封。")
        row.address, row.waiting, row.code_lookup, row.on = row.waiting, "", "", True
        row.save()
        facts.record("reminder.confirm", by=actor, about=_about(row))
    return row


def _about(row: Reminder) -> Ref:
    return row.account.ref
