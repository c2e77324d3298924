"""Complaints about burden: the public box of every body, the open statistics, the answers."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Organisation
from zhengyou.remarks import codes, laying, limits
from zhengyou.remarks.models import HoldReason
from zhengyou.remarks.views.public import apart
from zhengyou.voices.actions import burden, triage
from zhengyou.voices.doors import door_of
from zhengyou.voices.forms.burden import ComplaintForm, ReliefForm
from zhengyou.voices.models import Voice
from zhengyou.voices.queries import burden as queries
from zhengyou.voices.rules import burden as rules
from zhengyou.voices.views.finding import DESK, actor_of


def _body_of(uid: UUID) -> Organisation:
    rows = Organisation.objects.filter(closed_on=None).select_related("parent")
    return get_object_or_404(rows, uid=uid)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def put_in(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Take in one more complaint of somebody at a body; show what was answered."""
    body = _body_of(organisation)
    asked: dict[str, Any] = {"line": queries.line_of(body), "duties": queries.duties_asked_of(body)}
    if request.method != "POST":
        return _page(request, body, ComplaintForm(initial={"token": laying.new_token()}, **asked))
    form = ComplaintForm(request.POST, **asked)
    if not form.is_valid():
        return _page(request, body, form, 422)
    asker, typed = form.body, form.cleaned_data
    door = door_of(request, burden.box_of(asker), None)
    try:
        door.check()
        code = burden.complain(
            asker, typed["text"], duty=form.meant, matter=typed["matter"], token=typed["token"],
            admit=door.admit,
        )  # fmt: skip
    except limits.Full as full:
        form.add_error(None, full.words)
        response = _page(request, body, form, 429)
        response["Retry-After"] = str(full.room.wait)
        return response
    context = {
        "body": body, "asker": asker, "answers": rules.answers_for(asker),
        "code": codes.spaced(code), "days": rules.days(),
    }  # fmt: skip
    return apart(request, "voices/burden_receipt.html", context, kept=False)


def _page(
    request: HttpRequest, body: Organisation, form: ComplaintForm, status: int = 200
) -> HttpResponse:
    context = {
        "body": body, "form": form, "days": rules.days(), "answers": rules.answers_for(body),
        **queries.public_complaints(body, request.GET.get("page")),
    }  # fmt: skip
    return apart(request, "voices/burden.html", context, status)


@require_safe
def numbers(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show the open statistics of a body and all below it: whole numbers, no persons."""
    body = _body_of(organisation)
    context = {
        "body": body, "numbers": queries.numbers_of(body), "days": rules.days(),
        "today": clock.today(),
    }  # fmt: skip
    return apart(request, "voices/burden_numbers.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def complaints(request: HttpRequest) -> HttpResponse:
    """List the complaints that the hat's body answers, and those below that lie; answer some."""
    rules.may_see_desk(actor_of(request)).require()
    if request.method != "POST":
        return _list(request, ReliefForm())
    form = ReliefForm(request.POST)
    try:
        told = _do(request, form)
    except Refused as refusal:
        return _list(request, form, refusal.reason)
    if not told:
        return _list(request, form)
    messages.success(request, told)
    return redirect(request.get_full_path())


def _do(request: HttpRequest, form: ReliefForm) -> str:
    """Do what the pressed button says with the ticked complaints; tell it, or nothing where the
    form is not sound."""
    actor, chosen = actor_of(request), _picked(request)
    if not chosen:
        raise Refused("一条也没有选。先在意见前面打勾，再按按钮。")
    if request.POST.get("do") == "hold":
        done = triage.hold(actor, chosen, request.POST.get("reason", ""))
        return f"没有收 {len(done)} 条。写的人凭查询码看得到理由。"
    if not form.is_valid():
        return ""
    typed = form.cleaned_data
    done = burden.answer(actor, chosen, typed["relief"], typed["words"], typed["show"])
    return f"答复了 {len(done)} 条，{burden.words_of(typed['relief'])}。"


def _picked(request: HttpRequest) -> list[Voice]:
    keys = []
    for key in request.POST.getlist("pick"):
        with suppress(ValueError):
            keys.append(UUID(key))
    seen = rules.visible_complaints(actor_of(request))
    return list(Voice.objects.filter(seen, uid__in=keys))


def _list(request: HttpRequest, form: ReliefForm, wrong: str = "") -> HttpResponse:
    actor, show = actor_of(request), request.GET.get("show", "")
    assert actor.hat is not None  # the rule has asked
    context = {
        "form": form, "wrong": wrong, "body": actor.hat.organisation, "days": rules.days(),
        "reasons": HoldReason.choices, "ticked": set(request.POST.getlist("pick")),
        "segments": queries.segments(show), "crumbs": [DESK, ("减负意见", "")],
        **queries.complaints_page(actor, show, request.GET.get("page")),
    }  # fmt: skip
    bad = wrong or form.errors
    return render(request, "voices/complaints.html", context, status=422 if bad else 200)
