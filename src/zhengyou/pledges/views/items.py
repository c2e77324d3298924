"""One item a screen: add it, change it, take it back, give it up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhengyou.climb.models import ClimbState
from zhengyou.kernel.states import Stale
from zhengyou.pledges import rules
from zhengyou.pledges.actions import writing
from zhengyou.pledges.forms import ItemForm, WithdrawForm
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem
from zhengyou.pledges.queries import reading
from zhengyou.pledges.views.finding import actor_of, inside, item_inside, to_pledge


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write a new item."""
    pledge, actor = inside(request, uid), actor_of(request)
    rules.may_write(actor, pledge).require()
    form = ItemForm(pledge, request.POST or None, initial={"kind": _next_kind(pledge)})
    if request.method == "POST" and form.is_valid():
        writing.add_item(actor, pledge, **form.content)
        return _onward(request, pledge)
    return _screen(request, pledge, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a drafted or returned item."""
    found, actor = item_inside(request, uid), actor_of(request)
    rules.may_edit_item(actor, found).require()
    form = ItemForm(found.pledge, request.POST or None, initial=ItemForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            writing.edit_item(actor, found, form.cleaned_data["seen"], **form.content)
        except Stale as stale:
            form.add_error(None, stale.reason)
            return _screen(request, found.pledge, form, item_inside(request, uid), status=409)
        return _onward(request, found.pledge)
    return _screen(request, found.pledge, form, found)


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
    here = next((each for each in view.items if found and each.item.pk == found.pk), None)
    last = max((each.item.number for each in view.items), default=0)
    place = found.number if found else last + 1
    context: dict[str, Any] = {
        "view": view,
        "pledge": pledge,
        "form": form,
        "here": here,
        "title": f"写第 {place} 条承诺",
        "bar": f"第 {place} 条",
        "crumbs": to_pledge(pledge, ("写承诺", reverse("pledges:edit", args=[pledge.uid]))),
    }
    wrong = request.method == "POST"
    return render(request, "pledges/item.html", context, status=status or (422 if wrong else 200))
