"""One part of a summary: write it in own words, leave it out, follow the records again."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.papers import rules
from zhengyou.papers.actions.editing import Desk
from zhengyou.papers.edited import OWN, Edited, PartView
from zhengyou.papers.forms import PartForm
from zhengyou.papers.lengths import length_of
from zhengyou.papers.queries import summary_of, versions_of
from zhengyou.papers.views.finding import day_asked, run_and_body
from zhengyou.people.middleware import ActorRequest

SIMPLE: dict[str, tuple[Callable[[Desk, PartView, int], None], str]] = {
    "keep": (Desk.keep, "留着您写的，记录再变会再告诉您。"),
    "back": (Desk.take_back, "这一段按记录写了。"),
    "leave": (Desk.leave_out, "这一段不写了，总结末尾会注明。"),
    "restore": (Desk.restore, "这一段又写上了。"),
}
"""What may be done without words: the verb, and what is told afterwards."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, campaign: UUID, body: UUID, key: str) -> HttpResponse:
    """Show the words of a part for writing, or do to it what was asked for."""
    desk, day = _desk(request, campaign, body)
    whole = summary_of(desk.campaign, desk.body, day)
    part = whole.find(key)
    if part is None:
        raise Http404
    initial = {"text": _offered(request, desk, part), "seen": part.seen}
    form = PartForm(request.POST or None, initial=initial, auto_id=_ids(key))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _do(desk, part, form, request.POST.get("do", "save")))
            return redirect(_place(desk, day, part.key))
        except (Stale, Refused) as problem:
            form.add_error(None, problem.reason)
            status = 409 if isinstance(problem, Stale) else 422
    versions = versions_of(desk.campaign, desk.body, key)
    return _page(request, desk, day, whole, form, status, part, versions=versions)


def _do(desk: Desk, part: PartView, form: PartForm, what: str) -> str:
    seen = form.cleaned_data["seen"]
    if what in SIMPLE:
        verb, told = SIMPLE[what]
        verb(desk, part, seen)
        return told
    changed = desk.write(part, form.cleaned_data["text"], seen)
    return "存下了。" if changed else "和原来一样，没有改动。"


def _offered(request: ActorRequest, desk: Desk, part: PartView) -> str:
    """Return the words to begin with: those that hold, both changes merged, or an older version."""
    if request.GET.get("with") == "merge":
        return part.merged.text
    if (number := request.GET.get("version", "")).isdecimal():
        for version in versions_of(desk.campaign, desk.body, part.key):
            if version.edit.number == int(number):
                return version.edit.text or part.text
    return part.text


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActorRequest, campaign: UUID, body: UUID) -> HttpResponse:
    """Add a paragraph of one's own behind a part."""
    desk, day = _desk(request, campaign, body)
    whole = summary_of(desk.campaign, desk.body, day)
    before = whole.find(request.POST.get("after") or request.GET.get("after", ""))
    if before is None:
        raise Http404
    form = PartForm(request.POST or None, initial={"seen": 0}, auto_id=_ids("own"))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            key = desk.add(form.cleaned_data["text"], before.key)
            messages.success(request, "加上了。")
            return redirect(_place(desk, day, key))
        except Refused as problem:
            form.add_error(None, problem.reason)
            status = 422
    return _page(request, desk, day, whole, form, status, before=before)


@login_required
@require_POST
def begin_next(request: ActorRequest, campaign: UUID, body: UUID) -> HttpResponse:
    """Begin the next summary with nothing changed in it."""
    desk, day = _desk(request, campaign, body)
    draft = desk.begin_next()
    messages.success(request, f"第 {draft.number} 份开好了，每一段都按记录写。")
    return redirect(_place(desk, day, "opening"))


def _desk(request: ActorRequest, campaign: UUID, body: UUID) -> tuple[Desk, date]:
    run, row = run_and_body(request, campaign, body)
    rules.may_edit_summary(request.actor, run, row).require()
    return Desk(request.actor, run, row), day_asked(request.GET.get("day", ""))


def _ids(key: str) -> str:
    return f"id-{key.replace('.', '-')}-%s"


def _place(desk: Desk, day: date, key: str) -> str:
    url = reverse("papers:summary", args=[desk.campaign.uid, desk.body.uid])
    return f"{url}?day={day.isoformat()}#p-{key}"


def _page(
    request: ActorRequest,
    desk: Desk,
    day: date,
    whole: Edited,
    form: PartForm,
    status: int,
    part: PartView | None = None,
    **context: Any,
) -> HttpResponse:
    context |= {
        "form": form,
        "part": part,
        "own": part is None or part.key.startswith(OWN),
        "campaign": desk.campaign,
        "body": desk.body,
        "day": day,
        "lost": part.merged.lost if part and request.GET.get("with") == "merge" else (),
        "back": _place(desk, day, part.key if part else context["before"].key),
        "length": length_of(whole.summary, part.parts if part else ()),
    }
    return render(request, "papers/part.html", context, status=status)
