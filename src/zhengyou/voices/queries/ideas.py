"""Suggestions in lists: all of a call, those that wait at a level, those that were adopted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from zhengyou.kernel import clock, likeness
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.ui.table import Cell, Column, Table, asked
from zhengyou.ui.text import near_date, number
from zhengyou.voices import rules
from zhengyou.voices.models import (
    Adoption,
    Box,
    CallLevel,
    Suggestion,
    SuggestionSketch,
    SuggestionState,
)

S = SuggestionState
BADGES = {
    S.WAITING: "wait", S.CHOSEN: "doing", S.NOT_CHOSEN: "off", S.RETURNED: "back",
    S.MERGED: "off", S.ADOPTED: "done", S.DECLINED: "off", S.WITHDRAWN: "off",
}  # fmt: skip
EACH = 50
LIKE = 5
COLUMNS = (
    Column("title", "建议", wide=True),
    Column("home", "哪里提的", optional=True),
    Column("level", "到哪一级"),
    Column("state", "现在怎样", sort=True),
    Column("due", "答复期限", sort=True, optional=True),
)
_SORTS = {"state": "state", "due": "answer_by"}


def badge_of(suggestion: Suggestion) -> tuple[str, str]:
    """Return badge and words of where a suggestion stands."""
    state = SuggestionState(suggestion.state)
    return BADGES[state], str(state.label)


# --- all of a call ------------------------------------------------------------------------------
def list_of(actor: Actor, box: Box, query: Any) -> tuple[Table, Page[Suggestion], list[Any]]:
    """Return the suggestions of a call that ``actor`` sees: a sheet of the table, and the choice of
    states. Three queries."""
    rows = seen(actor, box)
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    state = query.get("state", "")
    if state in S.values:
        rows = rows.filter(state=state)
    sort, chosen = asked(COLUMNS, query)
    by = _SORTS.get(sort.removeprefix("-"), "")
    order = [f"-{by}" if sort.startswith("-") else by] if by else ["-composite"]
    total = counts.get(state, 0) if state in S.values else sum(counts.values())
    sheet = _Counted(rows.order_by(*order, "pk"), EACH, total).get_page(query.get("page"))
    table = Table(
        "建议", COLUMNS, [_row(row) for row in sheet], sort, chosen, total=total,
        excel_url=reverse("voices:call_workbook", args=[box.uid]),
        empty="这里还没有建议。",
    )  # fmt: skip
    choices = [{"title": "全部", "url": "?", "count": sum(counts.values()), "current": not state}]
    choices += [
        {
            "title": S(each).label, "url": f"?state={each}", "count": counts[each],
            "current": each == state,
        }
        for each in S.values
        if each in counts
    ]  # fmt: skip
    return table, sheet, choices


def seen(actor: Actor, box: Box) -> QuerySet[Suggestion]:
    """Return the suggestions of a call that ``actor`` sees."""
    rows = Suggestion.objects.filter(rules.visible_suggestions(actor), box=box)
    return rows.select_related("home", "holder", "level").order_by("pk")


def _row(row: Suggestion) -> Mapping[str, Any]:
    kind, words = badge_of(row)
    return {
        "title": Cell(
            row.title, url=reverse("voices:suggestion", args=[row.uid]),
            sub="综合稿" if row.composite else "",
        ),
        "home": row.home.name,
        "level": row.level.title,
        "state": Cell(words, kind=kind),
        "due": near_date(row.answer_by, clock.today()) if row.answered_on is None else "",
    }  # fmt: skip


class _Counted(Paginator[Suggestion]):
    """A list whose length is known already."""

    def __init__(self, rows: QuerySet[Suggestion], size: int, total: int) -> None:
        super().__init__(rows, size)
        self.count = total


# --- screening ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Stage:
    """A level and a body at which something of a call waits, or was chosen."""

    level: CallLevel
    body: Organisation
    waiting: int
    chosen: int

    @property
    def key(self) -> str:
        """What the address carries."""
        return f"{self.level.number}-{self.body.uid}"

    @property
    def title(self) -> str:
        """Level and body in words."""
        return f"{self.level.title}，{self.body.name}"


@dataclass(frozen=True, slots=True)
class Card:
    """One suggestion to be screened, with those that read nearly the same."""

    suggestion: Suggestion
    number: int
    like: Sequence[Suggestion]
    verdict: Any

    @property
    def late(self) -> bool:
        """Whether the answer is overdue."""
        return self.suggestion.answer_by < clock.today()


def stages_of(actor: Actor, box: Box) -> list[Stage]:
    """Return the levels and bodies of a call at which ``actor`` screens. Three queries."""
    rows = Suggestion.objects.filter(box=box, state__in=(S.WAITING, S.CHOSEN)).order_by()
    counts = rows.values_list("level", "holder").annotate(
        waiting=Count("pk", filter=Q(state=S.WAITING)),
        chosen=Count("pk", filter=Q(state=S.CHOSEN, composite=False)),
    )
    found = list(counts)
    levels = {level.pk: level for level in box.levels.all()}
    bodies = Organisation.objects.in_bulk({holder for _, holder, _, _ in found})
    stages = [Stage(levels[a], bodies[b], waiting, chosen) for a, b, waiting, chosen in found]
    mine = [stage for stage in stages if rules.screens(actor, stage.body, box)]
    return sorted(mine, key=lambda stage: (stage.level.number, stage.body.path))


def stage_of(stages: Sequence[Stage], actor: Actor, key: str) -> Stage | None:
    """Return the stage that ``key`` names, else that of the own body, else the first with work."""
    own = actor.hat.organisation.pk if actor.hat else 0
    order = sorted(stages, key=lambda stage: (not stage.waiting, stage.body.pk != own))
    return next((each for each in stages if each.key == key), order[0] if order else None)


def waiting_at(stage: Stage, box: Box) -> QuerySet[Suggestion]:
    """Return what waits there, in the order in which it was entered."""
    rows = Suggestion.objects.filter(box=box, level=stage.level, holder=stage.body, state=S.WAITING)
    rows = rows.select_related("box__organisation", "box__collator", "home", "holder", "level")
    return rows.prefetch_related("contributors").order_by("pk")


def cards_of(actor: Actor, stage: Stage, box: Box, page: Any) -> tuple[list[Card], Page[Any]]:
    """Return a sheet of what waits, as cards. Five queries."""
    sheet = _Counted(waiting_at(stage, box), EACH, stage.waiting).get_page(page)
    rows = list(sheet)
    like = alike(rows)
    cards = [
        Card(row, place, like.get(row.pk, ()), rules.may_screen(actor, row))
        for place, row in enumerate(rows, start=sheet.start_index())
    ]
    return cards, sheet


def alike(rows: Sequence[Suggestion]) -> dict[int, list[Suggestion]]:
    """Return by key which others of the same call read nearly the same: a hint, never a verdict.
    Three queries, none without rows."""
    if not rows:
        return {}
    own = SuggestionSketch.objects.filter(suggestion__in=[row.pk for row in rows])
    bands: dict[int, set[int]] = {}
    for key, band in own.values_list("suggestion_id", "band"):
        bands.setdefault(band, set()).add(key)
    pairs: dict[int, set[int]] = {}
    near = SuggestionSketch.objects.filter(box_id=rows[0].box_id, band__in=list(bands))
    for key, band in near.values_list("suggestion_id", "band"):
        for mine in bands[band] - {key}:
            pairs.setdefault(mine, set()).add(key)
    others = Suggestion.objects.in_bulk({key for keys in pairs.values() for key in keys})
    texts = {row.pk: row.text for row in rows}
    found = {
        mine: [
            others[key]
            for key in sorted(keys)
            if others[key].state in (S.WAITING, S.CHOSEN)
            and likeness.alike(texts[mine], others[key].text)
        ][:LIKE]
        for mine, keys in pairs.items()
    }
    return {key: like for key, like in found.items() if like}


# --- adopted ------------------------------------------------------------------------------------
def adopted(which: Q) -> QuerySet[Adoption]:
    """Return adoptions with all that lists say of them."""
    rows = Adoption.objects.filter(which).select_related(
        "suggestion__box", "suggestion__home", "organisation", "owner"
    )
    return rows.prefetch_related("benefits")


def adopted_row(row: Adoption) -> dict[str, Any]:
    """Return an adopted suggestion as lists show it."""
    return {
        "adoption": row,
        "badge": state_of(row),
        "benefit": benefit_words(row),
        "due": near_date(row.due_on, clock.today()),
        "kind": "综合稿" if row.suggestion.composite else row.suggestion.get_small_display(),
    }


def state_of(row: Adoption) -> tuple[str, str]:
    """Return badge and words of how far an adopted suggestion is."""
    if row.result_on:
        return "done", "已办成"
    return ("late", "过期") if row.late else ("doing", "在办")


def benefit_words(row: Adoption) -> str:
    """Return the benefit in words: 一年节约 12,000 元."""
    if not row.result_on:
        return ""
    if not row.measured:
        return "不好计量"
    gains = [f"{each.what} {number(each.amount)} {each.unit}" for each in row.benefits.all()]
    return "；".join(gains)
