"""One page of a roll: searched, filtered, sorted."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from zhengyou.people.models import Organisation, StandingKind
from zhengyou.people.queries.roll import Line, counts_on, lines_of, persons_on, standing_is
from zhengyou.people.queries.tree import line_on, name_on

PER_PAGE = 50
SORTS = {"": "sort_key", "name": "sort_key", "joined": "joined_on", "born": "born_on"}


@dataclass(frozen=True, slots=True)
class RollQuery:
    """What is asked of a roll.

    Args:
        name: part of a name; empty: everybody.
        standing: empty: all.
        sort: a key of :data:`SORTS`, "-" before it for descending.
        page: number as typed; nonsense leads to the first or last page.
    """

    day: date
    name: str = ""
    standing: StandingKind | None = None
    sort: str = ""
    page: str = "1"


@dataclass(slots=True)
class RollPage:
    """The answer: lines of one page, and the counts of the whole roll."""

    body: Organisation
    query: RollQuery
    name: str
    crumbs: list[tuple[UUID, str]]
    page: Page[Any]
    lines: list[Line]
    people: int
    standings: dict[StandingKind, int]


def roll_page(body: Organisation, query: RollQuery) -> RollPage:
    """Return one page of the roll of ``body``. A constant number of queries."""
    everybody = persons_on(query.day, body)
    rows = everybody
    if query.name:
        rows = rows.filter(name__contains=query.name)
    if query.standing:
        rows = rows.filter(standing_is(query.standing, query.day))
    order = ("-" if query.sort.startswith("-") else "") + SORTS[query.sort.removeprefix("-")]
    page = Paginator(rows.order_by(order, "sort_key", "pk"), PER_PAGE).get_page(query.page)
    return RollPage(
        body=body,
        query=query,
        name=name_on(query.day, body),
        crumbs=line_on(query.day, body),
        page=page,
        lines=lines_of(list(page.object_list), query.day, body),
        people=everybody.count(),
        standings=counts_on(query.day, body),
    )
