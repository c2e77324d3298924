"""Compose a piece of what was chosen; change it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.people.views.trying import attempt
from zhengyou.voices import rules
from zhengyou.voices.actions import climbing
from zhengyou.voices.forms.ideas import PieceForm
from zhengyou.voices.models import Box, Suggestion
from zhengyou.voices.queries import answered, ideas
from zhengyou.voices.views.ideas_finding import (
    actor_of,
    call_crumbs,
    call_of,
    idea_crumbs,
    picked,
    suggestion_of,
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Compose a piece: the ticked ones stand in it, in the order of the numbers beside them."""
    box, actor = call_of(request, uid), actor_of(request)
    stages = [each for each in ideas.stages_of(actor, box) if not each.level.passes_on]
    stage = ideas.stage_of(stages, actor, request.GET.get("at", ""))
    if stage is None:
        raise Refused("现在没有选上的可以合稿，或者由别的组织来合。")
    rules.may_compose(actor, box, stage.level, stage.body).require()
    there = list(answered.to_compose(box, stage))
    chosen = _chosen(request, there)
    form = PieceForm(
        sent(request),
        initial={
            "title": f"{box.organisation.name}：{box.title}"[:60],
            "text": climbing.composed(chosen),
        },
    )
    made: list[Suggestion] = []

    def make() -> None:
        made.append(climbing.compose(actor, box, stage.level, stage.body, chosen, form.words()))

    if "draft" not in request.POST and attempt(form, make):
        messages.success(request, f"综合稿编好了，{len(chosen)} 条都在里面。看一遍再上报。")
        return redirect("voices:suggestion", made[0].uid)
    return _page(request, box, form, there, chosen, call_crumbs(box, ("编综合稿", "")))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recompose(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a piece that is not up."""
    piece, actor = suggestion_of(request, uid), actor_of(request)
    rules.may_recompose(actor, piece).require()
    inside = list(answered.parts_of(piece))
    there = inside + list(answered.free_for(piece))
    chosen = _chosen(request, there) if request.method == "POST" else inside
    form = PieceForm(sent(request), initial={"title": piece.title, "text": piece.text})
    if "draft" not in request.POST and attempt(
        form, lambda: climbing.recompose(actor, piece, chosen, form.words())
    ):
        messages.success(request, "改好了。")
        return redirect("voices:suggestion", piece.uid)
    return _page(request, piece.box, form, there, chosen, idea_crumbs(piece, ("改综合稿", "")))


def _chosen(request: HttpRequest, there: list[Suggestion]) -> list[Suggestion]:
    """Return the ticked ones by the numbers beside them; all where nothing was sent."""
    if request.method != "POST":
        return there
    keys = set(picked(request.POST.getlist("pick")))
    places = {row.uid: request.POST.get(f"place-{row.uid}", "") for row in there}
    ticked = [row for row in there if row.uid in keys]
    # What has no number stands behind, as it was.
    return sorted(
        ticked,
        key=lambda row: int(places[row.uid]) if places[row.uid].isdecimal() else len(there) + 1,
    )


def _page(
    request: HttpRequest, box: Box, form: PieceForm, there: list[Suggestion],
    chosen: list[Suggestion], crumbs: list[tuple[str, str]],
) -> HttpResponse:  # fmt: skip
    if "draft" in request.POST:
        text = climbing.composed(chosen)
        form = PieceForm(initial={"title": request.POST.get("title", ""), "text": text})
    places = {row.pk: place for place, row in enumerate(chosen, start=1)}
    lines = [(row, places.get(row.pk)) for row in there]
    enough = Verdict.of(len(there) >= climbing.FEWEST_PARTS, "选上的还不够两条。")
    context = {"box": box, "form": form, "lines": lines, "enough": enough, "crumbs": crumbs}
    return render(request, "voices/ideas/piece.html", context, status=422 if form.errors else 200)
