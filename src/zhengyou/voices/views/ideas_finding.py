"""What the views of suggestions look for; what does not exist for whoever looks is a 404."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.kernel import clock, paths
from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation, Person
from zhengyou.people.rules import visible_persons
from zhengyou.voices import rules
from zhengyou.voices.models import Box, Suggestion

BOXES = ("征集意见", "/boxes/")


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts."""
    return cast(ActorRequest, request).actor


def call_of(request: HttpRequest, uid: UUID) -> Box:
    """Return a box whose funnel the actor sees."""
    rows = Box.objects.select_related("organisation", "collator", "campaign")
    return get_object_or_404(rows.filter(rules.visible_calls(actor_of(request))), uid=uid)


def suggestion_of(request: HttpRequest, uid: UUID) -> Suggestion:
    """Return a suggestion that the actor sees."""
    rows = Suggestion.objects.filter(rules.visible_suggestions(actor_of(request))).distinct()
    rows = rows.select_related(
        "box__organisation", "box__collator", "box__campaign", "home", "holder", "level", "into"
    )
    return get_object_or_404(rows.prefetch_related("contributors"), uid=uid)


def picked(given: Iterable[str]) -> list[UUID]:
    """Return the uids that are ticked; what is none names nothing."""
    found = []
    for key in given:
        with suppress(ValueError):
            found.append(UUID(key))
    return found


def day_of(request: HttpRequest) -> date:
    """Return the day that is asked about, today if none or one to come."""
    with suppress(ValueError):
        day = date.fromisoformat(request.GET.get("day", ""))
        if clock.is_thinkable(day) and day <= clock.today():
            return day
    return clock.today()


def homes_of(box: Box) -> QuerySet[Organisation]:
    """Return the bodies from which something of a box may climb."""
    below = paths.within("path", box.organisation.path)
    return Organisation.objects.filter(below, closed_on=None).order_by("path")


def people_of(actor: Actor, body: Organisation) -> QuerySet[Person]:
    """Return who may be named to carry something out for ``body``, as far as one sees them."""
    rows = Person.objects.filter(
        visible_persons(actor), paths.within("memberships__organisation__path", body.path)
    )
    return rows.distinct().order_by("sort_key", "pk")


def call_crumbs(box: Box, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page of a call."""
    return [BOXES, (box.title, reverse("voices:call", args=[box.uid])), *more]


def idea_crumbs(row: Suggestion, *more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page of a suggestion."""
    return call_crumbs(row.box, (row.title, reverse("voices:suggestion", args=[row.uid])), *more)
