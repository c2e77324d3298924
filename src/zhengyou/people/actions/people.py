"""Enrol, transfer and release persons, set what they are. Every change is a dated row.

Posts have their own verbs in ``posts``; what a person's record says is amended in ``record``.
"""

from datetime import date

from zhengyou.kernel import clock, paths
from zhengyou.kernel.order import name_sort_key
from zhengyou.kernel.partial_dates import PartialDate
from zhengyou.kernel.texts import tidy_name
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actions import rolls
from zhengyou.people.actions.holding import not_far_ahead
from zhengyou.people.actions.posts import appoint, end_post, not_the_last_admin
from zhengyou.people.actions.standings import change_standing
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Family,
    Leaving,
    Membership,
    Organisation,
    Person,
    Post,
    StandingKind,
)

__all__ = ["appoint", "change_standing", "end_post", "enrol", "release", "transfer"]


def enrol(
    actor: Actor | None,
    person: Person,
    body: Organisation,
    *,
    standing: StandingKind | None = None,
    since: date | None = None,
    standing_since: PartialDate | None = None,
) -> Membership:
    """Put a new or known person on the roll of a body.

    Args:
        actor: None only at set-up.
        person: saved here if it is new; its ID number must be nobody else's.
        standing: what the person is, from ``standing_since`` (left out: from ``since``).

    Raises:
        Refused: no right, the body does not exist on that day, the ID number is taken, or already
            on the roll of another party body.
    """
    since = since or clock.today()
    not_far_ahead(since, "登记的日期")
    with book.writing() as facts:
        body = _hold(body)
        if actor is not None:
            rules.may_keep_roll(actor, body).require()
        _exists_from(body, since)
        _hold_person(person)
        _only_one_home(person, body, since)
        row = Membership.objects.create(person=person, organisation=body, since=since)
        if standing is not None:
            change_standing(person, standing, standing_since or since)
        rolls.follow(persons=[person.pk])
        facts.record(
            "person.enrol",
            by=actor or book.SYSTEM,
            about=person.ref,
            data={"organisation": str(body.uid), "since": since.isoformat()},
            names={"name": person.name},
        )
    return row


def transfer(
    actor: Actor,
    person: Person,
    source: Organisation,
    target: Organisation,
    on: date | None = None,
) -> Membership:
    """Move a person from one body to another from ``on``; posts and groups at the source end.

    Raises:
        Refused: no right over both rolls, or the person is not in ``source`` on that day.
    """
    on = on or clock.today()
    with book.writing() as facts:
        held = {body.pk: body for body in map(_hold, sorted((source, target), key=_by_pk))}
        source, target = held[source.pk], held[target.pk]
        rules.may_transfer(actor, source, target).require()
        return carry(facts, actor, person, source, target, on)


def carry(
    facts: book.Book,
    actor: Actor,
    person: Person,
    source: Organisation,
    target: Organisation,
    on: date,
) -> Membership:
    """Carry a person over, after the rules were asked and both bodies are held.

    Raises:
        Refused: see :func:`transfer`.
    """
    not_far_ahead(on, "转接日期")
    _exists_from(target, on)
    _hold_person(person)
    _leave(actor, person, source, on, Leaving.MOVED)
    _only_one_home(person, target, on)
    row = Membership.objects.create(person=person, organisation=target, since=on)
    rolls.follow(persons=[person.pk])
    facts.record(
        "person.transfer",
        by=actor,
        about=person.ref,
        data={"from": str(source.uid), "to": str(target.uid), "on": on.isoformat()},
        names={"name": person.name},
    )
    return row


def release(
    actor: Actor,
    person: Person,
    body: Organisation,
    on: date | None = None,
    because: Leaving = Leaving.AWAY,
) -> None:
    """Take a person off the roll of a body from ``on``; posts and groups there end too.

    Raises:
        Refused: no right, or the person is not on that roll on that day.
    """
    on = on or clock.today()
    with book.writing() as facts:
        body = _hold(body)
        rules.may_keep_roll(actor, body).require()
        _hold_person(person)
        _leave(actor, person, body, on, because)
        rolls.follow(persons=[person.pk])
        facts.record(
            "person.release",
            by=actor,
            about=person.ref,
            data={
                "organisation": str(body.uid),
                "on": on.isoformat(),
                "because": because.value,
            },
            names={"name": person.name},
        )


def _leave(actor: Actor, person: Person, body: Organisation, on: date, because: Leaving) -> None:
    """End the membership in ``body`` and, from the same day, all there is inside it."""
    if not Membership.objects.on(on).filter(person=person, organisation=body).exists():
        raise Refused(f"{person.name}在 {on:%Y-%m-%d} 这一天不在{body.name}。")
    inside = paths.within("organisation__path", body.path)
    families = (body.family, Family.WORKING)  # its teams as well, not the unit that it leads
    rows = Membership.objects.filter(
        inside, person=person, organisation__family__in=families
    ).overlapping(on, None)
    posts = Post.objects.filter(inside, person=person)
    ending = posts.overlapping(on, None).select_related("organisation", "person")
    rules.may_end_with_leaving(actor, ending).require()
    for post in ending:
        not_the_last_admin(post)
    pks = list(rows.values_list("pk", flat=True))
    rows.update(left_because=because)
    Membership.objects.filter(pk__in=pks).end(on)
    posts.end(on)


def _only_one_home(person: Person, body: Organisation, since: date) -> None:
    """A member belongs to one party branch; a group lies inside the branch and may come on top."""
    for row in (
        Membership.objects.overlapping(since, None)
        .filter(person=person)
        .select_related("organisation")
    ):
        here = row.organisation
        both_party = here.family == body.family == Family.PARTY
        if here.pk == body.pk or (both_party and not _nested(here, body)):
            raise Refused(
                f"{person.name}已经在{here.name}（{row.since:%Y-%m-%d} 起），"
                "请先转出，或者用“转组织关系”。"
            )


def _nested(a: Organisation, b: Organisation) -> bool:
    return paths.is_within(a.path, b.path) or paths.is_within(b.path, a.path)


def _exists_from(body: Organisation, since: date) -> None:
    if since < body.founded_on:
        raise Refused(f"{body.name} {body.founded_on:%Y-%m-%d} 才成立，日期不能早于这一天。")


def _hold(body: Organisation) -> Organisation:
    """Read a body anew and keep it from being closed or split meanwhile."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)


def _by_pk(body: Organisation) -> int:
    return body.pk


def _hold_person(person: Person) -> None:
    """Save a new person; keep a known one from being enrolled twice at once."""
    if person.pk is not None:
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        return
    if person.id_lookup and Person.objects.filter(id_lookup=person.id_lookup).exists():
        raise Refused("这个公民身份号码已经登记在册。请核对号码；调来的人请用“转组织关系”。")
    person.name = tidy_name(person.name)
    person.sort_key = name_sort_key(person.name)
    person.save()
