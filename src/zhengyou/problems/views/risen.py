"""What has climbed to a body because it is overdue."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengyou.people.middleware import ActorRequest
from zhengyou.problems.queries.risen import risen_page
from zhengyou.problems.rules import may_see_ledger
from zhengyou.work.views.finding import body_of


@login_required
@require_safe
def risen(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """List what those below have not mended in time, the longest overdue first."""
    body = body_of(request, organisation)
    may_see_ledger(request.actor, body).require()
    lines, page = risen_page(request.actor, body, request.GET.get("page", "1"))
    home = reverse("people:organisation", args=[body.uid])
    context = {
        "body": body,
        "lines": lines,
        "page": page,
        "crumbs": [("工作台", "/desk/"), (body.name, home), ("上升到本级的问题", "")],
    }
    return render(request, "problems/risen.html", context)
