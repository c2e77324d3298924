"""The level above reads a plan and answers: to each section what to mend, or yes."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns import rules
from zhengyou.campaigns.forms import ReviewForm
from zhengyou.campaigns.models import Plan
from zhengyou.campaigns.queries.consultations import opinions_on_plan
from zhengyou.campaigns.queries.desk import waiting_plans
from zhengyou.campaigns.queries.plans import groups_of, last_return, sections_of
from zhengyou.campaigns.views.finding import (
    actor_of,
    campaign_step,
    crumbs,
    plan_of,
    plan_step,
)
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import Actor


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what came up, with what changed since it was returned, and take the answer."""
    actor, plan = actor_of(request), plan_of(request, uid)
    form = ReviewForm(plan, sections_of(plan), request.POST or None)
    status = 200
    if form.is_valid():
        try:
            _answer(request, actor, plan, form)
        except (Stale, Refused) as problem:
            plan = plan_of(request, uid)  # As it is now; what was typed stays.
            form = ReviewForm(plan, sections_of(plan), _with_revision(request, plan))
            form.add_error(None, problem.reason)
            status = 409 if isinstance(problem, Stale) else 403
        else:
            return redirect("campaigns:plan", plan.uid)
    return _page(request, actor, plan, form, status)


def _with_revision(request: HttpRequest, plan: Plan) -> dict[str, str]:
    """Return what was sent, about the draft that is now on the page."""
    return request.POST.dict() | {"revision": str(plan.revision)}


def _answer(request: HttpRequest, actor: Actor, plan: Plan, form: ReviewForm) -> None:
    reason, revision = form.cleaned_data["reason"], form.cleaned_data["revision"]
    if request.POST.get("do") == "approve":
        rules.nothing_to_mend(form.reasons).require()
        plan.approve(actor, reason=reason, revision=revision)
        messages.success(request, f"同意了{plan.organisation.name}的方案，由他们自己公开。")
    else:
        plan.send_back(actor, form.reasons, reason=reason, revision=revision)
        messages.success(request, f"退回了{plan.organisation.name}的方案，意见他们看得到。")


def _page(
    request: HttpRequest, actor: Actor, plan: Plan, form: ReviewForm, status: int
) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "verdict": rules.may_review_plan(actor, plan),
        "returned": last_return(plan),
        "groups": groups_of(plan),
        "consulted": opinions_on_plan(plan),
        "waiting": waiting_plans(actor),
        "crumbs": crumbs(campaign_step(plan.campaign), plan_step(plan), ("审方案", "")),
    }
    return render(request, "campaigns/review.html", context, status=status)
