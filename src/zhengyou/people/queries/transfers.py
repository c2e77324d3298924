"""Transfers between bodies: what the pages and the desk show of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from zhengyou.kernel import clock, paths
from zhengyou.kernel.errands import Errand
from zhengyou.people import consequences, rules
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Circumstance,
    CircumstanceKind,
    Kind,
    Membership,
    Organisation,
    Person,
    Post,
    Role,
    Standing,
    StandingKind,
    Transfer,
    TransferState,
)
from zhengyou.ui.text import short_date

MOST = 20  # receivers found by name; more of one name are not scrolled through
NEWS = 14  # days for which an answer is shown to who sent the people


@dataclass(slots=True)
class Passenger:
    """One of the people: what comes along, and what ends in the old body."""

    person: Person
    brings: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)


def receivers(source: Organisation, name: str) -> QuerySet[Organisation]:
    """Return the open bodies to which people of ``source`` can be handed over, found by name.

    Any body of the same family, wherever it stands: its name is no secret, and its own secretary
    decides. Groups take people of their own branch only.
    """
    rows = Organisation.objects.filter(family=source.family, closed_on=None)
    groups = Q(kind=Kind.PARTY_GROUP)
    if source.kind == Kind.PARTY_GROUP:
        rows = rows.filter(~groups | Q(parent=source.parent_id))
    else:
        rows = rows.exclude(groups)
    if name:
        rows = rows.filter(name__contains=name)
    rows = rows.exclude(pk=source.pk).select_related("parent")
    return rows.order_by("parent__sort_key", "sort_key", "path")


def posts_ending(source: Organisation, persons: Iterable[Person], on: date) -> QuerySet[Post]:
    """Return the posts and seats inside ``source`` that end when the persons leave it."""
    rows = Post.objects.overlapping(on, None).filter(
        paths.within("organisation__path", source.path), person__in=list(persons)
    )
    return rows.select_related("organisation", "person").order_by("person__sort_key", "order", "pk")


def passengers(source: Organisation, persons: Iterable[Person], on: date) -> list[Passenger]:
    """Return what happens to each of the persons who leave ``source`` on that day. Four queries."""
    found = {person.pk: Passenger(person) for person in persons}
    for standing in Standing.objects.on(on).filter(person__in=found):
        found[standing.person_id].brings.append(str(StandingKind(standing.kind).label))
    for held in Circumstance.objects.on(on).filter(person__in=found):
        found[held.person_id].brings.append(str(CircumstanceKind(held.kind).label))
    inside = Membership.objects.overlapping(on, None).filter(
        paths.within("organisation__path", source.path),
        person__in=found,
        organisation__family=source.family,
    )
    for row in inside.exclude(organisation=source).select_related("organisation"):
        found[row.person_id].ends.append(f"离开{row.organisation.name}")
    for post in posts_ending(source, [each.person for each in found.values()], on):
        found[post.person_id].ends.append(f"{post.organisation.name}{post.title}免去")
    return list(found.values())


def passengers_of(transfer: Transfer, persons: Iterable[Person]) -> list[Passenger]:
    """Return what happens, or has happened, to each of the persons of a transfer."""
    if transfer.state != TransferState.ACCEPTED:
        return passengers(transfer.source, persons, transfer.on)
    found = {person.pk: Passenger(person) for person in persons}
    changed = transfer.changes["changed"]
    left = Membership.objects.filter(pk__in=changed["membership"]).exclude(
        organisation=transfer.source_id
    )
    for row in left.select_related("organisation"):
        found[row.person_id].ends.append(f"离开{row.organisation.name}")
    ended = Post.objects.filter(pk__in=changed["post"]).select_related("organisation")
    for post in ended.order_by("order", "pk"):
        found[post.person_id].ends.append(f"{post.organisation.name}{post.title}免去")
    return list(found.values())


def staying(source: Organisation, persons: Iterable[Person]) -> list[str]:
    """Return in words what stays with ``source`` and its days: pledges and the like."""
    return consequences.of_leaving(source, list(persons))


def transfers_of(actor: Actor, body: Organisation) -> QuerySet[Transfer]:
    """Return the transfers out of and into ``body`` and what is below it, the newest first."""
    reach = paths.within("source__path", body.path) | paths.within("target__path", body.path)
    rows = Transfer.objects.filter(rules.visible_transfers(actor)).filter(reach)
    return (
        rows.select_related("source", "target", "proposed_by")
        .annotate(count=Count("people"))
        .order_by("-proposed_at", "-pk")
    )


# --- the desk -----------------------------------------------------------------------------------


def _unkept(path: str) -> QuerySet[Post]:
    """Return the posts that keep the roll of the outer body itself."""
    keeps = Q(role__in=rules.SHAPERS) | Q(
        role=Role.COMMITTEE_MEMBER, portfolio=rules.ROLL_PORTFOLIO
    )
    return Post.objects.on(clock.today()).filter(keeps, organisation=OuterRef(path))


def waiting_for(actor: Actor) -> list[Errand]:
    """Return the transfers that wait to be accepted by the body of the hat worn.

    Of a body below whose roll nobody keeps, whoever is above is asked.
    """
    if actor.hat is None:
        return []
    here = Q(target=actor.hat.organisation)
    rows = (
        Transfer.objects.filter(rules.visible_transfers(actor), state=TransferState.PROPOSED)
        .filter(
            here
            | Q(paths.within("target__path", actor.hat.organisation.path))
            & ~Q(Exists(_unkept("target")))
        )
        .select_related("source", "target")
        .annotate(count=Count("people"))
        .order_by("proposed_at")
    )
    return [
        Errand(
            kind="wait",
            label="待接收",
            title=f"{row.source.name}转来 {row.count} 人",
            why=f"{short_date(row.on)}起算，接到{row.target.name}",
            when=_asked_on(row),
            url=reverse("people:handover", args=[row.uid]),
            button="去接收",
            due=max(row.on, _day(row)),
        )
        for row in rows
    ]


def todo_for(actor: Actor) -> list[Errand]:
    """Return what the body of the hat has sent: what is still on the way, and what came back."""
    if actor.hat is None:
        return []
    since = clock.now() - timedelta(days=NEWS)
    rows = (
        Transfer.objects.filter(rules.visible_transfers(actor), source=actor.hat.organisation)
        .filter(
            Q(state=TransferState.PROPOSED)
            | Q(state=TransferState.RETURNED, answered_at__gte=since)
        )
        .select_related("source", "target")
        .annotate(count=Count("people"))
        .order_by("proposed_at")
    )
    return [_sent(row) for row in rows]


def _sent(row: Transfer) -> Errand:
    back = row.state == TransferState.RETURNED
    return Errand(
        kind="back" if back else "wait",
        label="退回" if back else "等对方接收",
        title=f"转到{row.target.name}的 {row.count} 人" + ("退回来了" if back else ""),  # type: ignore[attr-defined]
        why=row.reason if back else f"{short_date(row.on)}起算，对方接收以后才转",
        when=_asked_on(row),
        url=reverse("people:handover", args=[row.uid]),
        button="看原因" if back else "看看",
        due=None,
    )


def _day(row: Transfer) -> date:
    return row.proposed_at.astimezone(clock.SHANGHAI).date()


def _asked_on(row: Transfer) -> str:
    return f"{short_date(_day(row))}送来"
