"""The public wall: what the address asks for, and what the page shows."""

from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Criterion, NameStyle
from zhengyou.kernel import paths
from zhengyou.people.models import Organisation
from zhengyou.pledges import names, queries, words
from zhengyou.pledges.models import ItemKind, Outcome, PledgeItem
from zhengyou.pledges.queries import Filters, Tally, Wall
from zhengyou.pledges.queries.tally import INTENDED
from zhengyou.pledges.queries.wall import filtered
from zhengyou.portal import talk

ON_PAPER = 1000
"""Rows of the wall that one sheet to print has at most; with more one prints body by body."""

STATES = (("", "全部", "total"), ("doing", "正在做", "doing"), ("done", "已到目标", "done"),
          ("due", "本月到期", "due"), ("intended", "打算", "intended"))  # fmt: skip


def asked(campaign: Campaign, query: QueryDict) -> Filters:
    """Return the filters of an address; what is unknown or foreign counts as not asked."""
    standard, _, code = query.get("criterion", "").partition(".")
    return Filters(
        body=body_asked(campaign, query.get("body", "")),
        criterion=Criterion.objects.filter(
            standard__campaign=campaign, standard__code=standard, code=code
        ).first()
        if code
        else None,
        kind=query.get("kind", "") if query.get("kind") in ItemKind.values else "",
        state=query.get("state", "") if query.get("state") in {row[0] for row in STATES} else "",
        text=query.get("q", "").strip()[:60],
    )


def body_asked(campaign: Campaign, asked: str) -> Organisation | None:
    """Return the body of the campaign that an address names, or None."""
    try:
        uid = UUID(asked)
    except ValueError:
        return None
    inside = paths.within("path", campaign.organisation.path)
    return Organisation.objects.filter(inside, uid=uid).first()


def page(campaign: Campaign, query: QueryDict) -> dict[str, Any]:
    """Return the context of the wall's page."""
    filters = asked(campaign, query)
    wall = queries.wall(campaign, filters, query=query.dict())
    _link_names(campaign, wall)
    return {
        "wall": wall,
        "bodies": _bodies(campaign, filters),
        "names": campaign.wall_names == NameStyle.FULL,
        "print_url": address(campaign, filters, "portal:wall_on_paper"),
        "filters": filters,
        "filtered": bool(filters.criterion or filters.kind or filters.state or filters.text),
        "kinds": [(kind.value, kind.label) for kind in ItemKind],
        "figures": _figures(campaign, filters.body, wall.tally),
        "segments": _segments(campaign, filters, wall),
        "standards": _standards(campaign, filters, wall),
    }


def standing(campaign: Campaign) -> dict[str, Any]:
    """Return how the campaign stands, for its page: the figures, and what became of promises."""
    numbers = queries.tally(campaign)
    outcomes = [(str(each.label), numbers.by_outcome[each]) for each in Outcome]
    return {
        "figures": _figures(campaign, None, numbers),
        "outcomes": [(label, f"{count} 条") for label, count in outcomes]
        if any(numbers.by_outcome.values())
        else [],
    }


def _figures(
    campaign: Campaign, body: Organisation | None, numbers: Tally
) -> list[tuple[str, int]]:
    """Return the four numbers that head the wall. Kept: what the branch has confirmed; until it
    has confirmed anything, what has reached its number."""
    kept = numbers.by_outcome[Outcome.FULFILLED]
    return [
        ("条承诺", numbers.total),
        ("已兑现", kept) if kept else ("已到目标", numbers.done),
        ("正在做", numbers.doing),
        ("条意见已答复", talk.numbers(campaign, body).answered),
    ]


def _bodies(campaign: Campaign, filters: Filters) -> list[dict[str, Any]]:
    """Return the bodies one may go to from here: up the line, and right below (or beside)."""
    top = campaign.organisation
    here = filters.body or top
    line = [path for path in paths.ancestors(here.path) if len(path) > len(top.path)]
    below = queries.bodies_below(campaign, here)
    if not below and here.pk != top.pk and here.parent:
        below = queries.bodies_below(campaign, here.parent)
    known = {body.pk for body, _ in below}
    up = list(Organisation.objects.filter(path__in=line).order_by("path")) if line else []
    up += [here] if here.pk not in known and here.pk != top.pk else []
    return [{"body": body} for body in up if body.pk not in known] + [
        {"body": body, "promises": count} for body, count in below
    ]


def _link_names(campaign: Campaign, wall: Wall) -> None:
    """Let bodies, and persons where names are public, lead to all that they promised."""
    for card in wall.cards:
        if card["org"] or campaign.wall_names == NameStyle.FULL:
            card["by_url"], _, _ = card["url"].partition("#")


def sheet(campaign: Campaign, query: QueryDict) -> dict[str, Any]:
    """Return the context of the wall on paper: body by body, at most :data:`ON_PAPER` rows."""
    filters = asked(campaign, query)
    numbers = queries.tally(campaign, filters.body)
    found = filtered(campaign, filters, numbers).items
    if filters == Filters():  # the first bodies that fill the sheet, else all would be sorted
        found = found.filter(organisation__in=queries.first_bodies(campaign, ON_PAPER))
    # A list in the order of names would half tell the names that the campaign hides.
    known = campaign.wall_names == NameStyle.FULL
    person = "pledge__person__sort_key" if known else "pledge__uid"
    order = ("pledge__organisation__path", "pledge__subject", person, "pledge_id", "number")
    related = ("pledge__campaign", "pledge__person", "pledge__organisation")
    items = list(found.select_related(*related).order_by(*order)[:ON_PAPER])
    groups = groupby(items, key=lambda item: item.pledge.organisation)
    return {
        "filters": filters,
        "items": items,
        "total": _total(found, filters, numbers) if len(items) == ON_PAPER else len(items),
        "groups": [
            {"name": body.name, "rows": [_printed(item) for item in own]} for body, own in groups
        ],
        "back": address(campaign, filters),
    }


def _total(found: QuerySet[PledgeItem], filters: Filters, numbers: Tally) -> int:
    return numbers.total if filters == Filters() else found.count()


def _printed(item: PledgeItem) -> dict[str, Any]:
    return {
        "who": names.in_public(item.pledge).name,
        "text": item.text,
        "baseline": words.amount(item.baseline, item.unit),
        "now": words.amount(item.now_value, item.unit),
        "target": words.amount(item.target, item.unit),
        "due": item.due_on,
    }


def address(campaign: Campaign, filters: Filters, page: str = "portal:wall", **changes: str) -> str:
    """Return the address of the wall with these filters, some of them changed.

    Args:
        page: name of the address: the wall itself or on paper.
    """
    chosen = {
        "body": str(filters.body.uid) if filters.body else "",
        "criterion": f"{filters.criterion.standard.code}.{filters.criterion.code}"
        if filters.criterion
        else "",
        "kind": filters.kind,
        "state": filters.state,
        "q": filters.text,
    } | changes
    text = urlencode({key: value for key, value in chosen.items() if value})
    base = reverse(page, args=[campaign.uid])
    return f"{base}?{text}" if text else base


def _segments(campaign: Campaign, filters: Filters, wall: Wall) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "count": getattr(wall.tally, number),
            "url": address(campaign, filters, state=state),
            "current": filters.state == state,
        }
        for state, title, number in STATES
        # Intentions are no promises: they stand apart, and only where some are put out.
        if state != INTENDED or filters.state == INTENDED or wall.tally.intended
    ]


def _standards(campaign: Campaign, filters: Filters, wall: Wall) -> list[dict[str, Any]]:
    """Return the standards, each point leading to its promises (a second press: back to all)."""
    sets = queries.standards(campaign, wall.tally)
    for entry in sets:
        for point in entry["points"]:
            point["current"] = bool(filters.criterion and filters.criterion.pk == point["pk"])
            code = "" if point["current"] else point["code"]
            point["url"] = address(campaign, filters, criterion=code)
    return sets
