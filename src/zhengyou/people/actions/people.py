"""Enrol, transfer and release persons; standings and posts. Every change is a dated row."""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.order import sort_key
from zhengyou.kernel.partial_dates import PartialDate, Precision
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Family,
    Membership,
    Organisation,
    Person,
    Post,
    Role,
    Standing,
    StandingKind,
)
from zhengyou.people.models.post import ORDER


def enrol(
    actor: Actor | None,
    person: Person,
    body: Organisation,
    *,
    standing: StandingKind | None = None,
    since: date | None = None,
) -> Membership:
    """Put a new or known person on the roll of a body.

    Args:
        actor: None only at set-up.
        person: saved here if it is new.
        standing: set from ``since`` too, where given.

    Raises:
        Refused: no right, or already on the roll of a body of the same family.
    """
    since = since or clock.today()
    with book.writing() as facts:
        if actor is not None:
            rules.may_keep_roll(actor, body).require()
        if person.pk is None:
            person.sort_key = sort_key(person.name)
            person.save()
        _only_one_home(person, body, since)
        row = Membership.objects.create(person=person, organisation=body, since=since)
        if standing is not None:
            change_standing(person, standing, since)
        facts.record(
            "person.enrol",
            by=actor or book.SYSTEM,
            about=person.ref,
            data={"organisation": str(body.uid), "since": since.isoformat()},
            names={"name": person.name},
        )
    return row


def _only_one_home(person: Person, body: Organisation, since: date) -> None:
    """A member belongs to one party branch; a group lies inside the branch and may come on top."""
    if body.family != Family.PARTY:
        return
    for row in (
        Membership.objects.overlapping(since, None)
        .filter(person=person, organisation__family=Family.PARTY)
        .select_related("organisation")
    ):
        here = row.organisation
        if here.pk == body.pk or not _inside(here, body):
            raise Refused(
                f"{person.name}已经在{here.name}（{row.since:%Y-%m-%d} 起），"
                "请先转出，或者用“转组织关系”。"
            )


def _inside(a: Organisation, b: Organisation) -> bool:
    return a.path.startswith(b.path) or b.path.startswith(a.path)


def transfer(actor: Actor, person: Person, source: Organisation, target: Organisation,
             on: date | None = None) -> Membership:  # fmt: skip
    """Move a person from one body to another from ``on``; posts at the source end with it.

    Raises:
        Refused: no right over both rolls, or the person is not in ``source``.
    """
    on = on or clock.today()
    with book.writing() as facts:
        rules.may_keep_roll(actor, source).require()
        rules.may_keep_roll(actor, target).require()
        release(actor, person, source, on)
        _only_one_home(person, target, on)
        row = Membership.objects.create(person=person, organisation=target, since=on)
        facts.record(
            "person.transfer",
            by=actor,
            about=person.ref,
            data={"from": str(source.uid), "to": str(target.uid), "on": on.isoformat()},
            names={"name": person.name},
        )
    return row


def release(actor: Actor, person: Person, body: Organisation, on: date | None = None) -> None:
    """Take a person off the roll of a body from ``on``; posts held there end too.

    Raises:
        Refused: no right, or the person is not on that roll.
    """
    on = on or clock.today()
    with book.writing() as facts:
        rules.may_keep_roll(actor, body).require()
        row = Membership.objects.on(on).filter(person=person, organisation=body).first()
        if row is None:
            raise Refused(f"{person.name}这一天不在{body.name}。")
        row.until = on
        row.save(update_fields=["until"])
        Post.objects.on(on).filter(person=person, organisation=body).update(until=on)
        facts.record(
            "person.release",
            by=actor,
            about=person.ref,
            data={"organisation": str(body.uid), "on": on.isoformat()},
            names={"name": person.name},
        )


def change_standing(
    person: Person, kind: StandingKind, since: date | PartialDate, until: date | None = None
) -> Standing:
    """Set 人员类别 from ``since``; the one that held till then ends. Called by verbs that record."""
    known = since if isinstance(since, PartialDate) else PartialDate(since, Precision.DAY)
    Standing.objects.on(known.date).filter(person=person, since__lt=known.date).update(
        until=known.date
    )
    Standing.objects.filter(person=person, since=known.date).delete()
    return Standing.objects.create(
        person=person,
        kind=kind,
        since=known.date,
        since_precision=known.precision,
        until=until,
    )


def appoint(
    actor: Actor | None,
    person: Person,
    body: Organisation,
    role: Role,
    *,
    portfolio: str = "",
    duty: str = "",
    since: date | None = None,
) -> Post:
    """Give a post. A body has one secretary at a time; the earlier one must end first.

    Raises:
        Refused: no right, the post is taken, or the person holds it already.
    """
    since = since or clock.today()
    with book.writing() as facts:
        Organisation.objects.select_for_update().get(pk=body.pk)
        if actor is not None:
            rules.may_appoint(actor, body, role).require()
        _free(person, body, role, portfolio, since)
        post = Post.objects.create(
            person=person,
            organisation=body,
            role=role,
            portfolio=portfolio,
            duty=duty,
            order=ORDER[role],
            since=since,
        )
        facts.record(
            "post.appoint",
            by=actor or book.SYSTEM,
            about=person.ref,
            data={"organisation": str(body.uid), "role": role.value, "since": since.isoformat()},
            names={"name": person.name, "portfolio": portfolio},
        )
    return post


def _free(person: Person, body: Organisation, role: Role, portfolio: str, since: date) -> None:
    held = Post.objects.overlapping(since, None).filter(organisation=body, role=role)
    if held.filter(person=person, portfolio=portfolio).exists():
        raise Refused(f"{person.name}已经是{body.name}{role.label}。")
    if role in (Role.SECRETARY, Role.SEAT_HEAD):
        other = held.select_related("person").first()
        if other is not None:
            raise Refused(f"{body.name}的{role.label}现在是{other.person.name}，请先免去再任。")


def end_post(actor: Actor, post: Post, on: date | None = None) -> None:
    """End a post from ``on``; its rights end with it."""
    on = on or clock.today()
    with book.writing() as facts:
        rules.may_appoint(actor, post.organisation, Role(post.role)).require()
        if on < post.since:
            raise Refused("免职日期早于任职日期，请改日期。")
        post.until = on
        post.save(update_fields=["until"])
        facts.record(
            "post.end",
            by=actor,
            about=post.person.ref,
            data={"organisation": str(post.organisation.uid), "role": post.role,
                  "on": on.isoformat()},
            names={"name": post.person.name},
        )  # fmt: skip
