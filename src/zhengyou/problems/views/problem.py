"""One problem: its page, and the verbs that need no words or go with files."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhengyou.campaigns.views.asking import sent
from zhengyou.files.actions import receive
from zhengyou.files.bad_file import BadFile
from zhengyou.files.queries import attachments_of
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.views.trying import attempt
from zhengyou.problems import rules
from zhengyou.problems.actions import extending, judging, mending
from zhengyou.problems.forms.mending import SubmitForm, VerifyForm, WhyForm
from zhengyou.problems.models import Extension, Measure, Problem
from zhengyou.problems.queries.problem_page import problem_page
from zhengyou.problems.queries.ties import ties_of
from zhengyou.problems.views.finding import page_of, problem_of, to_ledger
from zhengyou.problems.views.raising import ASKED

PASS, BACK = "pass", "back"


@login_required
@require_safe
def problem(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show one problem and what was done step by step."""
    found = problem_of(request, uid)
    context = {
        "problem": found,
        "page": problem_page(request.actor, found),
        "ties": ties_of(request.actor, found),
        "crumbs": to_ledger(request, found.organisation, ("一个问题", "")),
    }
    return render(request, "problems/problem.html", context)


@login_required
@require_POST
def start(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Begin to mend."""
    found = problem_of(request, uid)
    mending.start(request.actor, found)
    messages.success(request, "开始整改了。")
    return redirect("problems:problem", uid)


@login_required
@require_POST
def take_back(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take back what was handed in."""
    found = problem_of(request, uid)
    mending.take_back(request.actor, found)
    messages.success(request, "收回了，可以接着改。")
    return redirect("problems:problem", uid)


@login_required
@require_POST
def tick_off(request: ActorRequest, uid: UUID, measure: UUID) -> HttpResponse:
    """Note that a measure is done."""
    found = problem_of(request, uid)
    rows = Measure.objects.select_related("problem", "who")
    row = get_object_or_404(rows, problem=found, uid=measure)
    mending.tick_off(request.actor, row)
    messages.success(request, "记下了：这一条做好了。")
    return redirect("problems:problem", uid)


@login_required
@ASKED
def submit(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Say that it is mended, with files if there are any."""
    found, actor = problem_of(request, uid), request.actor
    rules.may_submit(actor, found).require()
    form = SubmitForm(sent(request), request.FILES or None)

    def do() -> None:
        try:
            files = [receive(each, each.name) for each in form.cleaned_data["attached"]]
        except BadFile as bad:
            raise Refused(bad.reason) from bad
        mending.submit(actor, found, form.cleaned_data["words"], files)

    if attempt(form, do):
        messages.success(request, "送去验收了，由别人来看改好没有。")
        return redirect("problems:problem", uid)
    return _form(request, found, form, "送去验收", "problems/submit.html")


@login_required
@ASKED
def verify(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Look whether it is mended: pass it, or send it back with the reason."""
    found, actor = problem_of(request, uid), request.actor
    rules.may_verify(actor, found).require()
    form = VerifyForm(sent(request))
    page = problem_page(actor, found)
    passed = request.POST.get("verdict") == PASS
    do = judging.verify if passed else judging.send_back

    def judge() -> None:
        handed = page.handed_in
        if request.POST.get("seen") != (str(handed.pk) if handed else ""):
            raise Refused("您打开以后又重新送过一次，看看现在写的，再按一次。")
        do(actor, found, form.cleaned_data["words"])

    if attempt(form, judge):
        messages.success(request, "验收通过了，可以销号。" if passed else "退回整改了。")
        return redirect("problems:problem", uid)
    return _form(request, found, form, "验收", "problems/verify.html", {"page": page})


@login_required
@ASKED
def extension(request: ActorRequest, uid: UUID, extension: UUID) -> HttpResponse:
    """Grant more time, or refuse it; with the reason."""
    found, actor = problem_of(request, uid), request.actor
    rows = Extension.objects.select_related("asked_by", "answered_by")
    row = get_object_or_404(rows, problem=found, uid=extension)
    row.problem = found
    rules.may_answer_extension(actor, row).require()
    form = WhyForm(sent(request), "理由")
    do: Callable[[Actor, Extension, str], Any] = (
        extending.grant if request.POST.get("verdict") == PASS else extending.refuse
    )
    if attempt(form, lambda: do(actor, row, form.cleaned_data["why"])):
        messages.success(request, "批好了。")
        return redirect("problems:problem", uid)
    return _form(request, found, form, "批延期", "problems/extension.html", {"extension": row})


@login_required
@require_POST
def drop_file(request: ActorRequest, uid: UUID, file: UUID) -> HttpResponse:
    """Take away a file that was attached by mistake."""
    found = problem_of(request, uid)
    row = next((each for each in attachments_of(found.ref) if each.uid == file), None)
    if row is None:
        raise Http404
    mending.drop_file(request.actor, found, row)
    messages.success(request, f"“{row.name}”去掉了。")
    return redirect("problems:problem", uid)


def _form(
    request: HttpRequest,
    found: Problem,
    form: forms.Form,
    here: str,
    template: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "form": form, "problem": found, "back": page_of(found)[1],
        "crumbs": [page_of(found), (here, "")], **(more or {}),
    }  # fmt: skip
    return render(request, template, context, status=422 if form.is_bound else 200)
