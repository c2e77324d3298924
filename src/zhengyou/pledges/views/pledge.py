"""One pledge: read, written as a whole, sent in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhengyou.pledges import rules, subjects
from zhengyou.pledges.actions import writing
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem
from zhengyou.pledges.queries import confirming, last, reading
from zhengyou.pledges.queries.desk import asked_for
from zhengyou.pledges.views.finding import actor_of, crumbs, in_public, inside, to_pledge
from zhengyou.ui.text import long_date


@require_safe
def pledge(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a pledge: its public items to everybody, all of it to those within."""
    actor = actor_of(request)
    found = get_object_or_404(reading.pledges().filter(rules.visible_pledges(actor)), uid=uid)
    view = reading.pledge_view(actor, found)
    reading.count_talk(view)
    reviews = view.inside and rules.may_review(actor, found)
    context = {
        "view": view,
        "pledge": found,
        "sub": "，".join(filter(None, [view.shown.role, found.campaign.title, view.mark])),
        "crumbs": crumbs((view.shown.possessive, "")) if view.inside else in_public(found),
        "place": "" if view.inside else "public",
        "writes": rules.may_write(actor, found),
        "reviewer": reviews,
        "reviews": reviews and (view.waiting or view.announced),
        "assesses": any(rules.may_assess(actor, each.item) for each in view.settled),
        "confirms": confirming.may_answer(actor, found),
        "moved": subjects.moved_to(found) if view.inside else None,
        "supervised": rules.may_see_supervision(actor, found),
        "notes": any(rules.may_note(actor, each.item) for each in view.settled),
    }
    return render(request, "pledges/pledge.html", context)


@login_required
@require_safe
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show all items of a pledge that is being written, with what each still lacks."""
    found = inside(request, uid)
    actor = actor_of(request)
    rules.may_write(actor, found).require()
    view = reading.pledge_view(actor, found)
    reading.count_talk(view)
    verdict = rules.may_submit(actor, found)
    count = len(view.to_send)
    context = {
        "view": view,
        "pledge": found,
        "title": f"{found.name}的承诺，写了 {len(view.items)} 条",
        "sub": f"{found.campaign.title}，{asked_for(found.rule)}",
        "crumbs": to_pledge(found, ("写承诺", "")),
        "last": last.page(found),
        "submit": verdict,
        "bar": f"{count} 条可以送审" if verdict else "还不能送审",
        "why": _what_follows(found) if verdict else verdict.reason,
        "kinds": [
            {"kind": kind, "have": view.kinds.count(kind), "least": found.rule.least(kind)}
            for kind in ItemKind
        ],
    }
    return render(request, "pledges/edit.html", context)


@login_required
@require_POST
def submit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send in what is drafted or returned."""
    found = inside(request, uid)
    items = writing.submit(actor_of(request), found)
    messages.success(request, _told(items))
    return redirect("pledges:pledge", found.uid)


def _what_follows(found: Pledge) -> str:
    days = found.rule.notice_days
    if days:
        return f"送出以后先公开打算，征求意见 {days} 个工作日；到期一条一条审过，才算承诺。"
    return "送审以后，一条一条审过才公开。"


def _told(items: list[PledgeItem]) -> str:
    until = [item.announced_until for item in items if item.announced and item.announced_until]
    if until:
        return (
            f"{len(items)} 条打算公开了，征求意见到{long_date(max(until))}。"
            "有意见会在这里看到，可以收回来改；到期再审。"
        )
    return f"送审了 {len(items)} 条。审完了会在工作台告诉您。"
