"""Where plans and promises stood at the end of a past day, read from the ledger.

A row only keeps the moment of its last submission; what it was returned for and sent again is in
the facts alone. Today needs none of this: a row's own state is the answer.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from zhengyou.campaigns.models import Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.ledger.models import Fact
from zhengyou.pledges.models import Pledge, PledgeItem

BEGUN = {"plan.adopt": ClimbState.DRAFT, "pledge_item.add": ClimbState.DRAFT}
MOVED = {
    f"{kind}.{arrow.name}": ClimbState(arrow.target)
    for kind, model in (("plan", Plan), ("pledge_item", PledgeItem))
    for arrow in model.TRANSITIONS
}
AFTER = BEGUN | MOVED
"""Verb of a fact → the state it leads to."""


def end_of(day: date) -> datetime:
    """Return the first moment after ``day`` in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)


def plan_states(plans: Iterable[Plan], day: date) -> dict[UUID, ClimbState]:
    """Return the state of each of ``plans`` at the end of ``day``; those not begun are missing."""
    about = Q(about_kind="plan", about_uid__in=[plan.uid for plan in plans])
    return _replay(about, day)


def item_states(items: QuerySet[PledgeItem], day: date) -> dict[UUID, ClimbState]:
    """Return the state of each of ``items`` at the end of ``day``; those not there are missing.

    Sending in is one fact of the pledge that names its items.
    """
    pledges = Pledge.objects.filter(items__in=items).values("uid")
    about = Q(about_kind="pledge_item", about_uid__in=items.values("uid"))
    return _replay(about | Q(about_kind="pledge", verb="pledge.submit", about_uid__in=pledges), day)


def _replay(about: Q, day: date) -> dict[UUID, ClimbState]:
    states: dict[UUID, ClimbState] = {}
    facts = Fact.objects.filter(about, at__lt=end_of(day)).order_by("seq")
    for verb, uid, data in facts.values_list("verb", "about_uid", "data"):
        if verb == "pledge.submit":
            for item in data["items"]:
                states[UUID(item)] = ClimbState.SUBMITTED
        elif verb in AFTER:
            states[uid] = AFTER[verb]
    return states
