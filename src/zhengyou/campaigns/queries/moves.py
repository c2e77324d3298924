"""How the days of phases were moved while a campaign ran, and why: for everybody to see."""

from dataclasses import dataclass
from datetime import date, datetime

from zhengyou.campaigns.models import Campaign
from zhengyou.ledger.queries import Entry, history
from zhengyou.ui.text import long_date

MOST = 10


@dataclass(frozen=True, slots=True)
class Move:
    """One phase that got other days.

    Args:
        reason: as it was given; empty where it was moved before the start, or erased.
    """

    title: str
    at: datetime
    before: str
    after: str
    reason: str


def phase_moves(campaign: Campaign) -> list[Move]:
    """Return the last moves since ``campaign`` was started, the latest first. One query.

    Args:
        campaign: best with its phases fetched.
    """
    if campaign.opened_at is None:
        return []
    titles = {phase.code: phase.title for phase in campaign.phases.all()}
    entries = [
        entry
        for entry in history(campaign.ref)
        if entry.verb == "campaign.move_phases" and entry.at >= campaign.opened_at
    ]
    return [
        move for entry in entries for move in _moves(entry, titles)
    ][:MOST]  # fmt: skip


def _moves(entry: Entry, titles: dict[str, str]) -> list[Move]:
    reason = str((entry.names or {}).get("reason", ""))
    return [
        Move(titles[code], entry.at, _days(days), _days(entry.data["to"][code]), reason)
        for code, days in entry.data["from"].items()
        if code in titles
    ]


def _days(given: list[str]) -> str:
    first, last = (long_date(date.fromisoformat(day)) for day in given)
    return f"{first}到{last}"
