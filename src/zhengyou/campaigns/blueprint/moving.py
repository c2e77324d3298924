"""A blueprint's fixed dates moved to another year, for the next run of a campaign. Pure."""

import re
from calendar import monthrange
from datetime import date
from typing import Any

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def moved[T](value: T, old: date, new: date) -> T:
    """Return ``value`` (TOML values, however nested) with its dates as far from ``new`` as they
    were from ``old``; a text counts as a date only where it is nothing else.
    """
    result: Any = value
    if isinstance(value, dict):
        result = {key: moved(each, old, new) for key, each in value.items()}
    elif isinstance(value, list):
        result = [moved(each, old, new) for each in value]
    elif isinstance(value, date):
        result = move(value, old, new)
    elif isinstance(value, str) and _DATE.fullmatch(value):
        try:
            result = move(date.fromisoformat(value), old, new).isoformat()
        except ValueError:
            result = value
    return result


def move(day: date, old: date, new: date) -> date:
    """Return ``day`` as far from ``new`` as it was from ``old``: in years if these are whole."""
    if (old.month, old.day) == (new.month, new.day):
        year = day.year + new.year - old.year
        return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
    return day + (new - old)


def next_title(title: str, old: date, new: date) -> str:
    """Return the title of the next run: a year named in it becomes the new one."""
    for year in (old.year + 1, old.year):  # 2026—2027学年: the later year first
        title = title.replace(str(year), str(year + new.year - old.year))
    return title
