"""Dates of which only the year, or year and month, is known: kept so, never filled up.

A model keeps two columns, a date (the first day possible) and a precision, and reads them as one:

    born_on = models.DateField("出生日期", null=True, blank=True)
    born_precision = models.CharField(max_length=5, choices=Precision.choices, blank=True)
    born = PartialDateParts("born_on", "born_precision")
"""

import datetime
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn, Self, overload

from django.db import models
from django.db.models import Q

from zhengyou.kernel.texts import tidy_code

FIRST_YEAR, LAST_YEAR = 1900, 2100
_EXCEL_DAY_ZERO = datetime.date(1899, 12, 30)
_EXCEL_FIRST, _EXCEL_LAST = 10_000, 73_050  # 18 May 1927 to 31 December 2099
_SPLIT = r"[.\-/年．。、]"
_DATE = re.compile(rf"(\d{{4}})(?:{_SPLIT}(\d{{1,2}})(?:(?:{_SPLIT}|月)(\d{{1,2}})日?|月)?|年)?")
_CLOCK = re.compile(r"[T ]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")


class Precision(models.TextChoices):
    """How much of a date is known."""

    DAY = "day", "到日"
    MONTH = "month", "到月"
    YEAR = "year", "到年"


class BadDate(ValueError):
    """A text is no date, or could be two; ``reason`` is Chinese and says how to write it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day. ``date`` is the first day it may be. Sorts by that day."""

    date: datetime.date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        first = self.date
        if self.precision != Precision.DAY:
            first = first.replace(day=1)
        if self.precision == Precision.YEAR:
            first = first.replace(month=1)
        if first != self.date:
            raise ValueError(f"{self.date} says more than its precision, {self.precision}")

    def __str__(self) -> str:
        """Return it as texts have it: 1985年7月3日, 1985年7月 or 1985年."""
        text = f"{self.date.year}年"
        if self.precision != Precision.YEAR:
            text += f"{self.date.month}月"
        if self.precision == Precision.DAY:
            text += f"{self.date.day}日"
        return text

    @property
    def latest(self) -> datetime.date:
        """Return the last day it may be."""
        if self.precision == Precision.DAY:
            return self.date
        months = 1 if self.precision == Precision.MONTH else 12
        past = self.date.month - 1 + months
        return datetime.date(self.date.year + past // 12, past % 12 + 1, 1) - datetime.timedelta(
            days=1
        )

    @property
    def iso(self) -> str:
        """Return 1985-07-03, 1985-07 or 1985, which :func:`parse` reads back."""
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]
        return self.date.isoformat()[:length]


def parse(value: str | int | float | datetime.date | datetime.datetime) -> PartialDate:
    """Read a date as people write it and as workbooks hold it.

    Accepts 1985.07, 1985年7月, 1985年7月3日, 1985-07-03, 1985/7/3, 19850703, 198507, 1985, the
    same in full-width digits or with blanks, and serial numbers of the 1900 system (31229).

    Raises:
        BadDate: it is none of these, does not exist, or has two readings.
    """
    if isinstance(value, datetime.date):  # A datetime is one, too; its time of day is dropped.
        return _dated(value.year, value.month, value.day)
    if isinstance(value, bool):
        _refuse("这里要填日期", str(value))
    if isinstance(value, float):
        value = _number_text(value)
    return _parse_text(tidy_code(_CLOCK.sub("", str(value).strip())))


def _parse_text(text: str) -> PartialDate:
    if not text:
        raise BadDate("没有填日期。")
    if re.fullmatch(r"\d+\.0+", text):  # a number that a workbook shows with decimals
        text = text.partition(".")[0]
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return _serial(text)
    match = re.fullmatch(r"(\d{4})(\d{2})(\d{2})?", text) or _DATE.fullmatch(text)
    if not match:
        if re.fullmatch(r"\d{2}[.\-/年]\d{1,2}.*", text) or re.fullmatch(r"\d{6}", text):
            _refuse("年份要写四位", text)
        _refuse("看不懂这个日期", text)
    year = int(match[1])
    month, day = (int(part) if part else None for part in match.groups()[1:])
    if re.fullmatch(r"\d{6}", text) and not FIRST_YEAR <= year <= LAST_YEAR:
        _refuse("年份要写四位", text)
    return _dated(year, month, day)


def _number_text(number: float) -> str:
    """Return a workbook's number as it was typed: 198507.0 is 198507, 1985.07 is 1985.07."""
    if not math.isfinite(number):
        _refuse("这里要填日期", str(number))
    if number == int(number):
        return str(int(number))
    text = repr(number)
    if re.fullmatch(r"\d{4}\.1", text):
        raise BadDate(
            f"“{text}”可能是{text[:4]}年1月，也可能是{text[:4]}年10月（表格把末尾的0去掉了），"
            f"请写成“{text[:4]}年1月”或“{text[:4]}年10月”。"
        )
    return text


def _serial(text: str) -> PartialDate:
    number = int(text.partition(".")[0])
    if not _EXCEL_FIRST <= number <= _EXCEL_LAST:
        _refuse("看不懂这个日期", text)
    day = _EXCEL_DAY_ZERO + datetime.timedelta(days=number)
    year, month = divmod(number, 10)
    if FIRST_YEAR <= year <= LAST_YEAR and month and "." not in text:
        raise BadDate(
            f"“{text}”可能是{year}年{month}月，也可能是表格里的日期序号"
            f"（{day.year}年{day.month}月{day.day}日），请按其中一种写法改写。"
        )
    return _dated(day.year, day.month, day.day)


def _dated(year: int, month: int | None, day: int | None) -> PartialDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDate(f"年份“{year}”不对，应在{FIRST_YEAR}年到{LAST_YEAR}年之间。")
    if month is not None and not 1 <= month <= 12:
        raise BadDate(f"没有“{month}月”，请核对月份。")
    try:
        known = datetime.date(year, month or 1, day if day is not None else 1)
    except ValueError:
        raise BadDate(f"{year}年{month}月没有“{day}日”，请核对日期。") from None
    if month is None:
        return PartialDate(known, Precision.YEAR)
    return PartialDate(known, Precision.MONTH if day is None else Precision.DAY)


def _refuse(why: str, text: str) -> NoReturn:
    raise BadDate(f"{why}：“{text[:30]}”。请写成1985年7月3日、1985.07或1985这样。")


class PartialDateParts:
    """Reads and sets two columns of a model as one :class:`PartialDate`, or None."""

    def __init__(self, date_column: str, precision_column: str) -> None:
        self.columns = (date_column, precision_column)

    @overload
    def __get__(self, row: None, owner: type[models.Model]) -> Self: ...
    @overload
    def __get__(self, row: models.Model, owner: type[models.Model]) -> PartialDate | None: ...
    def __get__(
        self, row: models.Model | None, owner: type[models.Model]
    ) -> "Self | PartialDate | None":
        if row is None:
            return self
        day, precision = (getattr(row, column) for column in self.columns)
        return PartialDate(day, Precision(precision)) if day else None

    def __set__(self, row: models.Model, value: PartialDate | None) -> None:
        day, precision = self.columns
        setattr(row, day, value.date if value else None)
        setattr(row, precision, value.precision.value if value else "")

    def both_or_none(self, name: str) -> models.CheckConstraint:
        """Return the constraint that a date never stands without its precision.

        Args:
            name: of the constraint, unique in the database.
        """
        day, precision = self.columns
        empty: dict[str, Any] = {f"{day}__isnull": True, precision: ""}
        full = Q(**{f"{day}__isnull": False, f"{precision}__in": Precision.values})
        return models.CheckConstraint(condition=Q(**empty) | full, name=name)
