"""Found, rename, move, split and close bodies. Every change is dated; the past stays as it was.

All verbs take ``on``, the date from which the change holds (today where it is left out). A date
before the last change of a body concerned is refused, since it would rewrite what happened since;
so is a date to come, since ``Organisation.path`` caches the tree of today.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F, Max, Value
from django.db.models.functions import Concat, Length, Substr

from zhengyou.kernel import clock, paths
from zhengyou.kernel.order import sort_key
from zhengyou.kernel.texts import tidy_name
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actions.redraw import Redrawing
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Family,
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
) -> Organisation:
    """Found a body below ``parent`` (None: a root, only at set-up, with no actor).

    Args:
        order: place among siblings, 0–999; equal places sort by pinyin.

    Raises:
        Refused: no right over the parent, a kind that cannot stand there, a name taken beside it,
            or a date before the parent stood where it stands.
    """
    on = _day(on, "成立")
    name = tidy_name(name)
    with book.writing() as facts:
        _hold_tree()
        if parent is not None:
            parent = _fresh(parent)
            if actor is not None:
                rules.may_shape_tree(actor, parent).require()
            _fits(kind, parent)
            _not_before(_placed_since(parent), on, "成立", parent)
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
        path=_next_path(parent),
        sort_key=f"{order:03d}{sort_key(name)}",
        founded_on=on,
    )
    OrganisationName.objects.create(organisation=body, name=name, since=on)
    Placement.objects.create(organisation=body, parent=parent, path=body.path, since=on)
    return body


def rename(actor: Actor, body: Organisation, name: str, on: date | None = None) -> None:
    """Give a body a new name from ``on``; lists of earlier dates keep the old one.

    Raises:
        Refused: no right, the name is taken beside it, or a date before the last renaming.
    """
    on = _day(on, "改名")
    name = tidy_name(name)
    with book.writing() as facts:
        _hold_tree()
        row = _fresh(body)
        rules.may_change_body(actor, row).require()
        if name == row.name:
            raise Refused(f"现在就叫“{name}”，没有改动。")
        _free_name(row.parent, name)
        current = row.names.get(until=None)
        _not_before(current.since, on, "改名", row)
        row.names.end(on)
        OrganisationName.objects.create(organisation=row, name=name, since=on)
        row.name, row.sort_key = name, row.sort_key[:3] + sort_key(name)
        row.save(update_fields=["name", "sort_key"])
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
    on = _day(on, "移动")
    with book.writing() as facts:
        _hold_tree()
        row, new_parent = _fresh(body), _fresh(target)
        rules.may_move(actor, row, new_parent).require()
        _fits(Kind(row.kind), new_parent)
        _free_name(new_parent, row.name)
        _not_before(_placed_since(new_parent), on, "移动", new_parent)
        _not_before(_moved_last(row), on, "移动", row)
        _members_follow(row, new_parent, on)
        old, new = row.path, _next_path(new_parent)
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
    on = _day(on, "拆分")
    with book.writing() as facts:
        _hold_tree()
        plan = Redrawing([_fresh(body) for body in bodies], into, below or {}, on)
        for body in plan.old:
            rules.may_change_body(actor, body).require()
            _not_before(_last_change(body), on, "拆分", body)
        plan.check()
        plan.empty_the_old()
        for body in plan.old:
            _close(body, on)
        new = []
        for order, name in enumerate(plan.into, start=1):
            body = found(actor, name=name, kind=plan.kind, parent=plan.parent, order=order, on=on)
            plan.fill(body, name)
            new.append(body)
        for body in new:
            for child in plan.below.get(body.name, ()):
                move(actor, child, body, on)
        facts.record("organisation.split", by=actor, about=plan.parent.ref, data=plan.data(new))
    return new


def close(actor: Actor, body: Organisation, on: date | None = None) -> None:
    """Close a body from ``on``. People and open bodies below it must have left first.

    Raises:
        Refused: no right, somebody or something is still in it, or a date before its last change.
    """
    on = _day(on, "撤销")
    with book.writing() as facts:
        _hold_tree()
        row = _fresh(body)
        rules.may_change_body(actor, row).require()
        children = row.children.exclude(closed_on__lte=on).count()
        if children:
            raise Refused(f"{row.name}下面还有 {children} 个组织，请先移走或撤销。")
        count = Membership.objects.overlapping(on, None).filter(organisation=row).count()
        if count:
            raise Refused(f"{row.name}还有 {count} 人，请先把人转出去。")
        _not_before(_last_change(row), on, "撤销", row)
        _close(row, on)
        facts.record("organisation.close", by=actor, about=row.ref, data={"on": on.isoformat()})
    body.refresh_from_db()


def _close(body: Organisation, on: date) -> None:
    body.closed_on = on
    body.save(update_fields=["closed_on"])
    Placement.objects.filter(organisation=body).end(on)
    Post.objects.filter(organisation=body).end(on)


def _hold_tree() -> None:
    """Let one change of the tree happen at a time: whoever comes second waits, then reads anew.

    The root rows are locked, but not their keys: enrolments go on meanwhile. (SQLite has one
    writer anyway.)
    """
    list(Organisation.objects.select_for_update(no_key=True).filter(parent=None).order_by("pk"))


def _fresh(body: Organisation) -> Organisation:
    """Read a body anew and hold it against enrolments into what is being closed."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)


def _next_path(parent: Organisation | None) -> str:
    """Take the next unused segment below ``parent``, while the tree is held."""
    if parent is None:
        last = Placement.objects.filter(parent=None).aggregate(last=Max("path"))["last"]
        return paths.child("", paths.number(last) + 1 if last else 1)
    if parent.last_segment >= paths.BIGGEST or paths.depth(parent.path) >= paths.DEPTH:
        raise Refused(f"{parent.name}下面不能再设组织了：层级或个数到了上限。")
    Organisation.objects.filter(pk=parent.pk).update(last_segment=F("last_segment") + 1)
    parent.refresh_from_db(fields=["last_segment"])
    return paths.child(parent.path, parent.last_segment)


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


def _placed_since(body: Organisation) -> date:
    return body.placements.get(until=None).since


def _moved_last(body: Organisation) -> date:
    """Return when the subtree last changed: no placement in it may be cut short backwards."""
    rows = Placement.objects.filter(paths.within("path", body.path), until=None)
    last: date = rows.aggregate(last=Max("since"))["last"]
    return last


def _last_change(body: Organisation) -> date:
    return max(_placed_since(body), body.names.get(until=None).since)


def _day(on: date | None, verb: str) -> date:
    today = clock.today()
    if on is not None and on > today:
        raise Refused(f"{verb}日期 {on:%Y-%m-%d} 还没到。请等到那一天再办，或者改日期。")
    return on or today


def _not_before(since: date, on: date, verb: str, body: Organisation) -> None:
    if on < since:
        raise Refused(
            f"{verb}日期 {on:%Y-%m-%d} 早于{body.name}上一次变动（{since:%Y-%m-%d}），"
            "会改动已经发生的事，请改日期。"
        )
