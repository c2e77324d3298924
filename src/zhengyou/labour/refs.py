"""How references of this room resolve, and how its facts read: for the few, and for nobody else."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel.refs import Many, Resolver, Target
from zhengyou.labour.models import LabourCase
from zhengyou.labour.rules import visible_cases
from zhengyou.people.actor import Actor

VERBS: Mapping[str, str] = {
    "labour.write": "记一件保密的事",
    "labour_seat.give": "安排预警调解组的人",
    "labour_seat.end": "预警调解组的人不再担任",
}
"""Ledger verbs of this room and their words: one for all that is confidential."""


def case(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a case for whom it exists; its files follow it. For anybody else there is
    none, as if there never had been."""
    rows = LabourCase.objects.filter(uid=uid)
    if not viewer or not rows.filter(visible_cases(cast(Actor, viewer))).exists():
        return None
    return Target("保密的事", reverse("labour:case", args=[uid]), True)


RESOLVERS: Mapping[str, Resolver] = {"labour_case": case}
TOGETHER: Mapping[str, Many] = {}
