"""Choosing the documents that a plan or a campaign rests on."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns import receiving as rules
from zhengyou.campaigns.actions import directives
from zhengyou.campaigns.forms_basis import CiteForm
from zhengyou.campaigns.models import Citation
from zhengyou.campaigns.queries import basis
from zhengyou.campaigns.views.asking import sent
from zhengyou.campaigns.views.finding import (
    Crumbs,
    actor_of,
    campaign_of,
    campaign_step,
    crumbs,
    plan_of,
    plan_step,
)
from zhengyou.people.models import Organisation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose what a plan rests on, of what its body received."""
    actor, plan = actor_of(request), plan_of(request, uid)
    rules.may_cite_in_plan(actor, plan).require()
    kept = list(Citation.objects.filter(plan=plan).values_list("directive_id", flat=True))
    form = CiteForm(basis.choices(plan.organisation, kept), kept, sent(request))
    if form.is_valid():
        directives.cite_in_plan(actor, plan, form.directives)
        messages.success(request, "依据存好了。")
        return redirect("campaigns:plan", plan.uid)
    way = crumbs(campaign_step(plan.campaign), plan_step(plan), ("选依据", ""))
    return _page(request, form, plan.organisation, way)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_campaign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose what a campaign rests on, of what its body received."""
    actor, found = actor_of(request), campaign_of(request, uid)
    rules.may_cite_in_campaign(actor, found).require()
    kept = list(Citation.objects.filter(campaign=found).values_list("directive_id", flat=True))
    form = CiteForm(basis.choices(found.organisation, kept), kept, sent(request))
    if form.is_valid():
        directives.cite_in_campaign(actor, found, form.directives)
        messages.success(request, "依据存好了。")
        return redirect("campaigns:campaign", found.uid)
    return _page(request, form, found.organisation, crumbs(campaign_step(found), ("选依据", "")))


def _page(request: HttpRequest, form: CiteForm, body: Organisation, way: Crumbs) -> HttpResponse:
    context = {"form": form, "body": body, "crumbs": way, "back": way[-2][1]}
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/cite.html", context, status=status)
