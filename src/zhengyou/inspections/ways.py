"""Where a finding leads onward: the problem that was, or may be, made of it."""

from typing import Any, cast
from uuid import UUID

from django.urls import reverse

from zhengyou.inspections import rules
from zhengyou.inspections.models import Finding, FindingKind
from zhengyou.kernel.onward import Onward, Way
from zhengyou.people.actor import Actor


def of_finding(uid: UUID, viewer: Any) -> Onward:
    """Return the way to a problem, for those who inspect; nothing where nobody may ever."""
    row = Finding.objects.select_related("visit__inspection__organisation").filter(uid=uid).first()
    if row is None or row.kind != FindingKind.CRITICISM:
        return Onward()
    verdict = rules.may_raise(cast(Actor, viewer), row)
    if not verdict and not rules.may_see_workings(cast(Actor, viewer), row.visit.inspection):
        return Onward()
    return Onward([Way("列为问题，限期整改", reverse("inspections:raise", args=[uid]), verdict)])
