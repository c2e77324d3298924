"""Second beat of views with a form: call the verb; a refusal goes back into the form."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhengyou.kernel.verdict import Refused


def attempt(form: forms.Form, verb: Callable[[], Any]) -> bool:
    """Do ``verb`` if the form is sound; write a refusal into the form, so that nothing is lost.

    Whether somebody may at all is asked before (403); what is refused here is a matter of what
    was typed.
    """
    if not form.is_valid():
        return False
    try:
        verb()
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    yes: str,
    back: tuple[str, str],
    here: str = "",
    intro: str = "",
    danger: bool = False,
) -> HttpResponse:
    """Render a page with one form.

    Args:
        title: the H1; yes: the words on the button; intro: what follows from it.
        here: last step of the breadcrumb, where it is not ``yes``.
        back: name and address of the page it belongs to.
    """
    context = {
        "form": form, "title": title, "yes": yes, "back": back[1], "intro": intro, "danger": danger,
        "crumbs": [back, (here or yes, "")],
    }  # fmt: skip
    return render(request, "people/form.html", context, status=422 if form.errors else 200)
