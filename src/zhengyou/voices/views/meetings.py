"""Talks face to face: when and where, and what was said, one entry a line."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns.views.asking import sent
from zhengyou.people.views.trying import attempt
from zhengyou.voices.actions import meetings
from zhengyou.voices.forms.talks import MeetingForm, NotesForm, typed
from zhengyou.voices.models import Box
from zhengyou.voices.queries.meetings import meeting_of, record_of, records_to_cite, sat
from zhengyou.voices.rules import talks as rules
from zhengyou.voices.views.finding import BOXES, actor_of, box_of
from zhengyou.work.models import RecordKind
from zhengyou.work.rules import may_record_kind


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say when and where people sat together, or choose the record of it."""
    box, actor = box_of(request, uid), actor_of(request)
    rules.may_note_down(actor, box).require()
    form = MeetingForm(
        sent(request),
        records=records_to_cite(actor, box.organisation),
        may_enter=bool(may_record_kind(actor, box.organisation, RecordKind.CONSULTATION)),
        initial=typed(meeting_of(box)),
    )
    if attempt(form, lambda: meetings.set_meeting(actor, box, form.meeting)):
        messages.success(request, "写好了，接着记大家说的。")
        return redirect("voices:notes", uid)
    context = {"box": box, "form": form, "crumbs": _crumbs(box, "座谈的时间地点")}
    return render(request, "voices/meeting.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what was said."""
    box, actor = box_of(request, uid), actor_of(request)
    rules.may_note_down(actor, box).require()
    found = meeting_of(box)
    if found is None:
        return redirect("voices:meeting", uid)
    form = NotesForm(sent(request))
    if attempt(form, lambda: meetings.note_down(actor, box, form.cleaned_data["notes"])):
        messages.success(request, f"记了 {len(form.cleaned_data['notes'])} 条，下面逐条定怎么办。")
        return redirect(f"{reverse('voices:box', args=[uid])}?show=open")
    context = {
        "box": box, "form": form, "sat": sat(found), "crumbs": _crumbs(box, "记大家说的"),
    }  # fmt: skip
    return render(request, "voices/notes.html", context, status=422 if form.errors else 200)


def inside_part(request: HttpRequest, box: Box) -> tuple[str, dict[str, Any]]:
    """Say from within when and where, and lead to the notes."""
    found, actor = meeting_of(box), actor_of(request)
    return "voices/meeting_part.html", {
        "sat": sat(found) if found else None,
        "record": record_of(found, actor) if found else None,
        "note": rules.may_note_down(actor, box),
    }


def public_part(request: HttpRequest, box: Box) -> tuple[str, dict[str, Any]]:
    """Say in public when and where, and how many of which kind."""
    found = meeting_of(box)
    return "voices/meeting_public.html", {"sat": sat(found) if found else None}


def _crumbs(box: Box, here: str) -> list[tuple[str, str]]:
    return [BOXES, (box.title, f"/boxes/{box.uid}/"), (here, "")]
