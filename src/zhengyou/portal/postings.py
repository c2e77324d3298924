"""宣传公开: what was posted where and when, and what each body plans to make public.

Only bodies whose plan is public; what they leave out, who does it by name, and what is late is
their own business.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Channel, Plan, PublicityItem
from zhengyou.campaigns.queries.publicity import (
    Line,
    Shown,
    lines_of_plans,
    public_postings,
    shown,
)
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.periods import Kind
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Organisation
from zhengyou.pledges import names
from zhengyou.pledges.models import Pledge
from zhengyou.portal.queries import published_plans
from zhengyou.ui.text import short_date

PAGE = 50
BODIES = 20
"""Bodies on one page of plans."""
PLANS = "plans"


@dataclass(frozen=True, slots=True)
class BodyPlans:
    """The publicity plan of one body; ``url`` leads to all of it, empty where all is shown."""

    name: str
    rows: list[dict[str, Any]]
    url: str


def postings(
    campaign: Campaign, query: Mapping[str, Any], body: Organisation | None = None
) -> dict[str, Any]:
    """Return the context of the page: ``show``, ``channel`` and ``page`` as the address asks.

    Args:
        body: only of this body and what is below it; of the plans, all its periods.
    """
    plans = published_plans(campaign)
    if body is not None:
        plans = plans.filter(organisation=body)
    planned = query.get("show") == PLANS
    count = public_postings(campaign, body).count()
    context = {
        "body": body,
        "planned": planned,
        "segments": [
            _segment(campaign, "公开登记", count, not planned, body),
            _segment(campaign, "宣传计划", plans.count(), planned, body, show=PLANS),
        ],
    }
    page = query.get("page")
    return context | (
        _plans(campaign, plans, body, page) if planned else _log(campaign, query, body)
    )


def _segment(
    campaign: Campaign,
    title: str,
    count: int,
    current: bool,
    body: Organisation | None,
    **asks: str,
) -> dict[str, Any]:
    return {
        "title": title,
        "count": count,
        "current": current,
        "url": _address(campaign, body=str(body.uid) if body else "", **asks),
    }


def _address(campaign: Campaign, **asks: str) -> str:
    text = urlencode({key: value for key, value in asks.items() if value})
    base = reverse("portal:postings", args=[campaign.uid])
    return f"{base}?{text}" if text else base


# --- what was posted ----------------------------------------------------------------------------
def _log(campaign: Campaign, query: Mapping[str, Any], body: Organisation | None) -> dict[str, Any]:
    asked = query.get("channel", "")
    channel = asked if asked in Channel.values else ""
    rows = public_postings(campaign, body, channel)
    # Cut by their keys alone, before anything is joined to them.
    page = Paginator(rows.values_list("pk", flat=True), PAGE).get_page(query.get("page"))
    own = rows.filter(pk__in=list(page.object_list))
    return {
        "page": page,
        "lines": [_line(row) for row in shown(own, lookup)],
        "channels": _channels(campaign, body, channel),
    }


def lookup(abouts: Collection[Ref]) -> dict[Ref, tuple[str, str]]:
    """Return what postings are about, as everybody sees it today. Two queries."""
    uids = {kind: [ref.uid for ref in abouts if ref.kind == kind] for kind in ("pledge", "plan")}
    pledges = Pledge.objects.filter(
        uid__in=uids["pledge"], items__state=ClimbState.PUBLISHED
    ).select_related("campaign", "person", "organisation")
    plans = Plan.objects.filter(uid__in=uids["plan"], state=ClimbState.PUBLISHED)
    found = {
        row.uid: (names.in_public(row).possessive, reverse("pledges:pledge", args=[row.uid]))
        for row in pledges.distinct()
    } | {
        row.uid: (row.title, reverse("portal:plan", args=[row.campaign.uid, row.uid]))
        for row in plans.select_related("campaign", "organisation")
    }
    return {ref: found[ref.uid] for ref in abouts if ref.uid in found}


def _line(row: Shown) -> dict[str, Any]:
    where = "，".join(filter(None, [row.body.name, row.posting.place, row.about]))
    return {
        "posting": row.posting,
        "channel": row.channel,
        "where": where,
        "about_url": row.about_url,
    }


def _channels(campaign: Campaign, body: Organisation | None, channel: str) -> list[dict[str, Any]]:
    """Return the channels something was posted by; none where there is but one."""
    rows = public_postings(campaign, body).order_by().values_list("channel", flat=True)
    used = set(rows.distinct())
    if len(used) < 2:
        return []
    of = str(body.uid) if body else ""
    choices = [("", "全部")] + [(each.value, str(each.label)) for each in Channel if each in used]
    return [
        {
            "title": title,
            "url": _address(campaign, body=of, channel=value),
            "count": None,
            "current": value == channel,
        }
        for value, title in choices
    ]


# --- what is planned ----------------------------------------------------------------------------
def _plans(
    campaign: Campaign, plans: QuerySet[Plan], body: Organisation | None, number: str | None
) -> dict[str, Any]:
    page = Paginator(plans, BODIES).get_page(number)
    rows = list(page.object_list)
    for plan in rows:
        plan.campaign = campaign
    lines = lines_of_plans(rows)
    items = campaign.publicity.select_related("phase", "owner_group")
    return {
        "page": page,
        "bodies": [_of_body(campaign, plan, lines[plan.pk], body is not None) for plan in rows],
        "arranged": [] if rows else [_arranged(item) for item in items],
    }


def _of_body(campaign: Campaign, plan: Plan, lines: list[Line], whole: bool) -> BodyPlans:
    """Return the lines of a body: of all periods, or those that run now, else the next ones."""
    kept = [line for line in lines if not line.left_out]
    day = clock.today()
    now = [line for line in kept if line.since <= day <= line.until]
    coming = [line for line in kept if line.since > day]
    wanted = kept if whole else now or coming[:3]
    url = "" if whole else _address(campaign, show=PLANS, body=str(plan.organisation.uid))
    return BodyPlans(plan.organisation.name, [_planned(line) for line in wanted], url)


def _planned(line: Line) -> dict[str, Any]:
    """Return a line for everybody. Who does it only as the blueprint says, which names nobody."""
    who = line.item.owner_label if line.item else ""
    said = f"已公开 {len(line.postings)} 次" if line.postings else ""
    runs = line.since <= clock.today() <= line.until
    return {
        "title": line.title,
        "channel": str(line.channel.label),
        "kind": "done" if line.postings else "doing" if runs else "todo",
        "focus": "，".join(filter(None, [line.focus, who, said])),
        "when": f"{short_date(line.since)}到{short_date(line.until)}",
    }


def _arranged(item: PublicityItem) -> dict[str, Any]:
    """Return what the campaign arranges for all, as long as no body's plan is public."""
    phase = item.phase
    when = f"每{Kind(item.cadence).label}一次" if item.cadence else ""
    if phase is not None:
        when = f"{short_date(phase.starts_on)}到{short_date(phase.ends_on)}"
    return {
        "title": item.title,
        "channel": str(Channel(item.channel).label),
        "kind": "todo",
        "focus": "，".join(filter(None, [item.focus, item.owner_label])),
        "when": when,
    }
