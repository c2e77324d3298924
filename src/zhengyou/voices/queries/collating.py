"""A box from within: all that was put in, what is to be done, what repeats itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref, resolve_all
from zhengyou.people.actor import Actor
from zhengyou.ui.text import short_date
from zhengyou.voices.models import Box, Voice, VoiceState
from zhengyou.voices.queries.due import due_by_week
from zhengyou.voices.queries.public import Entry, entries, standing_of, with_outcomes

A_PAGE = 50
SAME = 2
"""How often the same words stand in a box before they are shown as one row to clear."""
NEW, OPEN, DONE, SHOWN, HELD, ALL = "new", "open", "done", "shown", "held", "all"
TITLES = {
    NEW: "等着看",
    OPEN: "要办的",
    DONE: "办了的",
    SHOWN: "公开的",
    HELD: "没有收的",
    ALL: "全部",
}
_WHICH = {
    NEW: Q(state=VoiceState.WAITING),
    OPEN: Q(became=""),
    DONE: ~Q(became="") & ~Q(state=VoiceState.HELD),
    SHOWN: Q(state=VoiceState.SHOWN),
    HELD: Q(state=VoiceState.HELD),
    ALL: Q(),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One voice in the list.

    Args:
        due: until when it is to have an outcome; None: it has one.
        lead: title and address of what it became, as far as the reader may see it.
    """

    entry: Entry
    due: date | None
    lead: tuple[str, str] | None
    author: str = ""

    @property
    def when(self) -> str:
        """Until when, in words."""
        if self.due is None:
            return ""
        late = (clock.today() - self.due).days
        return f"过期 {late} 天" if late > 0 else f"{short_date(self.due)}前"


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same words several times among those nobody has looked at."""

    text: str
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which voices are listed: how far they are, of which place, with which words."""

    show: str
    place: UUID | None
    words: str
    same: bool

    @classmethod
    def of(cls, given: QueryDict) -> "Filter":
        """Read what an address asks for; what means nothing is left out."""
        show = given.get("show", "")
        place: UUID | None
        try:
            place = UUID(given.get("place", ""))
        except ValueError:
            place = None
        words = given.get("words", "").strip()[:200]
        return cls(show if show in TITLES else OPEN, place, words, bool(given.get("same")))

    def narrow(self) -> Q:
        """Return the condition without how far they are."""
        found = Q(place__uid=self.place) if self.place else Q()
        if self.words:
            found &= Q(text=self.words) if self.same else Q(text__contains=self.words)
        return found


@dataclass(frozen=True, slots=True)
class Collation:
    """The page of those who collate."""

    box: Box
    asked: Filter
    page: Page[Voice]
    lines: list[Line]
    segments: list[dict[str, Any]]
    places: list[tuple[str, str, int]]
    repeated: list[Repeated]
    waiting: int

    @property
    def total(self) -> int:
        """How many are listed on all pages."""
        return self.page.paginator.count

    @property
    def title(self) -> str:
        """The finding in a sentence."""
        return f"{self.box.title}，{self.total} 条{TITLES[self.asked.show]}"


def collation(actor: Actor, box: Box, given: QueryDict) -> Collation:
    """Return the voices of a box. A constant number of queries."""
    asked = Filter.of(given)
    rows = Voice.objects.filter(asked.narrow(), box=box)
    counts = rows.aggregate(**{name: Count("pk", filter=which) for name, which in _WHICH.items()})
    listed = Paginator(_ordered(rows.filter(_WHICH[asked.show])), A_PAGE).get_page(
        given.get("page")
    )
    return Collation(
        box=box,
        asked=asked,
        page=listed,
        lines=_lines(actor, box, list(listed)),
        segments=_segments(box, asked, counts),
        places=_places(box),
        repeated=_repeated(box),
        waiting=counts[NEW],
    )


def _ordered(rows: QuerySet[Voice]) -> QuerySet[Voice]:
    """By week, within a week in no order: the key is random."""
    return (
        with_outcomes(rows)
        .select_related("box__organisation", "place", "author")
        .order_by("week", "uid")
    )


def _lines(actor: Actor, box: Box, rows: Sequence[Voice]) -> list[Line]:
    days = due_by_week([(row.week, box.answer_days) for row in rows if not row.became])
    leads = {row.pk: outcome.target_ref for row in rows if (outcome := standing_of(row))}
    targets = resolve_all({ref for ref in leads.values() if ref}, actor)
    return [
        Line(
            entry=entry,
            due=None if row.became else days[row.week, box.answer_days],
            lead=_seen(leads.get(row.pk), targets),
            author=row.author.name if row.author else "",
        )
        for row, entry in zip(rows, entries(rows), strict=True)
    ]


def _seen(ref: Ref | None, targets: Any) -> tuple[str, str] | None:
    target = targets.get(ref) if ref else None
    return (target.title, target.url) if target and target.visible else None


def _segments(box: Box, asked: Filter, counts: dict[str, int]) -> list[dict[str, Any]]:
    here = reverse("voices:box", args=[box.uid])
    kept = f"&place={asked.place}" if asked.place else ""
    return [
        {"title": title, "url": f"{here}?show={name}{kept}", "count": counts[name],
         "current": name == asked.show}
        for name, title in TITLES.items()
    ]  # fmt: skip


def _places(box: Box) -> list[tuple[str, str, int]]:
    """Return uid, label and number of voices of each place, in order."""
    rows = box.places.annotate(count=Count("voices")).order_by("order", "pk")
    return [(str(row.uid), row.label, row.count) for row in rows]


def _repeated(box: Box) -> list[Repeated]:
    """Return which words stand several times among those nobody has looked at, the most first."""
    rows = Voice.objects.filter(box=box, state=VoiceState.WAITING).order_by().values("text")
    found = rows.annotate(count=Count("pk")).filter(count__gte=SAME).order_by("-count", "text")
    return [Repeated(row["text"], row["count"]) for row in found[:10]]


def line_of(actor: Actor, voice: Voice) -> Line:
    """Return one voice as the list shows it."""
    rows = list(with_outcomes(Voice.objects.filter(pk=voice.pk)).select_related("author"))
    return _lines(actor, voice.box, rows)[0]


def signed_by(actor: Actor, page: str | None) -> tuple[Page[Voice], list[Entry]]:
    """Return what ``actor`` signed, the newest week first."""
    rows = with_outcomes(Voice.objects.filter(author=actor.person, author__isnull=False))
    listed = Paginator(rows.order_by("-week", "uid"), A_PAGE).get_page(page)
    return listed, entries(list(listed))
