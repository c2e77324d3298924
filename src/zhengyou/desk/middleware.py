"""Counts for the burden meter what forms asked for, once each was taken in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from zhengyou.desk import burden
from zhengyou.people.actor import Actor
from zhengyou.ui.tags.forms import ASKED


class BurdenMiddleware:
    """A form that was sent in and led on counts; one that came back with faults does not yet."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.method == "POST" and request.user.is_authenticated  # signing in is no form
        response = self.get_response(request)
        if known and response.status_code in (302, 303):
            marks = request.POST.getlist(ASKED)
            match = request.resolver_match
            if marks and match:
                actor: Actor = request.actor  # type: ignore[attr-defined]
                burden.count(actor, match.app_name, marks)
        return response
