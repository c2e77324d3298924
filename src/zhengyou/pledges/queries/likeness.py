"""Near-identical texts, as a hint to the reviewer: never a verdict, never told to the writer."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection

from zhengyou.climb.models import ClimbState
from zhengyou.people.actor import Actor
from zhengyou.pledges import likeness, names, rules
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem, TextSketch

EACH = 30
"""Sketches looked at of each band: where thousands copied a text, these are enough."""
LOOKED_AT = 30
"""Texts compared with one text: those that share most bands with it."""
SHOWN = 10
BANDS = 400
"""Bands asked for at once: fifty texts; SQLite joins 500 questions at most."""


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
    sketches = {item.pk: likeness.bands(item.text) for item in asked}
    near = _near(pledge, {band for bands in sketches.values() for band in bands})
    found = set().union(*(_closest(bands, near) for bands in sketches.values()))
    others = list(
        PledgeItem.objects.filter(rules.visible_items(actor), pk__in=found)
        .exclude(state__in=(ClimbState.DRAFT, ClimbState.WITHDRAWN))
        .select_related("pledge__campaign", "pledge__organisation", "pledge__person")
        .order_by("pk")
    )
    texts = {
        item.pk: [other for other in others if likeness.alike(item.text, other.text)][:SHOWN]
        for item in asked
    }
    inside = _inside(actor, [other for rows in texts.values() for other in rows])
    return {pk: [_like(other, inside) for other in rows] for pk, rows in texts.items() if rows}


def _near(pledge: Pledge, bands: Collection[int]) -> dict[int, list[int]]:
    """Return by band the keys of other pledges' items that have it, :data:`EACH` at most.

    Each band is asked for on its own, lest one that thousands share crowd out the others.
    """
    if not bands:
        return {}
    table, item = TextSketch._meta.db_table, PledgeItem._meta.db_table
    one = (
        f"SELECT * FROM (SELECT s.band, s.item_id FROM {table} s JOIN {item} i ON i.id = s.item_id"
        f" WHERE s.campaign_id = %s AND s.band = %s AND i.pledge_id <> %s LIMIT {EACH}) each_band"
    )
    asked = sorted(bands)[:BANDS]
    values = [value for band in asked for value in (pledge.campaign_id, band, pledge.pk)]
    found: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([one] * len(asked)), values)
        for band, key in cursor.fetchall():
            found.setdefault(band, []).append(key)
    return found


def _closest(bands: list[int], near: Mapping[int, list[int]]) -> set[int]:
    """Return the keys of the items that share most of ``bands``."""
    shared = Counter(key for band in bands for key in near.get(band, ()))
    return {key for key, _ in shared.most_common(LOOKED_AT)}


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
