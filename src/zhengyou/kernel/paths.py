"""Tree paths: five digits a level, so that a subtree is one range of texts.

``00001``, ``0000100002``, … up to 16 levels (80 characters). Digits sort alike under every
collation, so the same range works, and uses the index, on SQLite and PostgreSQL.
"""

from django.db.models import Q

WIDTH = 5
DEPTH = 16
LENGTH = WIDTH * DEPTH
BIGGEST = 10**WIDTH - 2
"""The last segment a level can have: one more must still fit, as the end of its range."""


def check(path: str) -> str:
    """Return ``path`` if it is one.

    Raises:
        ValueError: empty, not whole levels of digits, deeper than 16, or a segment out of range.
    """
    if not path or len(path) % WIDTH or len(path) > LENGTH:
        raise ValueError(f"not a tree path: {path!r}")
    if not (path.isascii() and path.isdigit()):
        raise ValueError(f"a tree path has digits only: {path!r}")
    for start in range(0, len(path), WIDTH):
        if not 1 <= int(path[start : start + WIDTH]) <= BIGGEST:
            raise ValueError(f"a segment is out of range in {path!r}")
    return path


def child(path: str, number: int) -> str:
    """Return the path of child ``number`` (1 … 99998) below ``path`` (empty: a root).

    Raises:
        ValueError: the number is out of range, or the tree would be deeper than 16 levels.
    """
    if not 1 <= number <= BIGGEST:
        raise ValueError(f"a level holds 1 to {BIGGEST} children, not number {number}")
    return check(f"{path and check(path)}{number:0{WIDTH}d}")


def parent(path: str) -> str:
    """Return the path one level up; empty for a root."""
    return check(path)[:-WIDTH]


def ancestors(path: str) -> list[str]:
    """Return the paths above ``path``, the root first, ``path`` itself left out."""
    return [path[:end] for end in range(WIDTH, len(check(path)), WIDTH)]


def depth(path: str) -> int:
    """Return the level of ``path``: 1 for a root."""
    return len(check(path)) // WIDTH


def number(path: str) -> int:
    """Return which child of its parent ``path`` is."""
    return int(check(path)[-WIDTH:])


def is_within(path: str, top: str) -> bool:
    """Tell whether ``path`` is ``top`` or below it."""
    return check(path).startswith(check(top))


def within(field: str, top: str) -> Q:
    """Return the condition that ``field`` is ``top`` or below it, as a range.

    Args:
        field: lookup name of the path field, as ``"path"`` or ``"organisation__path"``.
        top: path of the subtree's root. Empty is refused: it would quietly mean everything.

    Raises:
        ValueError: ``top`` is not a path.
    """
    end = f"{parent(top)}{number(top) + 1:0{WIDTH}d}"
    return Q(**{f"{field}__gte": top, f"{field}__lt": end})


def rebase(path: str, old: str, new: str) -> str:
    """Return ``path``, which lies within ``old``, as it reads after ``old`` has become ``new``.

    Raises:
        ValueError: ``path`` is not within ``old``, or the result is deeper than 16 levels.
    """
    if not is_within(path, old):
        raise ValueError(f"{path} is not within {old}")
    return check(check(new) + path[len(old) :])
