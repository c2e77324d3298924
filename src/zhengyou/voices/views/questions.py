"""The questions of a survey, and its sheets of paper."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns.views.asking import sent
from zhengyou.people.views.trying import attempt
from zhengyou.remarks import laying
from zhengyou.voices import rules
from zhengyou.voices.actions import surveys
from zhengyou.voices.forms.surveys import QuestionForm, SheetForm, typed
from zhengyou.voices.models import Box, Question
from zhengyou.voices.queries.results import results_of, words_of
from zhengyou.voices.rules import surveys as survey_rules
from zhengyou.voices.views.finding import BOXES, actor_of, box_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """List the questions; add one."""
    box, form = box_of(request, uid), QuestionForm(sent(request))
    may = survey_rules.may_ask(actor_of(request), box)
    if form.is_bound:
        may.require()
    if attempt(form, lambda: surveys.ask(actor_of(request), box, form.asked)):
        messages.success(request, "加了一道题。")
        return redirect("voices:questions", uid)
    context = {
        "box": box, "form": form, "questions": box.questions.all(),
        "ask": may, "crumbs": _crumbs(box, "题目"),
    }  # fmt: skip
    return render(request, "voices/questions.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, uid: UUID, question: UUID) -> HttpResponse:
    """Give a question other words, or take it out."""
    box, actor = box_of(request, uid), actor_of(request)
    found = get_object_or_404(Question, box=box, uid=question)
    if request.POST.get("do") == "drop":
        surveys.drop(actor, found)
        messages.success(request, "去掉了一道题。")
        return redirect("voices:questions", uid)
    form, may = QuestionForm(sent(request), initial=typed(found)), survey_rules.may_ask(actor, box)
    if form.is_bound:
        may.require()
    if attempt(form, lambda: surveys.reword(actor, found, form.asked)):
        messages.success(request, "改好了。")
        return redirect("voices:questions", uid)
    context = {
        "box": box, "form": form, "question": found, "ask": may,
        "crumbs": _crumbs(box, "改题目"),
    }  # fmt: skip
    return render(request, "voices/question.html", context, status=422 if form.errors else 200)


@login_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter one sheet of paper after the other; the place stays chosen."""
    box, actor = box_of(request, uid), actor_of(request)
    (rules.may_enter_paper(actor, box) & survey_rules.takes_sheets(box)).require()
    initial = {"token": laying.new_token(), "place": request.GET.get("place", "")}
    form = SheetForm(sent(request), box=box, questions=list(box.questions.all()), initial=initial)

    def keep() -> None:
        surveys.enter(actor, box, form.filled, form.meant, form.cleaned_data["token"])

    if attempt(form, keep):
        messages.success(request, "录好一张，接着录下一张。")
        place = f"?place={form.meant.uid}" if form.meant else ""
        return redirect(f"{request.path}{place}")
    context = {"box": box, "form": form, "crumbs": _crumbs(box, "代录答卷")}
    return render(request, "voices/enter_sheet.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the survey as a sheet of paper to be filled in by pen."""
    box = box_of(request, uid)
    rules.may_print(actor_of(request), box).require()
    context = {"box": box, "questions": box.questions.all(), "places": box.places.all()}
    return render(request, "voices/sheet.html", context)


@login_required
@require_safe
def results(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the results from within: no more than everybody sees."""
    box = box_of(request, uid)
    survey_rules.told(box).require()
    context = {"box": box, "results": results_of(box), "crumbs": _crumbs(box, "结果")}
    return render(request, "voices/results.html", context)


@login_required
@require_safe
def words(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was written freely, question by question, to whoever collates."""
    box = box_of(request, uid)
    survey_rules.may_read_words(actor_of(request), box).require()
    asked = words_of(box, request.GET.get("question", ""), request.GET.get("page"))
    return render(
        request, "voices/words.html", {"box": box, **asked, "crumbs": _crumbs(box, "自己写的话")}
    )


def _crumbs(box: Box, here: str) -> list[tuple[str, str]]:
    return [BOXES, (box.title, f"/boxes/{box.uid}/"), (here, "")]
