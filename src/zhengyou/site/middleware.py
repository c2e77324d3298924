"""Turns the domain's answers into HTTP: refused is 403, out of date is 409, both in words."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused


class AnswersMiddleware:
    """Shows the Chinese reason of a refusal or of a stale page instead of an error page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # No store in between and no cache of a shared computer answers with somebody's page.
        # Not no-store: going back would lose what was typed.
        known = settings.SESSION_COOKIE_NAME in request.COOKIES
        if known and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer :class:`Refused` and :class:`Stale`; leave everything else to Django."""
        if isinstance(problem, Refused):
            return render(request, "ui/refused.html", {"reason": problem.reason}, status=403)
        if isinstance(problem, Stale):
            return render(request, "ui/stale.html", {"reason": problem.reason}, status=409)
        return None
