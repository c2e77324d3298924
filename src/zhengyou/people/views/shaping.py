"""Founding, renaming, moving and closing bodies."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from zhengyou.people import rules
from zhengyou.people.actions import tree
from zhengyou.people.forms.organisations import CloseForm, FoundForm, MoveForm, RenameForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.queries import choices
from zhengyou.people.views import finding
from zhengyou.people.views.trying import attempt, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])


def _done(request: ActorRequest, body: Organisation, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("people:organisation", body.uid)


def _of(body: Organisation) -> tuple[str, str]:
    return body.name, reverse("people:organisation", args=[body.uid])


@login_required
@FORM
def found(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Found a body below this one."""
    parent = finding.organisation(request, uid)
    rules.may_shape_tree(request.actor, parent).require()
    form = FoundForm(request.POST or None, parent=parent)
    if attempt(form, lambda: tree.found(request.actor, parent=parent, **form.cleaned_data)):
        return _done(request, parent, f"{form.cleaned_data['name']}设好了。")
    return form_page(
        request, form, title=f"在{parent.name}下面设一个组织", yes="设立组织", back=_of(parent)
    )


@login_required
@FORM
def rename(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Give this body another name."""
    body = finding.organisation(request, uid)
    rules.may_change_body(request.actor, body).require()
    form = RenameForm(request.POST or None, initial={"name": body.name})
    if attempt(form, lambda: tree.rename(request.actor, body, **form.cleaned_data)):
        return _done(request, body, f"改好了，现在叫“{body.name}”。")
    return form_page(request, form, title=f"给{body.name}改名", yes="改名", back=_of(body))


@login_required
@FORM
def move(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Move this body, with everything below it, under another one."""
    body = finding.organisation(request, uid)
    rules.may_change_body(request.actor, body).require()
    form = MoveForm(request.POST or None, targets=choices.move_targets(request.actor, body))
    if attempt(form, lambda: tree.move(request.actor, body, **form.cleaned_data)):
        return _done(request, body, f"移好了，现在在{form.cleaned_data['target'].name}下面。")
    return form_page(
        request, form, title=f"把{body.name}移到别的上级下面", yes="移动", back=_of(body),
        intro="下面的组织和人跟着一起移。",
    )  # fmt: skip


@login_required
@FORM
def close(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Close this body; people and bodies in it must have left."""
    body = finding.organisation(request, uid)
    rules.may_change_body(request.actor, body).require()
    form = CloseForm(request.POST or None)
    if attempt(form, lambda: tree.close(request.actor, body, **form.cleaned_data)):
        return _done(request, body, f"{body.name}已经撤销。以前的日子里还查得到。")
    return form_page(
        request, form, title=f"撤销{body.name}", yes="撤销", danger=True, back=_of(body),
        intro="人和下面的组织要先移走、转走。撤销以后职务同时结束，以前的日子里还查得到。",
    )  # fmt: skip
