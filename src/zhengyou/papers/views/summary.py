"""The stage summary before export, the rows behind its numbers, and the order to write it."""

from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhengyou import documents
from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.rules import visible_campaigns
from zhengyou.kernel import clock, paths
from zhengyou.papers import actions, figures, rules
from zhengyou.papers.queries import latest_papers
from zhengyou.papers.records import Promise, Records
from zhengyou.papers.summary import compose
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations


def _found(request: ActorRequest, campaign: UUID, body: UUID) -> tuple[Campaign, Organisation]:
    """Return both, if they exist for this actor and the body has a summary in the campaign."""
    row = get_object_or_404(Organisation, visible_organisations(request.actor), uid=body)
    campaigns = Campaign.objects.select_related("organisation").prefetch_related("phases")
    run = get_object_or_404(campaigns, visible_campaigns(request.actor), uid=campaign)
    if not paths.is_within(row.path, run.organisation.path) or not rules.sums_up(run, row):
        raise Http404
    return run, row


def _day(text: str) -> date:
    """Return the day asked for, today where it is missing, unreadable or still to come."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return clock.today()
    return min(asked, clock.today())


@login_required
@require_safe
def show(request: ActorRequest, campaign: UUID, body: UUID) -> HttpResponse:
    """Show what the summary will say; every number leads to its rows."""
    run, row = _found(request, campaign, body)
    rules.may_see_summary(request.actor, row).require()
    day = _day(request.GET.get("day", ""))
    summary = compose(Records.load(run, row, day))
    context = {
        "campaign": run,
        "body": row,
        "summary": summary,
        "day": day,
        "today": clock.today(),
        "warning": documents.length_warning(summary.document()),
        "may_make": rules.may_make_summary(request.actor, run, row),
        "papers": latest_papers(run, row),
    }
    return render(request, "papers/summary.html", context)


@login_required
@require_safe
def rows(request: ActorRequest, campaign: UUID, body: UUID, code: str) -> HttpResponse:
    """Show the rows behind one number."""
    run, row = _found(request, campaign, body)
    rules.may_see_summary(request.actor, row).require()
    figure = figures.find(code)
    if figure is None:
        raise Http404
    records = Records.load(run, row, _day(request.GET.get("day", "")))
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
    run, row = _found(request, campaign, body)
    paper = actions.ask_for_summary(request.actor, run, row, _day(request.POST.get("day", "")))
    return redirect("papers:paper", paper.uid)
