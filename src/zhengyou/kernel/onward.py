"""What can be made of a thing further up the house, and what has come of it already.

A stuck point or a find becomes a problem, an opinion a suggestion. The page of the thing belongs to
a room that does not know those above; so they offer here, its view asks :func:`of`, and the
template shows the answer with the tag ``onward``.

    onward.offer("report_point", ways)      # site calls this; ways(uid, actor) → Onward
    {% onward things %}                     # things = onward.of(ref, actor)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Way:
    """Something that can be made of the thing: a button.

    Args:
        label: the words on the button, such as 提为问题.
        url: the page behind it.
        verdict: whether the viewer may; a no is shown with its reason.
    """

    label: str
    url: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that has come of it, as far as the viewer may see it.

    Args:
        title: what it is called.
        url: its page, "" for none.
        kind: of its state badge: todo, wait, doing, due, late, back, done.
        state: the badge's words.
        words: a line more, such as 王明，11月30日前.
    """

    title: str
    url: str
    kind: str
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Onward:
    """Ways and outcomes of one thing."""

    ways: list[Way] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


Offer = Callable[[UUID, Any], Onward]
_offers: dict[str, list[Offer]] = {}


def offer(kind: str, what: Offer) -> None:
    """Let things of ``kind`` lead onward to another room; doing it twice changes nothing."""
    offers = _offers.setdefault(kind, [])
    if what not in offers:
        offers.append(what)


def of(ref: Ref, viewer: Any) -> Onward:
    """Return all that rooms above offer for ``ref``, and what came of it."""
    found = [what(ref.uid, viewer) for what in _offers.get(ref.kind, ())]
    return Onward(
        [way for each in found for way in each.ways],
        [outcome for each in found for outcome in each.outcomes],
    )
