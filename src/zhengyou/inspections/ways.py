"""Where a finding leads onward: the problem that was, or may be, made of it."""

from typing import Any, cast
from uuid import UUID

from django.urls import reverse

from zhengyou.inspections import rules
from zhengyou.inspections.models import Finding, FindingKind
from zhengyou.kernel.onward import Onward, Way
from zhengyou.people.actor import Actor
from zhengyou.problems.queries.of_source import of_sources
from zhengyou.problems.queries.onward import outcome_of


def of_finding(uid: UUID, viewer: Any) -> Onward:
    """Return the way to a problem, for those who inspect; nothing where nobody may ever."""
    row = Finding.objects.select_related("visit__inspection__organisation").filter(uid=uid).first()
    if row is None or row.kind != FindingKind.CRITICISM:
        return Onward()
    actor = cast(Actor, viewer)
    came = [outcome_of(problem) for problem in of_sources("finding", [uid], actor).get(uid, [])]
    verdict = rules.may_raise(actor, row)
    if not verdict and not rules.may_see_workings(actor, row.visit.inspection):
        return Onward(outcomes=came)
    return Onward(
        [Way("列为问题，限期整改", reverse("inspections:raise", args=[uid]), verdict)], came
    )
