"""What suggestions read like to the search: their words, never who made them."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import Q

from zhengyou.search import index
from zhengyou.search.sources import Document
from zhengyou.voices.models import Suggestion

KIND = "suggestion"
BATCH = 500


def documents(uids: Collection[UUID] | None = None) -> Iterator[Document]:
    """Return the documents of these suggestions, or of all."""
    which = Q() if uids is None else Q(uid__in=uids)
    rows = Suggestion.objects.filter(which).select_related("home").order_by("pk")
    for row in rows.iterator(BATCH):
        yield Document(row.uid, (row.title, row.text, row.home.name), place=row.home_id)


def follow(suggestions: Iterable[Suggestion]) -> None:
    """Make suggestions findable as they are now, in the verb's transaction."""
    uids = [row.uid for row in suggestions]
    for start in range(0, len(uids), index.BATCH):
        some = uids[start : start + index.BATCH]
        index.sync(KIND, some, documents(some))
