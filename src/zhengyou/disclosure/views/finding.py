"""What views look for; what does not exist for the actor is a 404."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhengyou.campaigns.models import CampaignState
from zhengyou.disclosure import rules
from zhengyou.disclosure.models import DisclosedItem, DisclosureTopic
from zhengyou.people.models import Organisation
from zhengyou.work.views.finding import Crumbs, actor_of, body_of

__all__ = ["Crumbs", "actor_of", "body_of", "item_of", "public_item", "to_board", "topic_of"]

WITH = ("topic__duty__campaign__organisation", "organisation__parent", "by", "record")


def item_of(request: HttpRequest, uid: UUID) -> DisclosedItem:
    """Return an item that exists for the actor."""
    rows = DisclosedItem.objects.filter(rules.visible_items(actor_of(request)))
    return get_object_or_404(rows.select_related(*WITH), uid=uid)


def public_item(uid: UUID) -> DisclosedItem:
    """Return an item that exists for everybody."""
    rows = DisclosedItem.objects.filter(rules.in_public())
    return get_object_or_404(rows.select_related(*WITH).prefetch_related("versions"), uid=uid)


def topic_of(uid: UUID, start: str) -> tuple[DisclosureTopic, date]:
    """Return the topic and the period's first day that the address names.

    Raises:
        Http404: none such.
    """
    rows = DisclosureTopic.objects.select_related("duty__campaign__organisation")
    try:
        day = date.fromisoformat(start)
    except ValueError:
        raise Http404 from None
    rows = rows.exclude(duty__campaign__state=CampaignState.DRAFT)
    return get_object_or_404(rows, uid=uid), day


def to_board(body: Organisation, *steps: tuple[str, str]) -> Crumbs:
    """Return the way down from a body to what it lays open."""
    return [
        (body.name, reverse("people:organisation", args=[body.uid])),
        ("公开事项", reverse("disclosure:board", args=[body.uid])),
        *steps,
    ]
