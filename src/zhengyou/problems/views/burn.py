"""How the problems of a body burn down."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengyou.kernel import clock
from zhengyou.people.forms.fields import day_of
from zhengyou.people.middleware import ActorRequest
from zhengyou.problems import rules
from zhengyou.problems.queries.burn import HIGH, burn_of
from zhengyou.problems.views.finding import body_of, to_ledger


@login_required
@require_safe
def burn(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """Show the chart and the figures by source and state as of a day."""
    body = body_of(request, organisation)
    rules.may_see_ledger(request.actor, body).require()
    day = day_of(request)
    context = {
        "body": body,
        "burn": burn_of(request.actor, body, day),
        "high": HIGH,
        "day": day,
        "today": clock.today(),
        "crumbs": to_ledger(request, body, ("销号图", "")),
    }
    return render(request, "problems/burn.html", context)
