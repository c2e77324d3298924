"""How numbers, shares and dates are written in Chinese. Pure functions, no database."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone


def _local(value: date | datetime) -> date | datetime:
    """Bring an aware datetime to Shanghai time; leave dates and naive datetimes alone."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def long_date(value: object) -> str:
    """Return 2026年9月1日, no zero-padding; "" for None or a value that is no date."""
    if not isinstance(value, date):
        return ""
    day = _local(value)
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(value: object) -> str:
    """Return 9月1日; "" for None or a value that is no date."""
    if not isinstance(value, date):
        return ""
    day = _local(value)
    return f"{day.month}月{day.day}日"


def near_date(value: object, today: date) -> str:
    """Return 9月1日, or 2028年9月1日 where the day is more than a year away."""
    if isinstance(value, date) and abs((value - today).days) > 365:
        return long_date(value)
    return short_date(value)


def glued(value: object) -> str:
    """Return words that do not break at their spaces: 第 1 条 stays on one line."""
    return str(value).replace(" ", "\N{NO-BREAK SPACE}")


def date_and_time(value: object) -> str:
    """Return 2026年9月1日 9:05 in Shanghai time; a bare date gives the date alone."""
    if not isinstance(value, datetime):
        return long_date(value)
    moment = _local(value)
    assert isinstance(moment, datetime)
    return f"{long_date(value)} {moment.hour}:{moment.minute:02}"


def number(value: object, digits: int = 2) -> str:
    """Return 12,000 or 6.4: grouped by thousands, zeros behind the point trimmed.

    Args:
        value: a number, or a string that is one; None gives "", other text comes back as it is.
        digits: figures kept behind the point, 0 to 6.
    """
    if value is None or value == "":
        return ""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    if not exact.is_finite():
        return str(value)
    written = f"{exact:,.{digits}f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written == "-0" else written


def percent(share: object, digits: int = 1) -> str:
    """Return 96.4% for the share 0.964; "" for None.

    Args:
        share: a part of the whole, 0 to 1.
        digits: figures kept behind the point.
    """
    if share is None or share == "":
        return ""
    try:
        return number(Decimal(str(share)) * 100, digits) + "%"
    except InvalidOperation:
        return str(share)


def on_scale(value: object) -> str:
    """Return ``value`` as an SVG percentage number, held between 0 and 100; None counts as 0."""
    try:
        place = float(str(value))
    except ValueError:
        place = 0.0
    if place != place:  # not a number
        place = 0.0
    return f"{min(max(place, 0.0), 100.0):.2f}".rstrip("0").rstrip(".")
