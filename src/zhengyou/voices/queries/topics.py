"""Read models of discussions: what was said, theme by theme, and the conclusion."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse

from zhengyou.voices.models import Box, Conclusion, Theme, Voice, VoiceState
from zhengyou.voices.queries.public import with_outcomes

A_PAGE = 50
LOOKED_AT = (VoiceState.TAKEN, VoiceState.SHOWN)


@dataclass(frozen=True, slots=True)
class Strand:
    """One theme with how many contributions stand under it."""

    theme: Theme | None
    title: str
    count: int

    @property
    def key(self) -> str:
        """What the address carries."""
        return str(self.theme.uid) if self.theme else "none"


def conclusion_of(box: Box) -> Conclusion | None:
    """Return what the discussion came to, None for not yet."""
    return box.conclusions.filter(correction=None).first()


def earlier_conclusions(box: Box) -> list[Conclusion]:
    """Return what stood before, the latest first."""
    rows = box.conclusions.filter(correction__isnull=False)
    return list(rows.order_by("-at", "-id"))


def segments(box: Box, key: str, public: bool = False) -> list[dict[str, Any]]:
    """Return the themes as a choice of views."""
    found = strands(box, public)
    here = reverse("voices:by_theme" if public else "voices:themes", args=[box.uid])
    whole = {"title": "全部", "url": here, "count": sum(each.count for each in found),
             "current": key not in {each.key for each in found}}  # fmt: skip
    return [
        whole,
        *(
            {"title": each.title, "url": f"{here}?theme={each.key}", "count": each.count,
             "current": each.key == key}
            for each in found
        ),
    ]  # fmt: skip


def strands(box: Box, public: bool = False) -> list[Strand]:
    """Return the themes with their counts, what stands under none last. Two queries.

    Args:
        public: count only what is public.
    """
    states = (VoiceState.SHOWN,) if public else LOOKED_AT
    inside = Count("grouped", filter=Q(grouped__voice__state__in=states))
    rows = list(box.themes.annotate(said=inside).order_by("order", "id"))
    loose = Voice.objects.filter(box=box, state__in=states, grouped=None).count()
    found = [Strand(row, row.title, row.said) for row in rows]
    return [*found, Strand(None, "还没有归类" if not public else "其他", loose)]


def said_under(box: Box, key: str, number: str | None, public: bool = False) -> dict[str, Any]:
    """Return one page of the contributions under a theme (``key``: its uid, ``none``, or empty for
    all), in an order that says nothing of when they came."""
    states = (VoiceState.SHOWN,) if public else LOOKED_AT
    rows = with_outcomes(Voice.objects.filter(box=box, state__in=states))
    rows = rows.select_related("box__organisation", "place", "grouped__theme")
    theme = next((each for each in box.themes.all() if str(each.uid) == key), None)
    if theme is not None:
        rows = rows.filter(grouped__theme=theme)
    elif key == "none":
        rows = rows.filter(grouped=None)
    page = Paginator(rows.order_by("uid"), A_PAGE).get_page(number)
    return {"page": page, "theme": theme, "key": key}
