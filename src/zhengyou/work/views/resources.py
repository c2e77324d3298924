"""Resources of a body in a campaign, one resource with what came and was used, totals above."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.views.asking import sent
from zhengyou.people.models import Organisation
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.work.actions import resources as verbs
from zhengyou.work.forms.service import MoveForm, ReasonForm, ReplanForm, ResourceForm
from zhengyou.work.models import Resource, ResourceMove, ResourceOffer
from zhengyou.work.queries import resources as query
from zhengyou.work.rules import service as rules
from zhengyou.work.views import service_finding as finding
from zhengyou.work.views.service_finding import actor_of, body_of, campaign_of, resource_of
from zhengyou.work.views.service_posts import FORM, given_by, offered


@login_required
@require_safe
def resources(request: HttpRequest, organisation: UUID, campaign: UUID) -> HttpResponse:
    """Show what a body planned, got and used in a campaign, and its conditions."""
    body, found = body_of(request, organisation), campaign_of(request, campaign)
    page = query.resources_page(found, body)
    context = {
        "body": body, "campaign": found, "page": page,
        "may": rules.may_keep_resources(actor_of(request), body),
        "crumbs": finding.crumbs(body, ("资源保障", "")), "title": _title(body, page),
    }  # fmt: skip
    return render(request, "work/service/resources.html", context)


def _title(body: Organisation, page: query.ResourcesPage) -> str:
    if not page.conditions:
        return f"{body.name}的资源保障"
    return f"{body.name}，{len(page.conditions)} 项保障条件里 {page.there} 项到位"


@login_required
@require_safe
def totals(request: HttpRequest, organisation: UUID, campaign: UUID) -> HttpResponse:
    """Show the totals of a body and all below it: numbers, nobody who got help."""
    body, found = body_of(request, organisation), campaign_of(request, campaign)
    context = {
        "body": body, "campaign": found, "totals": query.totals(found, body),
        "crumbs": finding.to_resources(body, found, ("合计", "")),
    }  # fmt: skip
    return render(request, "work/service/totals.html", context)


@login_required
@FORM
def new(request: HttpRequest, organisation: UUID, campaign: UUID) -> HttpResponse:
    """Enter a resource; ``?offer=`` begins with what the campaign asks for."""
    body, found = body_of(request, organisation), campaign_of(request, campaign)
    actor = actor_of(request)
    rules.may_keep_resources(actor, body).require()
    offer = offered(request, ResourceOffer.objects.filter(campaign=found))
    names = ("title", "kind", "unit", "guaranteed")
    form = ResourceForm(sent(request), initial=given_by(offer, names))
    if attempt(form, lambda: verbs.plan(actor, found, body, offer=offer, **form.said)):
        messages.success(request, f"“{form.said['title']}”列上了。")
        return redirect("work:resources", body.uid, found.uid)
    intro = offer.hint if offer else ""
    return form_page(
        request, form, title="列一项资源", yes="列上", back=_list(body, found), intro=intro
    )


@login_required
@FORM
def resource(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one resource with what came and was used; note one more."""
    found, actor = resource_of(request, uid), actor_of(request)
    may = rules.may_keep_resources(actor, found.organisation)
    form = MoveForm(sent(request))
    if request.method == "POST":
        may.require()
        if attempt(form, lambda: verbs.note(actor, found, **form.cleaned_data)):
            messages.success(request, "记下了。")
            return redirect("work:resource", found.uid)
    context = {
        "line": query.one(found), "resource": found, "moves": query.moves_of(found), "form": form,
        "may": may, "sees": rules.may_see_recipients(actor, found.organisation),
        "crumbs": finding.to_resources(found.organisation, found.campaign, (found.title, "")),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "work/service/resource.html", context, status=status)


@login_required
@FORM
def replan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Promise another amount or day."""
    found, actor = resource_of(request, uid), actor_of(request)
    rules.may_keep_resources(actor, found.organisation).require()
    given = {"planned": found.planned, "due_on": found.due_on}
    form = ReplanForm(sent(request), initial=given)
    if attempt(form, lambda: verbs.replan(actor, found, **form.cleaned_data)):
        messages.success(request, "计划改好了。")
        return redirect("work:resource", found.uid)
    return form_page(request, form, title=f"改“{found.title}”的计划", yes="存下", back=_to(found))


@login_required
@FORM
def strike(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Strike out what was noted wrongly."""
    rows = ResourceMove.objects.select_related("resource__organisation__parent")
    move = get_object_or_404(rows, uid=uid)
    found, actor = resource_of(request, move.resource.uid), actor_of(request)
    rules.may_keep_resources(actor, found.organisation).require()
    form = ReasonForm(sent(request))
    if attempt(form, lambda: verbs.strike(actor, move, **form.cleaned_data)):
        messages.success(request, "划去了。")
        return redirect("work:resource", found.uid)
    title = f"划去“{move.what}”这一笔"
    return form_page(request, form, title=title, yes="划去", back=_to(found), danger=True)


def _to(found: Resource) -> tuple[str, str]:
    return (found.title, reverse("work:resource", args=[found.uid]))


def _list(body: Organisation, campaign: Campaign) -> tuple[str, str]:
    return ("资源保障", reverse("work:resources", args=[body.uid, campaign.uid]))
