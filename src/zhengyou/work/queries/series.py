"""What comes next in a series, and what it begins with."""

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from zhengyou.kernel import clock
from zhengyou.people.models import Organisation
from zhengyou.work.content import Attendee, Content, content_of
from zhengyou.work.models import (
    Attendance,
    Cadence,
    Part,
    Record,
    RecordKind,
    RecordSeries,
    RecordState,
)


@dataclass(frozen=True, slots=True)
class Coming:
    """A series with the day of its next record."""

    series: RecordSeries
    on: date
    last: Record | None

    @property
    def words(self) -> str:
        """How often, in words."""
        return words_of(self.series)

    @property
    def due(self) -> bool:
        """Whether its day has come."""
        return self.on <= clock.today()


WEEKDAYS = "一二三四五六日"


def words_of(series: RecordSeries) -> str:
    """Return how often a series is done: 每周一, 每月 5 日."""
    if series.cadence == Cadence.WEEK:
        return f"每周{WEEKDAYS[(series.day or 1) - 1]}"
    return f"每月 {series.day} 日"


def coming_of(body: Organisation) -> list[Coming]:
    """Return the body's series that run, with what comes next. Two queries."""
    series = list(RecordSeries.objects.on(clock.today()).filter(organisation=body))
    rows = Record.objects.filter(series__in=series).exclude(state=RecordState.STRUCK)
    last: dict[int | None, Record] = {}
    for row in rows.order_by("on", "id"):
        last[row.series_id] = row
    return [Coming(each, next_day(each, last.get(each.pk)), last.get(each.pk)) for each in series]


def next_day(series: RecordSeries, last: Record | None) -> date:
    """Return the day of the next record: the first fitting one after the last."""
    return day_after(series, last.on if last else None)


def day_after(series: RecordSeries, last: date | None) -> date:
    """Return the first day of ``series`` after the day ``last``, from its beginning where None."""
    first = last + timedelta(days=1) if last else series.since
    if series.cadence == Cadence.WEEK:
        return first + timedelta(days=((series.day or 1) - first.isoweekday()) % 7)
    here = _in_month(first.year, first.month, series.day or 1)
    if here >= first:
        return here
    return _in_month(first.year + first.month // 12, first.month % 12 + 1, series.day or 1)


def _in_month(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def beginning_of(series: RecordSeries, seen: Q) -> Content:
    """Return what the next record begins with: what the series says, and what the last one had if
    that is ``seen`` by whoever writes: with whom one talked is not everybody's to know."""
    rows = Record.objects.filter(series=series).exclude(state=RecordState.STRUCK)
    last = rows.order_by("-on", "-id").first()
    day = min(next_day(series, last), clock.today())
    known = rows.filter(seen, pk=last.pk).exists() if last else False
    begun = copied(last, day) if last and known else Content(kind=RecordKind(series.kind), on=day)
    return replace(
        begun, series=series, title=series.title, place=series.place or begun.place,
        begins_at=series.at or begun.begins_at,
    )  # fmt: skip


def copied(record: Record, day: date) -> Content:
    """Return what a copy of ``record`` begins with: all that is likely the same, no attendance,
    no words, no amounts."""
    old = content_of(record)
    people = tuple(
        Attendee(row.person, part=row.part)
        for row in old.people
        if row.attendance == Attendance.PRESENT or row.part != Part.TAKER
    )
    return Content(
        kind=old.kind, on=day, title=old.title, begins_at=old.begins_at, ends_at=old.ends_at,
        place=old.place, scope=old.scope, hours=old.hours, people=people,
        programmes=old.programmes, free_names=(),
    )  # fmt: skip
