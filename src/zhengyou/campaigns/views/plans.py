"""A body's plan: adopt, read, write, send up, take back, publish."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns import rules
from zhengyou.campaigns.actions import plans
from zhengyou.campaigns.forms import PlanForm
from zhengyou.campaigns.models import Plan
from zhengyou.campaigns.queries.again import last_time
from zhengyou.campaigns.queries.plan_page import plan_page
from zhengyou.campaigns.queries.plans import sections_of
from zhengyou.campaigns.views.asking import ask
from zhengyou.campaigns.views.finding import (
    actor_of,
    campaign_of,
    campaign_step,
    crumbs,
    own_body,
    plan_of,
    plan_step,
)
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take part: begin the plan of the body whose hat is worn."""
    actor, body, found = actor_of(request), own_body(request), campaign_of(request, uid)
    if body is None:
        raise Refused("采用活动要由书记或副书记来办。")

    def do() -> HttpResponse:
        plan = plans.adopt(actor, found, body)
        messages.success(request, "采用了。方案先替您填好，请照本支部的实际改一改。")
        return redirect("campaigns:edit_plan", plan.uid)

    return ask(
        request,
        rules.may_adopt(actor, found, body),
        do,
        title=f"{body.name}采用“{found.title}”吗？",
        text="采用以后，系统先把方案填好，领导小组和工作组也设好，照实际改了再送审。",
        yes="采用活动",
        back=reverse("campaigns:campaign", args=[found.uid]),
    )


@login_required
@require_safe
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a plan, where it stands and what may be done with it."""
    plan = plan_of(request, uid)
    context = {
        "plan": plan,
        "page": plan_page(actor_of(request), plan),
        "crumbs": crumbs(campaign_step(plan.campaign), (f"{plan.organisation.name}的方案", "")),
    }
    return render(request, "campaigns/plan.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write the sections; what is typed stays on the page whatever comes between."""
    actor, plan = actor_of(request), plan_of(request, uid)
    rules.may_edit_plan(actor, plan).require()
    form = PlanForm(plan, sections_of(plan), request.POST or None)
    status = 200
    if form.is_valid():
        try:
            changed = plans.write(actor, plan, form.texts, form.cleaned_data["revision"])
        except (Stale, Refused) as problem:
            form.add_error(None, problem.reason)
            status = 409 if isinstance(problem, Stale) else 422
        else:
            messages.success(request, "存下了。" if changed else "和原来一样，没有改动。")
            name = "edit_plan" if request.POST.get("do") == "stay" else "plan"
            return redirect(f"campaigns:{name}", plan.uid)
    return _edit_page(request, plan, form, 422 if form.errors and status == 200 else status)


def _edit_page(request: HttpRequest, plan: Plan, form: PlanForm, status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": plan,
        "form": form,
        "last": last_time(plan),
        "may_seat": rules.may_seat(actor_of(request), plan),
        "crumbs": crumbs(campaign_step(plan.campaign), plan_step(plan), ("写方案", "")),
    }
    return render(request, "campaigns/plan_edit.html", context, status=status)


@login_required
@require_POST
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send the plan up."""
    plan = plan_of(request, uid)
    plan.submit(actor_of(request))
    messages.success(request, "方案送上去了，上级审过会出现在工作台上。")
    return redirect("campaigns:plan", plan.uid)


@login_required
@require_POST
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take it back before anybody has decided."""
    plan = plan_of(request, uid)
    plan.take_back(actor_of(request))
    messages.success(request, "收回来了，改好再送。")
    return redirect("campaigns:plan", plan.uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Make it public."""
    actor, plan = actor_of(request), plan_of(request, uid)

    def do() -> HttpResponse:
        plan.publish(actor)
        messages.success(request, "方案公开了，群众在公开页上看得到。")
        return redirect("campaigns:plan", plan.uid)

    return ask(
        request,
        rules.may_publish_plan(actor, plan),
        do,
        title="公开这份方案吗？",
        text="公开以后群众在公开页上看得到，不能再收回。",
        yes="公开方案",
        back=reverse("campaigns:plan", args=[plan.uid]),
    )
