"""What became of promises: the one who pledged says it, the branch confirms or differs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.people.actor import Actor
from zhengyou.pledges import rules
from zhengyou.pledges.actions import fulfilment as verbs
from zhengyou.pledges.forms import AssessForm, ConfirmForm
from zhengyou.pledges.models import Fulfilment, Pledge
from zhengyou.pledges.queries import confirming, reading
from zhengyou.pledges.views.finding import DESK, actor_of, inside, to_pledge

ASKED = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(ASKED)
def fulfilment(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what became of the items that are due."""
    pledge, actor = inside(request, uid), actor_of(request)
    asked = confirming.to_say(actor, pledge)
    if not asked:
        raise Refused(_not_yet(actor, pledge))
    forms = [AssessForm(each.item, each.said, request.POST or None) for each in asked]
    wrong = ""
    if request.method == "POST" and all(form.is_valid() for form in forms):
        answers = [(form.item, form.said) for form in forms if form.says]
        try:
            count = verbs.assess_all(actor, answers)
        except Stale as stale:
            wrong = stale.reason
        else:
            return _told(request, pledge, count, "写下了，等支部确认。")
    context = {
        **_frame(pledge, list(zip(asked, forms, strict=True)), wrong),
        "title": f"{pledge.name}的承诺，兑现了没有",
        "crumbs": to_pledge(pledge, ("说兑现", "")),
    }
    return _page(request, "pledges/fulfilment.html", context, wrong)


@login_required
@require_http_methods(ASKED)
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Confirm what was said of the items of a pledge, or differ."""
    pledge, actor = _confirmed(request, uid), actor_of(request)
    asked = confirming.to_answer(actor, pledge)
    if not asked:
        raise Refused("这份承诺现在没有要您确认的兑现情况。")
    forms = [ConfirmForm(each.said, request.POST or None) for each in asked if each.said]
    wrong = ""
    if request.method == "POST" and all(form.is_valid() for form in forms):
        answers = [(form.fulfilment, form.answer) for form in forms if form.says]
        try:
            Verdict.of(not any(form.stale for form in forms), verbs.CONFIRMED_ELSEWHERE).require()
            count = verbs.confirm_all(actor, answers)
        except (Stale, Refused) as stale:
            wrong = stale.reason
        else:
            return _told(request, pledge, count, "确认好了，已经公开。")
    context = {
        **_frame(pledge, list(zip(asked, forms, strict=True)), wrong),
        "title": f"{pledge.name}的承诺，做到没有",
        "crumbs": [DESK, ("确认兑现", "")],
    }
    return _page(request, "pledges/confirm.html", context, wrong)


def _confirmed(request: HttpRequest, uid: UUID) -> Pledge:
    """Return a pledge seen from within, or one whose outcome the actor confirms."""
    mine = Fulfilment.objects.filter(rules.confirmable(actor_of(request)), item__pledge__uid=uid)
    if mine.exists():
        return get_object_or_404(reading.pledges(), uid=uid)
    return inside(request, uid)


def _not_yet(actor: Actor, pledge: Pledge) -> str:
    """Return why nothing can be said of any item."""
    items = reading.public_items(pledge)
    if not items:
        return "承诺公开以后才能说兑现没有。"
    return rules.may_assess(actor, items[0]).reason


def _told(request: HttpRequest, pledge: Pledge, count: int, words: str) -> HttpResponse:
    messages.success(request, f"{count} 条{words}" if count else "没有改动。")
    return redirect(reverse("pledges:pledge", args=[pledge.uid]))


def _frame(pledge: Pledge, pairs: list[Any], wrong: str) -> dict[str, Any]:
    return {"pledge": pledge, "pairs": pairs, "wrong": wrong}


def _page(request: HttpRequest, template: str, context: dict[str, Any], wrong: str) -> HttpResponse:
    failed = any(form.is_bound and form.errors for _, form in context["pairs"])
    return render(request, template, context, status=409 if wrong else 422 if failed else 200)
