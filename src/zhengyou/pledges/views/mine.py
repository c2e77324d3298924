"""My pledges, and the beginning of one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.rules import visible_campaigns
from zhengyou.people.models import Organisation, Person
from zhengyou.people.rules import visible_organisations, visible_persons
from zhengyou.pledges import rules, subjects
from zhengyou.pledges.actions import carrying, writing
from zhengyou.pledges.models import ItemKind
from zhengyou.pledges.queries import last
from zhengyou.pledges.queries.desk import asked_for
from zhengyou.pledges.queries.mine import mine as mine_of
from zhengyou.pledges.views.finding import actor_of, crumbs


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show what I have promised and what I have to write."""
    context = {"mine": mine_of(actor_of(request)), "crumbs": crumbs()}
    return render(request, "pledges/mine.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Say what is asked; begin the pledge of me, of a body (``of``) or for somebody (``for``)."""
    actor = actor_of(request)
    run = get_object_or_404(Campaign.objects.filter(visible_campaigns(actor)), uid=campaign)
    body, person = _whose(request, run)
    if request.method == "POST":
        pledge, carried = carrying.start(actor, run, body, person)
        if carried:
            told = f"上一轮没做完的 {len(carried)} 条放进草稿了，照今年的情况改。"
            messages.success(request, told)
        return redirect("pledges:edit" if carried else "pledges:add", pledge.uid)
    own = person is not None and actor.is_person(person)
    return render(request, "pledges/new.html", _asked(request, run, body, person, own))


def _asked(
    request: HttpRequest, run: Campaign, body: Organisation, person: Person | None, own: bool
) -> dict[str, Any]:
    actor, rule = actor_of(request), subjects.rule_for(run, body, person)
    # Offered only before there is a pledge, so the offer itself tells who has none yet.
    knows = own or rules.may_see_missing(actor, body)
    whose = "我的承诺" if own else f"{person.name if person else body.name}的承诺"
    return {
        "title": f"写{whose}",
        "crumbs": crumbs(("写承诺", "")),
        "campaign": run,
        "body": body,
        "person": person,
        "own": own,
        "rule": rule,
        "asked": asked_for(rule) if rule else "",
        "last": last.at_hand(run, body, person) if own or knows else None,
        "kinds": [kind for kind in ItemKind if rule and rule.least(kind)],
        "made": run.pledges.filter(person=person).exists() if person else False,
        "verdict": rules.may_begin(actor, run, body, person),
        "exempt": rules.may_exempt(actor, run, body, person) if person and knows else None,
        "here": reverse("pledges:new", args=[run.uid]),
        "exempt_url": reverse("pledges:exempt", args=[run.uid]),
    }


@login_required
@require_POST
def exempt(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Note down that somebody chose not to pledge."""
    actor = actor_of(request)
    run = get_object_or_404(Campaign.objects.filter(visible_campaigns(actor)), uid=campaign)
    body, person = _whose(request, run)
    if person is None:
        return redirect("pledges:mine")
    writing.exempt(actor, run, body, person)
    messages.success(request, "登记好了：这次活动不作承诺。以后想承诺，随时可以写。")
    if actor.is_person(person):
        return redirect("pledges:mine")
    return redirect("pledges:body", body.uid, run.uid)


def _whose(request: HttpRequest, campaign: Campaign) -> tuple[Organisation, Person | None]:
    """Return the body and the person (None: the body itself) that the address names."""
    actor = actor_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    if asked.get("of"):
        bodies = Organisation.objects.filter(visible_organisations(actor))
        return get_object_or_404(bodies, uid=_uid(asked["of"])), None
    persons = Person.objects.filter(visible_persons(actor)).distinct()
    wanted = _uid(asked["for"]) if asked.get("for") else actor.person and actor.person.uid
    person = get_object_or_404(persons, uid=wanted)
    body = subjects.body_of(campaign, person)
    if body is None:
        body = actor.hat.organisation if actor.hat else campaign.organisation
    return body, person


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
