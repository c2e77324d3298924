"""Giving and ending posts."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render

from zhengyou.people import rules
from zhengyou.people.actions import posts
from zhengyou.people.forms.persons import AppointForm, OnForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Kind, Post, Role
from zhengyou.people.models.post import role_label
from zhengyou.people.queries import choices
from zhengyou.people.views import finding
from zhengyou.people.views.persons import of
from zhengyou.people.views.shaping import FORM
from zhengyou.people.views.trying import attempt, form_page


@login_required
@FORM
def appoint(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Give a post of a body; ``?name=`` finds people who are not on its own roll."""
    body, actor = finding.organisation(request, uid), request.actor
    rules.may_appoint_any(actor, body).require()
    name = request.GET.get("name", "").strip()
    form = AppointForm(
        request.POST or None,
        people=choices.candidates(actor, body, name),
        roles=choices.roles_to_give(actor, body),
        kind=Kind(body.kind),
    )
    if attempt(form, lambda: posts.appoint(actor, body=body, **form.cleaned_data)):
        given = form.cleaned_data
        called = role_label(given["role"], Kind(body.kind))
        messages.success(request, f"{given['person'].name}任{body.name}{called}。")
        return redirect("people:organisation", body.uid)
    context = {"body": body, "form": form, "name": name}
    return render(request, "people/appoint.html", context, status=422 if form.errors else 200)


@login_required
@FORM
def end(request: ActorRequest, uid: UUID, post: UUID) -> HttpResponse:
    """End a post of a person; its rights end with it."""
    who = finding.person(request, uid)
    row = finding.row(Post.objects.filter(person=who).select_related("organisation"), uid=post)
    rules.may_appoint(request.actor, row.organisation, Role(row.role)).require()
    form = OnForm(request.POST or None)
    if attempt(form, lambda: posts.end_post(request.actor, row, **form.cleaned_data)):
        messages.success(request, f"{who.name}不再任{row.organisation.name}{row.title}。")
        return redirect("people:organisation", row.organisation.uid)
    return form_page(
        request, form, title=f"免去{who.name}的{row.organisation.name}{row.title}", yes="免去",
        danger=True, intro="从那一天起，这个职务能办的事他就不能办了。", back=of(who),
    )  # fmt: skip
