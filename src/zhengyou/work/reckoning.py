"""What was done of a duty in one of its periods, and how it stands with it. Pure arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from zhengyou.work.models import DutyState, DutyTerms, Measure
from zhengyou.work.turns import Turn

NOTHING = Decimal(0)


class Act(NamedTuple):
    """One credit: the day it counts for, the day it was done and the day it was entered."""

    on: date
    done_on: date
    entered_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How much was done in a period as of a day.

    Args:
        done: whether it is as much as is asked.
        late: it was so much only after the period with its days of grace.
        entered_late: 补录, done in time and entered after the period with its days of grace.
    """

    count: int = 0
    amount: Decimal = NOTHING
    done: bool = False
    late: bool = False
    entered_late: bool = False


def enough(terms: DutyTerms, count: int, amount: Decimal) -> bool:
    """Tell whether so many records of together so much are what ``terms`` ask for."""
    return count >= terms.times and (not in_total(terms) or amount >= terms.least)


def in_total(terms: DutyTerms) -> bool:
    """Whether the records of a period are measured together. Where each is, only those that are
    long enough were credited."""
    return not terms.each and terms.measure != Measure.TIMES


def reckon(turn: Turn, acts: Iterable[Act], day: date) -> Reckoning:
    """Return how much was done in ``turn`` as of ``day``, whenever it was entered."""
    mine = [act for act in acts if turn.takes(act.on) and act.done_on <= day]
    if not mine:
        return Reckoning()
    done = _is_enough(turn, mine)
    in_time = [act for act in mine if act.done_on <= turn.closes]
    late = done and not _is_enough(turn, in_time)
    written = [act for act in in_time if act.entered_on <= turn.closes]
    return Reckoning(
        count=len(mine),
        amount=_sum(mine),
        done=done,
        late=late,
        entered_late=done and not late and not _is_enough(turn, written),
    )


def _is_enough(turn: Turn, acts: list[Act]) -> bool:
    return enough(turn.terms, len(acts), _sum(acts))


def _sum(acts: Iterable[Act]) -> Decimal:
    return sum((act.amount for act in acts), NOTHING)


def state_of(turn: Turn, *, done: bool, exempt: bool, day: date) -> DutyState:
    """Return how it stands on ``day`` with a period that has begun."""
    if exempt:
        return DutyState.EXEMPT
    if turn.unset:
        return DutyState.UNSET
    if done:
        return DutyState.DONE
    if turn.anytime:
        return DutyState.WHENEVER
    return DutyState.OVERDUE if turn.is_over(day) else DutyState.DUE
