"""The stage summary before export, the rows behind its numbers, and the order to write it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhengyou.kernel import clock
from zhengyou.papers import figures, rules
from zhengyou.papers.actions import making
from zhengyou.papers.lengths import length_of
from zhengyou.papers.queries import draft_of, latest_papers, summary_of
from zhengyou.papers.records import Promise, Records
from zhengyou.papers.views.finding import day_asked, run_and_body
from zhengyou.people.middleware import ActorRequest


@login_required
@require_safe
def show(request: ActorRequest, campaign: UUID, body: UUID) -> HttpResponse:
    """Show what the summary will say; every number leads to its rows."""
    run, row = run_and_body(request, campaign, body)
    rules.may_see_summary(request.actor, row).require()
    day = day_asked(request.GET.get("day", ""))
    whole = summary_of(run, row, day)
    context = {
        "campaign": run,
        "body": row,
        "whole": whole,
        "summary": whole.summary,
        "day": day,
        "today": clock.today(),
        "length": length_of(whole.summary),
        "may_edit": rules.may_edit_summary(request.actor, run, row),
        "may_make": rules.may_make_summary(request.actor, run, row),
        "draft": draft_of(run, row),
        "draft_used": any(view.seen for view in whole.views),
        "papers": latest_papers(run, row),
    }
    return render(request, "papers/summary.html", context)


@login_required
@require_safe
def rows(request: ActorRequest, campaign: UUID, body: UUID, code: str) -> HttpResponse:
    """Show the rows behind one number."""
    run, row = run_and_body(request, campaign, body)
    rules.may_see_summary(request.actor, row).require()
    figure = figures.find(code)
    if figure is None:
        raise Http404
    records = Records.load(run, row, day_asked(request.GET.get("day", "")))
    page = Paginator(figure.pick(records), 100).get_page(request.GET.get("page"))
    reader = rules.Reader.of(request.actor, [it.item for it in page if isinstance(it, Promise)])
    context = {
        "campaign": run,
        "body": row,
        "figure": figure,
        "page": page,
        "rows": [figure.row(records, thing, reader) for thing in page],
        "day": records.day,
    }
    return render(request, "papers/rows.html", context)


@login_required
@require_POST
def make(request: ActorRequest, campaign: UUID, body: UUID) -> HttpResponse:
    """Have the summary written as a Word file."""
    run, row = run_and_body(request, campaign, body)
    paper = making.ask_for_summary(request.actor, run, row, day_asked(request.POST.get("day", "")))
    return redirect("papers:paper", paper.uid)
