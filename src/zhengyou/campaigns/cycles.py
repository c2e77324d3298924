"""The dated rows of award cycles: derived from the campaign's days, so they move with its phases.

A rest at either end that is shorter than half a cycle belongs to its neighbour: a campaign from
April whose years are counted from July has its first appraisal after fifteen months.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from zhengyou.campaigns.blueprint.spans import Span
from zhengyou.campaigns.models import Campaign, Cycle

DAY = timedelta(days=1)
UNITS = {12: "年", 6: "个半年", 3: "个季度"}
"""Months of a cycle and how its rows are counted: 第二年, 第二个半年."""
_SHORT = {12: "年度", 6: "半年", 3: "季度"}  # what need not be said twice: 第二年（年度）评比
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class CycleRow:
    """One turn of a cycle, both days included."""

    code: str
    title: str
    number: int
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        """Tell whether ``day`` is in it."""
        return self.starts_on <= day <= self.ends_on


def cycle_rows(campaign: Campaign) -> list[CycleRow]:
    """Return the turns of all cycles of ``campaign``, cycle by cycle. One query, none where
    they were fetched.
    """
    return [row for cycle in campaign.cycles.all() for row in turns(cycle, campaign)]


def cycle_days(campaign: Campaign) -> list[tuple[str, date, date]]:
    """Return title, first and last day of each turn, as the ribbon shows them."""
    return [(row.title, row.starts_on, row.ends_on) for row in cycle_rows(campaign)]


def turns(cycle: Cycle, campaign: Campaign) -> list[CycleRow]:
    """Return the turns of one cycle within the days of ``campaign``."""
    edges = [campaign.starts_on, *_cuts(cycle, campaign), campaign.ends_on + DAY]
    half = timedelta(days=cycle.months * 15)
    if len(edges) > 2 and edges[1] - edges[0] < half:
        del edges[1]
    if len(edges) > 2 and edges[-1] - edges[-2] < half:
        del edges[-2]
    return [
        CycleRow(cycle.code, name(cycle, number), number, start, end - DAY)
        for number, (start, end) in enumerate(pairwise(edges), start=1)
    ]


def _cuts(cycle: Cycle, campaign: Campaign) -> Iterator[date]:
    """Return the days within the campaign, its first left out, on which a new turn begins."""
    anchor = campaign.starts_on
    if cycle.from_day:
        month, day = map(int, cycle.from_day.split("-"))
        anchor = date(campaign.starts_on.year - 1, month, day)
    turn = 0
    while (cut := Span(months=cycle.months * turn).after(anchor)) <= campaign.ends_on:
        if cut > campaign.starts_on:
            yield cut
        turn += 1


def name(cycle: Cycle, number: int) -> str:
    """Return ``第二年评比周期``."""
    unit, short = UNITS.get(cycle.months, "期"), _SHORT.get(cycle.months, "")
    return f"第{counted(number)}{unit}{cycle.title.removeprefix(short)}周期"


def counted(number: int) -> str:
    """Return a number below 100 as 二, 十二, 二十."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"
