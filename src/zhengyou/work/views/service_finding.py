"""What the views of posts, rotas, teams and resources look for; what is not seen is a 404."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.views.finding import actor_of, campaign_of
from zhengyou.kernel import clock, paths
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.people.queries.roll import persons_on
from zhengyou.work.actions.rotas import Named
from zhengyou.work.forms.service import names_of
from zhengyou.work.models import PatrolFind, Resource, Rota, ServiceHolder, ServicePost, Whom
from zhengyou.work.queries import rotas as rota_rows
from zhengyou.work.rules import service as rules

Crumbs = list[tuple[str, str]]
DESK = ("工作台", "/desk/")

__all__ = ["actor_of", "campaign_of"]


def body_of(request: HttpRequest, uid: UUID) -> Organisation:
    """Return a body that the actor looks into."""
    seen = Organisation.objects.filter(rules.seen_within(actor_of(request), ""))
    return get_object_or_404(seen.select_related("parent"), uid=uid)


def post_of(request: HttpRequest, uid: UUID) -> ServicePost:
    """Return a post of such a body."""
    seen = ServicePost.objects.filter(rules.seen_within(actor_of(request)))
    return get_object_or_404(seen.select_related("organisation__parent", "continues"), uid=uid)


def holder_of(request: HttpRequest, uid: UUID) -> ServiceHolder:
    """Return somebody on such a post."""
    seen = ServiceHolder.objects.filter(
        rules.seen_within(actor_of(request), "post__organisation__")
    )
    return get_object_or_404(seen.select_related("person", "post__organisation__parent"), uid=uid)


def rota_of(request: HttpRequest, uid: UUID) -> Rota:
    """Return a rota of such a body, with all that its turns follow from."""
    seen = rota_rows.rows().filter(rules.seen_within(actor_of(request)))
    return get_object_or_404(seen, uid=uid)


def find_of(request: HttpRequest, uid: UUID) -> PatrolFind:
    """Return what a patrol found, for whom it was handed to and the hands of the body."""
    actor = actor_of(request)
    inside = rules.seen_within(actor, "record__organisation__")
    rows = PatrolFind.objects.filter(inside | Q(to_person=actor.person))
    found = get_object_or_404(
        rows.select_related("record__organisation__parent", "to_person", "by"), uid=uid
    )
    if not actor.is_person(found.to_person) and not actor.is_person(found.by):
        rules.may_see_inside(actor, found.record.organisation).require()
    return found


def resource_of(request: HttpRequest, uid: UUID) -> Resource:
    """Return a resource of a body that the actor looks into."""
    seen = Resource.objects.filter(rules.seen_within(actor_of(request)))
    return get_object_or_404(seen.select_related("organisation__parent", "campaign"), uid=uid)


def people_of(body: Organisation) -> QuerySet[Person]:
    """Return who may be chosen for a body: its roll, or that of the body that leads it."""
    homes = rules.homes_of(body)
    here = body.parent if len(homes) > 1 and body.parent else body
    return persons_on(clock.today(), here).order_by("sort_key", "pk")


def known_of(whom: Whom, body: Organisation) -> dict[str, Named] | None:
    """Return what the names in an order of ``body`` mean; None: labels mean themselves."""
    if whom == Whom.PERSONS:
        return names_of(people_of(body))
    if whom == Whom.BODIES:
        below = Organisation.objects.filter(paths.within("path", body.path), closed_on=None)
        return names_of(below.exclude(pk=body.pk).order_by("path"))
    return None


def crumbs(body: Organisation, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down from the desk over a body."""
    return [DESK, (body.name, reverse("people:organisation", args=[body.uid])), *steps]


def to_posts(body: Organisation, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down over a body's posts."""
    return crumbs(body, ("服务岗位", reverse("work:posts", args=[body.uid])), *steps)


def to_rotas(body: Organisation, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down over a body's rotas."""
    return crumbs(body, ("值班表", reverse("work:rotas", args=[body.uid])), *steps)


def to_resources(body: Organisation, campaign: Campaign, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down over a body's resources."""
    url = reverse("work:resources", args=[body.uid, campaign.uid])
    return crumbs(body, ("资源保障", url), *steps)


def own(actor: Actor) -> dict[str, Any]:
    """Return what every page of these needs."""
    return {"today": clock.today(), "actor": actor}
