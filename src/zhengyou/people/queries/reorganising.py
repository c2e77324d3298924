"""What a merger would do, said before it is done; what became of a body, said afterwards."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from zhengyou.kernel import paths
from zhengyou.people import consequences, rules
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    How,
    Membership,
    Organisation,
    Post,
    Reorganisation,
    Succession,
)

MOST = 30  # bodies found by name; more are not scrolled through


@dataclass(frozen=True, slots=True)
class Preview:
    """What merging would mean.

    Args:
        people: how many come along; both: how many of them are in the receiving body already.
        below: bodies that are re-hung, each with the name that it can keep or had better take.
        posts: what ends unless it is to go on.
        staying: what stays with the old bodies, in words; hindrances: why they cannot end yet.
    """

    people: int
    both: int
    below: list[tuple[Organisation, str]]
    posts: list[Post]
    staying: list[str]
    hindrances: list[str]


def mergeable(actor: Actor, body: Organisation, name: str = "") -> QuerySet[Organisation]:
    """Return what ``body`` can be merged with, itself included: its siblings, and others by name.

    Args:
        name: part of the name of a body of the same kind that stands elsewhere within reach.
    """
    rows = Organisation.objects.filter(kind=body.kind, closed_on=None)
    fits = Q(parent=body.parent_id)
    if name and actor.hat:
        within = rows.filter(paths.within("path", actor.hat.organisation.path), name__contains=name)
        fits |= Q(pk__in=list(within.values_list("pk", flat=True)[:MOST]))
    rows = rows.filter(rules.visible_organisations(actor)).filter(fits)
    return rows.select_related("parent").order_by("parent__sort_key", "sort_key", "path")


def preview(old: Collection[Organisation], heir: Organisation | None, on: date) -> Preview:
    """Return what merging ``old`` into ``heir`` (None: a new body) on that day would mean."""
    rows = Membership.objects.overlapping(on, None)
    coming = set(rows.filter(organisation__in=old).values_list("person", flat=True))
    there = set(rows.filter(organisation=heir).values_list("person", flat=True)) if heir else set()
    below = Organisation.objects.filter(parent__in=old).exclude(closed_on__lte=on)
    posts = Post.objects.overlapping(on, None).filter(organisation__in=old)
    return Preview(
        people=len(coming),
        both=len(coming & there),
        below=_named(list(below.select_related("parent").order_by("sort_key", "path")), heir),
        posts=list(
            posts.select_related("person", "organisation").order_by("organisation__path", "order")
        ),
        staying=consequences.of_ending(list(old)),
        hindrances=consequences.hindrances(list(old)),
    )


def _named(below: list[Organisation], heir: Organisation | None) -> list[tuple[Organisation, str]]:
    """Give each body below a name that is free beside the others: with its old body's before it."""
    taken = Counter(child.name for child in below)
    if heir:
        taken.update(heir.children.filter(closed_on=None).values_list("name", flat=True))
    return [
        (
            child,
            f"{child.parent.name}{child.name}"
            if taken[child.name] > 1 and child.parent
            else child.name,
        )
        for child in below
    ]


# --- afterwards ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fate:
    """A line of a body's page: what it became, or what it came from."""

    on: date
    words: str
    bodies: list[Organisation]
    done: Reorganisation


def fates_of(body: Organisation) -> list[Fate]:
    """Return the mergers and splits that ``body`` went through, the newest first. One query."""
    rows = (
        Succession.objects.filter(Q(old=body) | Q(heir=body))
        .select_related("old", "heir", "reorganisation")
        .order_by("-reorganisation__on", "-reorganisation__pk", "pk")
    )
    found: dict[tuple[int, bool], Fate] = {}
    for row in rows:
        ended, done = row.old_id == body.pk, row.reorganisation
        key = done.pk, ended
        if key not in found:
            found[key] = Fate(done.on, _WORDS[How(done.how), ended], [], done)
        found[key].bodies.append(row.heir if ended else row.old)
    return list(found.values())


_WORDS = {
    (How.MERGED, True): "并入",
    (How.SPLIT, True): "分为",
    (How.MERGED, False): "并进来的有",
    (How.SPLIT, False): "来自",
}
