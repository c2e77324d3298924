"""One remark: what was decided, what was answered, and the answer to write."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from zhengyou.kernel.verdict import Refused
from zhengyou.remarks import rules
from zhengyou.remarks.actions import answering, moderating
from zhengyou.remarks.forms import ReplyForm
from zhengyou.remarks.models import HoldReason, Remark, ReplyKind
from zhengyou.remarks.queries.desk import queue_url
from zhengyou.remarks.queries.remark import remark_page
from zhengyou.remarks.views.finding import DESK, actor_of, remark_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a remark with all that was done about it; answer, let through or hold back."""
    found = remark_of(request, uid)
    if request.method != "POST":
        return _page(request, found)
    form = ReplyForm(request.POST)
    form.is_valid()
    try:
        told = _do(request, found, form.cleaned_data.get("text", ""))
    except Refused as refusal:
        if not rules.may_see_queue(actor_of(request), found.organisation):
            raise
        return _page(request, found, form, refusal.reason)
    messages.success(request, told)
    return redirect("remarks:remark", uid)


def _do(request: HttpRequest, found: Remark, text: str) -> str:
    """Do what the pressed button says; tell what was done."""
    actor, what = actor_of(request), request.POST.get("do", "")
    if what == "show":
        moderating.show(actor, [found])
        return "公开了。"
    if what == "hold":
        moderating.hold(actor, [found], request.POST.get("reason", ""))
        return "没有公开。写的人凭查询码看得到理由。"
    kind = ReplyKind.NOTED if what == "note" else ReplyKind.ANSWER
    standing = found.replies.filter(correction=None).first()
    if standing is None:
        answering.answer(actor, found, text, kind)
        return "答复好了，已经和意见一起公开。"
    answering.correct(actor, standing, text, kind)
    return "更正好了。原来的答复留着，看得到。"


def _page(
    request: HttpRequest, found: Remark, form: ReplyForm | None = None, wrong: str = ""
) -> HttpResponse:
    actor = actor_of(request)
    page = remark_page(found)
    context = {
        "page": page,
        "form": form or ReplyForm(initial={"text": page.standing.text if page.standing else ""}),
        "wrong": wrong,
        "crumbs": [DESK, ("群众意见", queue_url(found.organisation)), ("一条意见", "")],
        "reasons": HoldReason.choices,
        "answer": rules.may_answer(actor, found),
        "show": rules.may_show(actor, found),
        "hold": rules.may_hold(actor, found),
    }
    return render(request, "remarks/remark.html", context, status=422 if wrong else 200)
