"""The working-day calendar: the built-in one, and what was put into it by hand."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhengyou.kernel import clock
from zhengyou.kernel.models import SpecialDay
from zhengyou.kernel.workdays import day_kind, is_arranged
from zhengyou.people import rules
from zhengyou.people.actions.days import clear_day, set_day
from zhengyou.people.forms.days import DayForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.views.trying import attempt

AHEAD = 120  # days shown, those with a name only


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def days(request: ActorRequest) -> HttpResponse:
    """Show the calendar ahead and change a day of it."""
    form = DayForm(request.POST or None)
    verdict = rules.may_set_days(request.actor)
    if request.method == "POST":
        verdict.require()
        if attempt(form, lambda: set_day(request.actor, **form.cleaned_data)):
            messages.success(request, "工作日历改好了。")
            return redirect("people:days")
    today = clock.today()
    ahead = [(day, day_kind(day)) for day in (today + timedelta(n) for n in range(AHEAD))]
    context = {
        "form": form, "verdict": verdict, "rows": SpecialDay.objects.order_by("-day")[:200],
        "ahead": [(day, kind) for day, kind in ahead if kind.title],
        "years": [(year, is_arranged(year)) for year in (today.year, today.year + 1)],
    }  # fmt: skip
    return render(request, "people/days.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def clear(request: ActorRequest, pk: int) -> HttpResponse:
    """Leave a day to the built-in calendar again."""
    row = get_object_or_404(SpecialDay, pk=pk)
    clear_day(request.actor, row)
    messages.success(request, "这一天照国家的安排算了。")
    return redirect("people:days")
