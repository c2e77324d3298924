"""What problems read like to the search. A person's own shortcoming is not to be found by words."""

from collections.abc import Collection, Iterator
from itertools import batched
from uuid import UUID

from django.db.models import Q

from zhengyou.problems.models import Problem
from zhengyou.search import index
from zhengyou.search.sources import Document

KIND = "problem"
BATCH = 500


def documents(uids: Collection[UUID] | None = None) -> Iterator[Document]:
    """Return the documents of these problems, or of all that are of bodies."""
    which = Q() if uids is None else Q(uid__in=uids)
    rows = Problem.objects.filter(which, subject=None)
    rows = rows.select_related("organisation", "owner").order_by("pk")
    for row in rows.iterator(BATCH):
        yield _document(row)


def follow(problem: Problem) -> None:
    """Make a problem findable as it is now, in the verb's transaction."""
    index.sync(KIND, [problem.uid], documents([problem.uid]))


def follow_names(bodies: Collection[int], persons: Collection[int]) -> None:
    """Make the problems of these bodies and persons findable by their names of now."""
    rows = Problem.objects.filter(Q(organisation__in=bodies) | Q(owner__in=persons), subject=None)
    for some in batched(rows.order_by("pk").values_list("uid", flat=True), index.BATCH):
        index.sync(KIND, some, documents(some))


def _document(row: Problem) -> Document:
    return Document(
        uid=row.uid,
        words=(row.title, row.text, row.organisation.name),
        names=(row.owner.name,) if row.owner else (),
        scope=row.campaign_id,
        place=row.organisation_id,
    )
