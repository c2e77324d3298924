"""First beat of every view: what exists for whoever asks, else 404."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404

from zhengyou.people import rules
from zhengyou.people.forms.fields import day_of
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Account, Organisation, Person


def organisation(request: ActorRequest, uid: UUID) -> Organisation:
    """Return the body of that uid.

    Raises:
        Http404: there is none, or none for this actor.
    """
    rows = Organisation.objects.filter(rules.visible_organisations(request.actor))
    return get_object_or_404(rows.select_related("parent"), uid=uid)


def person(request: ActorRequest, uid: UUID) -> Person:
    """Return the person of that uid.

    Raises:
        Http404: there is none, or none for this actor.
    """
    return get_object_or_404(Person.objects.filter(rules.visible_persons(request.actor)), uid=uid)


def row[Model: models.Model](rows: models.QuerySet[Model], **where: object) -> Model:
    """Return the one row of ``rows``, which are those that exist for the actor.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(rows, **where)


def account(who: Person) -> Account:
    """Return the account of a person who was found.

    Raises:
        Http404: there is none.
    """
    found = Account.objects.filter(person=who).first()
    if found is None:
        raise Http404
    return found


def day(request: ActorRequest) -> date:
    """Return the day that the page is asked for (``?day=`` or ``?on=``); never one to come."""
    return day_of(request)


def uids(request: ActorRequest, field: str) -> list[UUID]:
    """Return the uids that were ticked; what is none is left out."""
    found = []
    for typed in request.POST.getlist(field):
        with suppress(ValueError):
            found.append(UUID(typed))
    return found
