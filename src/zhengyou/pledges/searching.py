"""What pledges read like to the search: one document an item that was sent in and still stands."""

from collections.abc import Collection, Iterator
from itertools import batched
from uuid import UUID

from django.db.models import Q

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.pledges.models import Pledge, PledgeItem
from zhengyou.search import index
from zhengyou.search.sources import Document

KIND = "pledge_item"
FOUND = (ClimbState.SUBMITTED, ClimbState.RETURNED, ClimbState.PUBLISHED)
"""A draft is nobody else's business, and what was withdrawn is not to be found."""
BATCH = 2000


def documents(uids: Collection[UUID] | None = None) -> Iterator[Document]:
    """Return the documents of these items, or of all."""
    which = Q() if uids is None else Q(uid__in=uids)
    items = (
        PledgeItem.objects.filter(which, state__in=FOUND)
        .select_related("pledge__person", "pledge__organisation")
        .order_by("pk")
    )
    for item in items.iterator(BATCH):
        yield _document(item)


def follow(pledge: Pledge) -> None:
    """Make the items of ``pledge`` findable as they are now, in the verb's transaction."""
    uids = list(pledge.items.values_list("uid", flat=True))
    index.sync(KIND, uids, documents(uids))


def follow_names(bodies: Collection[int], persons: Collection[int]) -> None:
    """Make what these bodies and persons promised findable by their names of now."""
    whose = Q(organisation__in=bodies) | Q(pledge__person__in=persons)
    items = PledgeItem.objects.filter(whose, state__in=FOUND).order_by("pk")
    for some in batched(items.values_list("uid", flat=True), index.BATCH):
        index.sync(KIND, some, documents(some))


def _document(item: PledgeItem) -> Document:
    pledge, person = item.pledge, item.pledge.person
    until = item.announced_until
    put_out = item.state == ClimbState.SUBMITTED and until is not None and until >= clock.today()
    return Document(
        uid=item.uid,
        words=(item.text, item.beneficiary, pledge.organisation.name),
        names=(person.name, person.work) if person else (),
        public=item.state == ClimbState.PUBLISHED or put_out,
        scope=item.campaign_id,
        place=pledge.organisation_id,
    )
