"""A survey in public: the questions, thanks, and the results once it is closed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengyou.remarks import codes, laying, limits
from zhengyou.remarks.views.public import apart
from zhengyou.voices import rules
from zhengyou.voices.actions import surveys
from zhengyou.voices.doors import door_of
from zhengyou.voices.forms.surveys import SheetForm
from zhengyou.voices.models import Box, BoxKind, BoxPlace
from zhengyou.voices.queries.results import results_of
from zhengyou.voices.rules import surveys as survey_rules
from zhengyou.voices.views.finding import actor_of, public_box_of


def put_in(request: HttpRequest, box: Box, at: BoxPlace | None) -> HttpResponse:
    """Ask the questions and take in one more sheet."""
    questions = list(box.questions.all())
    if request.method != "POST":
        initial = {"token": laying.new_token()}
        form = SheetForm(box=box, questions=questions, at=at, initial=initial)
        return _page(request, box, at, form)
    form = SheetForm(request.POST, box=box, questions=questions, at=at)
    if not rules.takes_voices(box) or not form.is_valid():
        return _page(request, box, at, form, 422)
    door = door_of(request, box, at)
    try:
        door.check()
        token = form.cleaned_data["token"]
        made = surveys.hand_in(box, form.filled, form.meant, token, door.admit)
    except limits.Full as full:
        form.add_error(None, full.words)
        response = _page(request, box, at, form, 429)
        response["Retry-After"] = str(full.room.wait)
        return response
    said = [(question.text, codes.spaced(code)) for question, code in made]
    return apart(request, "voices/survey_receipt.html", {"box": box, "said": said}, kept=False)


def _page(
    request: HttpRequest, box: Box, at: BoxPlace | None, form: SheetForm, status: int = 200
) -> HttpResponse:
    context = {
        "box": box, "at": at, "form": form, "open": rules.takes_voices(box),
        "told": survey_rules.told(box),
    }  # fmt: skip
    return apart(request, "voices/survey.html", context, status)


@require_safe
def results(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what may be told of a closed survey."""
    box = _survey_of(uid)
    survey_rules.told(box).require()
    return apart(request, "voices/survey_results.html", {"box": box, "results": results_of(box)})


def _survey_of(uid: UUID) -> Box:
    box = public_box_of(uid)
    return get_object_or_404(
        Box.objects.select_related("organisation"), pk=box.pk, kind=BoxKind.SURVEY
    )


def inside_part(request: HttpRequest, box: Box) -> tuple[str, dict[str, Any]]:
    """Say from within how a survey stands, and lead to its questions, sheets and results."""
    actor = actor_of(request)
    return "voices/survey_part.html", {
        "questions": box.questions.count(),
        "sheets": box.sheets.count(),
        "words_url": reverse("voices:words", args=[box.uid]),
        "ask": survey_rules.may_ask(actor, box),
        "read": survey_rules.may_read_words(actor, box),
        "enter": rules.may_enter_paper(actor, box) & survey_rules.takes_sheets(box),
        "told": survey_rules.told(box),
    }
