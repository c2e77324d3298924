"""What is said about the places of one person."""

from dataclasses import dataclass

from zhengyou.people.actor import Actor
from zhengyou.voices.models import BoxPlace, Voice
from zhengyou.voices.queries.public import Entry, entries, with_outcomes
from zhengyou.voices.rules import HEARD


@dataclass(frozen=True, slots=True)
class HeardPlace:
    """A place with what was said about it; ``new``: how much of it is new to its person."""

    place: BoxPlace
    entries: list[Entry]
    new: int


def heard_by(actor: Actor) -> list[HeardPlace]:
    """Return the places that ``actor`` hears for, the newest box first. A constant number of
    queries."""
    if actor.person is None:
        return []
    places = BoxPlace.objects.filter(hears=actor.person).select_related("box")
    rows = Voice.objects.filter(place__in=places, state__in=HEARD).order_by("week", "uid")
    by_place: dict[int, list[Entry]] = {}
    for entry in entries(list(with_outcomes(rows))):
        by_place.setdefault(entry.voice.place_id or 0, []).append(entry)
    return [
        HeardPlace(place, found, sum(entry.voice.heard_on is None for entry in found))
        for place in places.order_by("-box__opens_on", "order")
        for found in [by_place.get(place.pk, [])]
    ]
