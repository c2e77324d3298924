"""How the branch keeps after a promise, step by step; seen by few."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhengyou.pledges import rules
from zhengyou.pledges.actions.supervision import take_step
from zhengyou.pledges.forms import StepForm
from zhengyou.pledges.queries.supervision import steps_of
from zhengyou.pledges.views.finding import actor_of, inside, to_pledge


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def supervision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the five steps with what was done in each; write down one more."""
    pledge, actor = inside(request, uid), actor_of(request)
    rules.may_see_supervision(actor, pledge).require()
    may = rules.may_supervise(actor, pledge)
    form = StepForm(pledge, request.POST or None)
    if request.method == "POST":
        may.require()
        if form.is_valid():
            taken = take_step(actor, pledge, **form.cleaned_data)
            messages.success(request, f"“{taken.get_step_display()}”记下了。")
            return redirect("pledges:supervision", pledge.uid)
    steps = steps_of(pledge)
    context = {
        "pledge": pledge,
        "steps": steps,
        "begun": any(each.taken for each in steps),
        "form": form,
        "may": may,
        "title": f"督促{pledge.name}的承诺",
        "crumbs": to_pledge(pledge, ("督促", "")),
    }
    return render(request, "pledges/supervision.html", context, status=422 if form.errors else 200)
