"""Who is stuck on what: lists, and one point until it is solved."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.kernel import onward
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.middleware import ActorRequest
from zhengyou.work import stuck
from zhengyou.work.actions import report_lines
from zhengyou.work.forms.reports import ReopenForm, SolveForm
from zhengyou.work.models import ReportPoint
from zhengyou.work.queries import stuck_page as query
from zhengyou.work.rules import reporting as rules
from zhengyou.work.views.report_finding import DESK
from zhengyou.work.views.reports import body_of


@login_required
@require_safe
def of_body(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """List what a body and those below it are stuck in."""
    body = body_of(request, organisation)
    solved = request.GET.get("solved") == "1"
    home = reverse("people:organisation", args=[body.uid])
    context = {
        "body": body,
        "crumbs": [DESK, (body.name, home), ("卡点", "")],
        **query.stuck_page(request.actor, body, solved, request.GET.get("page")),
    }
    return render(request, "work/reports/stuck.html", context)


def point_of(request: ActorRequest, uid: UUID) -> ReportPoint:
    """Return a point that exists for the actor."""
    seen = stuck.points().filter(rules.visible_points(request.actor))
    return get_object_or_404(query.loaded(seen), uid=uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def point(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show one point and what became of it; note that it is solved."""
    found = point_of(request, uid)
    form = SolveForm(request.POST or None)
    status = 200
    if request.method == "POST":
        rules.may_solve(request.actor, found).require()
        status = 422
        if form.is_valid():
            try:
                report_lines.solve(request.actor, found, **form.cleaned_data)
            except (Refused, Stale) as problem:
                form.add_error(None, problem.reason)
                status = 409 if isinstance(problem, Stale) else 422
            else:
                messages.success(request, "记下了，下一次汇报里会自己写上。")
                return redirect("work:point", uid)
    return _page(request, found, form, ReopenForm(), status)


@login_required
@require_POST
def reopen(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Say that it was not solved after all."""
    found, form = point_of(request, uid), ReopenForm(request.POST)
    rules.may_solve(request.actor, found).require()
    if not form.is_valid():
        return _page(request, found, SolveForm(), form, 422)
    report_lines.reopen(request.actor, found, form.cleaned_data["why"])
    messages.success(request, "又列进卡点里了。")
    return redirect("work:point", uid)


def _page(
    request: ActorRequest, found: ReportPoint, form: SolveForm, again: ReopenForm, status: int
) -> HttpResponse:
    body = found.report.organisation
    context = {
        "point": found,
        "row": query.stuck_row(found),
        "solution": query.standing(found),
        "reopened": [row for row in found.solutions.all() if row.reopened_at],
        "later": query.said_again(found),
        "form": form,
        "again": again,
        "may_solve": rules.may_solve(request.actor, found),
        "onward": onward.of(found.ref, request.actor),
        "crumbs": [
            DESK,
            (f"{body.name}的卡点", reverse("work:stuck", args=[body.uid])),
            ("一个卡点", ""),
        ],
    }
    return render(request, "work/reports/point.html", context, status=status)
