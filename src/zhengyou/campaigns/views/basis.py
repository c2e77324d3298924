"""Documents of superiors: the list of a body, one document, and what is done with it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns import receiving as rules
from zhengyou.campaigns.actions import directives
from zhengyou.campaigns.forms_basis import DirectiveForm, PassForm, StudyForm, WhyForm
from zhengyou.campaigns.models import RECEIVERS, Directive
from zhengyou.campaigns.queries import basis
from zhengyou.campaigns.views.asking import sent
from zhengyou.campaigns.views.finding import Crumbs, actor_of, own_body
from zhengyou.files.actions import Received, receive
from zhengyou.files.bad_file import BadFile
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Organisation

ASKED = ["GET", "HEAD", "POST"]
FORM = "campaigns/directive_form.html"


def _crumbs(*steps: tuple[str, str]) -> Crumbs:
    return [("收文", reverse("campaigns:inbox")), *steps]


def _found(request: HttpRequest, uid: UUID) -> Directive:
    visible = Directive.objects.filter(rules.visible_directives(actor_of(request)))
    return get_object_or_404(visible.select_related("organisation", "issuer"), uid=uid)


def _page(directive: Directive) -> str:
    return reverse("campaigns:directive", args=[directive.uid])


@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the documents of the body whose hat is worn."""
    body = own_body(request)
    if body is None:
        raise Http404
    return _inbox(request, body)


@login_required
@require_safe
def inbox_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the documents of another body, to those above it."""
    body = get_object_or_404(Organisation, uid=uid)
    if not rules.may_see_inbox(actor_of(request), body):
        raise Http404
    return _inbox(request, body)


def _inbox(request: HttpRequest, body: Organisation) -> HttpResponse:
    page = basis.inbox(body, request.GET.get("page"))
    context = {
        "body": body,
        "page": page,
        "may_enter": rules.may_enter(actor_of(request), body),
        "crumbs": [("活动", reverse("campaigns:index")), ("收文", "")],
    }
    return render(request, "campaigns/inbox.html", context)


@login_required
@require_safe
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one document: its files, who passed it on, who has studied it."""
    return _show(request, _found(request, uid), None)


def _show(request: HttpRequest, found: Directive, form: StudyForm | None) -> HttpResponse:
    state, number = request.GET.get("state", ""), request.GET.get("page")
    page = basis.directive_page(actor_of(request), found, state=state, number=number)
    if form is None and page.own:
        study = page.own.study
        values = {"studied_on": study.studied_on, "how": study.how} if study else {}
        form = StudyForm(initial=values or {"studied_on": clock.today()})
    context = {
        "directive": found,
        "page": page,
        "form": form,
        "crumbs": _crumbs((found.title, "")),
    }
    bad = form is not None and form.is_bound
    return render(request, "campaigns/directive.html", context, status=422 if bad else 200)


@login_required
@require_http_methods(ASKED)
def new(request: HttpRequest) -> HttpResponse:
    """Note down a document that the own body received."""
    actor, body = actor_of(request), own_body(request)
    if body is None:
        raise Http404
    rules.may_enter(actor, body).require()
    form = DirectiveForm(_above(body), sent(request), request.FILES)
    if form.is_valid():
        made: list[Directive] = []
        if _try(form, lambda got: made.append(directives.enter(actor, body, form.words, got))):
            messages.success(request, "登记好了。要转给下面，按“转发”。")
            return redirect(_page(made[0]))
    crumbs = _crumbs(("登记收文", ""))
    return _form(request, form, "登记收文", f"{body.name}收到的上级文件", "登记", crumbs)


@login_required
@require_http_methods(ASKED)
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct a document."""
    actor, found = actor_of(request), _found(request, uid)
    rules.may_edit_directive(actor, found).require()
    form = DirectiveForm(
        _above(found.organisation),
        sent(request),
        request.FILES,
        directive=found,
        attached=attachments_of(found.ref),
        ask_why=found.passings.exists(),
    )
    if form.is_valid() and _try(form, lambda got: _edit(actor, found, form, got)):
        messages.success(request, "改好了。")
        return redirect(_page(found))
    crumbs = _crumbs((found.title, _page(found)), ("改", ""))
    return _form(request, form, "改登记的内容", str(found), "存下", crumbs)


def _edit(actor: Any, found: Directive, form: DirectiveForm, got: list[Received]) -> None:
    reason = form.cleaned_data.get("reason", "")
    directives.edit(actor, found, form.words, got, drop=form.dropped, reason=reason)


def _above(body: Organisation) -> list[Organisation]:
    """Return the bodies above, the nearest first: most documents come from there."""
    above = Organisation.objects.filter(path__in=paths.ancestors(body.path))
    return sorted(above, key=lambda row: row.path, reverse=True)


def _try(form: DirectiveForm, do: Any) -> bool:
    """Take the file in before the transaction begins, then do it; a no becomes the form's."""
    upload = form.cleaned_data.get("file")
    try:
        do([receive(upload, upload.name)] if upload else [])
    except BadFile as bad:
        form.add_error("file", bad.reason)
    except Refused as refused:
        form.add_error(None, refused.reason)
    else:
        return True
    return False


def _form(
    request: HttpRequest, form: Any, title: str, sub: str, yes: str, crumbs: Crumbs
) -> HttpResponse:
    context = {"form": form, "title": title, "sub": sub, "yes": yes, "crumbs": crumbs}
    return render(request, FORM, context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(ASKED)
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take a document down, with a reason."""
    actor, found = actor_of(request), _found(request, uid)
    rules.may_withdraw_directive(actor, found).require()
    form = WhyForm(sent(request))
    if form.is_valid():
        directives.withdraw(actor, found, form.cleaned_data["reason"])
        messages.success(request, "撤下了，收到的组织都看得到理由。")
        return redirect(_page(found))
    sub = f"{found}撤下以后，不能再转发、再引用；已经引用的会标明。"
    crumbs = _crumbs((found.title, _page(found)), ("撤下", ""))
    return _form(request, form, "撤下这份文件", sub, "撤下", crumbs)


@login_required
@require_http_methods(ASKED)
def pass_down(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Pass a document down from the own body."""
    actor, found, body = actor_of(request), _found(request, uid), own_body(request)
    rules.may_pass(actor, found).require()
    assert body is not None  # may_pass has asked
    form = PassForm(_below(body), sent(request))
    if form.is_valid():
        note = form.cleaned_data["note"]
        try:
            directives.pass_down(actor, found, chosen=form.bodies, study_by=form.day, note=note)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "转发下去了，他们的工作台上会提醒传达学习。")
            return redirect(_page(found))
    crumbs = _crumbs((found.title, _page(found)), ("转发", ""))
    return _form(request, form, f"{body.name}转发文件", str(found), "转发", crumbs)


def _below(body: Organisation) -> list[Organisation]:
    """Return the party bodies straight below; further down the next level passes it on."""
    below = Organisation.objects.filter(RECEIVERS, parent=body, closed_on=None)
    return list(below.order_by("path"))


@login_required
@require_POST
def study(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note that the own body has conveyed and studied the document."""
    actor, found = actor_of(request), _found(request, uid)
    rules.may_mark_studied(actor, found).require()
    form = StudyForm(request.POST)
    if form.is_valid():
        try:
            directives.mark_studied(actor, found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            messages.success(request, "登记好了。")
            return redirect(_page(found))
    return _show(request, found, form)
