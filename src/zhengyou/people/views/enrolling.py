"""On the roll and off the roll; to another one: see ``handovers``."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from zhengyou.ledger import book
from zhengyou.people import rules
from zhengyou.people.actions import people, record
from zhengyou.people.actor import Actor
from zhengyou.people.forms.persons import EnrolForm, ReleaseForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation, Person, StandingKind
from zhengyou.people.queries import choices
from zhengyou.people.views import finding
from zhengyou.people.views.persons import of
from zhengyou.people.views.shaping import FORM
from zhengyou.people.views.trying import attempt, form_page


@login_required
@FORM
def enrol(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Put a new person on the roll of a body, and into one of its groups."""
    body = finding.organisation(request, uid)
    rules.may_keep_roll(request.actor, body).require()
    form = EnrolForm(request.POST or None, groups=choices.groups_in(body))
    if attempt(form, lambda: _enrol(request.actor, body, form)):
        messages.success(request, f"{form.cleaned_data['name']}登记好了。")
        return redirect("people:roll", body.uid)
    return form_page(
        request, form, title=f"把一个人登记到{body.name}", yes="登记",
        intro="一次登记很多人，用花名册导入更快。",
        back=(f"{body.name}花名册", reverse("people:roll", args=[body.uid])),
    )  # fmt: skip


def _enrol(actor: Actor, body: Organisation, form: EnrolForm) -> None:
    """Enrol who was typed in, both in the body and in the group or in neither."""
    data: dict[str, Any] = form.cleaned_data
    draft = Person()
    record.fill(draft, data)
    since: date = data["since"]
    with book.writing():
        row = record.admit(
            actor,
            draft,
            body,
            standing=StandingKind(data["standing"]),
            since=since,
            standing_since=form.standing_since,
        )
        if data.get("group"):
            people.enrol(actor, row.person, data["group"], since=since)


@login_required
@FORM
def release(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take a person off a roll."""
    who, actor = finding.person(request, uid), request.actor
    rules.may_amend(actor, who.bodies()).require()
    form = ReleaseForm(request.POST or None, bodies=choices.homes_of(actor, who))
    if attempt(form, lambda: people.release(actor, who, **form.cleaned_data)):
        messages.success(request, f"{who.name}不在{form.cleaned_data['body'].name}了。")
        return redirect(_after(request, who))
    return form_page(
        request, form, title=f"把{who.name}从花名册上去掉", yes="去掉", danger=True, back=of(who),
        intro="这里的职务和党小组同时结束。人和历史都还在，办错了可以重新登记。",
    )  # fmt: skip


def _after(request: ActorRequest, who: Person) -> str:
    """Return the person's page, or the own body's where the person is out of reach now."""
    seen = Person.objects.filter(rules.visible_persons(request.actor), pk=who.pk).exists()
    return reverse("people:person", args=[who.uid]) if seen else reverse("people:orgs")
