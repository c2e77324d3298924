"""Found, rename, move, split and close bodies. Every change is dated; the past stays as it was.

All verbs take ``on``, the date from which the change holds (today where it is left out). A date
before the body's last change is refused, because it would rewrite what happened since.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import F, Max

from zhengyou.kernel import clock, paths
from zhengyou.kernel.order import sort_key
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Kind,
    Membership,
    Organisation,
    OrganisationName,
    Person,
    Placement,
    Post,
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
        Refused: no right over the parent, or the name is taken beside it.
    """
    on = on or clock.today()
    with book.writing() as facts:
        if parent is not None:
            parent = Organisation.objects.select_for_update().get(pk=parent.pk)
            if actor is not None:
                rules.may_shape_tree(actor, parent).require()
            if parent.children.filter(name=name, closed_on=None).exists():
                raise Refused(f"{parent.name}下面已经有“{name}”，请换一个名称。")
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
        facts.record(
            "organisation.found",
            by=actor or book.SYSTEM,
            about=body.ref,
            data={"kind": kind.value, "path": body.path, "on": on.isoformat(), "name": name},
        )
    return body


def _next_path(parent: Organisation | None) -> str:
    """Take the next unused segment below ``parent``, whose row the caller holds locked."""
    if parent is None:
        last = Placement.objects.filter(parent=None).aggregate(last=Max("path"))["last"]
        return paths.child("", int(last) + 1 if last else 1)
    Organisation.objects.filter(pk=parent.pk).update(last_segment=F("last_segment") + 1)
    parent.refresh_from_db(fields=["last_segment", "path"])
    return paths.child(parent.path, parent.last_segment)


def rename(actor: Actor, body: Organisation, name: str, on: date | None = None) -> None:
    """Give a body a new name from ``on``; lists of earlier dates keep the old one."""
    on = on or clock.today()
    with book.writing() as facts:
        body = Organisation.objects.select_for_update().get(pk=body.pk)
        rules.may_shape_tree(actor, body).require()
        current = body.names.get(until=None)
        _not_before(current.since, on, "改名")
        _end(OrganisationName.objects.filter(pk=current.pk), current.since, on)
        OrganisationName.objects.create(organisation=body, name=name, since=on)
        body.name = name
        body.sort_key = body.sort_key[:3] + sort_key(name)
        body.save(update_fields=["name", "sort_key"])
        facts.record(
            "organisation.rename", by=actor, about=body.ref, data={"to": name, "on": on.isoformat()}
        )


def move(actor: Actor, body: Organisation, target: Organisation, on: date | None = None) -> None:
    """Move a body with everything below it under ``target`` from ``on``.

    Raises:
        Refused: no right over both places, a cycle, or a date before the last move.
    """
    on = on or clock.today()
    with book.writing() as facts:
        rows = {
            row.pk: row
            for row in Organisation.objects.select_for_update()
            .filter(pk__in=[body.pk, target.pk])
            .order_by("pk")
        }
        body, target = rows[body.pk], rows[target.pk]
        rules.may_move(actor, body, target).require()
        old, new = body.path, _next_path(target)
        subtree = list(Organisation.objects.filter(paths.within("path", old)))
        open_rows = Placement.objects.filter(organisation__in=subtree, until=None)
        latest = max(open_rows.values_list("since", flat=True))
        _not_before(latest, on, "移动")
        for row in subtree:
            row.path = paths.rebase(row.path, old, new)
            if row.pk == body.pk:
                row.parent = target
        open_rows.filter(since=on).delete()  # Moved twice on one day: the last one counts.
        Placement.objects.filter(organisation__in=subtree, until=None).update(until=on)
        Organisation.objects.bulk_update(subtree, ["path", "parent"], batch_size=500)
        Placement.objects.bulk_create(
            [
                Placement(organisation=row, parent_id=row.parent_id, path=row.path, since=on)
                for row in subtree
                if row.closed_on is None
            ],
            batch_size=500,
        )
        facts.record(
            "organisation.move",
            by=actor,
            about=body.ref,
            data={"from": old, "to": new, "on": on.isoformat(), "bodies": len(subtree)},
        )
    body.refresh_from_db()


def split(
    actor: Actor,
    bodies: Iterable[Organisation],
    into: Mapping[str, Iterable[Person]],
    on: date | None = None,
) -> list[Organisation]:
    """Redraw sibling bodies: new ones are founded, people assigned, the old ones closed.

    Four groups become six, or one branch two; the old bodies keep their history.

    Args:
        bodies: open siblings of one kind.
        into: name of each new body → who belongs to it; each member exactly once.

    Raises:
        Refused: not siblings, or a member is left out or assigned twice.
    """
    on = on or clock.today()
    old = list(bodies)
    with book.writing() as facts:
        parents = {body.parent_id for body in old}
        if len(parents) != 1 or len({body.kind for body in old}) != 1 or old[0].parent is None:
            raise Refused("只能拆分、重划同一个上级下面的同类组织。")
        for body in old:
            rules.may_shape_tree(actor, body).require()
        _assigned_once(old, into, on)
        new = []
        for order, (name, people) in enumerate(into.items(), start=1):
            body = found(
                actor, name=name, kind=Kind(old[0].kind), parent=old[0].parent, order=order, on=on
            )
            Membership.objects.bulk_create(
                [Membership(person=person, organisation=body, since=on) for person in people]
            )
            new.append(body)
        for body in old:
            _end(Membership.objects.filter(organisation=body, until=None), None, on)
            _close(body, on)
        facts.record(
            "organisation.split",
            by=actor,
            about=old[0].parent.ref,
            data={
                "from": [str(body.uid) for body in old],
                "into": [str(body.uid) for body in new],
                "on": on.isoformat(),
            },
        )
    return new


def _assigned_once(old: list[Organisation], into: Mapping[str, Iterable[Person]], on: date) -> None:
    members = set(
        Membership.objects.on(on).filter(organisation__in=old).values_list("person", flat=True)
    )
    names: dict[int, list[str]] = {}
    for name, people in into.items():
        for person in people:
            names.setdefault(person.pk, []).append(name)
            if person.pk not in members:
                raise Refused(f"{person.name}不在要拆分的组织里，不能分到“{name}”。")
            if len(names[person.pk]) > 1:
                raise Refused(f"{person.name}同时分到了{'、'.join(names[person.pk])}，只能在一处。")
    left = members - set(names)
    if left:
        who = Person.objects.filter(pk__in=left).order_by("sort_key")
        first = "、".join(person.name for person in who[:5])
        raise Refused(
            f"还有 {len(left)} 人没有分到新组织：{first}{'等' if len(left) > 5 else ''}。"
        )


def close(actor: Actor, body: Organisation, on: date | None = None) -> None:
    """Close a body from ``on``. People and open bodies below it must have left first.

    Raises:
        Refused: somebody or something is still in it.
    """
    on = on or clock.today()
    with book.writing() as facts:
        body = Organisation.objects.select_for_update().get(pk=body.pk)
        rules.may_shape_tree(actor, body).require()
        if body.children.filter(closed_on=None).exists():
            raise Refused(f"{body.name}下面还有组织，请先移走或撤销。")
        count = Membership.objects.on(on).filter(organisation=body).count()
        if count:
            raise Refused(f"{body.name}还有 {count} 人，请先把人转出去。")
        _close(body, on)
        facts.record("organisation.close", by=actor, about=body.ref, data={"on": on.isoformat()})


def _close(body: Organisation, on: date) -> None:
    _not_before(body.founded_on, on, "撤销")
    body.closed_on = on
    body.save(update_fields=["closed_on"])
    _end(Placement.objects.filter(organisation=body, until=None), None, on)
    _end(Post.objects.filter(organisation=body, until=None), None, on)


def _end(rows: "object", since: date | None, on: date) -> None:
    """End open rows on ``on``; rows that would then hold for no day are kept as empty intervals."""
    rows.filter(since__gt=on).update(until=F("since"))  # type: ignore[attr-defined]
    rows.filter(until=None).update(until=on)  # type: ignore[attr-defined]


def _not_before(since: date, on: date, verb: str) -> None:
    if on < since:
        raise Refused(
            f"{verb}日期 {on:%Y-%m-%d} 早于上一次变动 {since:%Y-%m-%d}，会改动已经发生的事，请改日期。"
        )
