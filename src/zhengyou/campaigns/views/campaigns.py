"""The list of campaigns, and one campaign."""

from datetime import date
from pathlib import Path
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengyou.campaigns import rules
from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.campaigns.queries.campaign_page import campaign_page
from zhengyou.campaigns.queries.campaigns import campaign_rows
from zhengyou.campaigns.queries.coverage import all_rows
from zhengyou.campaigns.views.finding import actor_of, campaign_of, crumbs, own_body
from zhengyou.kernel import clock, onward
from zhengyou.people.forms.fields import day_of
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.views.files import workbook_response
from zhengyou.ui.text import long_date


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the campaigns there are for whoever is signed in."""
    actor, body = actor_of(request), own_body(request)
    rows = campaign_rows(actor)
    running = sum(1 for row in rows if row.campaign.state == CampaignState.OPEN)
    context = {
        "title": f"{running} 个活动在进行" if running else "现在没有进行中的活动",
        "rows": rows,
        "may_create": rules.may_create_campaign(actor, body) if body else None,
    }
    return render(request, "campaigns/index.html", context)


@login_required
@require_safe
def campaign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one campaign: phases and tasks, standards, who takes part and how far they are."""
    found = campaign_of(request, uid)
    page = campaign_page(actor_of(request), found, request.GET)
    context = {
        "campaign": found,
        "page": page,
        "onward": onward.of(found.ref, actor_of(request)),
        "crumbs": crumbs((found.title, "")),
        "covered_on": day_of(request),
        "today": clock.today(),
    }
    return render(request, "campaigns/campaign.html", context)


@login_required
@require_safe
def bodies(request: HttpRequest, uid: UUID) -> FileResponse:
    """Download who takes part and how far they are, as a workbook."""
    found = campaign_of(request, uid)
    top = rules.coverage_top(actor_of(request), found)
    if top is None or found.state == CampaignState.DRAFT:
        raise Http404
    state, day = request.GET.get("state", ""), day_of(request)
    return workbook_response(
        lambda path: _write(path, found, top, state, day), f"{found.title}，方案进展.xlsx"
    )


def _write(path: Path, found: Campaign, top: str, state: str, day: date) -> None:
    with workbook(path) as book:
        page = Page(book, "方案进展")
        page.line(f"{found.title}，{long_date(day)}")
        page.titles(["组织", "上级", "方案"], [36, 36, 14])
        for row in all_rows(found, top, state, day):
            page.row([row.name, row.above, row.label])
