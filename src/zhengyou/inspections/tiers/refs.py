"""How references to ways of telling apart resolve, and how their facts read."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.inspections.models.tier import TierScheme
from zhengyou.inspections.rules import tiers as rules
from zhengyou.kernel.refs import Resolver, Target
from zhengyou.people.actor import Actor

VERBS: Mapping[str, str] = {
    "tiers.set": "定先进、落后怎么分",
    "tiers.add": "加一条分档标准",
    "tiers.change": "改一条分档标准",
    "tiers.end": "停掉一条分档标准",
}
"""Ledger verbs and their words."""


def resolve(uid: UUID, viewer: object) -> Target | None:
    """Return the page of the groups, or None where it is gone."""
    row = TierScheme.objects.select_related("campaign", "organisation").filter(uid=uid).first()
    if row is None:
        return None
    seen = bool(viewer) and bool(rules.may_see_board(cast(Actor, viewer), row.organisation))
    url = reverse("inspections:tiers", args=[row.campaign.uid, row.organisation.uid])
    return Target(row.ref.label, url, seen)


RESOLVERS: Mapping[str, Resolver] = {"tier_scheme": resolve}
