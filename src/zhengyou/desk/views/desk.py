"""工作台: what is due from me and what awaits my decision. Nothing else."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengyou.desk import finding, queries
from zhengyou.people.middleware import ActorRequest


@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the day's work of whoever is signed in, in the hat worn."""
    desk = queries.desk_of(cast(ActorRequest, request).actor)
    return render(request, "desk/today.html", {"desk": desk})


@login_required
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Find people, bodies, plans and pledges that one may see, in the hat worn."""
    found = finding.find(cast(ActorRequest, request).actor, request.GET.get("q", ""))
    title = f"“{found.text}”，找到 {found.count} 条" if found.count else f"没有找到“{found.text}”"
    return render(request, "desk/find.html", {"found": found, "title": title})
