"""Where plans stood at the end of a past day, and which bodies took part then."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from zhengyou.campaigns.models import Plan
from zhengyou.climb.history import replay, states_after
from zhengyou.climb.models import ClimbState

AFTER = {"plan.adopt": ClimbState.DRAFT} | states_after("plan", Plan)


def plan_states(plans: Iterable[Plan], day: date) -> dict[UUID, ClimbState]:
    """Return the state of each of ``plans`` at the end of ``day``; those not begun are missing."""
    uids = [plan.uid for plan in plans]
    return replay(Q(about_kind="plan", about_uid__in=uids), day, AFTER)
