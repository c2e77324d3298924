"""The public's pages. Nobody is known here: no session, no actor, no message, no log line.

``site.middleware.ApartMiddleware`` takes the session's cookie off before anybody reads it; these
views give the frame of the page themselves, so that nothing asks who is looking.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhengyou.remarks import codes, finders, laying, limits
from zhengyou.remarks.actions import writing
from zhengyou.remarks.forms import CodeForm, RemarkForm
from zhengyou.remarks.queries import talk
from zhengyou.remarks.targets import Target
from zhengyou.remarks.views.finding import target_of

A_PAGE = 50
TOO_MANY = "这一段时间写意见的人太多，系统先歇一歇。请 {hour} 以后再交；您写的字都还在，不用重写。"
TOO_MANY_HERE = (
    "这个网络上的人这一小时写得太多了（一个学校、一个单位常常共用一个网络）。"
    "请 {hour} 以后再交，或者换个网络交；您写的字都还在，不用重写。"
)
WRONG_CODE = "没有这个查询码的意见。请照着回执再核对一遍。"
TOO_MANY_CODES = "这个网络上试错的查询码太多，请 {hour} 以后再试。"


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, kind: str, uid: UUID) -> HttpResponse:
    """Show what was said about a thing and take in one more remark."""
    target = target_of(kind, uid)
    if request.method != "POST":
        form = RemarkForm(initial={"token": laying.new_token()})
        return _writing_page(request, target, form)
    form = RemarkForm(request.POST)
    if not target.open or not form.is_valid():
        return _writing_page(request, target, form, status=422)
    try:
        _check(request)  # before anything is written: a flood costs little
        typed = form.cleaned_data
        code = writing.write(
            target, typed["text"], typed["signature"], typed["token"], lambda: _admit(request)
        )
    except limits.Full as full:
        return _full(request, target, form, full)
    context = {
        "target": target,
        "code": codes.spaced(code),
        "days": target.days,
    }
    return apart(request, "remarks/receipt.html", context, kept=False)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for a code; answer in the same page, so that the code stands in no address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return apart(request, "remarks/look_up.html", {"form": form}, status)
    here = limits.address_of(request)
    room = limits.room_for("look_up", here)
    found = finders.look_up(form.cleaned_data["code"]) if room.ok else None
    if found:
        return apart(request, found.template, dict(found.context), kept=False)
    if room.ok:
        limits.count("look_up", here)
    form.add_error("code", WRONG_CODE if room.ok else TOO_MANY_CODES.format(hour=room.hour))
    return apart(request, "remarks/look_up.html", {"form": form}, 422 if room.ok else 429)


def _check(request: HttpRequest) -> None:
    here = limits.address_of(request)
    for words, room in (
        (TOO_MANY_HERE, limits.room_for("address", here)),
        (TOO_MANY, limits.room_for("all")),
    ):
        if not room.ok:
            raise limits.Full(words.format(hour=room.hour), room)


def _admit(request: HttpRequest) -> None:
    _check(request)
    limits.count("address", limits.address_of(request))
    limits.count("all")


def _full(
    request: HttpRequest, target: Target, form: RemarkForm, full: limits.Full
) -> HttpResponse:
    form.add_error(None, full.words)
    response = _writing_page(request, target, form, status=429)
    response["Retry-After"] = str(full.room.wait)
    return response


def _writing_page(
    request: HttpRequest, target: Target, form: RemarkForm, status: int = 200
) -> HttpResponse:
    page = Paginator(talk.shown_about(target.ref), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "target": target,
        "form": form,
        "thread": talk.thread(target.ref, limit=0),
        "page": page,
        "remarks": [talk.said(row) for row in page],
        "days": target.days,
    }
    return apart(request, "remarks/write.html", context, status)


def apart(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    status: int = 200,
    kept: bool = True,
) -> HttpResponse:
    """Render a page that asks nobody's name; with ``kept`` False no cache may store it."""
    frame = {"site_name": settings.SITE_NAME, "place": "public"}
    page = render(request, template, {"frame": frame, "messages": (), **context}, status=status)
    patch_cache_control(page, private=True, no_cache=True, **({} if kept else {"no_store": True}))
    return page
