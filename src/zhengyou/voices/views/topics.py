"""Discussions: contributions under themes, and the conclusion."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel import onward
from zhengyou.kernel.verdict import Refused
from zhengyou.people.views.trying import attempt
from zhengyou.remarks.views.public import apart
from zhengyou.voices.actions import topics
from zhengyou.voices.forms.talks import ConclusionForm, ThemeForm
from zhengyou.voices.models import Box, BoxKind, Theme
from zhengyou.voices.queries import topics as queries
from zhengyou.voices.queries.public import entries
from zhengyou.voices.rules import talks as rules
from zhengyou.voices.views.finding import BOXES, actor_of, box_of, picked, public_box_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def themes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List contributions theme by theme; put the ticked ones under a theme."""
    box = _topic(box_of(request, uid))
    rules.may_group(actor_of(request), box).require()
    if request.method != "POST":
        return _themes_page(request, box, ThemeForm())
    if request.POST.get("do") == "add":
        form = ThemeForm(request.POST)
        if attempt(
            form, lambda: topics.add_theme(actor_of(request), box, form.cleaned_data["title"])
        ):
            messages.success(request, "加了一个主题。")
            return redirect(request.get_full_path())
        return _themes_page(request, box, form)
    try:
        told = _do(request, box)
    except Refused as refusal:
        return _themes_page(request, box, ThemeForm(), refusal.reason)
    messages.success(request, told)
    return redirect(request.get_full_path())


def _do(request: HttpRequest, box: Box) -> str:
    actor, given = actor_of(request), request.POST
    theme = _theme_of(box, given.get("theme", ""))
    if given.get("do") == "drop" and theme is not None:
        topics.drop_theme(actor, theme)
        return f"去掉了“{theme.title}”，里面的回到没有归类。"
    if theme is None and given.get("theme") != "none":
        raise Refused("没有选归到哪个主题。")
    count = len(topics.group(actor, box, picked(given, box), theme))
    return f"{count} 条归到“{theme.title}”。" if theme else f"{count} 条不归类了。"


def _theme_of(box: Box, key: str) -> Theme | None:
    with suppress(ValueError):
        return (
            Theme.objects.filter(box=box, uid=UUID(key)).select_related("box__organisation").first()
        )
    return None


def _themes_page(request: HttpRequest, box: Box, form: ThemeForm, wrong: str = "") -> HttpResponse:
    key = request.GET.get("theme", "")
    said = queries.said_under(box, key, request.GET.get("page"))
    context = {
        "box": box, "form": form, "wrong": wrong, "strands": queries.strands(box), **said,
        "segments": queries.segments(box, key), "ticked": set(request.POST.getlist("pick")),
        "crumbs": _crumbs(box, "分主题"),
    }  # fmt: skip
    bad = wrong or form.errors
    return render(request, "voices/themes.html", context, status=422 if bad else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def conclusion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write what the discussion came to; what stood before stays in sight."""
    box, actor = _topic(box_of(request, uid)), actor_of(request)
    rules.may_conclude(actor, box).require()
    last = queries.conclusion_of(box)
    form = ConclusionForm(sent(request), initial={"text": last.text if last else ""})
    if attempt(form, lambda: topics.conclude(actor, box, form.cleaned_data["text"])):
        messages.success(request, "结论公开了。")
        return redirect("voices:box", uid)
    context = {
        "box": box, "form": form, "strands": queries.strands(box),
        "earlier": queries.earlier_conclusions(box), "crumbs": _crumbs(box, "结论"),
    }  # fmt: skip
    return render(request, "voices/conclusion.html", context, status=422 if form.errors else 200)


@require_safe
def by_theme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show in public what was said, theme by theme, and the conclusion."""
    box, key = _topic(public_box_of(uid)), request.GET.get("theme", "")
    said = queries.said_under(box, key, request.GET.get("page"), public=True)
    context = {
        "box": box, **said, "segments": queries.segments(box, key, public=True),
        "entries": entries(list(said["page"])), "conclusion": queries.conclusion_of(box),
    }  # fmt: skip
    return apart(request, "voices/by_theme.html", context)


def inside_part(request: HttpRequest, box: Box) -> tuple[str, dict[str, Any]]:
    """Lead to themes and conclusion; say what came of the conclusion."""
    actor, last = actor_of(request), queries.conclusion_of(box)
    return "voices/topic_part.html", {
        "strands": queries.strands(box),
        "conclusion": last,
        "onward": onward.of(last.ref, actor) if last else None,
        "group": rules.may_group(actor, box),
        "conclude": rules.may_conclude(actor, box),
    }


def public_part(request: HttpRequest, box: Box) -> tuple[str, dict[str, Any]]:
    """Show the conclusion, and lead to what was said theme by theme."""
    found = queries.strands(box, public=True)
    return "voices/topic_public.html", {
        "box": box,
        "conclusion": queries.conclusion_of(box),
        "strands": [strand for strand in found if strand.count] if len(found) > 1 else [],
    }


def _topic(box: Box) -> Box:
    if box.kind != BoxKind.TOPIC:
        raise Http404
    return box


def _crumbs(box: Box, here: str) -> list[tuple[str, str]]:
    return [BOXES, (box.title, f"/boxes/{box.uid}/"), (here, "")]
