"""The calendar of the demo: events are laid on days and played in order, each at its moment."""

from collections.abc import Callable
from datetime import date, datetime, time

from zhengyou.kernel import clock


class Calendar:
    """Events up to the day before ``anchor``, the day on which the story has arrived."""

    def __init__(self, anchor: date) -> None:
        self.anchor = anchor
        self._events: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = 0

    def at(self, day: date, hour: int, act: Callable[[], None]) -> None:
        """Lay an event on the calendar; what would lie behind the anchor does not happen."""
        if day < self.anchor:
            moment = datetime.combine(day, time(hour, self._count % 60), clock.SHANGHAI)
            self._events.append((moment, self._count, act))
            self._count += 1

    def play(self) -> None:
        """Play what is on the calendar, and what that lays on it."""
        while self._events:
            self._events.sort(key=lambda event: event[:2])
            moment, _, act = self._events.pop(0)
            with clock.at(moment):
                act()
