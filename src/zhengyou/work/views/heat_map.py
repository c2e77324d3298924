"""The heat map of a campaign: bodies × duties, as a table and as what its drawing takes."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.rules import visible_campaigns
from zhengyou.kernel import clock
from zhengyou.people.forms.fields import day_of
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.queries.tree import name_on
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.rules import visible_organisations
from zhengyou.people.views.files import workbook_response
from zhengyou.ui.text import long_date
from zhengyou.work.queries.map_page import SHEET, SHEET_WIDTHS, map_data, map_page, map_sheet
from zhengyou.work.queries.matrix import CHOICES
from zhengyou.work.rules import seeing
from zhengyou.work.views.duties import DESK


def _found(request: ActorRequest, campaign: UUID, organisation: UUID) -> tuple[Any, Any, str]:
    """Return campaign, body and which periods; a body one may not see the numbers of is refused."""
    run = get_object_or_404(Campaign.objects.filter(visible_campaigns(request.actor)), uid=campaign)
    bodies = Organisation.objects.filter(visible_organisations(request.actor))
    top = get_object_or_404(bodies, uid=organisation)
    seeing.may_see_standing(request.actor, top).require()
    which = request.GET.get("of", "")
    return run, top, which if which in CHOICES else "now"


@login_required
@require_safe
def heat_map(request: ActorRequest, campaign: UUID, organisation: UUID) -> HttpResponse:
    """Show how far the bodies below are, in numbers."""
    run, top, which = _found(request, campaign, organisation)
    day = day_of(request)
    context = {
        "title": f"{name_on(day, top)}的任务热力图",
        "crumbs": [DESK, (run.title, f"/campaigns/{run.uid}/"), ("任务热力图", "")],
        "campaign": run,
        "body": top,
        "day": day,
        "today": clock.today(),
        "which": which,
        "map": map_page(run, top, day, which, request.GET.get("page")),
    }
    return render(request, "work/heat_map.html", context)


@login_required
@require_safe
def heat_map_data(request: ActorRequest, campaign: UUID, organisation: UUID) -> JsonResponse:
    """Hand out the same numbers for the drawing."""
    run, top, which = _found(request, campaign, organisation)
    answer = JsonResponse(map_data(run, top, day_of(request), which))
    answer["Cache-Control"] = "no-store"
    return answer


@login_required
@require_safe
def heat_map_workbook(request: ActorRequest, campaign: UUID, organisation: UUID) -> FileResponse:
    """Download the same numbers, a row for each body and duty."""
    run, top, which = _found(request, campaign, organisation)
    day = day_of(request)
    title = f"{name_on(day, top)}，任务完成情况"

    def write(path: Path) -> None:
        with workbook(path) as out:
            page = Page(out, "任务完成情况")
            words = "上一期" if which == "last" else "本期"
            page.line(f"{title}，{run.title}，{words}，截至{long_date(day)}")
            page.titles(SHEET, SHEET_WIDTHS)
            for line in map_sheet(run, top, day, which):
                page.row(line)

    return workbook_response(write, f"{title}.xlsx")
