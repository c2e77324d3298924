"""Working days of China: the State Council's yearly arrangement with its 调休.

Three layers, the first that knows a day decides: the table :class:`SpecialDay`, the arrangement
as the ``holidays`` library has it, and, for years not yet arranged, Monday to Friday without the
festivals that 《全国年节及纪念日放假办法》 fixes for good. Days of the last kind are provisional
(暂定): the arrangement may still move them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from zhengyou.kernel.models import SpecialDay

_WEEK = "一二三四五六日"
_STEP = 60


@dataclass(frozen=True, slots=True)
class DayKind:
    """Whether a day works, what it is called (empty: nothing special), whether that may change."""

    works: bool
    title: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Due:
    """A day that was counted to, and whether a day on the way was provisional."""

    day: date
    provisional: bool

    def __str__(self) -> str:
        text = f"{self.day.year}年{self.day.month}月{self.day.day}日"
        return f"{text}（暂定）" if self.provisional else text


def day_kind(day: date) -> DayKind:
    """Return what kind of day ``day`` is."""
    return _kinds(day, day)[0]


def add_workdays(day: date, count: int) -> Due:
    """Return the day on which ``count`` working days are full, counting from the day after.

    A public notice of 5 working days put up on a Monday is full on the next Monday. With 0 the
    answer is the first working day that is not before ``day``.

    Args:
        day: when the counting begins; itself never counted.
        count: 0 … 1000.

    Raises:
        ValueError: ``count`` is out of range.
    """
    if not 0 <= count <= 1000:
        raise ValueError(f"working days to add: 0 to 1000, not {count}")
    current = day if count else day - timedelta(days=1)
    left, provisional = count or 1, False
    while True:
        for kind in _kinds(current + timedelta(days=1), current + timedelta(days=_STEP)):
            current += timedelta(days=1)
            provisional |= kind.provisional
            left -= kind.works
            if not left:
                return Due(current, provisional)


def add_workdays_to_each(pairs: Collection[tuple[date, int]]) -> dict[tuple[date, int], Due]:
    """Return what :func:`add_workdays` gives for each day and count, with the calendar read once:
    for lists, whatever their length."""
    if not pairs:
        return {}
    first = min(day for day, _ in pairs)
    far = max(count for _, count in pairs) * 2 + _STEP
    last = max(day for day, _ in pairs) + timedelta(days=far)
    kinds = _kinds(first, last)
    return {(day, count): _counted(kinds, first, day, count) for day, count in set(pairs)}


def _counted(kinds: Sequence[DayKind], first: date, day: date, count: int) -> Due:
    left, provisional = count or 1, False
    place = (day - first).days + (1 if count else 0)
    for offset, kind in enumerate(kinds[place:]):
        provisional |= kind.provisional
        left -= kind.works
        if not left:
            return Due(first + timedelta(days=place + offset), provisional)
    return add_workdays(day, count)  # farther than anybody would have thought


def workdays_between(start: date, end: date) -> int:
    """Return how many working days lie after ``start`` up to and including ``end``.

    It undoes :func:`add_workdays`. Where ``end`` is before ``start`` the number is negative.
    """
    if end < start:
        return -workdays_between(end, start)
    return sum(kind.works for kind in _kinds(start + timedelta(days=1), end))


def working_days(first: date, last: date) -> list[date]:
    """Return the working days from ``first`` to ``last``, both included: for many deadlines at
    once. Two queries and one a year that the library does not know."""
    kinds = _kinds(first, last)
    return [first + timedelta(days=at) for at, kind in enumerate(kinds) if kind.works]


def is_arranged(year: int) -> bool:
    """Tell whether the arrangement of ``year`` is known, so that its days are not provisional.

    Known means: the library has it, or somebody typed it in, with 1 October and at least one
    make-up working day (there has been one in every arrangement since 2001).
    """
    if _library(year).arranged:
        return True
    typed = SpecialDay.objects.filter(day__year=year)
    return typed.filter(works=True).exists() and typed.filter(day=date(year, 10, 1)).exists()


@dataclass(frozen=True, slots=True)
class _Year:
    """What the library says about a year: days with a name, and weekend days that work."""

    named: dict[date, str]
    made_up: frozenset[date]

    @property
    def arranged(self) -> bool:
        return bool(self.made_up)


@cache
def _library(year: int) -> _Year:
    import holidays  # Slow to import, and most processes never count working days.

    calendar = holidays.country_holidays("CN", years=year, expand=False)
    # Until the arrangement is out the library only computes the festivals: no make-up days.
    made_up = frozenset(day for day in calendar.weekend_workdays if day.year == year)
    return _Year({day: str(name) for day, name in calendar.items()}, made_up)


def _kinds(first: date, last: date) -> list[DayKind]:
    """Return the kinds of the days from ``first`` to ``last``, both included."""
    special = {row.day: row for row in SpecialDay.objects.filter(day__range=(first, last))}
    arranged = {year: is_arranged(year) for year in range(first.year, last.year + 1)}
    kinds = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        row = special.get(day)
        kinds.append(
            DayKind(row.works, row.title, False) if row else _built_in(day, arranged[day.year])
        )
    return kinds


def _built_in(day: date, arranged: bool) -> DayKind:
    year = _library(day.year)
    if day in year.made_up:
        return DayKind(True, "调休上班", False)
    if day in year.named:
        title = year.named[day]
        return DayKind(False, "调休放假" if title.startswith("休息日") else title, not arranged)
    weekend = day.weekday() >= 5
    return DayKind(not weekend, f"周{_WEEK[day.weekday()]}" if weekend else "", not arranged)
