"""Say that something is wrong: from a thing, or by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.queries import covering
from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation, Person
from zhengyou.people.views.trying import attempt
from zhengyou.problems import owners, rules, sources
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.forms.raising import OWN, WHOLE, ProblemForm
from zhengyou.problems.models import Problem
from zhengyou.problems.sources import Beginning
from zhengyou.problems.views.finding import body_of, to_ledger

ASKED = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@ASKED
def new(request: ActorRequest) -> HttpResponse:
    """Raise a problem from the thing that ``?source=kind:uid`` names."""
    ref = _source(request.GET.get("source", ""))
    begin = sources.named(ref.kind).begin
    beginning = begin(ref.uid, request.actor) if begin else None
    if beginning is None:
        raise Http404("nothing of that kind exists here for the actor")
    source = Ref(ref.kind, ref.uid, beginning.label)
    return _answer(request, beginning.body, source, beginning)


@login_required
@ASKED
def by_hand(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """Raise a problem of a body that one has found oneself."""
    return _answer(request, body_of(request, organisation), None, None)


def _answer(
    request: ActorRequest, body: Organisation, source: Ref | None, beginning: Beginning | None
) -> HttpResponse:
    actor = request.actor
    _may(actor, body).require()
    form = _form(request, body, beginning)
    made: list[Problem] = []
    if attempt(form, lambda: made.append(_raise(actor, body, source, form))):
        messages.success(request, "问题记下了，列进整改台账。")
        return redirect("problems:problem", made[0].uid)
    context = {
        "form": form, "body": body, "beginning": beginning,
        "kind": sources.named(source.kind).label if source else "",
        "crumbs": to_ledger(request, body, ("提出问题", "")),
    }  # fmt: skip
    return render(request, "problems/new.html", context, status=422 if form.errors else 200)


def _may(actor: Actor, body: Organisation) -> Verdict:
    """Whether the actor may raise anything here: of the body, or the own shortcoming."""
    return rules.may_raise(actor, body, actor.person) | rules.may_raise(actor, body)


def _form(request: ActorRequest, body: Organisation, beginning: Beginning | None) -> ProblemForm:
    given: dict[str, Any] = {}
    if beginning is not None:
        given = {
            "title": beginning.title, "text": beginning.text, "campaign": beginning.campaign,
            "owner": beginning.owner, "privacy": beginning.privacy,
        }  # fmt: skip
        given |= {"found_on": beginning.found_on} if beginning.found_on else {}
    running = [campaign.pk for campaign in covering(body)]
    return ProblemForm(
        sent(request),
        campaigns=Campaign.objects.filter(pk__in=running),
        people=owners.people_of(body),
        hows=[] if beginning else [each for each in sources.known() if each.by_hand],
        whose=_whose(request.actor, body),
        initial=given,
    )


def _whose(actor: Actor, body: Organisation) -> list[tuple[str, str]]:
    """Return whose problem it may be: of the body, the own, for leaders that of anybody in it."""
    found = [(WHOLE, body.name)] if rules.may_raise(actor, body) else []
    if rules.may_raise(actor, body, actor.person):
        found.append((OWN, "我自己的不足"))
    for person in owners.people_of(body) if actor.person else ():
        if not actor.is_person(person) and rules.leads_for(actor, body):
            found.append((str(person.uid), f"{person.name}的不足"))
    return found


def _raise(actor: Actor, body: Organisation, source: Ref | None, form: ProblemForm) -> Problem:
    data = form.cleaned_data
    subject = _subject(actor, body, data.get("whose", WHOLE))
    where = source or Ref(data["how"], subject.uid if subject else body.uid)
    return raise_problem(
        actor, body, title=data["title"], text=data["text"], source=where,
        campaign=data["campaign"], found_on=data["found_on"], privacy=data["privacy"],
        subject=subject, owner=None if subject else data["owner"], deadline=data["deadline"],
        key=data["key"],
    )  # fmt: skip


def _subject(actor: Actor, body: Organisation, whose: str) -> Person | None:
    if whose == WHOLE:
        return None
    if whose == OWN:
        return actor.person
    return get_object_or_404(owners.people_of(body), uid=whose)


def _source(text: str) -> Ref:
    try:
        return Ref.parse(text)
    except ValueError:
        raise Http404("no source") from None
