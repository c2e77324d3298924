"""What was changed of a campaign since it began: the file then and now, each change and why."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from zhengyou.campaigns.blueprint.amended import amended
from zhengyou.campaigns.models import Campaign, CampaignChange
from zhengyou.climb.changes import Part, parts_of

AROUND = 2
"""Lines shown before and after a change."""


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that changed, with those around them.

    Args:
        line: where they stand in the older text, from 1.
        parts: words struck and underlined.
    """

    line: int
    before: str
    parts: tuple[Part, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the history with what it struck and put in."""

    row: CampaignChange
    parts: tuple[Part, ...]


def hunks(old: str, new: str) -> list[Hunk]:
    """Return what differs between two texts, place by place. Pure."""
    a, b = old.splitlines(), new.splitlines()
    found = []
    for how, a1, a2, b1, b2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if how != "equal":
            found.append(
                Hunk(
                    a1 + 1,
                    "\n".join(a[max(a1 - AROUND, 0) : a1]),
                    parts_of("\n".join(a[a1:a2]), "\n".join(b[b1:b2])),
                    "\n".join(a[a2 : a2 + AROUND]),
                )
            )
    return found


def file_changes(campaign: Campaign) -> list[Hunk]:
    """Return how the blueprint of today differs from the file the campaign began with."""
    return hunks(campaign.blueprint, amended(campaign))


def history_of(campaign: Campaign) -> list[Change]:
    """Return the changes, latest first. One query."""
    rows = campaign.changes.select_related("changed_by")
    return [Change(row, parts_of(row.before, row.after)) for row in rows]
