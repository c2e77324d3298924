"""Facts by which bodies are told apart (抓两头带中间): a number made of rows that can be looked at.

A room says what it can count; ``register`` is called when the house starts. A number *is* the sum
of its rows, so that there is no number without the things behind it.

    facts.register("problems_overdue", Fact("过期没改好的问题", "个", Shape.COUNT, read))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import paths
from zhengyou.kernel.refs import Ref


class Shape(Enum):
    """What kind of number it is."""

    RATE = "rate"  # of so many so many, in percent; nothing to count: no number
    COUNT = "count"  # so many; nothing to count is 0


@dataclass(frozen=True, slots=True)
class Row:
    """One thing behind a number.

    Args:
        words: what it is, without naming a person; for whoever may not open ``ref``.
        part, whole: what it adds to the number.
        ref: its page, which shows its title to whoever may see it; None: ``url`` leads there.
        note: a line more, as a day.
    """

    words: str
    part: int
    whole: int = 1
    ref: Ref | None = None
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Of which bodies, in which campaign, on which day.

    Args:
        of: of what it is counted, where the fact can tell; "": of everything.
        asked: body → where it stood on that day; what is below it counts with it.
        places: every body within the scope → where it stood.
    """

    campaign: Campaign
    day: date
    asked: Mapping[int, str]
    places: Mapping[int, str]
    of: str = ""
    _at: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._at.update({path: body for body, path in self.asked.items()})

    def holders(self, body: int | None) -> list[int]:
        """Return which of the bodies asked about ``body`` counts for: itself, and those above."""
        path = self.places.get(body or 0)
        if path is None:
            return []
        return [self._at[step] for step in (*paths.ancestors(path), path) if step in self._at]

    def spread(self, rows: Sequence[tuple[int | None, Row]]) -> dict[int, list[Row]]:
        """Return the rows of each body asked about, from rows of any body within the scope."""
        found: dict[int, list[Row]] = {}
        for body, row in rows:
            for holder in self.holders(body):
                found.setdefault(holder, []).append(row)
        return found


Read = Callable[[Question], Mapping[int, Sequence[Row]]]
"""Return the rows behind the number of each body; a bounded number of queries for all of them."""
Choices = Callable[[Campaign], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the house counts.

    Args:
        label: what is counted, as 任务完成率; unit: of the number, as 个.
        more, less: what one does to raise or to lower it: 再完成, 办掉.
        choices: of what it may be counted, as (code, title); None: of everything only.
    """

    label: str
    unit: str
    shape: Shape
    read: Read
    more: str = "再做成"
    less: str = "减少"
    choices: Choices | None = None


_facts: dict[str, Fact] = {}


def register(code: str, fact: Fact) -> None:
    """Offer a fact; ``site`` calls this when the house starts.

    Raises:
        ValueError: another fact has that code.
    """
    if _facts.setdefault(code, fact) != fact:
        raise ValueError(f"two facts are called {code!r}")


def registered() -> Mapping[str, Fact]:
    """Return all facts by code, in the order in which they were offered."""
    return dict(_facts)


def find(code: str) -> Fact | None:
    """Return the fact of that code; None where no room offers it any more."""
    return _facts.get(code)
