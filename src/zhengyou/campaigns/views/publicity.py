"""A body's publicity plan and its postings: look, change, enter, strike out."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns import postable, publicising
from zhengyou.campaigns.actions import publicity
from zhengyou.campaigns.models import Channel, Plan, Posting
from zhengyou.campaigns.queries.publicity import Line, as_seen_by, line_of, lines_of, shown
from zhengyou.campaigns.queries.publicity_page import publicity_page
from zhengyou.campaigns.task_forms import LineForm, PostingForm, StrikeForm
from zhengyou.campaigns.views.finding import (
    Crumbs,
    actor_of,
    campaign_step,
    crumbs,
    workings_of,
)
from zhengyou.files.actions import receive
from zhengyou.files.bad_file import BadFile
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.views.files import workbook_response
from zhengyou.ui.text import long_date

ASKED = ["GET", "HEAD", "POST"]


def _plan_of(request: HttpRequest, uid: UUID) -> Plan:
    return workings_of(request, uid, publicising.may_see_publicity)


def _crumbs(plan: Plan, last: str) -> Crumbs:
    step = ("宣传计划", reverse("campaigns:plan_publicity", args=[plan.uid]))
    return crumbs(campaign_step(plan.campaign), step, (last, ""))


@login_required
@require_safe
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the publicity plan with what was posted for each line."""
    plan = _plan_of(request, uid)
    page = publicity_page(actor_of(request), plan, request.GET.get("when", ""))
    steps = crumbs(campaign_step(plan.campaign), ("宣传计划", ""))
    context = {"plan": plan, "page": page, "crumbs": steps}
    return render(request, "campaigns/publicity/plan.html", context)


@login_required
@require_http_methods(ASKED)
def line(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a line of the plan (``?key=``), or add one of the body's own."""
    plan, actor = _plan_of(request, uid), actor_of(request)
    publicising.may_plan_publicity(actor, plan).require()
    key = request.GET.get("key", "")
    found = line_of(plan, key) if key else None
    if key and found is None:
        raise Http404
    form = LineForm(found, request.POST or None)
    status = 200
    if request.method == "POST":
        status = _changed(request, plan, found, form)
        if not status:
            messages.success(request, "宣传计划改好了。")
            return redirect("campaigns:plan_publicity", plan.uid)
    context = {
        "plan": plan, "line": found, "form": form,
        "crumbs": _crumbs(plan, "改一项" if found else "加一项"),
    }  # fmt: skip
    return render(request, "campaigns/publicity/line.html", context, status=status)


def _changed(request: HttpRequest, plan: Plan, found: Line | None, form: LineForm) -> int:
    """Change the line; return 0 where it is done, else the status of the page."""
    if not form.is_valid():
        return 422
    data = dict(form.cleaned_data)
    try:
        publicity.plan_line(
            actor_of(request), plan, found, channel=Channel(data.pop("channel")), **data
        )
    except (Stale, Refused) as problem:
        form.add_error(None, problem.reason)
        return 409 if isinstance(problem, Stale) else 422
    return 0


@login_required
@require_safe
def postings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the posting log of a body, what was struck out included."""
    plan, actor = _plan_of(request, uid), actor_of(request)
    rows = plan.postings.select_related("by", "plan__organisation", "plan__campaign")
    page = Paginator(rows, 30).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "page": page,
        "rows": [
            (each, publicising.may_strike(actor, each.posting))
            for each in shown(page, as_seen_by(actor))
        ],
        "may_post": publicising.may_post(actor, plan),
        "crumbs": _crumbs(plan, "公开记录"),
    }
    return render(request, "campaigns/publicity/postings.html", context)


@login_required
@require_safe
def postings_workbook(request: HttpRequest, uid: UUID) -> FileResponse:
    """Download the posting log."""
    plan = _plan_of(request, uid)

    def write(path: Path) -> None:
        with workbook(path) as book:
            page = Page(book, "公开记录")
            page.line(
                f"{plan.organisation.name}，{plan.campaign.title}，{long_date(clock.today())}"
            )
            page.titles(
                ["日期", "公开了什么", "渠道", "地点", "登记的人", "划去的理由"],
                [14, 40, 12, 24, 18, 24],
            )
            for row in plan.postings.select_related("by"):
                page.row([
                    long_date(row.posted_on), row.title, str(Channel(row.channel).label),
                    row.place, row.by.name, row.struck_reason,
                ])  # fmt: skip

    return workbook_response(write, f"{plan.organisation.name}，公开记录.xlsx")


@login_required
@require_http_methods(ASKED)
def post(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter what was posted; a line of the plan (``?key=``) fills in what it knows."""
    plan, actor = _plan_of(request, uid), actor_of(request)
    publicising.may_post(actor, plan).require()
    lines = [each for each in lines_of(plan) if not each.left_out]
    chosen = next((each for each in lines if each.key == request.GET.get("key")), None)
    near = [each for each in lines if each is chosen or each.since <= clock.today()]
    form = PostingForm(
        near, postable.things_of(plan), chosen, request.POST or None, request.FILES or None
    )
    status = 200
    if request.method == "POST":
        status = _posted(request, plan, form)
        if not status:
            messages.success(request, "登记好了，公开页上看得到。")
            return redirect("campaigns:plan_postings", plan.uid)
    context = {"plan": plan, "form": form, "crumbs": _crumbs(plan, "登记公开")}
    return render(request, "campaigns/publicity/post.html", context, status=status)


def _posted(request: HttpRequest, plan: Plan, form: PostingForm) -> int:
    """Enter the posting; return 0 where it is done, else the status of the page."""
    if not form.is_valid():
        return 422
    data: dict[str, Any] = form.cleaned_data
    counted, about = form.chosen
    try:
        photos = [receive(data["photo"], data["photo"].name)] if data.get("photo") else []
        publicity.post(
            actor_of(request), plan, title=data["title"], channel=Channel(data["channel"]),
            posted_on=data["posted_on"], place=data["place"], line=counted, about=about,
            photos=photos,
        )  # fmt: skip
    except (Refused, BadFile) as problem:
        form.add_error(None, problem.reason)
        return 422
    return 0


@login_required
@require_http_methods(ASKED)
def strike(request: HttpRequest, uid: UUID, posting: UUID) -> HttpResponse:
    """Strike out what was entered wrongly, with the reason."""
    plan = _plan_of(request, uid)
    rows = Posting.objects.select_related("by", "plan__organisation", "plan__campaign")
    found = get_object_or_404(rows, plan=plan, uid=posting)
    publicising.may_strike(actor_of(request), found).require()
    form = StrikeForm(request.POST or None)
    if form.is_valid():
        publicity.strike(actor_of(request), found, form.cleaned_data["reason"])
        messages.success(request, f"“{found.title}”划去了，公开页上不再显示。")
        return redirect("campaigns:plan_postings", plan.uid)
    context = {"plan": plan, "posting": found, "form": form, "crumbs": _crumbs(plan, "划去")}
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/publicity/strike.html", context, status=status)
