"""Screen what waits at a level: one press a verdict, or many with one reason; on paper, too."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.voices.actions import screening, steps
from zhengyou.voices.models import Box, Said, Suggestion
from zhengyou.voices.queries import ideas
from zhengyou.voices.queries.ideas import Stage
from zhengyou.voices.views.ideas_finding import actor_of, call_crumbs, call_of, picked

PHRASES = ("已经在这样做了。", "和别的建议重复。", "不是这一级能定的。", "眼下没有条件。")
"""Reasons at a press for what is left out."""
REASONS = {str(place): words for place, words in enumerate(PHRASES)}
SAID = {Said.CHOSEN.value, Said.NOT_CHOSEN.value, Said.RETURNED.value}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List what waits at a level of the actor's, and take verdicts."""
    box, actor = call_of(request, uid), actor_of(request)
    stages = ideas.stages_of(actor, box)
    stage = ideas.stage_of(stages, actor, request.GET.get("at", ""))
    if stage is None:
        messages.info(request, "没有在您这一级等着筛的建议。")
        return redirect("voices:call", box.uid)
    if request.method != "POST":
        return _page(request, box, stages, stage)
    try:
        messages.success(request, _say(request, box, stage))
    except Stale as stale:
        return _page(request, box, ideas.stages_of(actor, box), stage, stale.reason, 409)
    except Refused as refusal:
        return _page(request, box, stages, stage, refusal.reason, 422)
    return redirect(request.get_full_path())


def _say(request: HttpRequest, box: Box, stage: Stage) -> str:
    """Do what the pressed button says: one suggestion, or the ticked ones."""
    actor, given = actor_of(request), request.POST
    said, _, rest = (given.get("one") or given.get("do") or "").partition(":")
    key, _, phrase = rest.partition(":")
    keys = picked([key] if key else given.getlist("pick"))
    rows = list(ideas.waiting_at(stage, box).filter(uid__in=keys))
    if len(rows) < len(keys):
        raise Stale(steps.ELSEWHERE)
    if said == "merge":
        return _merge(request, rows)
    if said not in SAID:
        raise Refused("没有选怎么办。")
    reason = "" if said == Said.CHOSEN else REASONS.get(phrase, given.get("reason", ""))
    screening.screen(actor, rows, Said(said), reason)
    label = Said(said).label
    return f"{label}：《{rows[0].title}》。" if len(rows) == 1 else f"{label} {len(rows)} 条。"


def _merge(request: HttpRequest, rows: list[Suggestion]) -> str:
    if len(rows) < 2:
        raise Refused("要并的至少选两条。")
    screening.merge(actor_of(request), rows[1:], rows[0])
    return f"{len(rows) - 1} 条并入了《{rows[0].title}》，建议人都还在。"


def _page(
    request: HttpRequest, box: Box, stages: list[Stage], stage: Stage, wrong: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    now = next((each for each in stages if each.key == stage.key), None)
    stage = now or Stage(stage.level, stage.body, 0, stage.chosen)
    cards, sheet = ideas.cards_of(actor_of(request), stage, box, request.GET.get("page"))
    choices = [
        {
            "title": each.title, "url": f"?at={each.key}", "count": each.waiting,
            "current": each.key == stage.key,
        }
        for each in stages
    ]  # fmt: skip
    context = {
        "box": box, "stage": stage, "stages": choices, "cards": cards, "sheet": sheet,
        "wrong": wrong, "phrases": list(enumerate(PHRASES)), "texts": PHRASES,
        "ticked": set(request.POST.getlist("pick")) if wrong else set(),
        "reason": request.POST.get("reason", "") if wrong else "",
        "title": f"{stage.level.title}："
        + (f"{stage.waiting} 条等着筛" if stage.waiting else "都筛过了"),
        "crumbs": call_crumbs(box, ("筛选", "")),
    }  # fmt: skip
    return render(request, "voices/ideas/screen.html", context, status=status)


@login_required
@require_safe
def printed(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Print what waits at a level, for the meeting that screens it."""
    box, actor = call_of(request, uid), actor_of(request)
    stages = ideas.stages_of(actor, box)
    stage = ideas.stage_of(stages, actor, request.GET.get("at", ""))
    if stage is None:
        return redirect("voices:call", box.uid)
    rows = list(ideas.waiting_at(stage, box))
    context = {"box": box, "stage": stage, "rows": rows}
    return render(request, "voices/ideas/printed.html", context)
