"""Facts as pages show them."""

from dataclasses import dataclass
from datetime import datetime
from json import loads
from typing import Any

from zhengyou.kernel.refs import Ref
from zhengyou.ledger.book import verb_label
from zhengyou.ledger.models import Fact, PublishedHead


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
