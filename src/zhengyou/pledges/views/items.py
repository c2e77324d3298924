"""One item a screen: add it, change it, take it back, give it up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.pledges import rules
from zhengyou.pledges.actions import carrying, writing
from zhengyou.pledges.forms import ItemForm, WithdrawForm, uid_of
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem
from zhengyou.pledges.queries import last, reading
from zhengyou.pledges.views.finding import actor_of, inside, item_inside, to_pledge


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a new item."""
    pledge, actor = inside(request, uid), actor_of(request)
    rules.may_write(actor, pledge).require()
    form = ItemForm(pledge, request.POST or None, initial={"kind": _next_kind(pledge)})
    if _types(request):
        return _typed(request, pledge, form, None)
    if request.method == "POST" and form.is_valid():
        writing.add_item(actor, pledge, form.cleaned_data["key"], **form.content)
        return _onward(request, pledge)
    return _screen(request, pledge, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a drafted or returned item."""
    found, actor = item_inside(request, uid), actor_of(request)
    form = ItemForm(found.pledge, request.POST or None, initial=ItemForm.initial_of(found))
    if _types(request):
        return _typed(request, found.pledge, form, found)
    rules.may_edit_item(actor, found).require()
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, found, form)
        except Stale as stale:
            form.add_error(None, stale.reason)
            return _screen(request, found.pledge, form, item_inside(request, uid), status=409)
        return _onward(request, found.pledge)
    return _screen(request, found.pledge, form, found)


@login_required
@require_POST
def copy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Copy an item of the last run into the draft."""
    pledge, actor = inside(request, uid), actor_of(request)
    rules.may_write(actor, pledge).require()
    old = get_object_or_404(last.items(pledge), uid=uid_of(request.POST.get("item", "")))
    new = carrying.copy_item(actor, pledge, old)
    messages.success(request, "抄过来了，照今年的情况改一改。")
    return redirect("pledges:item", new.uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give an item up; a public one only with a reason."""
    found, actor = item_inside(request, uid), actor_of(request)
    rules.may_withdraw(actor, found).require()
    public = found.state == ClimbState.PUBLISHED
    form = WithdrawForm(request.POST or None) if public else None
    if request.method == "POST" and (form is None or form.is_valid()):
        writing.remove_item(actor, found, form.cleaned_data["why"] if form else "")
        messages.success(request, f"第 {found.number} 条不要了。")
        return redirect("pledges:pledge" if public else "pledges:edit", found.pledge.uid)
    return render(request, "pledges/remove.html", {"item": found, "form": form})


@login_required
@require_POST
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a submitted item back to change it."""
    found = item_inside(request, uid)
    writing.take_back(actor_of(request), found)
    messages.success(request, f"第 {found.number} 条收回来了，改好再送审。")
    return redirect("pledges:item", found.uid)


def _types(request: HttpRequest) -> bool:
    """Tell whether the page saves by itself while somebody types."""
    return request.method == "POST" and "HX-Request" in request.headers


def _typed(
    request: HttpRequest, pledge: Pledge, form: ItemForm, found: PledgeItem | None
) -> HttpResponse:
    """Keep what is typed so far and say in words whether it is kept."""
    wrong = ""
    if form.is_valid():
        try:
            if found is None:
                key = form.cleaned_data["key"]
                writing.add_item(actor_of(request), pledge, key, **form.content)
            else:
                _keep(request, found, form)
        except (Stale, Refused) as refusal:
            wrong = refusal.reason
    else:
        wrong = str(next(error for errors in form.errors.values() for error in errors))
    answer = render(request, "pledges/saved.html", {"wrong": wrong, "now": clock.now()})
    if not wrong:
        answer["HX-Trigger"] = "saved"
    return answer


def _keep(request: HttpRequest, found: PledgeItem, form: ItemForm) -> None:
    typed = form.cleaned_data
    writing.edit_item(actor_of(request), found, typed["seen"], typed["key"], **form.content)


def _next_kind(pledge: Pledge) -> str:
    """Return the first kind of which an item is still missing."""
    have = [item.kind for item in pledge.items.all() if item.alive]
    return next(
        (kind for kind in ItemKind if have.count(kind) < pledge.rule.least(kind)), ItemKind.POST
    )


def _onward(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    if "more" in request.POST:
        messages.success(request, "存下了，接着写下一条。")
        return redirect("pledges:add", pledge.uid)
    if "send" in request.POST:
        verdict = rules.may_submit(actor_of(request), inside(request, pledge.uid))
        if verdict:
            count = len(writing.submit(actor_of(request), pledge))
            messages.success(request, f"存下了，{count} 条都送出去了。")
            return redirect("pledges:pledge", pledge.uid)
        messages.warning(request, f"存下了，还没送：{verdict.reason}")
        return redirect("pledges:edit", pledge.uid)
    messages.success(request, "存下了。")
    return redirect("pledges:edit", pledge.uid)


def _screen(
    request: HttpRequest,
    pledge: Pledge,
    form: ItemForm,
    found: PledgeItem | None,
    status: int | None = None,
) -> HttpResponse:
    view = reading.pledge_view(actor_of(request), pledge)
    reading.count_talk(view)
    here = next((each for each in view.items if found and each.item.pk == found.pk), None)
    place = found.number if found else max((e.item.number for e in view.items), default=0) + 1
    context: dict[str, Any] = {
        "view": view,
        "pledge": pledge,
        "form": form,
        "here": here,
        "last": last.page(pledge) if found is None else None,
        "sends": not pledge.missing([*view.kinds, *([] if here else [_next_kind(pledge)])]),
        "title": f"写第 {place} 条承诺",
        "bar": f"第 {place} 条",
        "crumbs": to_pledge(pledge, ("写承诺", reverse("pledges:edit", args=[pledge.uid]))),
    }
    wrong = request.method == "POST"
    return render(request, "pledges/item.html", context, status=status or (422 if wrong else 200))
