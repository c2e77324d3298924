"""What the views look for; what does not exist for whoever looks is a 404."""

from contextlib import suppress
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404

from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations
from zhengyou.voices import rules
from zhengyou.voices.models import Box, BoxPlace, Voice

DESK = ("工作台", "/desk/")
BOXES = ("征集意见", "/boxes/")


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts."""
    return cast(ActorRequest, request).actor


def body_of(request: HttpRequest, uid: UUID) -> Organisation:
    """Return a body that the actor sees."""
    bodies = Organisation.objects.filter(visible_organisations(actor_of(request)))
    return get_object_or_404(bodies, uid=uid)


def box_of(request: HttpRequest, uid: UUID) -> Box:
    """Return a box that the actor sees from within."""
    seen = _boxes().filter(rules.visible_boxes(actor_of(request)))
    return get_object_or_404(seen, uid=uid)


def public_box_of(uid: UUID) -> Box:
    """Return a box that has a public page."""
    return get_object_or_404(_boxes().filter(rules.public_boxes()), uid=uid)


def place_of(box: Box, uid: UUID) -> BoxPlace:
    """Return a place of a box."""
    place = get_object_or_404(BoxPlace.objects.filter(box=box).select_related("hears"), uid=uid)
    place.box = box
    return place


def voice_of(request: HttpRequest, uid: UUID) -> Voice:
    """Return a voice that the actor reads."""
    seen = Voice.objects.filter(rules.visible_voices(actor_of(request)))
    rows = seen.select_related("box__organisation", "box__collator", "place__hears", "author")
    return get_object_or_404(rows, uid=uid)


def picked(given: QueryDict, box: Box) -> list[Voice]:
    """Return the voices of a box that are ticked; what is no uid names nothing."""
    keys = []
    for key in given.getlist("pick"):
        with suppress(ValueError):
            keys.append(UUID(key))
    rows = Voice.objects.filter(Q(box=box), uid__in=keys)
    return list(rows.select_related("box__organisation", "place"))


def _boxes() -> QuerySet[Box]:
    return Box.objects.select_related("organisation", "collator", "campaign")
