"""组织关系转接: choose who goes where, see what that means, and answer what was handed over."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy_name
from zhengyou.people import rules
from zhengyou.people.actions import transfers
from zhengyou.people.actor import Actor
from zhengyou.people.forms.transfers import HandoverForm, ReturnForm, WhoForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation, Transfer
from zhengyou.people.queries import choices
from zhengyou.people.queries import transfers as queries
from zhengyou.people.views import finding
from zhengyou.people.views.shaping import FORM
from zhengyou.people.views.trying import attempt

PER_PAGE = 50


@login_required
@require_safe
def handovers(request: ActorRequest, uid: UUID) -> HttpResponse:
    """List the transfers out of and into a body and what is below it."""
    body = finding.organisation(request, uid)
    rules.may_see_roll(request.actor, body).require()
    rows = queries.transfers_of(request.actor, body)
    context = {
        "body": body,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "pending": rows.filter(state="proposed").count(),
        "may_propose": rules.may_propose_transfer(request.actor, body),
    }
    return render(request, "people/handovers.html", context)


@login_required
@FORM
def new(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Choose who goes and where to; then read what that means, and hand them over.

    The first page asks by GET; the second one posts its answers along.
    """
    body = finding.organisation(request, uid)
    rules.may_propose_transfer(request.actor, body).require()
    typed = request.POST or request.GET
    chosen = WhoForm(
        typed if "name" in typed else None,
        people=choices.direct_members(body),
        initial={"who": typed.getlist("who")},
    )
    if not chosen.is_valid():
        return _ask_who(request, body, chosen)
    targets = queries.receivers(body, tidy_name(chosen.cleaned_data["name"]))[: queries.MOST]
    if not targets:
        chosen.add_error("name", "没有找到这样的组织，换几个字再找。")
        return _ask_who(request, body, chosen)
    return _hand_over(request, body, chosen, targets)


def _ask_who(request: ActorRequest, body: Organisation, form: WhoForm) -> HttpResponse:
    context = {"body": body, "form": form}
    status = 422 if form.errors else 200
    return render(request, "people/handover_who.html", context, status=status)


def _hand_over(
    request: ActorRequest, body: Organisation, chosen: WhoForm, targets: Any
) -> HttpResponse:
    people = list(chosen.cleaned_data["who"])
    form = HandoverForm(
        request.POST or None,
        targets=Organisation.objects.filter(pk__in=[row.pk for row in targets]).select_related(
            "parent"
        ),
        initial={"target": targets[0].uid if len(targets) == 1 else None},
    )
    done: list[Transfer] = []
    if attempt(form, lambda: done.append(_propose(request.actor, body, people, form))):
        messages.success(request, _told(done[0]))
        return redirect("people:handover", done[0].uid)
    context = {
        "body": body,
        "chosen": chosen,
        "form": form,
        "rows": queries.passengers(body, people, clock.today()),
        "staying": queries.staying(body, people),
    }
    status = 422 if form.errors else 200
    return render(request, "people/handover_new.html", context, status=status)


def _propose(actor: Actor, body: Organisation, people: list[Any], form: HandoverForm) -> Transfer:
    return transfers.propose(
        actor,
        body,
        form.cleaned_data["target"],
        people,
        on=form.cleaned_data["on"],
        note=form.cleaned_data["note"],
    )


def _told(row: Transfer) -> str:
    if row.is_pending:
        return f"送到{row.target.name}了，对方接收以后才转。"
    return f"转到{row.target.name}了。"


@login_required
@require_safe
def handover(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Show a transfer: who, from where to where, what comes along, and what can be done."""
    return _show(request, _find(request, uid), ReturnForm())


def _find(request: ActorRequest, uid: UUID) -> Transfer:
    rows = Transfer.objects.filter(rules.visible_transfers(request.actor))
    return finding.row(
        rows.select_related("source", "target", "proposed_by", "answered_by"), uid=uid
    )


def _show(request: ActorRequest, row: Transfer, form: ReturnForm) -> HttpResponse:
    actor = request.actor
    people = list(row.people.order_by("sort_key", "pk"))
    context = {
        "row": row,
        "rows": queries.passengers_of(row, people),
        "staying": queries.staying(row.source, people),
        "form": form,
        "may_accept": rules.may_accept_transfer(actor, row),
        "may_return": rules.may_return_transfer(actor, row),
        "may_withdraw": rules.may_withdraw_transfer(actor, row),
        "may_undo": rules.may_undo_transfer(actor, row, transfers.hanging(row)),
    }
    return render(request, "people/handover.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def accept(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take the people in."""
    return _done(request, uid, transfers.accept, "接收好了，{on}起算在{target}。")


@login_required
@require_POST
def withdraw(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take the proposal back."""
    return _done(request, uid, transfers.withdraw, "收回来了，人还在{source}。")


@login_required
@FORM
def undo(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Put the people back; asks first."""
    if request.method != "POST":
        row = _find(request, uid)
        rules.may_undo_transfer(request.actor, row, transfers.hanging(row)).require()
        return render(request, "ui/confirm.html", _question(row))
    return _done(request, uid, transfers.undo, "撤销了，人回到{source}。")


def _question(row: Transfer) -> dict[str, str]:
    return {
        "title": f"撤销从{row.source.name}到{row.target.name}的转接？",
        "text": "人、党小组和职务都回到转接以前的样子。",
        "yes": "撤销转接",
        "url": reverse("people:handover_undo", args=[row.uid]),
        "back": reverse("people:handover", args=[row.uid]),
    }


def _done(
    request: ActorRequest, uid: UUID, verb: Callable[[Actor, Transfer], None], words: str
) -> HttpResponse:
    row = _find(request, uid)
    verb(request.actor, row)
    messages.success(
        request,
        words.format(source=row.source.name, target=row.target.name, on=f"{row.on:%Y-%m-%d}"),
    )
    return redirect("people:handover", row.uid)


@login_required
@require_POST
def send_back(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Return the people with a reason."""
    row = _find(request, uid)
    rules.may_return_transfer(request.actor, row).require()
    form = ReturnForm(request.POST)
    if attempt(form, lambda: transfers.send_back(request.actor, row, form.cleaned_data["reason"])):
        messages.success(request, f"退回{row.source.name}了，人还在那边。")
        return redirect("people:handover", row.uid)
    return _show(request, row, form)


@login_required
@require_safe
def transfer(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Lead from a person to handing over: from the one body whose roll is kept, or ask which."""
    who, actor = finding.person(request, uid), request.actor
    rules.may_amend(actor, who.bodies()).require()
    homes = list(choices.homes_of(actor, who))
    if len(homes) == 1:
        return redirect(f"{reverse('people:handover_new', args=[homes[0].uid])}?who={who.uid}")
    return render(request, "people/transfer.html", {"who": who, "homes": homes})
