"""Merge bodies into one of them or into a new one.

People come along on the day, bodies below are re-hung, posts end unless they are to go on. What
was done in an old body (plans, pledges) stays with it: its page says what it became part of.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from zhengyou.kernel import paths
from zhengyou.kernel.texts import tidy_name
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actions import rolls, succession, tree
from zhengyou.people.actions.holding import (
    fresh_all,
    hold_tree,
    last_change,
    not_before,
    not_to_come,
)
from zhengyou.people.actions.posts import appoint
from zhengyou.people.actions.remembering import photograph
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    How,
    Kind,
    Leaving,
    Membership,
    Organisation,
    Post,
    Reorganisation,
    Role,
)


def merge(
    actor: Actor,
    bodies: Iterable[Organisation],
    *,
    into: Organisation | None = None,
    name: str = "",
    parent: Organisation | None = None,
    on: date | None = None,
    posts: Collection[Post] = (),
    names: Mapping[Organisation, str] | None = None,
) -> Reorganisation:
    """Merge ``bodies`` from ``on``: into a body that stays, or into a new one.

    Args:
        bodies: open bodies of one kind that are to end.
        into: the body that takes them in; None: one called ``name`` is founded.
        parent: where the new body stands; may be left out where all stand under one.
        posts: posts of the old bodies that go on in the new place; the others end.
        names: new names of bodies below that cannot keep theirs beside the others.

    Raises:
        Refused: no right over one of them, nothing to merge, different kinds, a post that is
            taken, a name that is there twice, or a date before the last change of one of them.
    """
    on = not_to_come(on, "合并")
    with book.writing() as facts:
        hold_tree()
        chosen = list(bodies)
        old = fresh_all({body.pk: body for body in chosen if body != into}.values())
        heir = fresh_all([into])[0] if into else None
        _can_merge(actor, old, heir, on)
        parent = heir.parent if heir else _parent(old, parent)
        scope = succession.scope_of(old, heir)
        before = photograph(scope)
        kept = [post for post in posts if post.organisation_id in {body.pk for body in old}]
        rows = _empty(old, on)
        below = _below(old, on)
        for body in old:
            tree.close_body(body, on)
        if heir is None:
            kind = Kind(old[0].kind)
            heir = tree.found(actor, name=name, kind=kind, parent=parent, on=on)
        count = _fill(heir, rows, on)
        _rehang(actor, below, heir, names or {}, on)
        _carry_posts(actor, kept, heir, on)
        done = succession.remember(
            actor, How.MERGED, on, [(body, heir) for body in old], before, scope
        )
        facts.record(
            "organisation.merge",
            by=actor,
            about=heir.ref,
            data={
                "from": [str(body.uid) for body in old],
                "into": str(heir.uid),
                "people": count,
                "bodies": len(below),
                "on": on.isoformat(),
            },
        )
    return done


def _can_merge(actor: Actor, old: list[Organisation], heir: Organisation | None, on: date) -> None:
    everything = [*old, heir] if heir else old
    if len(everything) < 2:
        raise Refused("合并至少要两个组织。")
    if len({body.kind for body in everything}) != 1:
        raise Refused("只能合并同一类的组织，比如支部和支部。")
    for body in everything:
        rules.may_change_body(actor, body).require()
        if body.parent_id is None:
            raise Refused("最上级的组织不能合并。")
        not_before(last_change(body), on, "合并", body)
    for body in old:
        if any(other != body and paths.is_within(other.path, body.path) for other in everything):
            raise Refused(f"{body.name}下面有要一起合并的组织，请先把它移出来。")


def _parent(old: list[Organisation], chosen: Organisation | None) -> Organisation:
    parents = {body.parent for body in old if body.parent}
    if chosen is None and len(parents) == 1:
        return parents.pop()
    if chosen is None or chosen not in parents:
        raise Refused("这几个组织的上级不同，请选新组织放在哪个上级下面。")
    return chosen


def _empty(old: list[Organisation], on: date) -> list[Membership]:
    """End the memberships of the old bodies; return them as they were."""
    rows = Membership.objects.filter(organisation__in=old)
    held = list(rows.overlapping(on, None).order_by("since", "pk"))
    rows.overlapping(on, None).update(left_because=Leaving.REGROUPED)
    rows.end(on)
    return held


def _fill(heir: Organisation, rows: list[Membership], on: date) -> int:
    """Put everybody into ``heir``, each for one stretch of time; return how many people came.

    Who belonged to several of the bodies, or to the heir already, gets one membership that holds
    as long as the longest of them.
    """
    here = {
        row.person_id: row
        for row in Membership.objects.overlapping(on, None).filter(organisation=heir)
    }
    new: dict[int, Membership] = {}
    for row in rows:
        known = here.get(row.person_id) or new.get(row.person_id)
        if known is None:
            new[row.person_id] = Membership(
                person_id=row.person_id,
                organisation=heir,
                since=max(on, row.since),
                until=row.until,
            )
            continue
        known.since = min(known.since, max(on, row.since))
        known.until = _later(known.until, row.until)
    Membership.objects.bulk_update(here.values(), ["since", "until"], batch_size=200)
    Membership.objects.bulk_create(new.values(), batch_size=500)
    persons = {row.person_id for row in rows}
    rolls.follow(persons=persons)
    return len(persons)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _below(old: list[Organisation], on: date) -> list[Organisation]:
    rows = Organisation.objects.filter(parent__in=old).exclude(closed_on__lte=on)
    return list(rows.order_by("parent__path", "sort_key", "path"))


def _rehang(
    actor: Actor,
    below: list[Organisation],
    heir: Organisation,
    names: Mapping[Organisation, str],
    on: date,
) -> None:
    for child in below:
        wanted = tidy_name(names.get(child, "")) or child.name
        if wanted != child.name:
            tree.rename(actor, child, wanted, on)
        tree.move(actor, child, heir, on)


def _carry_posts(actor: Actor, posts: list[Post], heir: Organisation, on: date) -> None:
    """Give the posts that go on anew in the heir, for as long as they were to last."""
    for post in posts:
        if post.until is not None and post.until <= on:
            continue
        new = appoint(
            actor,
            post.person,
            heir,
            Role(post.role),
            portfolio=post.portfolio,
            duty=post.duty,
            since=max(on, post.since),
        )
        if post.until is not None:
            Post.objects.filter(pk=new.pk).update(until=post.until)
