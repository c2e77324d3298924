"""Whose turn it is: worked out from order, pauses and changes, period by period. Pure but for one
reading of the rota's rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models

from zhengyou.kernel import periods, workdays
from zhengyou.kernel.periods import Period
from zhengyou.work.models import Rota, RotaOrder, RotaPause, RotaTurn, TurnChange
from zhengyou.work.models.rota import Taker

DAY = timedelta(days=1)


class TurnState(models.TextChoices):
    """Where a turn stands; follows from records and the clock, never stored."""

    COMING = "coming", "还没到"
    NOW = "now", "正在值"
    DONE = "done", "记全了"
    MISSED = "missed", "没记全"
    PAUSED = "paused", "停值"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn.

    Args:
        planned: whom the order says, None where it pauses; taker: whose turn it is in the end.
        change: why that is another; pause: the reason why nobody has it.
        days: days of it with a record; needed: of how many days, known when asked.
    """

    period: Period
    first: date
    last: date
    planned: Taker | None
    change: RotaTurn | None = None
    pause: str = ""
    days: tuple[date, ...] = ()
    needed: int = 1

    @property
    def taker(self) -> Taker | None:
        """Whose turn it is."""
        return self.change or self.planned

    @property
    def who(self) -> str:
        """Whose turn it is, in words."""
        return self.taker.who if self.taker else ""

    def state(self, day: date) -> TurnState:
        """Return where it stands at the end of ``day``."""
        if self.taker is None:
            return TurnState.PAUSED
        if len([each for each in self.days if each <= day]) >= self.needed:
            return TurnState.DONE
        if day < self.first:
            return TurnState.COMING
        return TurnState.NOW if day <= self.last else TurnState.MISSED


@dataclass(slots=True)
class Book:
    """The rows of a rota, read once."""

    rota: Rota
    orders: list[RotaOrder] = field(default_factory=list)
    pauses: list[RotaPause] = field(default_factory=list)
    changes: dict[date, RotaTurn] = field(default_factory=dict)

    @classmethod
    def of(cls, rota: Rota) -> "Book":
        """Read it. Four queries, none where the rows were fetched (``ROWS``)."""
        changes: dict[date, RotaTurn] = {}
        for row in rota.turns.all():  # by id: the newest counts
            changes[row.starts_on] = row
        kept = {day: row for day, row in changes.items() if row.how != TurnChange.BACK}
        return cls(rota, list(rota.orders.all()), list(rota.pauses.all()), kept)

    def turns(self, first: date, last: date) -> list[Turn]:
        """Return the turns that share a day with ``first`` to ``last``, both included."""
        return [turn for turn in self._all(last) if turn.last >= first]

    def turn_on(self, day: date) -> Turn | None:
        """Return the turn of ``day``, None where the rota has none then."""
        return next((turn for turn in self.turns(day, day)), None)

    def next_from(self, day: date) -> Turn | None:
        """Return the first turn that belongs to whoever keeps the rota from ``day`` on."""
        for turn in self._all(day + timedelta(days=800)):
            if middle(turn.period) >= day and turn.planned is not None:
                return turn
        return None

    def _all(self, last: date) -> Iterator[Turn]:
        """Yield the turns from the first on to the one that holds ``last``."""
        for number, order in enumerate(self.orders):
            after = self.orders[number + 1 : number + 2]
            end = min([last + DAY, *(each.since for each in after)])
            slots: Sequence[Taker] = list(order.slots.all())
            gone = 0
            for period in periods.periods_between(self.rota.cadence, order.since, end):
                if period.start < order.since and number:
                    continue  # the order before has it
                if not slots or not self.rota.holds(middle(period)):
                    continue
                pause = self._pause(period)
                yield self._turn(period, None if pause else slots[gone % len(slots)], pause)
                gone += not pause

    def _turn(self, period: Period, planned: Taker | None, pause: str) -> Turn:
        first = max(period.start, self.rota.since)
        last = period.last if self.rota.until is None else min(period.last, self.rota.until - DAY)
        change = None if pause else self.changes.get(period.start)
        return Turn(period, first, last, planned, change, pause)

    def _pause(self, period: Period) -> str:
        day = middle(period)
        return next((row.reason for row in self.pauses if row.holds(day)), "")


ROWS = ("orders__slots__person", "orders__slots__body", "pauses", "turns__person", "turns__body")
"""What to prefetch before a book is opened."""


def middle(period: Period) -> date:
    """Return the day that decides to whom a period belongs."""
    return period.start + (period.end - period.start) // 2


def workdays_in(first: date, last: date) -> int:
    """Return how many working days there are from ``first`` to ``last``, both included."""
    return workdays.workdays_between(first - DAY, last)
