"""工作台: what is due from me and what awaits my decision. Nothing else."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengyou.desk import queries
from zhengyou.people.middleware import ActorRequest


@login_required
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Show the day's work of whoever is signed in, in the hat worn."""
    desk = queries.desk_of(cast(ActorRequest, request).actor)
    return render(request, "desk/today.html", {"desk": desk})
