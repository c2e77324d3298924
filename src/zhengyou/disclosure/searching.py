"""What disclosed items read like to the search: the version that stands, of what is published."""

from collections.abc import Collection, Iterator
from itertools import batched
from uuid import UUID

from django.db.models import Q

from zhengyou.disclosure.models import Audience, DisclosedItem, ItemState
from zhengyou.search import index
from zhengyou.search.sources import Document

KIND = "disclosed_item"
BATCH = 500


def documents(uids: Collection[UUID] | None = None) -> Iterator[Document]:
    """Return the documents of these items, or of all that are published."""
    which = Q() if uids is None else Q(uid__in=uids)
    rows = (
        DisclosedItem.objects.filter(which, state=ItemState.PUBLISHED)
        .select_related("organisation", "topic__duty")
        .prefetch_related("versions")
        .order_by("pk")
    )
    for row in rows.iterator(BATCH):
        yield _document(row)


def follow(item: DisclosedItem) -> None:
    """Make an item findable as it is now, or not any more, in the verb's transaction."""
    index.sync(KIND, [item.uid], documents([item.uid]))


def follow_names(bodies: Collection[int], persons: Collection[int]) -> None:
    """Make the items of these bodies findable by their names of now."""
    rows = DisclosedItem.objects.filter(organisation__in=bodies, state=ItemState.PUBLISHED)
    for some in batched(rows.order_by("pk").values_list("uid", flat=True), index.BATCH):
        index.sync(KIND, some, documents(some))


def _document(row: DisclosedItem) -> Document:
    last = list(row.versions.all())[-1]
    public = row.topic.audience == Audience.PUBLIC
    return Document(
        uid=row.uid,
        words=(last.title, row.topic.category, row.topic.title, row.organisation.name, last.text),
        public=public,
        scope=row.topic.duty.campaign_id,
        place=row.organisation_id,
    )
