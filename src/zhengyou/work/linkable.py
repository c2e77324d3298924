"""What a record may be about: promises, pairs, problems. Rooms above add theirs.

linkable.offer(lister)   # site calls this; lister(body, day) yields references with labels
"""

from collections.abc import Callable, Iterable
from datetime import date

from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation

Lister = Callable[[Organisation, date], Iterable[Ref]]
_listers: list[Lister] = []


def offer(lister: Lister) -> None:
    """Add what an app has to be linked; doing it twice changes nothing."""
    if lister not in _listers:
        _listers.append(lister)


def things_of(body: Organisation, day: date) -> list[Ref]:
    """Return what records of ``body`` may name. One query or two a lister."""
    return [ref for lister in _listers for ref in lister(body, day)]
