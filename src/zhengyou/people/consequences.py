"""What rooms above say before people or bodies move: what stays behind, what would be in the way.

A room above registers a function (``site/registries.py``); this room calls it without knowing
who it is. What it returns are whole sentences for the preview; ``Hindrance`` refuses a change.
"""

from collections.abc import Callable, Iterable

from zhengyou.people.models import Organisation, Person

Leaving = Callable[[Organisation, list[Person]], Iterable[str]]
Ending = Callable[[list[Organisation]], Iterable[str]]

_leaving: dict[str, Leaving] = {}
_ending: dict[str, Ending] = {}
_hindering: dict[str, Ending] = {}


def register(
    name: str,
    *,
    leaving: Leaving | None = None,
    ending: Ending | None = None,
    hindering: Ending | None = None,
) -> None:
    """Let a room speak up; doing it twice changes nothing.

    Args:
        leaving: what of these people stays with the body that they leave.
        ending: what stays with bodies that are closed, merged or split.
        hindering: why these bodies cannot end yet; any sentence refuses it.
    """
    for table, what in ((_leaving, leaving), (_ending, ending), (_hindering, hindering)):
        if what is not None:
            table[name] = what  # type: ignore[assignment]


def of_leaving(body: Organisation, persons: list[Person]) -> list[str]:
    """Return in words what stays with ``body`` when ``persons`` leave it."""
    return [words for say in _leaving.values() for words in say(body, persons)]


def of_ending(bodies: list[Organisation]) -> list[str]:
    """Return in words what stays with ``bodies`` when they end."""
    return [words for say in _ending.values() for words in say(bodies)]


def hindrances(bodies: list[Organisation]) -> list[str]:
    """Return in words why ``bodies`` cannot end yet."""
    return [words for say in _hindering.values() for words in say(bodies)]
