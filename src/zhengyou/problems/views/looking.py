"""Self-checks: the sheet, what was found, who has looked, and the sheet on paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel.verdict import Refused
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation, Person
from zhengyou.problems import looking
from zhengyou.problems.actions import looking as verbs
from zhengyou.problems.actions.looking import Said
from zhengyou.problems.models import CheckState, Look, SelfCheck
from zhengyou.problems.queries import looking as query
from zhengyou.problems.rules import looking as rules
from zhengyou.work.views.finding import body_of

FORMS = {"person": "党员", "body": "组织"}
"""For whom a sheet of paper may be."""


@login_required
@require_safe
def rounds(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """Show how far a body is with looking."""
    body = body_of(request, organisation)
    context = {
        "body": body,
        "rounds": query.rounds(request.actor, body),
        "may_see_who": rules.may_see_who_looked(request.actor, body),
        "crumbs": _crumbs(body, ("对照查摆", "")),
    }
    return render(request, "problems/checks/rounds.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: ActorRequest, campaign: UUID) -> HttpResponse:
    """Look at oneself."""
    run, person = _run(campaign), request.actor.person
    body = looking.home_in(run, person) if person else None
    if body is None:
        raise Http404
    return _sheet(request, run, body, person)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_body(request: ActorRequest, organisation: UUID, campaign: UUID) -> HttpResponse:
    """Look at a body."""
    return _sheet(request, _run(campaign), body_of(request, organisation), None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_person(
    request: ActorRequest, organisation: UUID, campaign: UUID, person: UUID
) -> HttpResponse:
    """Enter what somebody filled in on paper (代录)."""
    run, body = _run(campaign), body_of(request, organisation)
    named = next((each for each in looking.members_of(run, body) if each.uid == person), None)
    if named is None:
        raise Http404
    return _sheet(request, run, body, named)


def _sheet(
    request: ActorRequest, run: Campaign, body: Organisation, person: Person | None
) -> HttpResponse:
    rules.may_look(request.actor, run, body, person).require()
    if not query.items(run, body, person):
        raise Http404
    problem = ""
    if request.method == "POST":
        done = request.POST.get("do") == "finish"
        try:
            kept = verbs.look(request.actor, run, body, person, _said(request), done=done)
        except Refused as refused:
            problem = refused.reason
        else:
            return _after(request, kept, person)
    found = query.sheet(request.actor, run, body, person, request.POST if problem else None)
    context: dict[str, Any] = {
        "sheet": found,
        "look": Look,
        "problem": problem,
        "crumbs": _crumbs(body, ("对照查摆", _rounds(body)), ("填", "")),
        "paper": f"{reverse('problems:self_check_paper', args=[body.uid, run.uid])}"
        f"?for={'person' if person else 'body'}",
    }
    status = 422 if problem else 200
    return render(request, "problems/checks/sheet.html", context, status=status)


def _after(request: ActorRequest, check: SelfCheck, person: Person | None) -> HttpResponse:
    if check.state == CheckState.LOOKING:
        messages.success(request, "存下了，没有填完的以后接着填。")
        return redirect(request.get_full_path())
    messages.success(request, "查完了，有的已经列为问题。")
    if check.by_hand:  # what it says is not for whoever typed it
        return redirect(_rounds(check.organisation))
    return redirect("problems:check", check.uid)


def _said(request: HttpRequest) -> Said:
    given = request.POST
    items = {
        int(name[5:]): (Look(value), given.get(f"words-{name[5:]}", "").strip())
        for name, value in given.items()
        if name.startswith("look-") and name[5:].isdecimal() and value in Look.values
    }
    return Said(items, tuple(str(given.get("own", "")).splitlines()))


@login_required
@require_safe
def check(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show what a self-check found."""
    seen = SelfCheck.objects.filter(rules.visible_checks(request.actor))
    found = get_object_or_404(
        seen.select_related("organisation__parent", "campaign", "person", "by"), uid=uid
    )
    may_drop = rules.may_look(request.actor, found.campaign, found.organisation, found.person)
    context = {
        "check": found,
        "answers": query.answers(request.actor, found),
        "may_drop": may_drop and found.state == CheckState.LOOKING,
        "crumbs": _crumbs(
            found.organisation, ("对照查摆", _rounds(found.organisation)), (found.who, "")
        ),
    }
    return render(request, "problems/checks/check.html", context)


@login_required
@require_POST
def drop(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Throw away what is not finished."""
    seen = SelfCheck.objects.filter(rules.visible_checks(request.actor))
    found = get_object_or_404(
        seen.select_related("organisation__parent", "campaign", "person"), uid=uid
    )
    verbs.drop(request.actor, found)
    messages.success(request, "删掉了，可以重新填。")
    return redirect(_rounds(found.organisation))


@login_required
@require_safe
def paper(request: ActorRequest, organisation: UUID, campaign: UUID) -> HttpResponse:
    """Print the sheet, to be filled in by hand."""
    body, run = body_of(request, organisation), _run(campaign)
    whose = request.GET.get("for", "person")
    if whose not in FORMS or not run.covers_body(body):
        raise Http404
    items = [
        item
        for item in run.catalogue_items.all()
        if (item.is_for_body(body.kind) if whose == "body" else item.is_for_person(item.posts))
    ]
    context = {"body": body, "campaign": run, "items": items, "of_person": whose == "person"}
    return render(request, "problems/checks/paper.html", context)


def _run(uid: UUID) -> Campaign:
    rows = Campaign.objects.select_related("organisation", "mending_terms__phase")
    return get_object_or_404(rows.prefetch_related("catalogue_items"), uid=uid)


def _rounds(body: Organisation) -> str:
    return reverse("problems:self_checks", args=[body.uid])


def _crumbs(body: Organisation, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    home = reverse("people:organisation", args=[body.uid])
    return [("工作台", "/desk/"), (body.name, home), *steps]
