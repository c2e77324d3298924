"""From which days on a duty may be changed or ended: first days of periods, so that no period is
judged by two requirements.
"""

from dataclasses import dataclass
from datetime import date

from zhengyou.ui.text import long_date
from zhengyou.work.models import Cadence, Duty, OwnCadence
from zhengyou.work.turns import turns_of

MOST = 12
"""So many first days are offered."""
AT_ONCE = (Cadence.ONCE, Cadence.ANYTIME)
"""What is due once, or whenever it fits, has no period that could be cut in two."""
WHOLE = (Cadence.CAMPAIGN, Cadence.PHASE)
"""Periods that are too long to wait for: changed from their first day on."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """A day on which something may begin, and how it reads."""

    day: date
    label: str


def beginnings_of(duty: Duty, day: date) -> list[Beginning]:
    """Return the days, from ``day`` on, on which a change of ``duty`` may take effect.

    A duty of a phase, or of the whole campaign, may be changed from the first day of the present
    one, too. Where bodies set the interval (定期), from the first day of a period of the longest.
    """
    rows = sorted(duty.terms.all(), key=lambda row: (row.since, row.pk))
    held = [row for row in rows if row.until is None or row.until > row.since]
    if not held:
        return []
    terms = next((row for row in held if row.holds(day)), held[-1])
    cadence = Cadence(terms.cadence)
    first = max(day, terms.since)
    if cadence in AT_ONCE:
        return [Beginning(first, long_date(first))]
    turns = [turn for turn in turns_of(duty, _longest(duty, cadence), day=day) if not turn.unset]
    fits = [
        turn for turn in turns if turn.start >= day or (cadence in WHOLE and day in turn)
    ]  # fmt: skip
    found = {turn.start: f"{long_date(turn.start)}（{turn.label}）" for turn in fits}
    if cadence == Cadence.REGULAR and not found:
        found[first] = long_date(first)
    return [Beginning(start, label) for start, label in sorted(found.items())][:MOST]


def _longest(duty: Duty, cadence: Cadence) -> list[OwnCadence]:
    """Return the longest interval that a body gave itself, as if it were everybody's."""
    if cadence != Cadence.REGULAR:
        return []
    rows = list(OwnCadence.objects.held().filter(duty=duty, until=None))
    order = list(Cadence)
    longest = max(rows, key=lambda row: order.index(Cadence(row.cadence)), default=None)
    if longest is None:
        return []
    return [OwnCadence(duty=duty, cadence=longest.cadence, since=duty.campaign.starts_on)]
