"""Who made a suggestion: its own, those merged into it, those of the parts of a piece."""

from collections.abc import Iterable
from itertools import chain

from django.db.models import Q

from zhengyou.voices.models import Contributor, Part, Suggestion


def contributors_of(suggestion: Suggestion) -> list[Contributor]:
    """Return all who made ``suggestion``, in the random order of their keys."""
    return contributors_of_all([suggestion])[suggestion.pk]


def contributors_of_all(suggestions: Iterable[Suggestion]) -> dict[int, list[Contributor]]:
    """Return by key who made each of ``suggestions``. Three queries, whatever their number."""
    keys = [row.pk for row in suggestions]
    parts = _parts(keys)
    inside = {*keys, *chain.from_iterable(parts.values())}
    merged: dict[int, set[int]] = {}
    for key, into in Suggestion.objects.filter(into__in=inside).values_list("pk", "into_id"):
        merged.setdefault(into, set()).add(key)
    rows = Contributor.objects.filter(
        Q(suggestion__in=inside) | Q(suggestion__into__in=inside)
    ).select_related("person", "voice")
    by_key: dict[int, list[Contributor]] = {}
    for row in rows:
        by_key.setdefault(row.suggestion_id, []).append(row)
    found = {}
    for key in keys:
        own = {key, *parts.get(key, ())}
        all_of_it = own | {each for one in own for each in merged.get(one, ())}
        those = chain.from_iterable(by_key.get(each, ()) for each in all_of_it)
        found[key] = sorted(those, key=lambda row: row.uid)
    return found


def _parts(keys: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = Part.objects.filter(piece__in=keys, until=None)
    for piece, key in rows.values_list("piece_id", "suggestion_id"):
        found.setdefault(piece, set()).add(key)
    return found
