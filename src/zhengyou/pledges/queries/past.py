"""Where promises stood at the end of a past day."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhengyou.climb.history import replay, states_after
from zhengyou.climb.models import ClimbState
from zhengyou.pledges.models import Pledge, PledgeItem

SUBMIT = "pledge.submit"
AFTER = {
    "pledge_item.add": ClimbState.DRAFT,
    SUBMIT: ClimbState.SUBMITTED,
    **states_after("pledge_item", PledgeItem),
}


def item_states(items: QuerySet[PledgeItem], day: date) -> dict[UUID, ClimbState]:
    """Return the state of each of ``items`` at the end of ``day``; those not there are missing.

    Sending in is one fact of the pledge that names its items.
    """
    pledges = Pledge.objects.filter(items__in=items).values("uid")
    about = Q(about_kind="pledge_item", about_uid__in=items.values("uid"))
    about |= Q(about_kind="pledge", verb=SUBMIT, about_uid__in=pledges)
    return replay(about, day, AFTER, {SUBMIT: "items"})
