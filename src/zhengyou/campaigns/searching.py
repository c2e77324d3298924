"""What plans read like to the search: the published ones."""

from collections.abc import Collection, Iterator
from itertools import batched
from uuid import UUID

from django.db.models import Q

from zhengyou.campaigns.models import Plan
from zhengyou.climb.models import ClimbState
from zhengyou.search import index
from zhengyou.search.sources import Document

KIND = "plan"
BATCH = 200


def documents(uids: Collection[UUID] | None = None) -> Iterator[Document]:
    """Return the documents of these plans, or of all that are published."""
    which = Q() if uids is None else Q(uid__in=uids)
    plans = (
        Plan.objects.filter(which, state=ClimbState.PUBLISHED)
        .select_related("organisation", "campaign")
        .prefetch_related("sections")
        .order_by("pk")
    )
    for plan in plans.iterator(BATCH):
        texts = [section.text for section in plan.sections.all()]
        yield Document(
            uid=plan.uid,
            words=(plan.title, plan.organisation.name, *texts),
            public=True,
            scope=plan.campaign_id,
            place=plan.organisation_id,
        )


def follow(plan: Plan) -> None:
    """Make a plan findable, or not any more, in the verb's transaction."""
    index.sync(KIND, [plan.uid], documents([plan.uid]))


def follow_names(bodies: Collection[int], persons: Collection[int]) -> None:
    """Make the plans of these bodies findable by the names of now."""
    plans = Plan.objects.filter(organisation__in=bodies, state=ClimbState.PUBLISHED)
    for some in batched(plans.order_by("pk").values_list("uid", flat=True), index.BATCH):
        index.sync(KIND, some, documents(some))
