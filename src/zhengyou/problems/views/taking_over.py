"""What earlier campaigns left unfinished, to be gone on with in one that runs."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import paths
from zhengyou.ledger import book
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.views.trying import attempt
from zhengyou.problems.actions.taking_over import take_over
from zhengyou.problems.forms.gathering import MembersForm
from zhengyou.problems.models import Problem
from zhengyou.problems.rules import may_see_ledger
from zhengyou.problems.rules import taking_over as rules
from zhengyou.work.views.finding import body_of

MOST = 200
"""Problems shown at a time, the oldest first."""


class TakeOverForm(MembersForm):
    """Which problems go on, and in which campaign."""

    campaign: forms.ModelChoiceField = forms.ModelChoiceField(
        label="接到哪个活动",
        queryset=Campaign.objects.none(),
        empty_label=None,
        error_messages={"required": "选一个正在办的活动。"},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def left_over(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """List what is left over, and take it over."""
    body = body_of(request, organisation)
    may_see_ledger(request.actor, body).require()
    rows = Problem.objects.filter(rules.left_over(request.actor, body))
    shown = list(rows.select_related("organisation__parent", "campaign").order_by("pk")[:MOST])
    form = TakeOverForm(request.POST if request.method == "POST" else None, rows=shown)
    form.fields["campaign"].queryset = running = _running(body)  # type: ignore[attr-defined]
    first = running.first()
    may = rules.may_take_over(request.actor, body, first) if first else None
    if request.method == "POST":
        if may is not None:
            may.require()
        if attempt(form, lambda: _take(request, form)):
            messages.success(request, "接过来了，重新定措施和期限；原来的记录都留着。")
            return redirect(reverse("problems:left_over", args=[body.uid]))
    home = reverse("people:organisation", args=[body.uid])
    context = {
        "body": body,
        "form": form,
        "rows": shown,
        "may": may,
        "crumbs": [("工作台", "/desk/"), (body.name, home), ("以前没改完的问题", "")],
    }
    status = 422 if form.errors else 200
    return render(request, "problems/left_over.html", context, status=status)


def _take(request: ActorRequest, form: TakeOverForm) -> None:
    with book.writing():
        for row in form.members:
            take_over(request.actor, row, form.cleaned_data["campaign"])


def _running(body: Organisation) -> QuerySet[Campaign]:
    line = [body.path, *paths.ancestors(body.path)]
    rows = Campaign.objects.filter(state=CampaignState.OPEN, organisation__path__in=line)
    return rows.select_related("organisation").order_by("-starts_on", "-pk")
