"""Who can sign in: the list of a body, invitation slips to print, accounts closed."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from zhengyou.people import rules
from zhengyou.people.actions import accounts as verbs
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Invitation, Person
from zhengyou.people.queries.accounts import account_lines
from zhengyou.people.queries.slips import slip_of
from zhengyou.people.views import finding
from zhengyou.people.views.shaping import FORM


@login_required
@require_safe
def accounts(request: ActorRequest, uid: UUID) -> HttpResponse:
    """List the people of a body with account, slip or neither."""
    body = finding.organisation(request, uid)
    rules.may_see_roll(request.actor, body).require()
    lines = account_lines(body)
    context = {
        "body": body,
        "lines": lines,
        "missing": sum(line.account is None for line in lines),
        "may_keep": rules.may_keep_roll(request.actor, body),
    }
    return render(request, "people/accounts.html", context)


@login_required
@never_cache
@require_POST
def invite(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Make slips for the chosen people and show them, this once, ready to print."""
    body = finding.organisation(request, uid)
    rules.may_keep_roll(request.actor, body).require()
    chosen = Person.objects.filter(
        rules.visible_persons(request.actor), uid__in=finding.uids(request, "person")
    )
    made = verbs.invite(request.actor, body, list(chosen.order_by("sort_key", "pk")))
    if not made:
        messages.error(request, "没有选人，或者选的人都已经有账号了。请勾选没有账号的人。")
        return redirect("people:accounts", body.uid)
    address = request.build_absolute_uri(reverse("people:invitation"))
    context = {"body": body, "slips": [slip_of(*one, address) for one in made]}
    return render(request, "people/slips.html", context)


@login_required
@FORM
def withdraw(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take the open slip of a person back."""
    who = finding.person(request, uid)
    rules.may_amend(request.actor, who.bodies()).require()
    slip = finding.row(
        Invitation.objects.filter(person=who, used_at=None, withdrawn_at=None).select_related(
            "person"
        )
    )
    if request.method == "POST":
        verbs.withdraw(request.actor, slip)
        messages.success(request, f"{who.name}的邀请条收回了，那张纸条不能再用。")
        return redirect("people:person", who.uid)
    return _ask(request, who, "收回邀请条", "纸条丢了就收回，再开一张新的。")


@login_required
@FORM
def close(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Close the account of a person."""
    who = finding.person(request, uid)
    account = finding.account(who)
    rules.may_close_account(request.actor, who.bodies()).require()
    if request.method == "POST":
        verbs.close_account(request.actor, account)
        messages.success(request, f"{who.name}的账号停用了。要再登录，请重开邀请条。")
        return redirect("people:person", who.uid)
    return _ask(request, who, "停用账号", "登录着的马上退出。要再登录，请重开邀请条。")


def _ask(request: ActorRequest, who: Person, yes: str, text: str) -> HttpResponse:
    context = {
        "title": f"给{who.name}{yes}吗",
        "text": text,
        "yes": yes,
        "url": request.path,
        "back": reverse("people:person", args=[who.uid]),
    }
    return render(request, "ui/confirm.html", context)
