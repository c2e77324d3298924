"""What suggestions ask of somebody: to screen, to decide, to carry out, to complete."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.agenda import Occasion
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import KEEPERS
from zhengyou.ui.text import near_date
from zhengyou.voices.models import Adoption, Suggestion, SuggestionState
from zhengyou.voices.rules.suggestions import SCREENERS

S = SuggestionState
SOON = timedelta(days=3)


def todo_for(actor: Actor) -> list[Errand]:
    """Return what ``actor`` carries out, and what came back to be completed. Two queries."""
    if actor.person is None:
        return []
    rows = Adoption.objects.filter(owner=actor.person, result_on=None)
    found = [_to_carry_out(row) for row in rows.select_related("suggestion", "organisation")]
    returned = Suggestion.objects.filter(_mine(actor), state=S.RETURNED).distinct()
    return found + [_to_complete(row) for row in returned]


def waiting_for(actor: Actor) -> list[Errand]:
    """Return how many suggestions wait for ``actor`` at the own level, call by call: to be
    screened, or chosen and not answered. One query."""
    if actor.person is None or actor.hat is None or actor.hat.role not in SCREENERS:
        return []
    body = actor.hat.organisation
    rows = Suggestion.objects.filter(holder=body, answered_on=None).exclude(
        contributors__person=actor.person
    )
    groups = (
        rows.filter(Q(state=S.WAITING) | Q(state=S.CHOSEN, composite=False))
        .order_by()
        .values("box__uid", "box__title", "state", "level__number")
        .annotate(count=Count("pk"), due=Min("answer_by"))
    )
    decides = actor.hat.role in KEEPERS
    return [_to_screen(row, body) for row in groups if row["state"] == S.WAITING or decides]


def agenda_of(body: Organisation, since: date, until: date) -> list[Occasion]:
    """Return until when a body has suggestions to answer, and adopted ones to carry out; two
    queries."""
    due = Suggestion.objects.filter(
        holder=body, answered_on=None, state__in=(S.WAITING, S.CHOSEN),
        answer_by__range=(since, until),
    )  # fmt: skip
    days = due.order_by().values("box__uid", "box__title", "answer_by").annotate(count=Count("pk"))
    found = [
        Occasion(
            key=f"suggestions:{row['box__uid']}:{row['answer_by']}",
            title=f"“{row['box__title']}”的 {row['count']} 条建议要答复",
            day=row["answer_by"],
            url=reverse("voices:call", args=[row["box__uid"]]),
        )
        for row in days
    ]
    adopted = Adoption.objects.filter(
        organisation=body, result_on=None, due_on__range=(since, until)
    ).select_related("suggestion")
    return found + [
        Occasion(
            key=f"adoption:{row.uid}",
            title=f"办成采纳的建议：{row.suggestion.title}",
            day=row.due_on,
            url=reverse("voices:suggestion", args=[row.suggestion.uid]),
        )
        for row in adopted
    ]


def _mine(actor: Actor) -> Q:
    mine = Q(contributors__person=actor.person)
    if actor.hat and actor.hat.role in SCREENERS:
        mine |= Q(home=actor.hat.organisation)
    return mine


def _to_carry_out(row: Adoption) -> Errand:
    today = clock.today()
    kind, label = ("due", "快到期") if row.due_on <= today + SOON else ("doing", "在办")
    if row.late:
        kind, label = "late", f"过期 {(today - row.due_on).days} 天"
    return Errand(
        kind=kind, label=label, title=f"办成采纳的建议：{row.suggestion.title}",
        why=f"{row.organisation.name}采纳的，办好了写一写结果和效益",
        when=f"{near_date(row.due_on, today)}前",
        url=reverse("voices:suggestion", args=[row.suggestion.uid]), button="写结果",
        due=row.due_on,
    )  # fmt: skip


def _to_complete(row: Suggestion) -> Errand:
    return Errand(
        kind="back", label="退回补充", title=f"补充建议：{row.title}",
        why="退回来了，理由在里面，补好了再送", when="",
        url=reverse("voices:suggestion", args=[row.uid]), button="去补",
        due=row.answer_by, outside="有一条建议退回来要补充",
    )  # fmt: skip


def _to_screen(row: Any, body: Organisation) -> Errand:
    today, due = clock.today(), row["due"]
    waiting = row["state"] == S.WAITING
    kind, label = ("wait", "等着筛") if waiting else ("wait", "等着定")
    if due < today:
        kind, label = "late", f"过期 {(today - due).days} 天"
    url = reverse("voices:screen" if waiting else "voices:call", args=[row["box__uid"]])
    stage = f"?at={row['level__number']}-{body.uid}" if waiting else f"?state={S.CHOSEN}"
    return Errand(
        kind=kind, label=label,
        title=f"“{row['box__title']}”有 {row['count']} 条建议"
        + ("等您筛" if waiting else "选上了，等您定采不采纳"),
        why="一条一按，成批也行，不选的写一句理由" if waiting else "采纳的定谁办、哪天办成",
        when=f"最早{near_date(due, today)}前答复", url=f"{url}{stage}",
        button="去筛" if waiting else "去定", due=due,
    )  # fmt: skip
