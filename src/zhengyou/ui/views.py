"""The kit page: every component in every state, with invented data. For those who build pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengyou.ui import kit as specimens


@require_safe
def kit(request: HttpRequest) -> HttpResponse:
    """Show the kit. Public, since it holds nothing real; kept out of search engines."""
    response = render(request, "ui/kit.html", specimens.context(request))
    response["X-Robots-Tag"] = "noindex"
    return response
