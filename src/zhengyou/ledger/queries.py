"""Facts as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from json import loads
from operator import or_
from typing import Any

from django.db.models import Q, Subquery

from zhengyou.kernel.refs import Ref
from zhengyou.ledger.book import verb_label
from zhengyou.ledger.models import Fact, Head, PublishedHead


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a thing's history.

    Args:
        seq: number in the ledger.
        at: moment, UTC.
        label: the verb in Chinese.
        actor: uid of who did it, or ``system``.
        hat: in which post, as ``secretary@<org uid>``; empty for none.
        data: values that name nobody.
        names: words about persons; None where there were none, or where they were erased.
        erased: whether names were erased.
    """

    seq: int
    at: datetime
    verb: str
    label: str
    actor: str
    hat: str
    data: dict[str, Any]
    names: dict[str, Any] | None
    erased: bool


def history(about: Ref, limit: int = 200) -> list[Entry]:
    """Return what happened to one thing, newest first. One query."""
    rows = Fact.objects.filter(about_kind=about.kind, about_uid=about.uid).order_by("-seq")
    return [_entry(row) for row in rows[:limit]]


def mark(kinds: Iterable[str]) -> str:
    """Return the digest of the last fact about things of ``kinds``; empty: there is none.

    What depends on such things only, and is changed by verbs only, is as it was as long as the mark
    is: a fact is seen together with what it tells, and no digest comes twice. One query.
    """
    last = [
        Q(seq=Subquery(Fact.objects.filter(about_kind=kind).order_by("-seq").values("seq")[:1]))
        for kind in kinds
    ]
    found = Fact.objects.filter(reduce(or_, last)).order_by("-seq")
    return found.values_list("digest", flat=True).first() or ""


def end_of_chain() -> str:
    """Return the digest of the last fact; empty: there is none. One query."""
    return Head.objects.values_list("digest", flat=True).first() or ""


def published_heads(limit: int = 30) -> list[PublishedHead]:
    """Return the heads published last, newest first, for the public page and for papers."""
    return list(PublishedHead.objects.order_by("-date")[:limit])


def _entry(row: Fact) -> Entry:
    return Entry(
        seq=row.seq,
        at=row.at,
        verb=row.verb,
        label=verb_label(row.verb),
        actor=row.actor,
        hat=row.hat,
        data=row.data,
        names=loads(row.payload) if row.payload is not None else None,
        erased=row.erased_at is not None,
    )
