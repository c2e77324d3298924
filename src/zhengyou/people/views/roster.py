"""Import a roster: upload, and the page of one import in every state it can be in."""

import re
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhengyou.kernel import clock
from zhengyou.kernel.progress import State
from zhengyou.people import rules
from zhengyou.people.actions import roster as verbs
from zhengyou.people.actor import Actor
from zhengyou.people.forms.roster import UploadForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Choice, Organisation, RosterImport
from zhengyou.people.queries.roster import ImportPage, import_page, imports_of
from zhengyou.people.queries.tree import line_on
from zhengyou.people.roster.workbook import Unreadable
from zhengyou.people.views import finding
from zhengyou.people.views.shaping import FORM
from zhengyou.people.views.trying import attempt


@login_required
@FORM
def upload(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Choose a file, or go on with an import that is under way."""
    body = finding.organisation(request, uid)
    rules.may_import_roster(request.actor, body).require()
    start = {"instead": request.GET.get("instead", "")}
    form = UploadForm(request.POST or None, request.FILES or None, initial=start)
    made: list[RosterImport] = []
    if attempt(form, lambda: made.extend(_receive(request, body, form))) and made:
        return redirect("people:roster-import-page", body.uid, made[0].uid)
    context = {
        "body": body,
        "form": form,
        "lines": imports_of(body),
        "crumbs": line_on(clock.today(), body),
        "limit": settings.FILE_SIZE_LIMIT,
    }
    status = 422 if form.errors else 200
    return render(request, "people/roster/upload.html", context, status=status)


def _receive(request: ActorRequest, body: Organisation, form: UploadForm) -> list[RosterImport]:
    """Take the file; what is wrong with it is said beside the field."""
    file, data = form.cleaned_data["file"], form.cleaned_data
    earlier = imports_for(request.actor, body).filter(uid=data["instead"]).first()
    try:
        chunks = file.chunks()
        return [
            verbs.upload(
                request.actor, body, chunks, file.name, since=data["since"], instead=earlier
            )
        ]
    except Unreadable as problem:
        form.add_error("file", problem.reason)
        return []


def imports_for(actor: Actor, body: Organisation) -> Any:
    """Return the imports into ``body`` that exist for ``actor``."""
    rows = RosterImport.objects.filter(rules.visible_imports(actor), organisation=body)
    return rows.select_related("organisation", "uploaded_by")


def found(request: ActorRequest, uid: UUID, import_uid: UUID) -> RosterImport:
    """Return one import.

    Raises:
        Http404: there is none, or none for this actor.
    """
    body = finding.organisation(request, uid)
    return finding.row(imports_for(request.actor, body), uid=import_uid)


@login_required
@never_cache
@require_safe
def page(request: ActorRequest, uid: UUID, import_uid: UUID) -> HttpResponse:
    """Show an import: progress, preview, or what came of it."""
    roster = found(request, uid, import_uid)
    shown = import_page(roster, request.GET.get("tab", ""), request.GET.get("page", "1"))
    context = {
        "page": shown,
        "roster": roster,
        "body": roster.organisation,
        "job": job_of(shown),
        "crumbs": line_on(clock.today(), roster.organisation),
        "segments": _segments(shown),
        "may_confirm": rules.may_confirm_roster(request.actor, roster, shown.unanswered),
        "may_undo": rules.may_undo_roster(request.actor, roster, shown.hanging),
    }
    return render(request, "people/roster/import.html", context)


@login_required
@never_cache
@require_safe
def progress(request: ActorRequest, uid: UUID, import_uid: UUID) -> HttpResponse:
    """Show the progress alone; when the work is over the whole page is asked for."""
    roster = found(request, uid, import_uid)
    shown = import_page(roster)
    if not roster.is_busy or shown.interrupted:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "people/roster/_progress.html", {"job": job_of(shown)})


WAITING = "在排队，后台一空就开始。这一页会自己刷新，也可以先去办别的事。"
AT_WORK = "这一页会自己刷新，也可以先去办别的事，回头再看。"


def job_of(shown: ImportPage) -> dict[str, Any]:
    """Return what the tag ``progress`` draws."""
    roster, seen = shown.roster, shown.progress
    where = [roster.organisation.uid, roster.uid]
    return {
        "title": shown.title,
        "done": seen.done,
        "total": seen.total,
        "unit": "人" if roster.state == "undoing" else "行",
        "state": "running",
        "text": WAITING if seen.state == State.WAITING else AT_WORK,
        "url": reverse("people:roster-import-progress", args=where),
        "cancel_url": reverse("people:roster-import-cancel", args=where),
    }


def _segments(shown: ImportPage) -> list[dict[str, Any]]:
    return [
        {"title": title, "url": f"?tab={key}", "count": count, "current": key == shown.tab}
        for key, title, count in shown.tabs
    ]


@login_required
@require_POST
def choices(request: ActorRequest, uid: UUID, import_uid: UUID) -> HttpResponse:
    """Say what shall become of rows that match somebody, one by one or a kind at once."""
    roster = found(request, uid, import_uid)
    kind, choice = request.POST.get("kind", ""), request.POST.get("choice", "")
    if kind:
        verbs.choose_all(request.actor, roster, kind, choice)
    else:
        verbs.choose(request.actor, roster, _chosen(request))
    back = reverse("people:roster-import-page", args=[roster.organisation.uid, roster.uid])
    number = request.POST.get("page", "")
    return redirect(f"{back}?tab=matches" + (f"&page={number}" if number.isdigit() else ""))


def _chosen(request: ActorRequest) -> dict[int, str]:
    """Return the answers by match; what is none is left out."""
    chosen = {}
    for name, value in request.POST.items():
        key = re.fullmatch(r"match-([0-9]{1,18})", name)  # more digits than any primary key has
        if key and value in Choice.values and value:
            chosen[int(key[1])] = str(value)
    return chosen


@login_required
@require_POST
def sheets(request: ActorRequest, uid: UUID, import_uid: UUID) -> HttpResponse:
    """Read other sheets of the workbook."""
    roster = found(request, uid, import_uid)
    verbs.choose_sheets(request.actor, roster, request.POST.getlist("sheet"))
    return redirect("people:roster-import-page", roster.organisation.uid, roster.uid)
