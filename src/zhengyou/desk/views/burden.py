"""The page of the burden meter."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhengyou.desk import burden
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations


@login_required
@require_safe
def meter(request: ActorRequest, uid: Any = None) -> HttpResponse:
    """Show how many fields a body was asked for, month by month; without uid the hat's body."""
    if uid is None:
        if request.actor.hat is None:
            raise Http404
        body = request.actor.hat.organisation
    else:
        rows = Organisation.objects.filter(visible_organisations(request.actor))
        body = get_object_or_404(rows, uid=uid)
    burden.may_see(request.actor, body).require()
    return render(request, "desk/burden.html", {"meter": burden.meter_of(request.actor, body)})
