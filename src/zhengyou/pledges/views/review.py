"""Review a pledge item by item."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhengyou.climb.models import Answer
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.pledges import names, rules
from zhengyou.pledges.actions import reviewing
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.forms import ticks_of
from zhengyou.pledges.models import ItemReview, Pledge, PledgeItem
from zhengyou.pledges.queries import desk, likeness, reading
from zhengyou.pledges.queries import review as query
from zhengyou.pledges.views.finding import DESK, actor_of, inside, item_inside

Said = dict[UUID, Ticks]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what waits, keep what is ticked, send out the results."""
    pledge, actor = inside(request, uid), actor_of(request)
    rules.may_review(actor, pledge).require()
    items = query.waiting_items(pledge)
    if request.method != "POST":
        return _page(request, pledge, items, query.kept_ticks(actor, items))
    said = ticks_of(request.POST, items)
    reviewing.save_draft(actor, pledge, {uid: each for uid, each in said.items() if each.touched})
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    if "send" in request.POST:
        return _send(request, pledge, items, said)
    place = next((n.number for n in items if str(n.uid) == request.POST.get("all")), None)
    return redirect(reverse("pledges:review", args=[uid]) + (f"#item-{place}" if place else ""))


@login_required
@require_POST
def send_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Return one item while it is still put out for opinions."""
    item, actor = item_inside(request, uid), actor_of(request)
    rules.may_review(actor, item.pledge).require()
    reviewing.send_back(actor, item, ticks_of(request.POST, [item])[item.uid])
    messages.success(request, f"第 {item.number} 条退回去了，不再公开征求意见。")
    return redirect("pledges:review", item.pledge.uid)


def _send(
    request: HttpRequest, pledge: Pledge, items: list[PledgeItem], said: Said
) -> HttpResponse:
    actor = actor_of(request)
    verdict = reviewing.ready(items, said)
    if items and not verdict:
        return _page(request, pledge, items, said, verdict.reason, status=422)
    try:
        reviews = reviewing.send_results(actor, pledge, _sent(request, said))
    except Stale as stale:
        items = query.waiting_items(pledge)
        kept = query.kept_ticks(actor, items)
        return _page(request, pledge, items, kept, stale.reason, status=409)
    messages.success(request, _told(pledge, reviews))
    return redirect(_next(actor) or reverse("pledges:pledge", args=[pledge.uid]))


def _sent(request: HttpRequest, said: Said) -> Said:
    """Add what the form speaks of but does not wait any more, so that the verb notices it."""
    named = {}
    for key in filter(lambda key: key.startswith("seen-"), request.POST):
        with suppress(ValueError):  # What is no uid names nothing.
            named[UUID(key.removeprefix("seen-"))] = Ticks()
    return {**named, **said}


def _told(pledge: Pledge, reviews: list[ItemReview]) -> str:
    passed = sum(review.answer == Answer.APPROVE for review in reviews)
    parts = [f"通过 {passed} 条，已经公开"] if passed else []
    parts += [f"退回 {len(reviews) - passed} 条"] if passed < len(reviews) else []
    return f"{pledge.name}的承诺审完了：{'；'.join(parts)}。"


def _next(actor: Actor) -> str:
    """Return the address of the pledge that waits longest now, "" if none does."""
    waiting = desk.waiting_pledges(actor).first()
    return reverse("pledges:review", args=[waiting.uid]) if waiting else ""


def _page(
    request: HttpRequest,
    pledge: Pledge,
    items: list[PledgeItem],
    said: Said,
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    actor = actor_of(request)
    shown = names.in_full(pledge)
    verdict = reviewing.ready(items, said) if items else Verdict.no("没有等着审的条目。")
    put_out = query.announced_items(pledge)
    like = likeness.alike(actor, pledge, [*items, *put_out])
    context = {
        "pledge": pledge,
        "shown": shown,
        "title": f"{shown.possessive}，{len(items)} 条等着审"
        if items or not put_out
        else f"{shown.name}的打算，{len(put_out)} 条",
        "sub": "，".join(filter(None, [shown.role, "代录" if pledge.entered_by_id else ""])),
        "crumbs": [DESK, ("审承诺", "")],
        "cards": [
            query.review_card(item, said.get(item.uid, Ticks()), like.get(item.pk, ()))
            for item in items
        ],
        "announced": [query.review_card(item, Ticks(), like.get(item.pk, ())) for item in put_out],
        "verdict": verdict,
        "tally": query.tally_words(items, said),
        "wrong": wrong,
        "waiting": query.waiting_list(actor, pledge),
        "settled": reading.pledge_view(actor, pledge).settled,
    }
    return render(request, "pledges/review.html", context, status=status)
