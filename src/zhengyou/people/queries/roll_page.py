"""One page of a roll: searched, filtered, sorted."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from zhengyou.kernel.sheets import Sheet, turn
from zhengyou.people.models import Organisation, Person, StandingKind
from zhengyou.people.queries.roll import (
    Line,
    lines_of,
    persons_on,
    persons_one_by_one,
    size_and_standings,
    standing_is,
)
from zhengyou.people.queries.tree import line_on, name_on

PER_PAGE = 50
MANY = 1000
"""More people than this are walked along in their order until the page is full, not sorted."""
SORTS = {"": "sort_key", "name": "sort_key", "joined": "joined_on", "born": "born_on"}


@dataclass(frozen=True, slots=True)
class RollQuery:
    """What is asked of a roll.

    Args:
        name: part of a name; empty: everybody.
        standing: empty: all.
        sort: a key of :data:`SORTS`, "-" before it for descending.
        page: number as typed; nonsense leads to the first or last page.
        after, before: uid of the person at the edge of the page before or after, sorted by name.
    """

    day: date
    name: str = ""
    standing: StandingKind | None = None
    sort: str = ""
    page: str = "1"
    after: str = ""
    before: str = ""

    @property
    def turned(self) -> dict[str, str]:
        """What says which page is wanted."""
        return {"page": self.page, "after": self.after, "before": self.before}


@dataclass(slots=True)
class RollPage:
    """The answer: lines of one page, and the counts of the whole roll."""

    body: Organisation
    query: RollQuery
    name: str
    crumbs: list[tuple[UUID, str]]
    page: Page[Any] | Sheet[Person]
    lines: list[Line]
    people: int
    standings: dict[StandingKind, int]


def roll_page(body: Organisation, query: RollQuery) -> RollPage:
    """Return one page of the roll of ``body``. A constant number of queries."""
    people, standings = size_and_standings(query.day, body)
    page = _sheet(body, query, people, standings)
    return RollPage(
        body=body,
        query=query,
        name=name_on(query.day, body),
        crumbs=line_on(query.day, body),
        page=page,
        lines=lines_of(list(page), query.day, body),
        people=people,
        standings=standings,
    )


def _sheet(
    body: Organisation, query: RollQuery, people: int, standings: dict[StandingKind, int]
) -> Page[Any] | Sheet[Person]:
    """Return the persons of the page: by name from where the last page ended, else counted off."""
    walked = people > MANY
    rows = (persons_one_by_one if walked else persons_on)(query.day, body)
    if query.name:
        rows = rows.filter(name__contains=query.name)
    if query.standing:
        rows = rows.filter(standing_is(query.standing, query.day))
    order = ("-" if query.sort.startswith("-") else "") + SORTS[query.sort.removeprefix("-")]
    if order.removeprefix("-") != "sort_key":
        return Paginator(rows.order_by(order, "sort_key", "pk"), PER_PAGE).get_page(query.page)
    count = standings.get(query.standing, 0) if query.standing else people
    if query.name:
        count = rows.count()
    return turn(rows, query.turned, count=count, size=PER_PAGE, order=order)
