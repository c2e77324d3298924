"""What views look for; what does not exist for the actor is a 404."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.pledges import rules
from zhengyou.pledges.models import Pledge, PledgeItem
from zhengyou.pledges.queries import reading

DESK = ("工作台", "/desk/")


def crumbs(*steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way down from the desk over 我的承诺."""
    return [DESK, ("我的承诺", reverse("pledges:mine")), *steps]


def to_pledge(pledge: Pledge, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way down to a page below one pledge, seen from within."""
    address = reverse("pledges:pledge", args=[pledge.uid])
    return [DESK, (f"{pledge.name}的承诺", address), *steps]


def in_public(pledge: Pledge) -> list[tuple[str, str]]:
    """Return the way down on the public site, whose addresses are the same in every house."""
    campaign = pledge.campaign
    page = f"/c/{campaign.uid}/"
    return [(campaign.title, page), ("承诺墙", f"{page}wall/"), ("一份承诺", "")]


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts."""
    return cast(ActorRequest, request).actor


def inside(request: HttpRequest, uid: UUID) -> Pledge:
    """Return a pledge that the actor sees from within."""
    seen = rules.inside_pledges(actor_of(request))
    return get_object_or_404(reading.pledges().filter(seen), uid=uid)


def item_inside(request: HttpRequest, uid: UUID) -> PledgeItem:
    """Return an item of such a pledge whose text exists for the actor."""
    actor = actor_of(request)
    item = get_object_or_404(
        PledgeItem.objects.filter(rules.visible_items(actor))
        .select_related("criterion", "programme", "latest")
        .prefetch_related("reviews"),
        uid=uid,
        pledge__in=Pledge.objects.filter(rules.inside_pledges(actor)),
    )
    item.pledge = reading.pledges().get(pk=item.pledge_id)
    return item
