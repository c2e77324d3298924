"""The one place that knows what time it is. Dates are Asia/Shanghai, datetimes are UTC.

Nothing else may call ``date.today`` or ``timezone.now``: tests and the demo travel in time here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_pinned: ContextVar[datetime | None] = ContextVar("pinned", default=None)


def now() -> datetime:
    """Return the moment in UTC, for ledger and tasks."""
    return _pinned.get() or datetime.now(UTC)


def today() -> date:
    """Return today's date in China, for everything in the domain."""
    return now().astimezone(SHANGHAI).date()


FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


def is_thinkable(day: date) -> bool:
    """Tell whether a day that somebody typed can be meant: one can go on counting from it."""
    return FIRST <= day <= LAST


def days_from_today(days: int) -> date:
    """Return the date ``days`` after today (negative: before)."""
    return today() + timedelta(days=days)


@contextmanager
def at(moment: date | datetime, hour: int = 9) -> Iterator[None]:
    """Stand at ``moment`` for the length of a block (a bare date means ``hour`` o'clock there)."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(hour), SHANGHAI)
    token = _pinned.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pinned.reset(token)
