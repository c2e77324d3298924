"""宣传公开: what the campaign arranges, and what was posted where and when."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Channel, PublicityItem
from zhengyou.campaigns.queries.publicity import Shown, public_postings, shown
from zhengyou.kernel.periods import Kind
from zhengyou.kernel.refs import Ref
from zhengyou.pledges import names
from zhengyou.pledges.models import Pledge
from zhengyou.ui.text import short_date

PAGE = 50


def postings(campaign: Campaign, query: Mapping[str, Any]) -> dict[str, Any]:
    """Return the context of the page: ``channel`` and ``page`` as the address asks."""
    asked = query.get("channel", "")
    channel = asked if asked in Channel.values else ""
    page = Paginator(public_postings(campaign, channel=channel), PAGE).get_page(query.get("page"))
    return {
        "page": page,
        "lines": [_line(row) for row in shown(page.object_list, lookup)],
        "arranged": [_arranged(item) for item in _items(campaign)],
        "channels": _channels(campaign, channel),
    }


def lookup(about: Ref) -> tuple[str, str]:
    """Return what a posting is about, as everybody sees it."""
    if about.kind == "pledge":
        pledge = Pledge.objects.select_related("campaign", "person", "organisation")
        found = pledge.filter(uid=about.uid).first()
        if found is not None:
            return names.in_public(found).possessive, reverse("pledges:pledge", args=[about.uid])
    return "", ""


def _line(row: Shown) -> dict[str, Any]:
    where = "，".join(filter(None, [row.body.name, row.posting.place, row.about]))
    return {
        "posting": row.posting,
        "channel": row.channel,
        "where": where,
        "about_url": row.about_url,
    }


def _items(campaign: Campaign) -> list[PublicityItem]:
    return list(campaign.publicity.select_related("phase", "owner_group"))


def _arranged(item: PublicityItem) -> dict[str, Any]:
    phase = item.phase
    when = f"每{Kind(item.cadence).label}一次" if item.cadence else ""
    if phase is not None:
        when = f"{short_date(phase.starts_on)}到{short_date(phase.ends_on)}"
    return {
        "title": item.title,
        "channel": str(Channel(item.channel).label),
        "focus": "，".join(filter(None, [item.focus, item.owner_label])),
        "when": when,
    }


def _channels(campaign: Campaign, channel: str) -> list[dict[str, Any]]:
    """Return the channels something was posted by; none where there is but one."""
    used = set(public_postings(campaign).order_by().values_list("channel", flat=True).distinct())
    if len(used) < 2:
        return []
    base = reverse("portal:postings", args=[campaign.uid])
    choices = [("", "全部")] + [(each.value, str(each.label)) for each in Channel if each in used]
    return [
        {
            "title": title,
            "url": f"{base}?channel={value}" if value else base,
            "count": None,
            "current": value == channel,
        }
        for value, title in choices
    ]
