"""What the writer of a voice is told of what it became, with nothing but a code.

    following.register("problem", teller)     # site calls this

A teller says of many things at once what anybody may be told: state words, a day, an explanation;
never who, never more than the public page says.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhengyou.kernel.refs import Ref


@dataclass(frozen=True, slots=True)
class Told:
    """Where a thing stands.

    Args:
        kind, words: of the state badge.
        day: until when, or since when; None: no day.
        text: what else may be said: an explanation, the result, the benefit.
        url: its public page; "" for none.
    """

    kind: str
    words: str
    day: date | None = None
    text: str = ""
    url: str = ""


Teller = Callable[[Collection[UUID]], Mapping[UUID, Told]]
_tellers: dict[str, Teller] = {}


def register(kind: str, teller: Teller) -> None:
    """Have ``teller`` say where things of ``kind`` stand; doing it twice changes nothing."""
    _tellers[kind] = teller


def tell(refs: Collection[Ref]) -> dict[Ref, Told]:
    """Return what may be told of ``refs``; one call of each kind's teller."""
    uids: dict[str, set[UUID]] = {}
    for ref in refs:
        uids.setdefault(ref.kind, set()).add(ref.uid)
    told = {kind: _tellers[kind](some) for kind, some in uids.items() if kind in _tellers}
    return {ref: told[ref.kind][ref.uid] for ref in refs if ref.uid in told.get(ref.kind, {})}
