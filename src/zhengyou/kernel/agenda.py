"""What stands in a calendar: dated things of a body, offered by every app that has some."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True, slots=True)
class Occasion:
    """One entry of a calendar.

    Args:
        key: the same for the same thing each time it is read, as ``task:UID``; ASCII.
        title: what it is; names nobody, since feeds lie about on phones and servers.
        day: when, or the first day.
        words: a line more.
        last: the last day of several; None: the same day.
        at, until: from when to when; None: the whole day.
        place: where.
        url: its page, without the host; "": none.
    """

    key: str
    title: str
    day: date
    words: str = ""
    last: date | None = None
    at: time | None = None
    until: time | None = None
    place: str = ""
    url: str = ""
