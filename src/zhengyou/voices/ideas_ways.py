"""What a suggestion says already when it becomes a problem."""

from typing import cast
from uuid import UUID

from zhengyou.people.actor import Actor
from zhengyou.problems.sources import Beginning, Source
from zhengyou.voices import rules
from zhengyou.voices.models import Suggestion


def of_suggestion(uid: UUID, viewer: object) -> Beginning | None:
    """Return what a suggestion says, or None where it does not exist for the viewer."""
    rows = Suggestion.objects.filter(rules.visible_suggestions(cast(Actor, viewer)), uid=uid)
    row = rows.select_related("holder", "box__campaign").first()
    if row is None:
        return None
    return Beginning(
        body=row.holder, label=row.title, title=row.title, text=row.text[:1000],
        campaign=row.box.campaign, found_on=row.entered_on,
    )  # fmt: skip


SOURCES = (Source("suggestion", "建议", begin=of_suggestion),)
"""Kinds of this room in which problems are found."""
