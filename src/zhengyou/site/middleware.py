"""Turns the domain's answers into HTTP: refused is 403, out of date is 409, both in words."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused


class AnswersMiddleware:
    """Shows the Chinese reason of a refusal or of a stale page instead of an error page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer :class:`Refused` and :class:`Stale`; leave everything else to Django."""
        if isinstance(problem, Refused):
            return render(request, "ui/refused.html", {"reason": problem.reason}, status=403)
        if isinstance(problem, Stale):
            return render(request, "ui/stale.html", {"reason": problem.reason}, status=409)
        return None
