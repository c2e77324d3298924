"""The question before something that cannot be undone, as a page for browsers without scripts."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from zhengyou.kernel.verdict import Verdict


def sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent for a form, None where it was only asked for: an empty form is an
    answer, too."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest,
    verdict: Verdict,
    do: Callable[[], HttpResponse],
    *,
    title: str,
    yes: str,
    back: str,
    text: str = "",
) -> HttpResponse:
    """Do it on POST, else ask first.

    Args:
        verdict: of the rule; a no is answered at once.
        do: what to do, returning where to go then.
        title: the question; text: what follows from a yes; yes: the words on the button.
        back: address to go back to.
    """
    verdict.require()
    if request.method == "POST":
        return do()
    context = {"title": title, "text": text, "yes": yes, "url": request.path, "back": back}
    return render(request, "ui/confirm.html", context)
