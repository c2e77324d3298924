"""A body's book of records, and one record: look, filter, take out, strike out."""

from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock, onward
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.people.models import Organisation
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.views.files import workbook_response
from zhengyou.ui.text import long_date
from zhengyou.work import rules
from zhengyou.work.actions import recording
from zhengyou.work.forms.acts import StrikeForm
from zhengyou.work.models import RecordFamily, RecordKind, RecordState
from zhengyou.work.queries import records
from zhengyou.work.queries.series import coming_of
from zhengyou.work.queries.workbook import TITLES, WIDTHS, lines_of
from zhengyou.work.views.finding import actor_of, body_of, record_of, to_book

ASKED = ["GET", "HEAD", "POST"]


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Lead to the book of the body whose hat is worn."""
    hat = actor_of(request).hat
    if hat is None:
        raise Refused("您现在不在任何组织的名册上，没有纪实可看。")
    return redirect("work:book", hat.organisation.uid)


@login_required
@require_safe
def book(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a page of a body's book."""
    body, actor = body_of(request, uid), actor_of(request)
    rules.may_see_book(actor, body).require()
    query = records.query_of(request.GET)
    keeps = rules.may_record(actor, body)
    context = {
        "body": body,
        "book": records.book_page(actor, body, query, request.GET.get("page", "")),
        "coming": coming_of(body) if keeps else [],
        "keeps": keeps,
        "may_write": keeps | _own(request, body),
        "families": [(each, RecordFamily(each).label) for each in RecordFamily],
        "kinds": RecordKind.choices,
        "asked": request.GET.urlencode(),
        "inner": records.inner_of(body),
        "today": clock.today(),
        "crumbs": [*to_book(body)[:1], ("纪实", "")],
    }
    return render(request, "work/records/book.html", context)


def _own(request: HttpRequest, body: Organisation) -> Verdict:
    """Whether there is any kind that the actor may write for the body."""
    return rules.may_record_kind(actor_of(request), body, RecordKind.NOTES)


@login_required
@require_safe
def book_workbook(request: HttpRequest, uid: UUID) -> FileResponse:
    """Download what the book shows."""
    body, actor = body_of(request, uid), actor_of(request)
    rules.may_see_book(actor, body).require()
    query = records.query_of(request.GET)
    rows = records.records_in(actor, body, query).exclude(state=RecordState.DRAFT)

    def write(path: Path) -> None:
        with workbook(path) as out:
            page = Page(out, "纪实")
            page.line(f"{body.name}纪实，{long_date(clock.today())}导出")
            page.titles(TITLES, WIDTHS)
            for line in lines_of(actor, rows):
                page.row(line)

    return workbook_response(write, f"{body.name}，纪实.xlsx")


@login_required
@require_safe
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one record; a draft leads to where it is written on."""
    record, actor = record_of(request, uid), actor_of(request)
    if record.state == RecordState.DRAFT and rules.may_write(actor, record):
        return redirect("work:write", record.uid)
    context = {
        "view": records.record_view(actor, record),
        "record": record,
        "may_amend": rules.may_amend(actor, record),
        "may_strike": rules.may_strike(actor, record),
        "may_copy": rules.may_record_kind(actor, record.organisation, RecordKind(record.kind)),
        "onward": onward.of(record.ref, actor),
        "crumbs": to_book(record.organisation, (record.title, "")),
    }
    return render(request, "work/records/record.html", context)


@login_required
@require_http_methods(ASKED)
def strike(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Strike out what was recorded wrongly, with the reason."""
    record, actor = record_of(request, uid), actor_of(request)
    rules.may_strike(actor, record).require()
    form = StrikeForm(request.POST or None)
    if form.is_valid():
        recording.strike(actor, record, form.cleaned_data["reason"])
        messages.success(request, f"“{record.title}”划去了，不再算数，记录还在。")
        return redirect("work:record", record.uid)
    step = (record.title, reverse("work:record", args=[record.uid]))
    context = {
        "record": record,
        "form": form,
        "duties": records.duties_of(record),
        "crumbs": to_book(record.organisation, step, ("划去", "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "work/records/strike.html", context, status=status)


@login_required
@require_POST
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw a draft away."""
    record = record_of(request, uid)
    body = record.organisation
    recording.discard(actor_of(request), record)
    messages.success(request, "没写完的那条删去了。")
    return redirect("work:book", body.uid)


@login_required
@require_POST
def drop_file(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    """Take away a file that was attached by mistake."""
    record = record_of(request, uid)
    found = next((each for each in attachments_of(record.ref) if each.uid == file), None)
    if found is None:
        raise Http404
    recording.drop_file(actor_of(request), record, found)
    messages.success(request, f"“{found.name}”去掉了。")
    return redirect("work:write", record.uid)
