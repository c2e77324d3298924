"""The public site. Nothing here depends on who is looking."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhengyou.campaigns.queries.basis import basis_of
from zhengyou.campaigns.queries.public import about
from zhengyou.kernel import clock
from zhengyou.ledger.queries import published_heads
from zhengyou.portal import disclosed, finding, postings, queries, reports, talk, walls
from zhengyou.remarks.queries import thread
from zhengyou.voices.queries import boxes


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Name the product and the campaigns that run."""
    return render(request, "portal/start.html", {"cards": queries.campaign_cards()})


@require_safe
def campaign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Present one campaign: aims, carriers, standards, phases with their tasks."""
    run = queries.public_campaign(uid)
    today = clock.today()
    phases = list(run.phases.prefetch_related("tasks__owner_group"))
    for phase in phases:
        phase.now = phase.holds(today)  # type: ignore[attr-defined]
    context = {
        "campaign": run,
        "here": "campaign",
        "ribbon": queries.ribbon(run),
        "standards": run.standards.prefetch_related("criteria"),
        "phases": phases,
        "about": about(run),
        **walls.standing(run),
    }
    return render(request, "portal/campaign.html", context)


@require_safe
def wall(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was promised and how far it is."""
    run = queries.public_campaign(uid)
    context = {
        "campaign": run,
        "here": "wall",
        "ribbon": queries.ribbon(run),
        **walls.page(run, request.GET),
    }
    return render(request, "portal/wall.html", context)


@require_safe
def wall_on_paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the same part of the wall as a sheet to print."""
    run = queries.public_campaign(uid)
    context = {"campaign": run, "today": clock.today(), **walls.sheet(run, request.GET)}
    return render(request, "portal/print.html", context)


@require_safe
def plans(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List the published plans."""
    run = queries.public_campaign(uid)
    page = Paginator(queries.published_plans(run), 50).get_page(request.GET.get("page"))
    return render(request, "portal/plans.html", {"campaign": run, "here": "plans", "page": page})


@require_safe
def plan(request: HttpRequest, uid: UUID, plan: UUID) -> HttpResponse:
    """Show one published plan."""
    run = queries.public_campaign(uid)
    found = get_object_or_404(queries.published_plans(run), uid=plan)
    context = {
        "campaign": run,
        "here": "plans",
        "plan": found,
        "sections": found.sections.all(),
        "grounds": basis_of(found),
        "thread": thread(found.ref),
    }
    return render(request, "portal/plan.html", context)


@require_safe
def talk_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what the public said and what was answered."""
    run = queries.public_campaign(uid)
    found = talk.talk(run, request.GET.dict())
    figures = [("条公开", found.numbers.shown), ("条已答复", found.numbers.answered)]
    context = {"campaign": run, "here": "talk", "talk": found, "figures": figures}
    return render(request, "portal/talk.html", context)


@require_safe
def boxes_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List where one is asked for ideas and opinions, and what was answered."""
    run = queries.public_campaign(uid)
    page = Paginator(boxes.public_of(run), 50).get_page(request.GET.get("page"))
    context = {"campaign": run, "here": "boxes", "page": page, "rows": boxes.public_rows(page)}
    return render(request, "portal/boxes.html", context)


@require_safe
def postings_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was posted where, and what each body plans to make public."""
    run = queries.public_campaign(uid)
    body = walls.body_asked(run, request.GET.get("body", ""))
    found = postings.postings(run, request.GET.dict(), body)
    context = {"campaign": run, "here": "postings", **found}
    return render(request, "portal/postings.html", context)


@require_safe
def reports_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List the published reports."""
    run = queries.public_campaign(uid)
    page, rows = reports.listed(run, request.GET.get("page"))
    context = {"campaign": run, "here": "reports", "page": page, "rows": rows}
    return render(request, "portal/reports.html", context)


@require_safe
def report(request: HttpRequest, uid: UUID, report: UUID) -> HttpResponse:
    """Show one published report."""
    run = queries.public_campaign(uid)
    shown, sections = reports.one(run, report)
    context = {"campaign": run, "here": "reports", "shown": shown, "sections": sections}
    return render(request, "portal/report.html", context)


@require_safe
def disclosed_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List the bodies with what they laid open; each has a page that says what is missing."""
    run = queries.public_campaign(uid)
    found = disclosed.page(run, request.GET.get("page"))
    context = {"campaign": run, "here": "disclosed", **found}
    return render(request, "portal/disclosed.html", context)


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find words in all that is public."""
    found = finding.find(request.GET.get("q", ""))
    return render(request, "portal/find.html", {"found": found})


@require_safe
def heads(request: HttpRequest) -> HttpResponse:
    """Show where the ledger's chain ended each day, and how to check it."""
    return render(request, "portal/heads.html", {"heads": published_heads()})
