"""How many cases there were, as numbers that name nobody: quarters that are over, five and more.

A number below five is not told, nor one from which it could be reckoned. Quarters that have not
ended are left out, so that nobody sees a number move from one day to the next.
"""

from dataclasses import dataclass
from datetime import date

from zhengyou.kernel import clock, paths
from zhengyou.kernel.periods import Kind, Period, periods_between
from zhengyou.labour.models import SOLVED, CaseClosing, LabourCase
from zhengyou.people.models import Organisation

LEAST = 5
FEW = "不到 5 件，不显示"


@dataclass(frozen=True, slots=True)
class Total:
    """One quarter; the values are words."""

    label: str
    opened: str
    settled: str
    in_time: str


def totals_of(body: Organisation) -> list[Total]:
    """Return the quarters of this year and the last that are over, of ``body`` and all below it
    together: never of one body below. Two queries."""
    today = clock.today()
    quarters = [
        each
        for each in periods_between(Kind.QUARTER, date(today.year - 1, 1, 1), today)
        if each.end <= today
    ]
    first = date(today.year - 1, 1, 1)
    inside = paths.within("organisation__path", body.path)
    opened = list(
        LabourCase.objects.filter(inside, opened_on__gte=first).values_list("opened_on", flat=True)
    )
    below = paths.within("case__organisation__path", body.path)
    closed = CaseClosing.objects.filter(below, on__gte=first, outcome__in=SOLVED)
    ended = list(closed.values_list("on", "in_time"))
    return [_total(each, opened, ended) for each in reversed(quarters)]


def _total(quarter: Period, opened: list[date], ended: list[tuple[date, bool]]) -> Total:
    came = sum(quarter.start <= day < quarter.end for day in opened)
    here = [in_time for day, in_time in ended if quarter.start <= day < quarter.end]
    settled, timely = len(here), sum(here)
    hidden = settled < LEAST or 0 < settled - timely < LEAST
    return Total(quarter.label, told(came), told(settled), FEW if hidden else told(timely))


def told(number: int) -> str:
    """Return a number in words that name nobody; none at all is one of the few, too."""
    return f"{number} 件" if number >= LEAST else FEW
