"""What the staff's views look for; what does not exist for the actor is a 404."""

from contextlib import suppress
from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations
from zhengyou.remarks import rules
from zhengyou.remarks.models import Remark
from zhengyou.remarks.targets import Target, resolve

DESK = ("工作台", "/desk/")


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts."""
    return cast(ActorRequest, request).actor


def body_of(request: HttpRequest, uid: UUID) -> Organisation:
    """Return a body whose remarks the actor may see."""
    actor = actor_of(request)
    bodies = Organisation.objects.filter(visible_organisations(actor))
    found = get_object_or_404(bodies, uid=uid)
    rules.may_see_queue(actor, found).require()
    return found


def remark_of(request: HttpRequest, uid: UUID) -> Remark:
    """Return a remark that exists for the actor."""
    seen = Remark.objects.filter(rules.visible_remarks(actor_of(request)))
    return get_object_or_404(seen.select_related("organisation", "about"), uid=uid)


def target_of(kind: str, uid: UUID) -> Target:
    """Return what the public may speak about, as everybody sees it."""
    found = resolve(kind, uid)
    if found is None:
        raise Http404
    return found


def picked(request: HttpRequest, body: Organisation) -> list[Remark]:
    """Return the remarks to ``body`` that are ticked; what is no uid names nothing."""
    keys = []
    for key in request.POST.getlist("pick"):
        with suppress(ValueError):
            keys.append(UUID(key))
    return list(Remark.objects.filter(rules.said_to(body), uid__in=keys))
