"""Paper: posters and forms to print, and what was written on them, entered several in a row."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel.verdict import Refused
from zhengyou.remarks import codes
from zhengyou.voices import rules
from zhengyou.voices.actions import writing
from zhengyou.voices.forms.boxes import PaperForm
from zhengyou.voices.models import Box, BoxPlace
from zhengyou.voices.queries import door
from zhengyou.voices.views.finding import BOXES, actor_of, box_of

ROWS = 8
MOST_SHEETS = 200


@login_required
@require_safe
def printed(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask what to print: posters or forms, for which places, how many."""
    box = _printable(request, uid)
    context = {"box": box, "places": box.places.all(), "crumbs": _crumbs(box, "印二维码和纸条")}
    return render(request, "voices/print.html", context)


@login_required
@require_safe
def posters(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a poster for the box and one for each place, a sheet each."""
    box = _printable(request, uid)
    made = door.posters(box, _places(request, box), request.build_absolute_uri("/")[:-1])
    return render(request, "voices/posters.html", {"box": box, "posters": made})


@login_required
@require_safe
def forms(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show forms to fill in by pen, each with a code on its counterfoil."""
    box = _printable(request, uid)
    asked = request.GET.get("each", "2")
    each = min(max(int(asked), 1), 40) if asked.isdecimal() and len(asked) < 4 else 2
    chosen: list[BoxPlace | None] = list(_places(request, box))
    places = chosen or [None]
    made = door.slips(places[: MOST_SHEETS // each], each)
    address = request.build_absolute_uri("/say/")
    context = {"box": box, "slips": made, "address": address, "site": settings.SITE_NAME}
    response = render(request, "voices/forms.html", context)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter what was written on paper; a place chosen in the address is filled in everywhere."""
    box = box_of(request, uid)
    rules.may_enter_paper(actor_of(request), box).require()
    rows = _rows(request, box)
    wrong = ""
    if request.method == "POST" and rows.is_valid():
        try:
            return _entered(request, box, rows)
        except Refused as refusal:
            wrong = refusal.reason
    context = {
        "box": box, "rows": rows, "wrong": wrong, "places": box.places.all(),
        "place": request.GET.get("place", ""), "crumbs": _crumbs(box, "代录纸质意见"),
    }  # fmt: skip
    bad = wrong or rows.total_error_count()
    return render(request, "voices/enter.html", context, status=422 if bad else 200)


def _entered(request: HttpRequest, box: Box, rows: BaseFormSet[PaperForm]) -> HttpResponse:
    slips = [row.slip for row in rows if not row.blank]
    made = writing.enter_paper(actor_of(request), box, slips)
    done = [(slip, codes.spaced(code)) for slip, code in zip(slips, made, strict=True)]
    context = {"box": box, "done": done, "place": request.GET.get("place", ""),
               "crumbs": _crumbs(box, "代录好了")}  # fmt: skip
    response = render(request, "voices/entered.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _rows(request: HttpRequest, box: Box) -> Any:
    made = formset_factory(PaperForm, extra=ROWS)
    place = request.GET.get("place", "")
    initial = [{"place": place}] * ROWS if place else None
    if initial:
        made = formset_factory(PaperForm, extra=0)
    return made(sent(request), form_kwargs={"box": box}, initial=initial)


def _printable(request: HttpRequest, uid: UUID) -> Box:
    box = box_of(request, uid)
    rules.may_print(actor_of(request), box).require()
    return box


def _places(request: HttpRequest, box: Box) -> list[BoxPlace]:
    """Return the places asked for; without any, all of them."""
    asked = set(request.GET.getlist("place"))
    places = list(box.places.all())
    return [place for place in places if not asked or str(place.uid) in asked]


def _crumbs(box: Box, here: str) -> list[tuple[str, str]]:
    return [BOXES, (box.title, f"/boxes/{box.uid}/"), (here, "")]
