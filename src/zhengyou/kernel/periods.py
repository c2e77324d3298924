"""Weeks, months, quarters, half-years, years and school terms as half-open spans of days."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db import models

from zhengyou.kernel.verdict import Verdict

Term = tuple[str, str, str]
"""Title, first day and last day (both ``MM-DD``, both included); may cross the year's end."""

_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_QUARTERS = "一二三四"


class Kind(models.TextChoices):
    """How long a period is."""

    WEEK = "week", "周"
    MONTH = "month", "月"
    QUARTER = "quarter", "季度"
    HALF_YEAR = "half-year", "半年"
    YEAR = "year", "年"
    TERM = "term", "学期"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``start`` up to, not including, ``end``. Periods sort by their start."""

    start: date
    end: date
    kind: str
    label: str

    def __str__(self) -> str:
        return self.label

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> date:
        """Return the last day, for texts."""
        return self.end - timedelta(days=1)

    def previous(self, terms: Sequence[Term] = ()) -> "Period":
        """Return the period before; ``terms`` as in :func:`period_of`."""
        if self.kind == Kind.TERM:
            return max(each for each in _terms_around(self.start, terms) if each < self)
        return _plain(self.kind, self.start - timedelta(days=1))

    def next(self, terms: Sequence[Term] = ()) -> "Period":
        """Return the period after; ``terms`` as in :func:`period_of`."""
        if self.kind == Kind.TERM:
            return min(each for each in _terms_around(self.start, terms) if each > self)
        return _plain(self.kind, self.end)


def period_of(kind: str, day: date, terms: Sequence[Term] = ()) -> Period | None:
    """Return the period ``day`` falls in; None only for a day outside every term.

    Args:
        kind: one of :class:`Kind`.
        day: any day.
        terms: the school's terms, for kind ``term``; see :data:`Term`.

    Raises:
        ValueError: unknown kind, or a term is not well written.
    """
    if kind == Kind.TERM:
        return next((each for each in _terms_around(day, terms) if day in each), None)
    return _plain(kind, day)


def periods_between(
    kind: str, start: date, end: date, terms: Sequence[Term] = ()
) -> Iterator[Period]:
    """Yield, in order, the periods that share a day with ``start`` up to, not including, ``end``.

    Raises:
        ValueError: as :func:`period_of`.
    """
    if start >= end:
        return
    if kind == Kind.TERM:
        for year in range(start.year - 1, end.year + 1):
            yield from (
                each for each in _terms_of(year, terms) if each.start < end and each.end > start
            )
        return
    period = _plain(kind, start)
    while period.start < end:
        yield period
        period = period.next()


def check_terms(terms: Sequence[Term]) -> Verdict:
    """Tell whether terms are well written: dates exist, titles differ, no day is in two terms."""
    for title, first, last in terms:
        for text in (first, last):
            if not _exists(text):
                return Verdict.no(f"学期“{title}”的日期“{text}”不对，要写成 09-01 这样的月-日。")
    if len({title for title, _, _ in terms}) < len(terms):
        return Verdict.no("有两个学期名称相同，请改成不同的名称。")
    spans = sorted(each for year in (2023, 2024, 2025) for each in _terms_of(year, terms))
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            return Verdict.no(f"{earlier.label}和{later.label}的日期有重叠，请改开。")
    return Verdict.yes()


def _exists(text: str) -> bool:
    match = _MONTH_DAY.fullmatch(text)
    return bool(match) and int(text[3:]) <= monthrange(2024, int(text[:2]))[1]


def _plain(kind: str, day: date) -> Period:
    if kind == Kind.WEEK:
        year, week, weekday = day.isocalendar()
        start = day - timedelta(days=weekday - 1)
        return Period(start, start + timedelta(days=7), kind, f"{year}年第{week}周")
    if kind not in _MONTHS:
        raise ValueError(f"unknown kind of period: {kind!r}")
    months = _MONTHS[kind]
    index = (day.month - 1) // months
    return Period(
        date(day.year, index * months + 1, 1),
        _first_of_month(day.year, (index + 1) * months + 1),
        str(kind),
        f"{day.year}年{_part_label(kind, index)}",
    )


def _first_of_month(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _part_label(kind: str, index: int) -> str:
    if kind == Kind.MONTH:
        return f"{index + 1}月"
    if kind == Kind.QUARTER:
        return f"第{_QUARTERS[index]}季度"
    if kind == Kind.HALF_YEAR:
        return ("上半年", "下半年")[index]
    return ""


def _terms_of(year: int, terms: Sequence[Term]) -> list[Period]:
    """Return the terms that begin in ``year``, in order."""
    return sorted(_term(year, *term) for term in terms)


def _term(year: int, title: str, first: str, last: str) -> Period:
    start = _month_day(year, first)
    crosses = last < first
    end = _month_day(year + crosses, last) + timedelta(days=1)
    years = f"{year}—{year + 1}年" if crosses else f"{year}年"
    return Period(start, end, str(Kind.TERM), f"{years}{title}")


def _month_day(year: int, text: str) -> date:
    """Read ``MM-DD``; 02-29 means the end of February in other years, too."""
    if not _exists(text):
        raise ValueError(f"not a month and day: {text!r}")
    month, day = int(text[:2]), int(text[3:])
    return date(year, month, min(day, monthrange(year, month)[1]))


def _terms_around(day: date, terms: Sequence[Term]) -> list[Period]:
    if not terms:
        raise ValueError("a term needs the school's terms")
    return [each for year in range(day.year - 2, day.year + 3) for each in _terms_of(year, terms)]
