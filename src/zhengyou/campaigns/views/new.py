"""Begin a campaign from a blueprint, or give one in preparation another file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns import rules
from zhengyou.campaigns.actions import campaigns, manuscripts
from zhengyou.campaigns.blueprint import shipped
from zhengyou.campaigns.forms import BlueprintForm
from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.views.finding import (
    actor_of,
    campaign_of,
    campaign_step,
    crumbs,
    own_body,
)
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Organisation
from zhengyou.ui.ribbon import lay_out


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose a blueprint, see what it says or what is wrong with it, and begin."""
    actor, body = actor_of(request), own_body(request)
    if body is None:
        raise Refused("您现在没有职务，不能新建活动。")
    rules.may_create_campaign(actor, body).require()
    form = _form(request)
    if request.POST.get("do") == "keep" and (kept := _kept(request, form, body)):
        return kept
    if _is_ready(request, form):
        data = form.cleaned_data
        made = campaigns.create(actor, body, data["text"], data["starts_on"])
        messages.success(request, f"“{made.title}”建好了，还没有启动。看过没问题再启动。")
        return redirect("campaigns:campaign", made.uid)
    return _page(request, form, body)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take another blueprint, or another first day, while nothing has been started."""
    actor, found = actor_of(request), campaign_of(request, uid)
    rules.may_replace_blueprint(actor, found).require()
    form = _form(request)
    if _is_ready(request, form):
        data = form.cleaned_data
        campaigns.replace_blueprint(actor, found, data["text"], data["starts_on"])
        messages.success(request, "换好了，照新的蓝图重新排了日期。")
        return redirect("campaigns:campaign", found.uid)
    return _page(request, form, found.organisation, found)


def _kept(request: HttpRequest, form: BlueprintForm, body: Organisation) -> HttpResponse | None:
    """Keep the text as a blueprint of one's own, mistakes and all; None where there is none."""
    form.is_valid()
    if not form.source:
        return None
    made = manuscripts.keep(actor_of(request), body, form.source)
    messages.success(request, "存成自己的蓝图了，在这里接着改。")
    return redirect("campaigns:manuscript", made.uid)


def _form(request: HttpRequest) -> BlueprintForm:
    good = [each for each in shipped() if not each.problems]
    if request.method == "POST":
        return BlueprintForm(request.POST, request.FILES, choices=good)
    return BlueprintForm(choices=good)


def _is_ready(request: HttpRequest, form: BlueprintForm) -> bool:
    """Tell whether the button to begin was pressed and nothing stands in the way."""
    if request.POST.get("do") != "create" or not form.is_valid():
        return False
    if form.cleaned_data["starts_on"] is None:
        form.add_error("starts_on", "请选活动从哪天开始。")
    return form.is_valid()


def _page(
    request: HttpRequest,
    form: BlueprintForm,
    body: Organisation,
    found: Campaign | None = None,
) -> HttpResponse:
    """Show the choice, or what was understood of the file, or what is wrong with it."""
    context: dict[str, Any] = {
        "form": form,
        "body": body,
        "campaign": found,
        "crumbs": crumbs(*([campaign_step(found)] if found else []), (_title(found), "")),
        "title": _title(found),
    }
    if not form.is_bound:
        return render(request, "campaigns/choose.html", context)
    wrong = not form.is_valid()
    if not form.source:  # Nothing was chosen, or what was chosen is no text.
        return render(request, "campaigns/choose.html", context, status=422)
    day = form.cleaned_data.get("starts_on") or (found.starts_on if found else clock.today())
    context["preview"] = _preview(form)
    context["again"] = again = BlueprintForm(initial={"text": form.source, "starts_on": day})
    again.fields["starts_on"].required = True
    return render(request, "campaigns/preview.html", context, status=422 if wrong else 200)


def _preview(form: BlueprintForm) -> dict[str, Any] | None:
    """Return what the file says, with dates where the first day is known and possible."""
    if form.blueprint is None:
        return None
    days = [] if "starts_on" in form.errors else form.phases
    return {
        "summary": form.blueprint.summary(),
        "ribbon": lay_out(form.blueprint.header.title, days, clock.today()) if days else None,
        "days": days,
    }


def _title(found: Campaign | None) -> str:
    return "换一份蓝图" if found else "新建活动"
