"""Where problems are found: the kinds of things, how they are called, and how one begins.

    sources.register(Source("report_point", "卡点", begin=…))      # site.registries calls it

A kind with ``begin`` leads onward: its page has the button 提为问题, and what the thing says
already stands in the form. Others (voices, findings) come by ``raise_problem`` from their own rooms
and register only how they are called.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhengyou.campaigns.models import Campaign
from zhengyou.people.models import Organisation, Person
from zhengyou.problems.models import Privacy


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known already when a thing becomes a problem: nobody types it again.

    Args:
        body: whose it would be to mend.
        label: what the thing is called; kept with the problem.
        owner: who mends it, where the thing says so.
    """

    body: Organisation
    label: str
    title: str
    text: str = ""
    campaign: Campaign | None = None
    found_on: date | None = None
    owner: Person | None = None
    privacy: Privacy = Privacy.BODY


Begin = Callable[[UUID, Any], Beginning | None]


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of things in which problems are found.

    Args:
        kind: of the reference.
        label: how it is called: 卡点, 巡查发现.
        begin: what a thing of the kind says already, as far as the actor may see it; None: such
            problems are raised elsewhere.
        once: a thing of the kind is one problem, never two at a time.
        at_once: whoever is named to mend it hears of it at once, not by the digest.
        by_hand: offered where somebody writes a problem down without any page behind it.
    """

    kind: str
    label: str
    begin: Begin | None = None
    once: bool = False
    at_once: bool = False
    by_hand: bool = False


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a kind known; doing it twice changes nothing.

    Raises:
        ValueError: the kind is known already, as something else.
    """
    if _sources.setdefault(source.kind, source) != source:
        raise ValueError(f"source {source.kind!r} is registered twice")


def named(kind: str) -> Source:
    """Return the kind; one that nobody registered is called 其他."""
    return _sources.get(kind, Source(kind, "其他"))


def known() -> list[Source]:
    """Return all kinds, in the order in which they were registered."""
    return list(_sources.values())


def raisable() -> list[Source]:
    """Return the kinds whose pages lead onward to a problem."""
    return [source for source in _sources.values() if source.begin is not None]
