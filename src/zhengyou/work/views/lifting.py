"""Pages of a body: what is lifted from it and its people; how often it does what is left to it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.people.rules import LEADERS
from zhengyou.ui.text import long_date
from zhengyou.work.actions import exempting, own_cadence
from zhengyou.work.forms.keeping import ExemptForm, IntervalForm
from zhengyou.work.models import Cadence, DutyExemption
from zhengyou.work.queries import keeping as pages
from zhengyou.work.rules import keeping
from zhengyou.work.rules.seeing import may_see_missing
from zhengyou.work.views.finding import actor_of, body_of

ASKED = ["GET", "HEAD", "POST"]
Crumbs = list[tuple[str, str]]


@login_required
@require_http_methods(ASKED)
def exemptions(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show what is lifted in a body; lift a duty from somebody, or from the body."""
    actor, body = actor_of(request), body_of(request, organisation)
    keeping.may_see_exemptions(actor, body).require()
    people = _people(actor, body)
    form = _exempt_form(request, actor, body, people)
    if request.method == "POST" and form is None:
        keeping.may_exempt_body(actor, body).require()
    if form is not None and form.is_valid() and _lifted(request, body, form):
        return redirect("work:exemptions", body.uid)
    led = keeping.led_by(body)
    context = {
        "body": body,
        "form": form,
        "lines": [
            (line, keeping.may_end_exemption(actor, line.row, body, led))
            for line in pages.lifted_in(body, people)
        ],
        "why": keeping.may_exempt_body(actor, body),
        "crumbs": _crumbs(body, "免做"),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "work/duties/exemptions.html", context, status=status)


@login_required
@require_POST
def end(request: HttpRequest, organisation: UUID, uid: UUID) -> HttpResponse:
    """Ask again from today on."""
    actor, body = actor_of(request), body_of(request, organisation)
    keeping.may_see_exemptions(actor, body).require()
    people = _people(actor, body)
    mine = [line.row.pk for line in pages.lifted_in(body, people)]
    row = get_object_or_404(DutyExemption, uid=uid, pk__in=mine)
    exempting.end_exemption(actor, row, body)
    messages.success(request, f"“{row.duty.title}”从今天起照常要做。")
    return redirect("work:exemptions", body.uid)


@login_required
@require_http_methods(ASKED)
def intervals(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show and set how often a body does what is left to it (定期)."""
    actor, body = actor_of(request), body_of(request, organisation)
    keeping.may_see_exemptions(actor, body).require()
    rows = [
        (row, keeping.may_set_interval(actor, row.duty, body),
         IntervalForm(row.duty, row.cadence, sent(request)))
        for row in pages.intervals_of(body)
    ]  # fmt: skip
    sent_ones = [form for _, _, form in rows if form.is_bound]
    if request.method == "POST" and not sent_ones:
        raise Http404
    for form in sent_ones:
        if form.is_valid():
            cadence = Cadence(form.cleaned_data["cadence"])
            since = own_cadence.choose(actor, form.duty, body, cadence)
            words = f"“{form.duty.title}”{cadence.label}一次，{long_date(since)}起算。"
            messages.success(request, words)
            return redirect("work:intervals", body.uid)
    context = {"body": body, "rows": rows, "crumbs": _crumbs(body, "多久一次")}
    status = 422 if sent_ones else 200
    return render(request, "work/duties/intervals.html", context, status=status)


def _people(actor: Actor, body: Organisation) -> list[Person]:
    """Return whose exemptions the actor sees: within the body everybody's, the level above those
    of its leaders."""
    if may_see_missing(actor, body):
        return pages.people_of(body)
    return pages.leaders_of(body) if actor.holds_above(body.path, LEADERS) else []


def _exempt_form(
    request: HttpRequest, actor: Actor, body: Organisation, people: list[Person]
) -> ExemptForm | None:
    """Return the form with those that the actor may exempt; None where there is nobody."""
    persons, bodies = pages.choices_for(body)
    whole = body.name if keeping.may_exempt_body(actor, body) and bodies else ""
    lead = actor.holds_at(body.path, LEADERS)
    lead |= actor.holds_above(body.path, LEADERS)
    free = [person for person in people if lead and not actor.is_person(person)]
    if not whole and not (free and persons):
        return None
    duties = {"人的任务": persons if free else [], "组织的任务": bodies if whole else []}
    return ExemptForm(duties, free if persons else [], whole, sent(request))


def _lifted(request: HttpRequest, body: Organisation, form: ExemptForm) -> bool:
    data = form.cleaned_data
    try:
        exempting.exempt(
            actor_of(request), data["duty"], body, data["who"], data["since"], data["last"],
            data["reason"],
        )  # fmt: skip
    except Refused as problem:
        form.add_error(None, problem.reason)
        return False
    whom = data["who"].name if data["who"] else body.name
    messages.success(request, f"{whom}免做“{data['duty'].title}”，记下了。")
    return True


def _crumbs(body: Organisation, step: str) -> Crumbs:
    return [
        (body.name, reverse("people:organisation", args=[body.uid])),
        ("任务", reverse("work:body", args=[body.uid])),
        (step, ""),
    ]
