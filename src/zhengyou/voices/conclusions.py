"""References to conclusions of discussions: everybody may read them; a problem may come of one."""

from collections.abc import Collection
from typing import Any, cast
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Target
from zhengyou.people.actor import Actor
from zhengyou.problems.sources import Beginning
from zhengyou.voices.models import Conclusion
from zhengyou.voices.rules.talks import may_conclude


def resolve(uid: UUID, viewer: object) -> Target | None:
    """Return the public page of a conclusion, or None where it is gone."""
    return together([uid], viewer).get(uid)


def together(uids: Collection[UUID], viewer: object) -> dict[UUID, Target]:
    """Return what conclusions lead to. One query."""
    rows = Conclusion.objects.filter(uid__in=uids).select_related("box")
    return {
        row.uid: Target(
            f"“{row.box.title}”的结论", reverse("voices:by_theme", args=[row.box.uid]), True
        )
        for row in rows
    }


def begin(uid: UUID, viewer: Any) -> Beginning | None:
    """Return what a problem that comes of a conclusion says already."""
    row = Conclusion.objects.filter(uid=uid).select_related("box__organisation").first()
    if row is None or not may_conclude(cast(Actor, viewer), row.box):
        return None
    day = row.at.astimezone(clock.SHANGHAI).date()
    return Beginning(
        body=row.box.organisation,
        label=f"“{row.box.title}”的结论",
        title=row.box.title[:60],
        text=row.text,
        campaign=row.box.campaign,
        found_on=day,
    )
