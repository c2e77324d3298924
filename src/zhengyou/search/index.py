"""Keep the entries: in the verb's transaction, and all of them by comparison."""

from collections.abc import Collection, Iterable
from itertools import batched
from uuid import UUID

from django.db import transaction

from zhengyou.search.models import Entry
from zhengyou.search.sources import Document, Documents, registered

BATCH = 500


def sync(kind: str, uids: Collection[UUID], documents: Iterable[Document]) -> int:
    """Make the entries of ``uids`` what ``documents`` say; what has none is dropped at once.

    Runs inside the verb's transaction. Returns how many entries were made or dropped.
    """
    wanted = {each.uid: each.row(kind) for each in documents}
    stored = Entry.objects.filter(kind=kind, uid__in=uids)
    same = {row.uid for row in stored if _says(row, wanted.get(row.uid))}
    dropped, _ = Entry.objects.filter(kind=kind, uid__in=set(uids) - same).delete()
    new = [Entry(kind=kind, uid=uid, **row) for uid, row in wanted.items() if uid not in same]
    Entry.objects.bulk_create(new, batch_size=BATCH)
    return max(dropped, len(new))


def _says(row: Entry, wanted: dict[str, object] | None) -> bool:
    return wanted is not None and all(
        getattr(row, field) == value for field, value in wanted.items()
    )


def mend() -> int:
    """Compare every entry with its thing and put right what differs; return how many did."""
    return sum(_mend(kind, documents) for kind, documents in registered().items())


def _mend(kind: str, documents: Documents) -> int:
    mended, seen = 0, set()
    for some in batched(documents(None), BATCH):
        uids = {each.uid for each in some}
        seen |= uids
        wanted = {each.uid: each.row(kind) for each in some}
        stored = {row.uid: row for row in Entry.objects.filter(kind=kind, uid__in=uids)}
        wrong = [
            uid for uid, row in wanted.items() if uid not in stored or not _says(stored[uid], row)
        ]
        if wrong:
            mended += _again(kind, wrong, documents)
    known = Entry.objects.filter(kind=kind).values_list("uid", flat=True)
    for gone in batched([uid for uid in known if uid not in seen], BATCH):
        mended += _again(kind, list(gone), documents)
    return mended


def _again(kind: str, uids: list[UUID], documents: Documents) -> int:
    """Read them anew in the transaction that writes: a verb may have been there meanwhile."""
    with transaction.atomic():
        return sync(kind, uids, documents(uids))


def rebuild() -> int:
    """Make all entries anew, in one transaction; return how many there are."""
    with transaction.atomic():
        Entry.objects.all().delete()
        for kind, documents in registered().items():
            for some in batched(documents(None), BATCH):
                Entry.objects.bulk_create(
                    [Entry(kind=kind, uid=each.uid, **each.row(kind)) for each in some]
                )
        return Entry.objects.count()
