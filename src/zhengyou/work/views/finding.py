"""What views look for; what does not exist for the actor is a 404."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations
from zhengyou.work import rules
from zhengyou.work.models import Record, RecordSeries

Crumbs = list[tuple[str, str]]


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts."""
    return cast(ActorRequest, request).actor


def body_of(request: HttpRequest, uid: UUID) -> Organisation:
    """Return a body that exists for the actor."""
    rows = Organisation.objects.filter(visible_organisations(actor_of(request)))
    return get_object_or_404(rows.select_related("parent"), uid=uid)


def record_of(request: HttpRequest, uid: UUID) -> Record:
    """Return a record that exists for the actor, with its body."""
    rows = Record.objects.filter(rules.visible_records(actor_of(request)))
    return get_object_or_404(rows.select_related("organisation__parent", "by", "series"), uid=uid)


def series_of(request: HttpRequest, uid: UUID) -> RecordSeries:
    """Return a series of a body whose book the actor may open."""
    row = get_object_or_404(RecordSeries.objects.select_related("organisation__parent"), uid=uid)
    body_of(request, row.organisation.uid)
    return row


def to_book(body: Organisation, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down from a body to its book."""
    return [
        (body.name, reverse("people:organisation", args=[body.uid])),
        ("纪实", reverse("work:book", args=[body.uid])),
        *steps,
    ]
