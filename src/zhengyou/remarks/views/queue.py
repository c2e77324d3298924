"""The remarks to a body: let through, held back, noted; and those that lie about below."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Organisation
from zhengyou.remarks import rules
from zhengyou.remarks.actions import answering, moderating
from zhengyou.remarks.models import HoldReason
from zhengyou.remarks.queries import queue as queries
from zhengyou.remarks.views.finding import DESK, actor_of, body_of, picked, target_of

SUB = (
    "只看该不该公开，不看好不好听；谁也不知道是谁写的。"
    "公开以后 {days} 个工作日内答复，活动另有规定的按活动的。"
)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Lead to the remarks to the body of the hat."""
    hat = actor_of(request).hat
    if hat is None:
        raise Refused("群众意见由书记、副书记、委员、活动办来看。")
    rules.may_see_queue(actor_of(request), hat.organisation).require()
    return redirect("remarks:queue", hat.organisation.uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def queue(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """List the remarks to a body; do something with the ticked ones."""
    body = body_of(request, organisation)
    if request.method != "POST":
        return _page(request, body)
    try:
        told = _do(request, body)
    except Refused as refusal:
        return _page(request, body, refusal.reason, 422)
    messages.success(request, told)
    return redirect(request.get_full_path())


def _do(request: HttpRequest, body: Organisation) -> str:
    """Do what the pressed button says with the ticked remarks; tell how many were moved."""
    actor, chosen = actor_of(request), picked(request, body)
    if not chosen:
        raise Refused("一条也没有选。先在意见前面打勾，再按按钮。")
    what, reason = request.POST.get("do", ""), request.POST.get("reason", "")
    if what == "show":
        done, words = len(moderating.show(actor, chosen)), "公开了"
    elif what == "hold":
        done, words = len(moderating.hold(actor, chosen, reason)), "没有公开"
    elif what == "note":
        done, words = len(answering.note(actor, chosen)), "记下了"
    else:
        raise Refused("没有选要做什么。请按“公开”“不公开”或者“记下了”。")
    missed = len(chosen) - done
    return f"{words} {done} 条。" + (f"另有 {missed} 条刚才别人办过了。" if missed else "")


def _page(
    request: HttpRequest, body: Organisation, wrong: str = "", status: int = 200
) -> HttpResponse:
    show, page = request.GET.get("show", ""), request.GET.get("page")
    context = {
        "queue": queries.queue(actor_of(request), body, show, page),
        "body": body,
        "sub": SUB.format(days=settings.REMARK_ANSWER_WORKDAYS),
        "crumbs": [DESK, ("群众意见", "")],
        "reasons": HoldReason.choices,
        "reason": request.POST.get("reason", ""),
        "ticked": set(request.POST.getlist("pick")),
        "wrong": wrong,
    }
    return render(request, "remarks/queue.html", context, status=status)


@login_required
@require_safe
def below(request: HttpRequest) -> HttpResponse:
    """List the bodies below that let remarks lie."""
    actor = actor_of(request)
    rules.may_see_below(actor).require()
    assert actor.hat is not None  # else the rule had refused
    page = queries.lying_below(actor.hat.organisation, request.GET.get("page"))
    context = {"page": page, "crumbs": [DESK, ("下级的群众意见", "")]}
    return render(request, "remarks/below.html", context)


@login_required
@require_safe
def about(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """Lead to the public page of what a remark is about."""
    return redirect(target_of(kind, uid).url)
