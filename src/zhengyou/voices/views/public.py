"""The public page of a box. Nobody is known here: no session, no actor, no message, no log line."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhengyou.remarks import codes, laying, limits
from zhengyou.remarks.views.public import apart
from zhengyou.voices import kinds, rules
from zhengyou.voices.actions import writing
from zhengyou.voices.doors import Door, door_of
from zhengyou.voices.forms.public import VoiceForm
from zhengyou.voices.models import Box, BoxPlace
from zhengyou.voices.queries.public import public_box
from zhengyou.voices.views.finding import place_of, public_box_of


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def put_in(request: HttpRequest, uid: UUID, place: UUID | None = None) -> HttpResponse:
    """Ask the question, take in one more voice, show what was said and what became of it."""
    box = public_box_of(uid)
    at = place_of(box, place) if place else None
    own = kinds.of(box).put_in
    if own is not None:
        return own(request, box, at)
    if request.method != "POST":
        initial = {"token": laying.new_token()}
        return page(request, box, at, VoiceForm(box=box, at=at, initial=initial))
    form, door = VoiceForm(request.POST, box=box, at=at), door_of(request, box, at)
    if not rules.takes_voices(box) or not form.is_valid():
        return page(request, box, at, form, 422)
    try:
        door.check()  # before anything is written: a flood costs little
        code = writing.put_in(box, form.slip, form.cleaned_data["token"], door.admit)
    except limits.Full as full:
        return no_room(request, door, form, full)
    return receipt(request, box, code)


def receipt(request: HttpRequest, box: Box, code: str) -> HttpResponse:
    """Thank, and show the code this once."""
    context = {"box": box, "code": codes.spaced(code)}
    return apart(request, "voices/receipt.html", context, kept=False)


def no_room(request: HttpRequest, door: Door, form: VoiceForm, full: limits.Full) -> HttpResponse:
    """Say that the box takes nothing more this hour, and how it still can be said."""
    form.add_error(None, full.words)
    response = page(request, door.box, door.place, form, 429)
    response["Retry-After"] = str(full.room.wait)
    return response


def page(
    request: HttpRequest, box: Box, at: BoxPlace | None, form: VoiceForm, status: int = 200
) -> HttpResponse:
    """Render the public page of a box."""
    part = kinds.of(box).public_part
    context = {
        "box": box, "at": at, "form": form, "open": rules.takes_voices(box),
        "public": public_box(box, at, request.GET.get("page")),
        "part": part(request, box) if part else None,
    }  # fmt: skip
    return apart(request, "voices/put_in.html", context, status)
