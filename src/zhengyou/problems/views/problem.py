"""One problem."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from zhengyou.people.middleware import ActorRequest
from zhengyou.problems import rules
from zhengyou.problems.models import Problem


@login_required
@require_safe
def problem(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show one problem and what was done step by step."""
    seen = Problem.objects.filter(rules.visible_problems(request.actor))
    found = get_object_or_404(seen.select_related("organisation", "owner", "subject"), uid=uid)
    context = {"problem": found, "crumbs": [("工作台", "/desk/"), ("一个问题", "")]}
    return render(request, "problems/problem.html", context)
