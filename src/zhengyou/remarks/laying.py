"""Lay down what the public said so that nothing tells who said it, or in which order it came.

A table keeps the order of arrival even where no column does: in SQLite's row numbers and the
place of a row within its page, in PostgreSQL's ``ctid`` and ``xmin``. So whenever something comes
in, what waits of its week is taken out and laid down again together with it, in random order and
in one transaction. docs/decisions/order-of-arrival.md says what remains. Remarks and the voices
of a room above are kept by this one mechanism.
"""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from zhengyou.kernel import identity
from zhengyou.ledger import book
from zhengyou.remarks import codes, traces

SHUFFLED = 400
"""Rows laid anew with each one at most (0.1 s); of more waiting ones a random part is taken."""
_TOKEN = 22
_random = secrets.SystemRandom()


def new_token() -> str:
    """Return what a form carries, so that sending it twice makes one row with one code."""
    return secrets.token_urlsafe(_TOKEN)


def new_code() -> str:
    """Return a code for somebody whose words come later, such as on a form of paper."""
    return codes.made_of(secrets.token_bytes(7))


def drawn(token: str, *words: str) -> tuple[UUID, str]:
    """Return key and code: random; the same again only for the same words of the same form.

    Args:
        token: :func:`new_token` of the form; anything shorter stands for no form.
        words: what was sent, and what it is about.
    """
    if len(token) < _TOKEN:
        made = secrets.token_bytes(32)
    else:
        digest = hashlib.sha256("\0".join((token, *words)).encode()).hexdigest()
        made = bytes.fromhex(identity.lookup(digest, "remark form"))
    return UUID(bytes=made[:16], version=4), codes.made_of(made[16:])


def code_lookup(code: str) -> str:
    """Return the keyed hash under which a plain code stands, whichever room has it."""
    return identity.lookup(code, "remark")


def keep(row: Model, waiting: QuerySet[Any], admit: Callable[[], None] | None = None) -> None:
    """Store ``row`` among ``waiting``, once for its key; a turn among the writers, without a fact.

    Args:
        waiting: the rows of the same week to which nothing refers yet.
        admit: counts one more, or raises where there is no room: here nobody else counts, so that
            a flood of many at once is counted one by one. Not called for what is kept already.
    """
    with book.writing():
        traces.hold_queue()
        if not waiting.model._default_manager.filter(pk=row.pk).exists():
            if admit:
                admit()
            lay_down([row], waiting)


def lay_down(new: Sequence[Model], waiting: QuerySet[Any]) -> None:
    """Store ``new`` among ``waiting``, all in a new random order.

    Inside a transaction, after :func:`traces.hold_queue`.
    """
    rows = list(waiting)
    if len(rows) >= SHUFFLED:
        rows = _random.sample(rows, SHUFFLED - 1)
    traces.wipe_what_is_deleted()
    taken = waiting.model._default_manager.filter(pk__in=[row.pk for row in rows])
    cast(Any, taken)._raw_delete(connection.alias)  # nothing refers to them yet
    rows += new
    _random.shuffle(rows)
    waiting.model._default_manager.bulk_create(rows, batch_size=100)
    transaction.on_commit(traces.empty_journal)
