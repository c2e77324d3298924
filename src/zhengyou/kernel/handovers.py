"""What must reach somebody at once: the one exception to one digest a day.

A room that hands something over (a find of the daily patrol) says so inside its transaction; who
brings the message is registered by ``site``. Nothing else may use this: reminders wait for the
digest (减负).
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Handover:
    """Something handed over.

    Args:
        to: uid of the person who takes it over.
        title: what it is, in a line.
        words: what is asked.
        url: its page, without the host.
    """

    to: UUID
    title: str
    words: str
    url: str


Bringer = Callable[[Handover], None]
_bringers: dict[str, Bringer] = {}


def register(name: str, bringer: Bringer) -> None:
    """Let ``bringer`` bring what is handed over; doing it twice changes nothing."""
    _bringers[name] = bringer


def hand_over(what: Handover) -> None:
    """Tell it at once. Call it inside the transaction of the verb: what is rolled back, nobody
    hears of."""
    for bringer in _bringers.values():
        bringer(what)
