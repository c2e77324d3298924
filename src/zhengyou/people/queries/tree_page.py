"""The page of the tree below a body: all at once where that is little, else level by level, or all
of it in pages, for who wants to print it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models.functions import Length

from zhengyou.kernel import paths
from zhengyou.people.models import Organisation, Placement
from zhengyou.people.queries.kept import TREE, kept
from zhengyou.people.queries.numbers import numbers_on
from zhengyou.people.queries.tree import Node, count_into, nodes_on, placement_on

LITTLE = 100
"""So many bodies below are shown at once."""
CHILDREN = 50
"""Bodies of one level on a page."""
LINES = 200
"""Bodies of the whole tree on a page."""


@dataclass(slots=True)
class TreePage:
    """The tree on a day. ``root`` is None if the body did not exist then.

    Args:
        root: with those below it that are shown; what is above them is there, too.
        page: of the level below or of the whole tree.
        whole: whether all levels are shown, one page after the other.
        little: whether nothing else would be, either.
    """

    root: Node | None
    page: Page[Any] | None = None
    whole: bool = False
    little: bool = True

    @property
    def rest(self) -> int:
        """How many come after this page."""
        return self.page.paginator.count - self.page.end_index() if self.page else 0


def tree_page(body: Organisation, day: date, *, whole: bool, number: str | None) -> TreePage:
    """Return the page of the tree below ``body`` on ``day``. A constant number of queries.

    Args:
        whole: show all levels, even where they take several pages.
        number: of the page, as typed.
    """
    place = placement_on(day, body)
    if place is None:
        return TreePage(None)
    little = numbers_on(day, place.path).bodies[place.path] <= LITTLE
    if whole or little:
        order = kept(("tree", day, place.path), lambda: _in_order(day, place.path), TREE)
        page: Page[Any] = Paginator(order, LINES).get_page(number)
    else:
        level = Placement.objects.on(day).filter(parent=body).values_list("path", flat=True)
        rows = level.order_by("organisation__sort_key", "path")
        page = Paginator(rows, CHILDREN).get_page(number)
    return TreePage(_root(day, place.path, page), page, whole or little, little)


def _in_order(day: date, top: str) -> list[str]:
    """Return the paths below ``top`` in the order of the tree: each body, then what is below it."""
    rows = Placement.objects.on(day).filter(paths.within("path", top)).exclude(path=top)
    places: dict[str, tuple[tuple[str, str], ...]] = {}
    for path, key in rows.order_by(Length("path")).values_list("path", "organisation__sort_key"):
        places[path] = (*places.get(paths.parent(path), ()), (key, path))
    return sorted(places, key=places.__getitem__)


def _root(day: date, top: str, shown: Iterable[str]) -> Node:
    """Return the node of ``top`` with those ``shown`` below it and the line between."""
    wanted = {top, *shown}
    wanted |= {above for path in wanted for above in paths.ancestors(path) if above > top}
    nodes = nodes_on(day, wanted)
    count_into(nodes, day, top)
    for path in (top, *shown):
        _hang(nodes, path, top)
    return nodes[top]


def _hang(nodes: dict[str, Node], path: str, top: str) -> None:
    """Hang the node of ``path`` below its parent, and that below its own, unless they hang."""
    while path != top:
        above = nodes[paths.parent(path)]
        if nodes[path] in above.children:
            return
        above.children.append(nodes[path])
        path = above.path
