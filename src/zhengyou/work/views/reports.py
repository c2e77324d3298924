"""Reports: what to write, one report, its lines, up and back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou import documents
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation, Person
from zhengyou.people.rules import visible_organisations, visible_persons
from zhengyou.work import owing
from zhengyou.work.actions import report_lines, reporting
from zhengyou.work.composing import Part, compose, document
from zhengyou.work.forms.reports import AddForm, AnswerForm, LineForm
from zhengyou.work.models import Duty, Report, ReportSection
from zhengyou.work.queries import reports as query
from zhengyou.work.rules import reporting as rules
from zhengyou.work.views.report_finding import DESK, day_asked, number_asked, to_report, uid_asked

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def report_of(request: ActorRequest, uid: UUID) -> Report:
    """Return a report that exists for the actor."""
    seen = Report.objects.filter(rules.visible_reports(request.actor))
    return get_object_or_404(query.loaded(seen), uid=uid)


def body_of(request: ActorRequest, uid: UUID) -> Organisation:
    """Return a body whose reports the actor may list."""
    bodies = Organisation.objects.filter(visible_organisations(request.actor))
    body = get_object_or_404(bodies, uid=uid)
    rules.may_see_reports(request.actor, body).require()
    return body


@login_required
@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """Show what to write, what to read, and what was sent last."""
    context = {"crumbs": [DESK, ("汇报", "")], **query.my_page(request.actor)}
    return render(request, "work/reports/mine.html", context)


@login_required
@require_safe
def of_body(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """List the reports of a body, or of those below it."""
    body, below = body_of(request, organisation), request.GET.get("below") == "1"
    context = {
        "body": body,
        "below": below,
        "crumbs": [
            DESK,
            (body.name, reverse("people:organisation", args=[body.uid])),
            ("汇报", ""),
        ],
        **query.body_page(request.actor, body, below, request.GET.get("page")),
    }
    return render(request, "work/reports/body.html", context)


@login_required
@require_POST
def begin(request: ActorRequest, duty: UUID, organisation: UUID) -> HttpResponse:
    """Begin the report of a body, or of a person in it, for a period."""
    actor = request.actor
    body = get_object_or_404(
        Organisation.objects.filter(visible_organisations(actor)), uid=organisation
    )
    asked = get_object_or_404(Duty, uid=duty)
    person = None
    if request.POST.get("person"):
        persons = Person.objects.filter(visible_persons(actor))
        person = get_object_or_404(persons, uid=uid_asked(request.POST["person"]))
    rules.may_write_for(actor, body, person).require()
    owed = owing.find(asked, body, person, day_asked(request.POST.get("start", "")))
    if owed is None:
        raise Refused("这一期没有要写的汇报：还没有开始，或者不在规定里。")
    return redirect("work:report", reporting.begin(actor, owed).uid)


@login_required
@require_safe
def show(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show one report, for reading or for writing."""
    return _page(request, report_of(request, uid))


def _page(request: ActorRequest, report: Report, status: int = 200, **context: Any) -> HttpResponse:
    page = query.report_page(request.actor, report)
    context = {"answer": AnswerForm(), "crumbs": to_report(report)} | context
    template = "work/reports/report.html"
    return render(request, template, {"page": page, "report": report, **context}, status=status)


@login_required
@require_safe
def paper(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Download a report as an official document."""
    report = report_of(request, uid)
    content = documents.to_docx(document(compose(report)), created=report.sent_at or clock.now())
    response = HttpResponse(content, content_type=WORD)
    name = content_disposition_header(True, f"{report.title}.docx")
    response["Content-Disposition"] = str(name)
    return response


# --- lines --------------------------------------------------------------------------------------
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: ActorRequest, uid: UUID, key: str) -> HttpResponse:
    """Write over a line, leave it out, follow the records again; of what was sent: correct it."""
    report = report_of(request, uid)
    sent = report.settled
    verdict = (rules.may_correct if sent else rules.may_write)(request.actor, report)
    verdict.require()
    part = compose(report).find(key)
    if part is None:
        raise Http404
    initial = {"text": part.text, "seen": part.seen}
    form = LineForm(request.POST or None, initial=initial, sent=sent)
    status = 200
    if request.method == "POST":
        status = _write(request, report, part, form)
        if not status:
            return redirect(f"{reverse('work:report', args=[uid])}#{part.section}")
    context = {"report": report, "part": part, "form": form, "sent": sent,
               "crumbs": to_report(report, ("改一条", ""))}  # fmt: skip
    return render(request, "work/reports/line.html", context, status=status)


def _write(request: ActorRequest, report: Report, part: Part, form: LineForm) -> int:
    """Do to the line what was asked; return 0 where it is done, else the status of the page."""
    seen, what = number_asked(request.POST.get("seen", "")), request.POST.get("do", "save")
    try:
        if what == "leave":
            report_lines.leave_out(request.actor, report, part, seen)
        elif what == "follow":
            report_lines.follow(request.actor, report, part, seen)
        elif not form.is_valid():
            return 422
        elif form.fields.get("why"):
            assert part.point is not None  # what was sent has its rows
            text, why = form.cleaned_data["text"], form.cleaned_data["why"]
            reporting.correct(request.actor, report, part.point, text, why, seen)
        else:
            report_lines.write(request.actor, report, part, form.cleaned_data["text"], seen)
    except (Stale, Refused) as problem:
        form.add_error(None, problem.reason)
        return 409 if isinstance(problem, Stale) else 422
    return 0


@login_required
@require_POST
def add(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Add a line of one's own; what was typed stays on the page where it cannot be."""
    report, form = report_of(request, uid), AddForm(request.POST)
    section = request.POST.get("section", "")
    wrong, status = "还没有写。", 422
    if form.is_valid():
        said = form.cleaned_data
        try:
            report_lines.add(
                request.actor, report, ReportSection(said["section"]), said["text"], said["form"]
            )
        except Refused as problem:
            rules.may_write(request.actor, report).require()
            wrong = problem.reason
        else:
            return redirect(f"{reverse('work:report', args=[uid])}#{section}")
    typed = {"section": section, "text": request.POST.get("text", ""), "wrong": wrong}
    return _page(request, report, status, typed=typed)


# --- up and back --------------------------------------------------------------------------------
@login_required
@require_POST
def send(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Send a report up as it was seen."""
    report = report_of(request, uid)
    try:
        reporting.send(request.actor, report, request.POST.get("seen", ""))
    except Stale as stale:
        return _page(request, report_of(request, uid), 409, wrong=stale.reason)
    messages.success(request, "送出了，上级在工作台上看得到。")
    return redirect("work:report", uid)


@login_required
@require_POST
def take_back(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take a report back to write on."""
    reporting.take_back(request.actor, report_of(request, uid))
    messages.success(request, "收回来了，改好再送。")
    return redirect("work:report", uid)


@login_required
@require_POST
def answer(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Acknowledge a report, or return it."""
    report, form = report_of(request, uid), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, report, 422, answer=form)
    words, back = form.cleaned_data["words"], request.POST.get("do") == "back"
    try:
        (reporting.send_back if back else reporting.acknowledge)(request.actor, report, words)
    except Refused as problem:
        rules.may_answer(request.actor, report).require()
        form.add_error("words", problem.reason)
        return _page(request, report, 422, answer=form)
    messages.success(request, "退回去了。" if back else "批阅好了。")
    return redirect("work:report", uid)
