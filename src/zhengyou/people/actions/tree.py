"""Found, rename, move, split and close bodies. Every change is dated; the past stays as it was.

All verbs take ``on``, the date from which the change holds (today where it is left out). A date
before the last change of a body concerned is refused, since it would rewrite what happened since;
so is a date to come, since ``Organisation.path`` caches the tree of today.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Max, Value
from django.db.models.functions import Concat, Length, Substr

from zhengyou.kernel import paths
from zhengyou.kernel.order import sort_key
from zhengyou.kernel.texts import tidy_name
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people import consequences, naming, rules
from zhengyou.people.actions import rolls, succession
from zhengyou.people.actions.holding import (
    fresh,
    hold_tree,
    last_change,
    moved_last,
    next_path,
    not_before,
    not_to_come,
    placed_since,
)
from zhengyou.people.actions.posts import not_the_last_admin
from zhengyou.people.actions.redraw import Redrawing
from zhengyou.people.actions.remembering import photograph
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Family,
    How,
    Kind,
    Membership,
    Organisation,
    OrganisationName,
    Person,
    Placement,
    Post,
    stands_under,
)


def found(
    actor: Actor | None,
    *,
    name: str,
    kind: Kind,
    parent: Organisation | None,
    order: int = 0,
    on: date | None = None,
    by: Verdict | None = None,
) -> Organisation:
    """Found a body below ``parent`` (None: a root, only at set-up, with no actor).

    Args:
        order: place among siblings, 0–999; equal places sort by pinyin.
        by: the answer of another room's rule that stands in for ``may_shape_tree``.

    Raises:
        Refused: no right over the parent, a kind that cannot stand there, a name taken beside it,
            or a date before the parent stood where it stands.
    """
    on = not_to_come(on, "成立")
    name = tidy_name(name)
    with book.writing() as facts:
        hold_tree()
        if parent is not None:
            parent = fresh(parent)
            if actor is not None:
                (by or rules.may_shape_tree(actor, parent)).require()
            _fits(kind, parent)
            not_before(placed_since(parent), on, "成立", parent)
        elif actor is not None:
            raise Refused("最上级的组织只在系统装好时设立一次。")
        _free_name(parent, name)
        body = _create(name, kind, parent, order, on)
        facts.record(
            "organisation.found",
            by=actor or book.SYSTEM,
            about=body.ref,
            data={"kind": kind.value, "path": body.path, "on": on.isoformat(), "name": name},
        )
    return body


def _create(
    name: str, kind: Kind, parent: Organisation | None, order: int, on: date
) -> Organisation:
    body = Organisation.objects.create(
        name=name,
        kind=kind,
        family=kind.family,
        parent=parent,
        path=next_path(parent),
        sort_key=f"{order:03d}{sort_key(name)}",
        founded_on=on,
    )
    OrganisationName.objects.create(organisation=body, name=name, since=on)
    Placement.objects.create(organisation=body, parent=parent, path=body.path, since=on)
    rolls.follow(bodies=[body.pk])
    return body


def rename(actor: Actor, body: Organisation, name: str, on: date | None = None) -> None:
    """Give a body a new name from ``on``; lists of earlier dates keep the old one.

    Raises:
        Refused: no right, the name is taken beside it, or a date before the last renaming.
    """
    on = not_to_come(on, "改名")
    name = tidy_name(name)
    with book.writing() as facts:
        hold_tree()
        row = fresh(body)
        rules.may_change_body(actor, row).require()
        if name == row.name:
            raise Refused(f"现在就叫“{name}”，没有改动。")
        _free_name(row.parent, name)
        current = row.names.get(until=None)
        not_before(current.since, on, "改名", row)
        row.names.end(on)
        OrganisationName.objects.create(organisation=row, name=name, since=on)
        row.name, row.sort_key = name, row.sort_key[:3] + sort_key(name)
        row.save(update_fields=["name", "sort_key"])
        naming.changed(bodies=[row.pk])
        facts.record(
            "organisation.rename",
            by=actor,
            about=row.ref,
            data={"from": current.name, "to": name, "on": on.isoformat()},
        )
    body.refresh_from_db()


def move(actor: Actor, body: Organisation, target: Organisation, on: date | None = None) -> None:
    """Move a body with everything below it under ``target`` from ``on``.

    Raises:
        Refused: no right over both places, a cycle, a kind that cannot stand there, members who
            would belong to two branches, or a date before the last move.
    """
    on = not_to_come(on, "移动")
    with book.writing() as facts:
        hold_tree()
        row, new_parent = fresh(body), fresh(target)
        rules.may_move(actor, row, new_parent).require()
        _fits(Kind(row.kind), new_parent)
        _free_name(new_parent, row.name)
        not_before(placed_since(new_parent), on, "移动", new_parent)
        not_before(moved_last(row), on, "移动", row)
        _members_follow(row, new_parent, on)
        old, new = row.path, next_path(new_parent)
        count = _replant(row, new_parent, new, on)
        facts.record(
            "organisation.move",
            by=actor,
            about=row.ref,
            data={"from": old, "to": new, "on": on.isoformat(), "bodies": count},
        )
    body.refresh_from_db()


def _replant(row: Organisation, parent: Organisation, new: str, on: date) -> int:
    """Rewrite the subtree of ``row`` set-wise; return how many open bodies moved."""
    old = row.path
    subtree = Organisation.objects.filter(paths.within("path", old))
    longest = subtree.aggregate(longest=Max(Length("path")))["longest"]
    if longest - len(old) + len(new) > paths.LENGTH:
        raise Refused(f"移过去以后超过 {paths.DEPTH} 级，请换一个上级。")
    Placement.objects.filter(paths.within("path", old)).end(on)
    Organisation.objects.filter(pk=row.pk).update(parent=parent)
    subtree.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    moved = Organisation.objects.filter(paths.within("path", new), closed_on=None)
    rows = [
        Placement(organisation_id=pk, parent_id=parent_id, path=path, since=on)
        for pk, parent_id, path in moved.values_list("pk", "parent_id", "path")
    ]
    Placement.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def _members_follow(body: Organisation, target: Organisation, on: date) -> None:
    """A party body takes its members along; nobody may end up in two branches by that."""
    if body.family != Family.PARTY:
        return
    inside = paths.within("organisation__path", body.path)
    members = Membership.objects.overlapping(on, None).filter(organisation__family=Family.PARTY)
    elsewhere = (
        members.filter(person__in=members.filter(inside).values("person"))
        .exclude(inside)
        .select_related("organisation")
    )
    strays = {
        row.person_id
        for row in elsewhere
        if not paths.is_within(target.path, row.organisation.path)
    }
    if strays:
        raise Refused(
            f"{body.name}有 {len(strays)} 人的组织关系在原来的上级，移过去就跨了两个支部。"
            f"请先把他们的组织关系转到{target.name}，再移动。"
        )


def split(
    actor: Actor,
    bodies: Iterable[Organisation],
    into: Mapping[str, Iterable[Person]],
    on: date | None = None,
    *,
    below: Mapping[str, Iterable[Organisation]] | None = None,
) -> list[Organisation]:
    """Redraw sibling bodies: new ones are founded, people assigned, the old ones closed.

    Four groups become six, or one branch becomes two and takes its groups along. The old bodies
    keep their history; posts held there end.

    Args:
        bodies: open siblings of one kind.
        into: name of each new body → who belongs to it; each member exactly once.
        below: name of each new body → which bodies below the old ones it takes; each open one
            exactly once. May be left out where there are none.

    Raises:
        Refused: no right, not siblings, somebody or something left out or assigned twice, or a
            group that would be parted from its members' branch.
    """
    on = not_to_come(on, "拆分")
    with book.writing() as facts:
        hold_tree()
        plan = Redrawing([fresh(body) for body in bodies], into, below or {}, on)
        for body in plan.old:
            rules.may_change_body(actor, body).require()
            not_before(last_change(body), on, "拆分", body)
        plan.check()
        scope = succession.scope_of(plan.old)
        before = photograph(scope)
        plan.empty_the_old()
        for body in plan.old:
            close_body(body, on)
        new = []
        for order, name in enumerate(plan.into, start=1):
            body = found(actor, name=name, kind=plan.kind, parent=plan.parent, order=order, on=on)
            plan.fill(body, name)
            new.append(body)
        for body in new:
            for child in plan.below.get(body.name, ()):
                move(actor, child, body, on)
        pairs = [(old, body) for old in plan.old for body in new]
        succession.remember(actor, How.SPLIT, on, pairs, before, scope)
        facts.record("organisation.split", by=actor, about=plan.parent.ref, data=plan.data(new))
    return new


def close(actor: Actor, body: Organisation, on: date | None = None) -> None:
    """Close a body from ``on``. People and open bodies below it must have left first.

    Raises:
        Refused: no right, somebody or something is still in it, or a date before its last change.
    """
    on = not_to_come(on, "撤销")
    with book.writing() as facts:
        hold_tree()
        row = fresh(body)
        rules.may_change_body(actor, row).require()
        children = row.children.exclude(closed_on__lte=on).count()
        if children:
            raise Refused(f"{row.name}下面还有 {children} 个组织，请先移走或撤销。")
        count = Membership.objects.overlapping(on, None).filter(organisation=row).count()
        if count:
            raise Refused(f"{row.name}还有 {count} 人，请先把人转出去。")
        not_before(last_change(row), on, "撤销", row)
        close_body(row, on)
        facts.record("organisation.close", by=actor, about=row.ref, data={"on": on.isoformat()})
    body.refresh_from_db()


def close_body(body: Organisation, on: date) -> None:
    """End a body with its place and its posts; what is in it must have left.

    Raises:
        Refused: the last administrator's post would end with it, or a room above hinders it.
    """
    for why in consequences.hindrances([body]):
        raise Refused(why)
    for post in Post.objects.overlapping(on, None).filter(organisation=body):
        not_the_last_admin(post)
    body.closed_on = on
    body.save(update_fields=["closed_on"])
    Placement.objects.filter(organisation=body).end(on)
    Post.objects.filter(organisation=body).end(on)


def _fits(kind: Kind, parent: Organisation) -> None:
    if not stands_under(kind, Kind(parent.kind)):
        above = Kind(parent.kind).label
        raise Refused(f"{kind.label}不能直接设在{above}下面，请换一个上级。")


def _free_name(parent: Organisation | None, name: str) -> None:
    if not name:
        raise Refused("没有填组织名称。")
    if Organisation.objects.filter(parent=parent, name=name, closed_on=None).exists():
        where = f"{parent.name}下面" if parent else "最上级"
        raise Refused(f"{where}已经有“{name}”，请换一个名称。")
