"""What the page of one body shows, as it was on a day."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from zhengyou.people.models import (
    Kind,
    Organisation,
    OrganisationName,
    Placement,
    Post,
    Role,
    StandingKind,
)
from zhengyou.people.queries.roll import counts_on
from zhengyou.people.queries.tree import Node, line_on, name_on, tree_on

HEADED = {
    Kind.PARTY_COMMITTEE: Role.SECRETARY,
    Kind.GENERAL_BRANCH: Role.SECRETARY,
    Kind.BRANCH: Role.SECRETARY,
    Kind.PARTY_GROUP: Role.GROUP_LEADER,
}
"""Which post a body of a kind must not be without."""


@dataclass(slots=True)
class Below:
    """A body directly below, with its head."""

    node: Node
    head: str = ""  # name of the secretary or leader
    wants: str = ""  # what is missing, in words: 没有书记


@dataclass(slots=True)
class Change:
    """A line of a body's history: from when, what, till when (None: still)."""

    since: date
    until: date | None
    text: str


@dataclass(slots=True)
class BodyPage:
    """A body on a day. ``node`` is None if it did not exist then."""

    body: Organisation
    day: date
    name: str
    crumbs: list[tuple[UUID, str]]
    node: Node | None
    standings: dict[StandingKind, int] = field(default_factory=dict)
    below: list[Below] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The sentence of the page: the body, and what is missing in or below it."""
        return f"{self.name}，{self._finding()}"

    def _finding(self) -> str:
        if self.node is None:
            return "这一天还没有成立" if self.day < self.body.founded_on else "已经撤销"
        own = HEADED.get(self.node.kind)
        if own and all(post.role != own for post in self.posts):
            return f"{_post_of(self.node.kind)}空着"
        vacant = [row.node.name for row in self.below if row.wants]
        if vacant:
            what = vacant[0] if len(vacant) == 1 else f"{len(vacant)} 个下级组织"
            return f"{what}没有负责人"
        below = f"，下面 {self.node.bodies} 个组织" if self.node.bodies else ""
        return f"{self.node.people} 人{below}"


def body_page(body: Organisation, day: date) -> BodyPage:
    """Return the page of ``body`` on ``day``. A constant number of queries."""
    name = name_on(day, body)
    node = tree_on(day, body, levels=1)
    page = BodyPage(body, day, name, line_on(day, body), node, changes=changes_of(body))
    if node is None:
        return page
    page.standings = counts_on(day, body)
    heads = heads_on(day, body, [node.pk, *(child.pk for child in node.children)])
    page.below = [_below(child, heads) for child in node.children]
    page.posts = list(
        Post.objects.on(day)
        .filter(organisation=body)
        .select_related("person", "organisation")
        .order_by("order", "pk")
    )
    return page


def heads_on(day: date, body: Organisation, bodies: list[int]) -> dict[int, str]:
    """Return who headed which of ``bodies`` on ``day``, by primary key."""
    rows = Post.objects.on(day).filter(
        organisation__in=bodies, role__in=(Role.SECRETARY, Role.GROUP_LEADER, Role.SEAT_HEAD)
    )
    found: dict[int, list[str]] = {}
    for pk, name in rows.order_by("order", "pk").values_list("organisation", "person__name"):
        found.setdefault(pk, []).append(name)
    return {pk: "、".join(names) for pk, names in found.items()}


def _below(node: Node, heads: dict[int, str]) -> Below:
    head = heads.get(node.pk, "")
    return Below(
        node, head, "" if head or node.kind not in HEADED else f"没有{_post_of(node.kind)}"
    )


def _post_of(kind: Kind) -> str:
    return "组长" if kind == Kind.PARTY_GROUP else str(HEADED[kind].label)


def changes_of(body: Organisation) -> list[Change]:
    """Return names and placements of ``body``, newest first."""
    names = [
        Change(row.since, row.until, f"名称：{row.name}")
        for row in OrganisationName.objects.held().filter(organisation=body)
    ]
    places = [
        Change(row.since, row.until, f"隶属：{row.parent.name if row.parent else '最上级'}")
        for row in Placement.objects.held().filter(organisation=body).select_related("parent")
    ]
    return sorted(names + places, key=lambda row: (row.since, row.text), reverse=True)
