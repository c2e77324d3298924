"""The tree on any day: who stood where and was called what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Length

from zhengyou.kernel import paths
from zhengyou.people.models import (
    Kind,
    Organisation,
    OrganisationName,
    Placement,
)
from zhengyou.people.queries.numbers import numbers_on


@dataclass(slots=True)
class Node:
    """A body as it stood on a day.

    Args:
        path: where it stood then; ``people``: persons in it or below it, each counted once.
        bodies: how many bodies stood below it, at any depth.
    """

    pk: int
    uid: UUID
    name: str
    kind: Kind
    path: str
    sort_key: str
    people: int = 0
    bodies: int = 0
    children: list["Node"] = field(default_factory=list)

    def walk(self) -> Iterator["Node"]:
        """Yield this node and everything below, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.walk()


def placement_on(day: date, body: Organisation) -> Placement | None:
    """Return where ``body`` stood on ``day``; None if it did not exist then."""
    return Placement.objects.on(day).filter(organisation=body).select_related("parent").first()


def within_on(day: date, body: Organisation, prefix: str = "organisation") -> Q:
    """Return the condition that something belongs to ``body`` as it stood on ``day``.

    That is to a body that stood within it on that day, or to one that had ended by then, below
    the body it last stood under: what was done there stays with it and counts above it.

    Args:
        prefix: relation from the thing to its organisation; "pk" for organisations themselves.
    """
    place = placement_on(day, body)
    if place is None:
        return Q(pk__in=[])
    placed = Placement.objects.on(day).filter(paths.within("path", place.path))
    standing = placed.values("organisation")
    return Q(**{f"{prefix}__in": standing}) | Q(**{f"{prefix}__in": ended_below(day, standing)})


def ended_below(day: date, standing: "QuerySet[Placement, dict[str, int]]") -> set[int]:
    """Return the bodies that had ended by ``day``, below ``standing`` or below one another."""
    gone = Organisation.objects.filter(closed_on__lte=day)
    found: set[int] = set()
    news = set(gone.filter(parent__in=standing).values_list("pk", flat=True))
    while news:
        found |= news
        news = set(gone.filter(parent__in=news).values_list("pk", flat=True)) - found
    return found


def name_on(day: date, body: Organisation) -> str:
    """Return what ``body`` was called on ``day``; its first name for days before it existed."""
    known = OrganisationName.objects.held().filter(organisation=body).order_by("since")
    names = [row for row in known if row.since <= day] or list(known[:1])
    return names[-1].name if names else body.name


def tree_on(day: date, top: Organisation, *, levels: int | None = None) -> Node | None:
    """Return the tree below ``top`` as it stood on ``day``, with the names of that day.

    Args:
        levels: how many levels below ``top`` (None: all); counts always mean all of them.

    Returns:
        None if ``top`` did not exist on that day. Two queries, and those of :func:`count_into`.
    """
    root = placement_on(day, top)
    if root is None:
        return None
    deepest = paths.depth(root.path) + (levels if levels is not None else paths.DEPTH)
    rows = Placement.objects.on(day).filter(paths.within("path", root.path))
    shallow = rows.alias(length=Length("path")).filter(length__lte=deepest * paths.WIDTH)
    nodes = _nodes(day, shallow)
    count_into(nodes, day, root.path)
    for path, node in sorted(nodes.items(), key=lambda item: (item[1].sort_key, item[0])):
        if path != root.path:
            nodes[paths.parent(path)].children.append(node)
    return nodes[root.path]


def nodes_on(day: date, wanted: Iterable[str]) -> dict[str, Node]:
    """Return the bodies that stood at the paths ``wanted`` on ``day``, by path, without counts."""
    return _nodes(day, Placement.objects.on(day).filter(path__in=wanted))


def _nodes(day: date, rows: QuerySet[Placement]) -> dict[str, Node]:
    named = OrganisationName.objects.on(day).filter(organisation=OuterRef("organisation"))
    found = rows.annotate(then=Subquery(named.values("name")[:1])).select_related("organisation")
    return {row.path: _node(row) for row in found}


def count_into(nodes: dict[str, Node], day: date, top: str) -> None:
    """Write into ``nodes`` (by path of that day, all within ``top``) who and what is below."""
    numbers = numbers_on(day, top)
    for path, node in nodes.items():
        node.people, node.bodies = numbers.people[path], numbers.bodies[path]


def _node(row: Placement) -> Node:
    body = row.organisation
    then: str = row.then  # type: ignore[attr-defined]
    return Node(body.pk, body.uid, then, Kind(body.kind), row.path, body.sort_key)


def names_on(day: date, top: str) -> dict[int, str]:
    """Return what the bodies within ``top`` (a path of that day) were called, by primary key."""
    placed = Placement.objects.on(day).filter(paths.within("path", top))
    return _named(day, placed.values("organisation"))


def names_of(day: date, bodies: Iterable[int]) -> dict[int, str]:
    """Return what ``bodies`` (primary keys) were called on ``day``."""
    return _named(day, set(bodies))


def _named(day: date, bodies: object) -> dict[int, str]:
    rows = OrganisationName.objects.on(day).filter(organisation__in=bodies)
    return dict(rows.values_list("organisation", "name"))


def line_on(day: date, body: Organisation) -> list[tuple[UUID, str]]:
    """Return (uid, name) of the bodies above ``body`` on ``day``, the root first."""
    place = placement_on(day, body)
    above = paths.ancestors(place.path if place else body.path)
    named = OrganisationName.objects.on(day).filter(organisation=OuterRef("organisation"))
    rows = (
        Placement.objects.on(day)
        .filter(path__in=above)
        .annotate(then=Subquery(named.values("name")[:1]))
        .order_by("path")
    )
    return [(uid, then) for uid, then in rows.values_list("organisation__uid", "then")]
