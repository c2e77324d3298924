"""Who repeats the names of persons and bodies elsewhere, and is told when they change.

A room above registers a function (``site/registries.py``); every verb that writes a name ends with
:func:`changed`, in its own transaction, so that what was called differently is found at once.
"""

from collections.abc import Callable, Collection

Follower = Callable[[Collection[int], Collection[int]], None]
"""Gets the keys of the bodies and of the persons that are called, or described, differently now."""

_followers: dict[str, Follower] = {}


def register(name: str, follower: Follower) -> None:
    """Let a room follow names; doing it twice changes nothing."""
    _followers[name] = follower


def changed(*, bodies: Collection[int] = (), persons: Collection[int] = ()) -> None:
    """Tell all who follow that these bodies or persons have other names now, or other work."""
    if bodies or persons:
        for follow in _followers.values():
            follow(bodies, persons)
