"""Writing facts: ``with writing() as book: …; book.record("plan.submit", by=actor, about=ref)``.

Facts are kept until the outermost block ends and are written there, inside its transaction, so
that the head row is locked last and shortly. What the database rolls back leaves no fact: each
kept fact rides on Django's list of commit callbacks, which drops exactly those whose savepoint
was rolled back.
"""

import re
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, transaction

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.ledger import chain
from zhengyou.ledger.models import Fact, Head
from zhengyou.ledger.turns import write_turn

LEDGER = Ref("ledger", UUID(int=0))
"""What facts about the ledger or the whole site are about."""

_VERB = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_KIND = re.compile(r"[a-z][a-z0-9_.]*")
_BATCH = 500
_labels: dict[str, str] = {}


class Signer(Protocol):
    """Whoever a fact is written for."""

    @property
    def ledger_uid(self) -> str:
        """Pseudonym: uid of account or person, or ``system``. At most 64 characters."""

    @property
    def ledger_hat(self) -> str:
        """In which post, as ``secretary@<org uid>``; empty for none. At most 120 characters."""


@dataclass(frozen=True, slots=True)
class _System:
    ledger_uid: str = "system"
    ledger_hat: str = ""


SYSTEM: Signer = _System()
"""Signs what the clock does (``zhengyou tick``) and what migrations do."""


@dataclass(slots=True, eq=False)
class _Draft:
    """A fact before it has its place in the chain."""

    book: "Book"
    at: datetime
    verb: str
    by: tuple[str, str]
    about: Ref
    data: Any
    names: str | None

    def __call__(self) -> None:
        """Do nothing at commit: by then the fact is written."""

    def fact(self, seq: int, previous: str) -> Fact:
        """Return the fact that stands at ``seq`` after the one with digest ``previous``."""
        salt = None if self.names is None else secrets.token_hex(32)
        fact = Fact(
            seq=seq,
            at=self.at,
            verb=self.verb,
            actor=self.by[0],
            hat=self.by[1],
            about_kind=self.about.kind,
            about_uid=self.about.uid,
            data=self.data,
            payload=self.names,
            payload_salt=salt,
            payload_digest=chain.payload_digest(salt, self.names or "") if salt else "",
            previous=previous,
        )
        fact.digest = fact.digest_now()
        return fact


class Book:
    """Collects the facts of one unit of work; made by :func:`writing` only."""

    def __init__(self) -> None:
        self._open = True
        self._steps: dict[Callable[[list[Any]], None], list[Any]] = {}

    def at_the_end(self, step: Callable[[list[Any]], None], thing: Any) -> None:
        """Let ``step`` run once when all else of the outermost block is done, before its facts.

        It gets the things of all who asked for it, also of blocks that were undone: it must look
        at what is there now, and record nothing.
        """
        if not self._open:
            raise RuntimeError("this writing() block has ended: the step would never run")
        self._steps.setdefault(step, []).append(thing)

    def record(
        self,
        verb: str,
        *,
        by: Signer,
        about: Ref,
        data: Mapping[str, Any] | None = None,
        names: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep one fact; it is written when the outermost :func:`writing` block ends well.

        Args:
            verb: ``thing.verb`` in ASCII, as ``plan.submit``; at most 80 characters.
            by: who does it.
            about: what it is done to; the label is not kept, since it may hold a name.
            data: values that name no person: uids, dates, whole numbers, decimals, codes.
            names: words about persons; can be erased later without breaking the chain.

        Raises:
            TypeError: a float or an object without one exact spelling in ``data`` or ``names``.
            ValueError: verb, signer or kind are not of the form above.
            RuntimeError: the block has ended.
        """
        if not self._open:
            raise RuntimeError("this writing() block has ended: the fact would be lost")
        _check(verb, by, about)
        draft = _Draft(
            book=self,
            at=clock.now(),
            verb=verb,
            by=(by.ledger_uid, by.ledger_hat),
            about=about,
            data=chain.plain(data or {}),
            names=chain.canonical(names) if names else None,
        )
        transaction.on_commit(draft)

    def kept(self, verb: str, about: Ref) -> list[Any]:
        """Return the data of facts that this unit of work keeps and has not written yet."""
        return [
            draft.data
            for _, draft, *_ in connection.run_on_commit
            if isinstance(draft, _Draft)
            and (draft.book, draft.verb) == (self, verb)
            and (draft.about.kind, draft.about.uid) == (about.kind, about.uid)
        ]

    def _finish(self) -> None:
        for step, things in self._steps.items():
            step(things)

    def _write(self) -> None:
        drafts = [
            draft
            for _, draft, *_ in connection.run_on_commit
            if isinstance(draft, _Draft) and draft.book is self
        ]
        if not drafts:
            return
        head = _lock_head()
        facts = []
        for draft in drafts:
            fact = draft.fact(head.seq + 1, head.digest)
            head.seq, head.digest = fact.seq, fact.digest
            facts.append(fact)
        Fact.objects.bulk_create(facts, batch_size=_BATCH)
        head.save(update_fields=["seq", "digest"])


def _check(verb: str, by: Signer, about: Ref) -> None:
    if not _VERB.fullmatch(verb) or len(verb) > 80:
        raise ValueError(f"not a verb like plan.submit: {verb!r}")
    if not by.ledger_uid or len(by.ledger_uid) > 64 or len(by.ledger_hat) > 120:
        raise ValueError(f"not a signer: {by.ledger_uid!r}, {by.ledger_hat!r}")
    if not _KIND.fullmatch(about.kind) or len(about.kind) > 40:
        raise ValueError(f"not a kind of thing: {about.kind!r}")


def _lock_head() -> Head:
    """Return the head, locked on PostgreSQL; SQLite's transaction is the only writer anyway."""
    head, made = Head.objects.select_for_update().get_or_create(
        pk=Head.ONLY, defaults={"seq": 0, "digest": chain.GENESIS}
    )
    if made and Fact.objects.exists():
        raise RuntimeError("台账的链头记录不见了，不能再往下记。请先运行 zhengyou ledger verify。")
    return head


class _Current(threading.local):
    """The open book of this thread: Django's connections belong to threads, too."""

    book: Book | None = None


_current = _Current()


@contextmanager
def writing() -> Iterator[Book]:
    """Open a unit of work: one transaction whose facts are written when it ends well.

    A block inside another joins it: its facts go into the same batch; if it raises and the outer
    block catches that, only its own facts and changes are undone.
    """
    if _current.book is not None:
        with transaction.atomic():
            yield _current.book
        return
    book = Book()
    with write_turn(), transaction.atomic():
        _current.book = book
        try:
            yield book
        finally:
            _current.book = None
            book._open = False
        if not transaction.get_rollback():
            book._finish()
            book._write()


def label_verbs(labels: Mapping[str, str]) -> None:
    """Teach the ledger how verbs read in Chinese, as ``{"plan.submit": "送审方案"}``.

    Raises:
        ValueError: not a verb, or the verb has another label already.
    """
    for verb, label in labels.items():
        if not _VERB.fullmatch(verb):
            raise ValueError(f"not a verb like plan.submit: {verb!r}")
        if _labels.setdefault(verb, label) != label:
            raise ValueError(f"verb {verb!r} has two labels: {_labels[verb]} and {label}")


def verb_label(verb: str) -> str:
    """Return how ``verb`` reads in Chinese; the verb itself where nobody has said."""
    return _labels.get(verb, verb)
