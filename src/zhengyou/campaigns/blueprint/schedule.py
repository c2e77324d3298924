"""When phases and tasks fall, once the day is known on which the campaign begins. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zhengyou.campaigns.blueprint.spans import BeforeEnd, Nth, Span, parse_nth, parse_span
from zhengyou.kernel.verdict import Refused

DAY = timedelta(days=1)
Due = Nth | BeforeEnd | date


@dataclass(frozen=True, slots=True)
class Timing:
    """When a phase is: after another one, from the n-th day of the campaign, or on fixed days.

    Args:
        after: code of the phase it follows.
        starts: counted from the campaign's first day.
        since: fixed first day; until: fixed last day, included.
        lasts: its length, where ``until`` does not give it.
    """

    after: str = ""
    starts: Nth | None = None
    since: date | None = None
    until: date | None = None
    lasts: Span | None = None

    @classmethod
    def from_values(cls, values: dict[str, str]) -> "Timing":
        """Read back what :attr:`values` gave."""
        dates = {key: date.fromisoformat(values[key]) for key in ("from", "until") if key in values}
        return cls(
            after=values.get("after", ""),
            starts=parse_nth(values.get("starts", "")),
            since=dates.get("from"),
            until=dates.get("until"),
            lasts=parse_span(values.get("lasts", "")),
        )

    @classmethod
    def fixed_by(cls, begins: date, starts_on: date, ends_on: date) -> "Timing":
        """Return the same days as a relative timing of a campaign that begins on ``begins``."""
        return cls(
            starts=Nth((starts_on - begins).days + 1, "天"),
            lasts=Span(days=(ends_on - starts_on).days + 1),
        )

    @property
    def values(self) -> dict[str, str]:
        """The timing as it is written in a blueprint."""
        words: dict[str, Any] = {
            "after": self.after,
            "starts": self.starts,
            "from": self.since,
            "until": self.until,
            "lasts": self.lasts,
        }
        return {key: str(value) for key, value in words.items() if value}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a phase stands: two spans counted from an anchor; ``end`` is no longer in it."""

    anchor: date
    start: Span
    end: Span

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        return self.start.after(self.anchor), self.end.after(self.anchor) - DAY


def schedule(
    timings: Sequence[tuple[str, str, Timing]], begins: date
) -> dict[str, tuple[date, date]]:
    """Return the first and last day of each phase of a campaign that begins on ``begins``.

    Args:
        timings: code, title and timing of each phase; ``after`` without circles.

    Raises:
        Refused: a fixed date does not go with ``begins``, in words.
    """
    places: dict[str, Place] = {}
    known = {code: timing for code, _, timing in timings}

    def place(code: str) -> Place:
        if code not in places:
            timing = known[code]
            places[code] = _place(timing, place(timing.after) if timing.after else None, begins)
        return places[code]

    days = {}
    for code, title, _ in timings:
        try:
            starts_on, ends_on = place(code).days
        except OverflowError:
            raise Refused(f"阶段“{title}”太久以后了，请检查蓝图里的时间。") from None
        if starts_on < begins:
            raise Refused(
                f"阶段“{title}”从 {starts_on:%Y-%m-%d} 开始，早于活动的开始日期 {begins:%Y-%m-%d}，"
                "请改活动的开始日期，或者改蓝图里这个阶段的日期。"
            )
        if ends_on < starts_on:
            raise Refused(
                f"阶段“{title}”要到 {starts_on:%Y-%m-%d} 才开始，可是写着 {ends_on:%Y-%m-%d} 结束，"
                "请改活动的开始日期，或者改蓝图里这个阶段的日期。"
            )
        days[code] = starts_on, ends_on
    return days


def _place(timing: Timing, before: Place | None, begins: date) -> Place:
    anchor, start = begins, Span()
    if before is not None:
        anchor, start = before.anchor, before.end
    elif timing.starts is not None:
        start = timing.starts.before
    elif timing.since is not None:
        anchor = timing.since
    if timing.until is not None:
        return Place(anchor, start, Span(days=(timing.until + DAY - anchor).days))
    assert timing.lasts is not None
    return Place(anchor, start, start + timing.lasts)


def due_day(due: Due, starts_on: date, ends_on: date) -> date:
    """Return when a task is due in a phase of these days; a week cut off ends with the phase."""
    if isinstance(due, Nth):
        try:
            return min(due.through.after(starts_on) - DAY, ends_on)
        except OverflowError:
            return ends_on
    if isinstance(due, BeforeEnd):
        return max(ends_on - timedelta(days=due.days), starts_on)
    return due


def fits(due: Due, timing: Timing) -> bool:
    """Tell whether a task can fall into a phase of that timing, on whatever day it begins."""
    long_months = date(2026, 7, 1)  # July and August: a phase is never longer than from here.
    if isinstance(due, date):
        return not ((timing.since and due < timing.since) or (timing.until and due > timing.until))
    if timing.lasts is None and timing.since is None:
        return True
    start = timing.since or long_months
    end = timing.until + DAY if timing.until else (timing.lasts or Span(days=1)).after(start)
    if isinstance(due, Nth):
        try:
            return due.before.after(start) < end
        except OverflowError:
            return False
    return timedelta(days=due.days) < end - start
