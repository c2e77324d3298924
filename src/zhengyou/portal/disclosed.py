"""What the bodies of a campaign laid open: the bodies with their pages; the newest; open data."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import Campaign
from zhengyou.disclosure.content import Words, figure_lines
from zhengyou.disclosure.models import Audience, DisclosedItem, DisclosureTopic, ItemState
from zhengyou.disclosure.rules import in_public
from zhengyou.kernel import paths
from zhengyou.people.models import Organisation

PER_PAGE = 50
NEWEST = 8


def items_of(campaign: Campaign) -> QuerySet[DisclosedItem]:
    """Return what is in public of a campaign, the newest first; what was taken off is among it."""
    rows = DisclosedItem.objects.filter(in_public(), topic__duty__campaign=campaign)
    return rows.select_related("topic__duty", "organisation").order_by("-published_on", "-pk")


def page(campaign: Campaign, number: str | None) -> dict[str, Any]:
    """Return the bodies that have something to lay open, and the newest. Five queries, however many
    there are. Nobody is counted as late here: the page of a body says what is missing."""
    topics = DisclosureTopic.objects.filter(
        duty__campaign=campaign, audience=Audience.PUBLIC
    ).prefetch_related("duty__terms")  # fmt: skip
    kinds = {kind for topic in topics for terms in topic.duty.terms.all() for kind in terms.kinds}
    out = Q(
        disclosed_items__state=ItemState.PUBLISHED,
        disclosed_items__topic__audience=Audience.PUBLIC,
        disclosed_items__topic__duty__campaign=campaign,
    )
    bodies = Organisation.objects.filter(
        paths.within("path", campaign.organisation.path), kind__in=kinds, closed_on=None
    ).annotate(out=Count("disclosed_items", filter=out))  # fmt: skip
    newest = items_of(campaign).filter(state=ItemState.PUBLISHED)[:NEWEST]
    shown = Paginator(bodies.order_by("path"), PER_PAGE).get_page(number)
    return {"page": shown, "newest": newest}


def rows(campaign: Campaign) -> Iterator[tuple[str | int | Decimal | bool | date | None, ...]]:
    """Yield the rows of the table: of what was taken off only that it was."""
    for item in items_of(campaign).prefetch_related("versions").iterator(500):
        gone = item.state == ItemState.WITHDRAWN
        last = list(item.versions.all())[-1]
        figures = "；".join(f"{what} {amount}" for what, amount in figure_lines(Words.of(last)))
        yield (
            str(item.uid), item.organisation.name, str(item.organisation.uid), item.topic.category,
            item.topic.title, item.period, item.starts_on, item.last_on, item.published_on,
            item.withdrawn_on, last.number, last.why, "" if gone else last.title,
            "" if gone else last.text, "" if gone else figures,
            reverse("disclosure:public_item", args=[item.uid]),
        )  # fmt: skip
