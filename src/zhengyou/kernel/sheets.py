"""Long lists, a sheet at a time, whose last sheet costs what the first one does.

The address carries the row at the edge (``after`` or ``before``) and the number of the sheet; the
database begins at that row instead of counting its way there. A bare number works near both ends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet

DEEP = 40
"""How many sheets from either end a bare number leads to."""


@dataclass(frozen=True, slots=True)
class Sheet[Row: Model]:
    """One sheet of a list; stands in for a page of ``django.core.paginator`` in templates.

    Args:
        count: rows of the whole list.
        back, on: what the address of the sheet before and after has to say; None: there is none.
    """

    rows: list[Row]
    number: int
    count: int
    size: int
    back: Mapping[str, object] | None = None
    on: Mapping[str, object] | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def num_pages(self) -> int:
        """How many sheets there are; an empty list has one."""
        return max(1, -(-self.count // self.size))

    @property
    def paginator(self) -> "Sheet[Row]":
        """Itself: it knows the count and the number of pages."""
        return self


def turn[Row: Model](
    rows: QuerySet[Row],
    query: Mapping[str, Any],
    *,
    count: int,
    size: int,
    order: str = "-published_at",
) -> Sheet[Row]:
    """Return the sheet of ``rows`` that an address asks for; what is not there gives the nearest.

    Args:
        rows: in no order.
        query: ``page``, and ``after`` or ``before`` with the ``uid`` of a row.
        count: how many rows there are.
        order: the field to sort by, with "-" from the end; then by key, the same way.
    """
    last = max(1, -(-count // size))
    number = _number(query.get("page"), last)
    for way in ("after", "before"):
        edge = _edge(rows, query.get(way), order)
        if edge is not None and number > 1:
            found = _from(rows, edge, order, size, back=way == "before")
            if found:
                return _sheet(found, number, count, size)
    number, found = _counted(rows, order, number, last, size, count)
    return _sheet(found, number, count, size)


def _number(asked: Any, last: int) -> int:
    try:
        return min(max(int(asked), 1), last)
    except (TypeError, ValueError):
        return 1


def _edge[Row: Model](rows: QuerySet[Row], uid: Any, order: str) -> tuple[Any, int] | None:
    """Return where the row with ``uid`` stands, on the list or not any more."""
    field = order.removeprefix("-")
    try:
        wanted = UUID(str(uid))
    except ValueError:
        return None
    found = rows.model._base_manager.filter(uid=wanted, **{f"{field}__isnull": False})
    return found.values_list(field, "pk").first()


def _from[Row: Model](
    rows: QuerySet[Row], edge: tuple[Any, int], order: str, size: int, *, back: bool
) -> list[Row]:
    field, (value, pk) = order.removeprefix("-"), edge
    falling = order.startswith("-") != back
    way, seen = ("lte", "gte") if falling else ("gte", "lte")
    beyond = Q(**{f"{field}__{way}": value}) & ~Q(**{field: value, f"pk__{seen}": pk})
    found = _cut(rows.filter(beyond), _keys(field, falling), 0, size)
    return found[::-1] if back else found


def _cut[Row: Model](rows: QuerySet[Row], keys: tuple[str, str], first: int, end: int) -> list[Row]:
    """Read rows ``first`` to ``end`` of the sorted list: cut by their keys alone, before anything
    is joined to them. Two queries: as one, PostgreSQL joins all rows before it cuts."""
    chosen = list(rows.order_by(*keys).values_list("pk", flat=True)[first:end])
    return list(rows.filter(pk__in=chosen).order_by(*keys))


def _keys(field: str, falling: bool) -> tuple[str, str]:
    return (f"-{field}", "-pk") if falling else (field, "pk")


def _counted[Row: Model](
    rows: QuerySet[Row], order: str, number: int, last: int, size: int, count: int
) -> tuple[int, list[Row]]:
    """Count from the nearer end; what lies deeper than :data:`DEEP` from both is not reached."""
    field, falling = order.removeprefix("-"), order.startswith("-")
    if last - number < number - 1 and last - number < DEEP:
        skip = max(count - number * size, 0)
        wanted = count - (number - 1) * size - skip
        return number, _cut(rows, _keys(field, not falling), skip, skip + wanted)[::-1]
    number = min(number, DEEP)
    skip = (number - 1) * size
    return number, _cut(rows, _keys(field, falling), skip, skip + size)


def _sheet[Row: Model](found: list[Row], number: int, count: int, size: int) -> Sheet[Row]:
    last = max(1, -(-count // size))
    back = on = None
    if found and number > 1:
        back = {"page": number - 1, "before": found[0].uid}  # type: ignore[attr-defined]
    if found and number < last:
        on = {"page": number + 1, "after": found[-1].uid}  # type: ignore[attr-defined]
    return Sheet(found, number, count, size, back, on)
