"""Series of records: change what the next one begins with, end it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.work import rules
from zhengyou.work.actions import series as acts
from zhengyou.work.forms.acts import SeriesForm
from zhengyou.work.models import RecordSeries
from zhengyou.work.views.finding import actor_of, series_of, to_book


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a series."""
    found = series_of(request, uid)
    rules.may_keep_series(actor_of(request), found).require()
    form = SeriesForm(found, request.POST or None)
    if form.is_valid() and _changed(request, found, form):
        messages.success(request, "系列改好了，下一次照新的来。")
        return redirect("work:book", found.organisation.uid)
    context = {
        "series": found,
        "form": form,
        "crumbs": to_book(found.organisation, (found.title, "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "work/records/series.html", context, status=status)


def _changed(request: HttpRequest, found: RecordSeries, form: SeriesForm) -> bool:
    data = form.cleaned_data
    try:
        acts.change(
            actor_of(request), found, title=data["title"], place=data["place"],
            day=int(data["day"] or 0), at=data["at"],
        )  # fmt: skip
    except (Refused, Stale) as problem:
        form.add_error(None, problem.reason)
        return False
    return True


@login_required
@require_POST
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a series."""
    found = series_of(request, uid)
    acts.end(actor_of(request), found)
    messages.success(request, f"“{found.title}”这个系列结束了，记过的都在。")
    return redirect("work:book", found.organisation.uid)
