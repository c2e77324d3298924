"""Near-identical texts, as a hint to the reviewer: never a verdict, never told to the writer."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhengyou.climb.models import ClimbState
from zhengyou.people.actor import Actor
from zhengyou.pledges import likeness, names, rules
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem, TextSketch

LOOKED_AT = 600
"""Sketches that one review looks at; where a text was copied by thousands, these are enough."""
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Like:
    """A text that reads nearly the same, and whose it is as the reader may see it."""

    text: str
    who: str


def alike(actor: Actor, pledge: Pledge, items: Iterable[PledgeItem]) -> dict[int, list[Like]]:
    """Return by key of ``items``, all of ``pledge``, what others of the campaign wrote nearly the
    same, as far as ``actor`` sees it. Common pledges are left out: they are meant to be alike; so
    is what the same person or body goes on with, which is of another run. Three queries at most.
    """
    asked = [item for item in items if item.kind != ItemKind.COMMON]
    wanted = {band for item in asked for band in likeness.bands(item.text)}
    if not wanted:
        return {}
    near = TextSketch.objects.filter(campaign=pledge.campaign_id, band__in=wanted)
    found = set(near.values_list("item_id", flat=True)[:LOOKED_AT])
    others = list(
        PledgeItem.objects.filter(rules.visible_items(actor), pk__in=found)
        .exclude(pledge=pledge)
        .exclude(state__in=(ClimbState.DRAFT, ClimbState.WITHDRAWN))
        .select_related("pledge__campaign", "pledge__organisation", "pledge__person")
        .order_by("pk")
    )
    inside = _inside(actor, others)
    hits = {
        item.pk: [_like(other, inside) for other in others if likeness.alike(item.text, other.text)]
        for item in asked
    }
    return {pk: rows[:SHOWN] for pk, rows in hits.items() if rows}


def _inside(actor: Actor, items: list[PledgeItem]) -> set[int]:
    if not items:
        return set()
    pledges = Pledge.objects.filter(
        rules.inside_pledges(actor), pk__in={item.pledge_id for item in items}
    )
    return set(pledges.values_list("pk", flat=True))


def _like(other: PledgeItem, inside: set[int]) -> Like:
    named = names.in_full if other.pledge_id in inside else names.in_public
    return Like(other.text, f"{named(other.pledge).name}，{other.pledge.organisation.name}")
