"""Turns the domain's answers into HTTP: refused is 403, out of date is 409, both in words.

And keeps the pages apart on which the public speaks without a name.
"""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.labour.urls import CONFIDENTIAL
from zhengyou.remarks.urls import APART
from zhengyou.site import logs


class AnswersMiddleware:
    """Shows the Chinese reason of a refusal or of a stale page instead of an error page.

    An address that asks for a NUL character is no question: forms refuse it, and PostgreSQL breaks
    on it wherever a page looks for what stands in its address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("a NUL character in the address")
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


class ApartMiddleware:
    """Where the public writes, nobody is known: stands before everything that knows somebody.

    The cookies of session and messages are taken off, so that whoever is signed in is a stranger
    here, too; nothing is logged of the request but that something broke, without its address.
    Where something exists for a few only, people are known, but no log says that they were there.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(CONFIDENTIAL):
            return self._unlogged(request)
        if not request.path_info.startswith(APART):
            return self.get_response(request)
        for name in (settings.SESSION_COOKIE_NAME, "messages"):
            request.COOKIES.pop(name, None)
        return self._unlogged(request)

    def _unlogged(self, request: HttpRequest) -> HttpResponse:
        with logs.apart():
            response = self.get_response(request)
        # Django's last words about a request are logged behind us, unless somebody has done so.
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response
