"""Time as a blueprint writes it: “1年6个月”, “第3周”, “结束前7天”, and the days that follow.

A month later is the same day of the next month; where that month is too short, what was to end
on that day ends with the month (《民法典》第二百零二条). So 1个月 from 31 January is full on
28 February, and the next span begins on 1 March. Spans in a row are added up before they are
counted from the anchor, so that a short month on the way does not shift what comes after it.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from zhengyou.kernel.texts import tidy_code

_SPAN = re.compile(
    r"(?:(\d{1,2})年)?(?:(\d{1,3})个?月)?(?:(\d{1,3})(?:周|个?星期))?(?:(\d{1,4})[天日])?"
)
_NTH = re.compile(r"第(\d{1,4})(天|日|周|个?星期|个?月|年)")
_BEFORE_END = re.compile(r"结束前(\d{1,3})(天|日|周)")
_WORKDAYS = re.compile(r"(\d{1,3})个?工作日")
_UNITS = {"日": "天", "星期": "周", "个星期": "周", "月": "个月"}  # spellings of the same


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: whole months, then days. Both 0 or more."""

    months: int = 0
    days: int = 0

    def __add__(self, other: "Span") -> "Span":
        return Span(self.months + other.months, self.days + other.days)

    def __bool__(self) -> bool:
        return bool(self.months or self.days)

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        parts = [f"{years}年" if years else "", f"{months}个月" if months else ""]
        weeks = self.days // 7 if self.days % 7 == 0 else 0
        parts.append(f"{weeks}周" if weeks else f"{self.days}天" if self.days else "")
        return "".join(parts) or "0天"

    def after(self, anchor: date) -> date:
        """Return the first day after the span that begins on ``anchor``.

        Raises:
            OverflowError: beyond the year 9999.
        """
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + self.months, 12)
        try:
            if anchor.day <= monthrange(year, month + 1)[1]:
                day = date(year, month + 1, anchor.day)
            else:
                day = date(year, month + 1, monthrange(year, month + 1)[1]) + timedelta(days=1)
        except (ValueError, IndexError) as problem:
            raise OverflowError(f"{self} after {anchor} is beyond the calendar") from problem
        return day + timedelta(days=self.days)


def parse_span(text: str) -> Span | None:
    """Read “1年6个月”, “3周”, “10天”; None where it is none, or 0."""
    match = _SPAN.fullmatch(tidy_code(text))
    if not match:
        return None
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    return Span(years * 12 + months, weeks * 7 + days) or None


@dataclass(frozen=True, slots=True)
class Nth:
    """The ``number``-th (from 1) day, week, month or year of something."""

    number: int
    unit: str

    def __str__(self) -> str:
        return f"第{self.number}{self.unit}"

    @property
    def before(self) -> Span:
        """What has passed when it begins."""
        return _span(self.number - 1, self.unit)

    @property
    def through(self) -> Span:
        """What has passed when it is over."""
        return _span(self.number, self.unit)


@dataclass(frozen=True, slots=True)
class BeforeEnd:
    """So many days before the last day of something; 0 is that day itself."""

    days: int

    def __str__(self) -> str:
        weeks, rest = divmod(self.days, 7)
        return f"结束前{weeks}周" if weeks and not rest else f"结束前{self.days}天"


def parse_nth(text: str) -> Nth | None:
    """Read “第1天”, “第3周”, “第2个月”; None where it is none."""
    match = _NTH.fullmatch(tidy_code(text))
    return Nth(int(match[1]), _UNITS.get(match[2], match[2])) if match and int(match[1]) else None


def parse_before_end(text: str) -> BeforeEnd | None:
    """Read “结束前7天”, “结束前2周”; None where it is none."""
    match = _BEFORE_END.fullmatch(tidy_code(text))
    return BeforeEnd(int(match[1]) * (7 if match[2] == "周" else 1)) if match else None


def parse_workdays(text: str) -> int | None:
    """Read “5个工作日”, 1 to 60; None where it is none."""
    match = _WORKDAYS.fullmatch(tidy_code(text))
    return int(match[1]) if match and 1 <= int(match[1]) <= 60 else None


def _span(number: int, unit: str) -> Span:
    if unit in ("天", "周"):
        return Span(days=number * (7 if unit == "周" else 1))
    return Span(months=number * (12 if unit == "年" else 1))
