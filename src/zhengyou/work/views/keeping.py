"""Pages of what a campaign asks for: all duties, one with its history; add, change, end."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns import parts
from zhengyou.campaigns.blueprint import dump
from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.views.asking import sent
from zhengyou.campaigns.views.finding import actor_of, campaign_of
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.work.actions import duties
from zhengyou.work.asking import still_asked
from zhengyou.work.beginnings import beginnings_of
from zhengyou.work.forms.keeping import DutyForm, EndDutyForm
from zhengyou.work.models import Duty
from zhengyou.work.queries import keeping as pages
from zhengyou.work.rules import keeping

ASKED = ["GET", "HEAD", "POST"]
Crumbs = list[tuple[str, str]]


@login_required
@require_safe
def index(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Show what a campaign asks for."""
    found = campaign_of(request, campaign)
    context = {
        "campaign": found,
        "views": pages.duties_of(found),
        "may": keeping.may_change_duties(actor_of(request), found),
        "crumbs": _crumbs(found),
    }
    return render(request, "work/duties/index.html", context)


@login_required
@require_safe
def show(request: HttpRequest, campaign: UUID, code: str) -> HttpResponse:
    """Show one duty: what it asks for now, later, and asked for before."""
    found, duty = _find(request, campaign, code)
    context = {
        "campaign": found,
        "view": pages.view_of(duty, found),
        "may": keeping.may_change_duties(actor_of(request), found),
        "may_change": keeping.may_change_terms(actor_of(request), duty),
        "crumbs": _crumbs(found, (duty.title, "")),
    }
    return render(request, "work/duties/show.html", context)


@login_required
@require_http_methods(ASKED)
def new(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Ask for something more."""
    actor, found = actor_of(request), campaign_of(request, campaign)
    keeping.may_change_duties(actor, found).require()
    text = dump(found)
    part = parts.find(text, "+duty")
    assert part is not None
    form = DutyForm(part, text, None, sent(request))

    def save() -> str:
        assert form.asked_for is not None
        data = form.cleaned_data
        made = duties.add(actor, found, form.asked_for, data["since"], data["reason"])
        return f"加好了任务“{made.title}”。"

    if _saved(request, form, save):
        return redirect("work:duties", found.uid)
    return _form(request, found, form, "加一项任务", reverse("work:duties", args=[found.uid]))


@login_required
@require_http_methods(ASKED)
def change(request: HttpRequest, campaign: UUID, code: str) -> HttpResponse:
    """Ask for something else from a period on."""
    actor = actor_of(request)
    found, duty = _find(request, campaign, code)
    keeping.may_change_terms(actor, duty).require()
    text = dump(found)
    part = parts.find(text, f"duty.{code}")
    if part is None:
        raise Http404
    form = DutyForm(part, text, beginnings_of(duty, clock.today()), sent(request))

    def save() -> str:
        assert form.asked_for is not None
        data = form.cleaned_data
        made = duties.change_terms(actor, duty, form.asked_for, data["since"], data["reason"])
        return "改好了。" if made else "和原来一样，没有改动。"

    if _saved(request, form, save):
        return redirect("work:duty", found.uid, code)
    return _form(request, found, form, f"改“{duty.title}”", _page(duty))


@login_required
@require_http_methods(ASKED)
def end(request: HttpRequest, campaign: UUID, code: str) -> HttpResponse:
    """Ask no longer from a period on."""
    actor = actor_of(request)
    found, duty = _find(request, campaign, code)
    keeping.may_change_duties(actor, found).require()
    if still_asked(duty, clock.today()) is None:
        raise Http404
    form = EndDutyForm(beginnings_of(duty, clock.today()), sent(request))

    def save() -> str:
        duties.end(actor, duty, form.cleaned_data["since"], form.cleaned_data["reason"])
        return f"任务“{duty.title}”停了，做过的都在。"

    if _saved(request, form, save):
        return redirect("work:duty", found.uid, code)
    return _form(request, found, form, f"停掉“{duty.title}”", _page(duty), yes="停掉")


def _find(request: HttpRequest, campaign: UUID, code: str) -> tuple[Campaign, Duty]:
    found = campaign_of(request, campaign)
    duty = pages.duty_of(found, code)
    if duty is None:
        raise Http404
    return found, duty


def _saved(request: HttpRequest, form: forms.Form, save: Callable[[], str]) -> bool:
    """Save a form that is in order, and say so; what is refused stands above the form."""
    if not form.is_valid():
        return False
    try:
        messages.success(request, save())
    except (Refused, Stale) as problem:
        form.add_error(None, problem.reason)
        return False
    return True


def _form(
    request: HttpRequest,
    campaign: Campaign,
    form: forms.Form,
    title: str,
    back: str,
    yes: str = "存下",
) -> HttpResponse:
    context = {
        "campaign": campaign, "form": form, "title": title, "back": back, "yes": yes,
        "crumbs": _crumbs(campaign, (title, "")),
    }  # fmt: skip
    status = 422 if form.is_bound else 200
    return render(request, "work/duties/form.html", context, status=status)


def _page(duty: Duty) -> str:
    return reverse("work:duty", args=[duty.campaign.uid, duty.code])


def _crumbs(campaign: Campaign, *steps: tuple[str, str]) -> Crumbs:
    here = reverse("work:duties", args=[campaign.uid]) if steps else ""
    return [
        (campaign.title, reverse("campaigns:campaign", args=[campaign.uid])),
        ("任务要求", here),
        *steps,
    ]
