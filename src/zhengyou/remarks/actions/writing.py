"""Take in a remark so that nothing says who wrote it, or in which order they came.

A table keeps the order of arrival even where no column does: in SQLite's row numbers and the
place of a row within its page, in PostgreSQL's ``ctid`` and ``xmin``. So whenever a remark comes
in, the waiting ones of its week are taken out and laid down again together with it, in random
order and in one transaction. docs/decisions/order-of-arrival.md says what remains.
"""

import hashlib
import secrets
from uuid import UUID

from django.db import connection, transaction

from zhengyou.kernel import clock, identity
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.remarks import codes, searching, traces
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.remarks.models.remark import LONGEST, LONGEST_SIGNATURE
from zhengyou.remarks.queries.talk import monday_of
from zhengyou.remarks.targets import Target

SHUFFLED = 400
"""Rows laid anew with each remark at most (0.1 s); of more waiting ones a random part is taken."""
_TOKEN = 22
_random = secrets.SystemRandom()


def new_token() -> str:
    """Return what a form carries, so that sending it twice makes one remark with one code."""
    return secrets.token_urlsafe(_TOKEN)


def write(target: Target, text: str, signature: str = "", token: str = "") -> str:
    """Keep a remark until somebody lets it through.

    Args:
        signature: what the writer wants to be called; may be empty.
        token: :func:`new_token` of the form; the same words with the same token are taken once.

    Returns:
        The look-up code, which is nowhere stored.

    Raises:
        Refused: no remarks are taken about this now, or there are too few or too many words.
    """
    text, signature = tidy(text).strip(), tidy_line(signature)
    (target.open & fits(text, signature)).require()
    uid, code = _drawn(target, text, signature, token)
    remark = Remark(
        uid=uid,
        kind=target.ref.kind,
        target=target.ref.uid,
        label=target.title[:250],
        within=target.within,
        organisation=target.organisation,
        about=target.about,
        week=monday_of(clock.today()),
        text=text,
        signature=signature,
        code_lookup=code_lookup(code),
    )
    with book.writing():  # a turn among the writers; there is no fact to record
        traces.hold_queue()
        if not Remark.objects.filter(pk=uid).exists():
            _lay_down(remark)
    return code


def part_from(ref: Ref) -> None:
    """Take what was said about a thing that is withdrawn off its campaign's page; the verb that
    withdraws it calls this. Whoever has a code still finds the own remark."""
    traces.hold_queue()  # else a remark that comes in just now would lay these rows as they were
    gone = Remark.objects.filter(kind=ref.kind, target=ref.uid)
    uids = list(gone.values_list("uid", flat=True))
    gone.update(within=None)
    searching.forget(uids)


def fits(text: str, signature: str) -> Verdict:
    """Say whether the words may be taken: some, and not too many."""
    return (
        Verdict.of(text, "还没有写意见。")
        & Verdict.of(
            len(text) <= LONGEST,
            f"写了 {len(text)} 个字，最多 {LONGEST} 个，请删去 {len(text) - LONGEST} 个。",
        )
        & Verdict.of(len(signature) <= LONGEST_SIGNATURE, f"署名最多 {LONGEST_SIGNATURE} 个字。")
    )


def code_lookup(code: str) -> str:
    """Return the keyed hash under which a plain code stands."""
    return identity.lookup(code, "remark")


def _drawn(target: Target, text: str, signature: str, token: str) -> tuple[UUID, str]:
    """Return key and code: random; the same again only for the same words of the same form."""
    if len(token) < _TOKEN:
        drawn = secrets.token_bytes(32)
    else:
        whole = "\0".join((token, str(target.ref), text, signature))
        digest = hashlib.sha256(whole.encode()).hexdigest()
        drawn = bytes.fromhex(identity.lookup(digest, "remark form"))
    return UUID(bytes=drawn[:16], version=4), codes.made_of(drawn[16:])


def _lay_down(remark: Remark) -> None:
    """Store ``remark`` among the waiting ones of its week, all in a new random order."""
    rows = list(Remark.objects.filter(state=RemarkState.WAITING, week=remark.week))
    if len(rows) >= SHUFFLED:
        rows = _random.sample(rows, SHUFFLED - 1)
    traces.wipe_what_is_deleted()
    taken = Remark.objects.filter(pk__in=[row.pk for row in rows])
    taken._raw_delete(connection.alias)  # nothing refers to them yet
    rows.append(remark)
    _random.shuffle(rows)
    Remark.objects.bulk_create(rows, batch_size=100)
    transaction.on_commit(traces.empty_journal)
