"""Splitting and redrawing: first which bodies become which, then who goes where."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhengyou.people import rules
from zhengyou.people.actions import tree
from zhengyou.people.forms.organisations import AssignForm, SplitPlanForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Membership, Organisation, Person
from zhengyou.people.queries import choices
from zhengyou.people.views import finding
from zhengyou.people.views.shaping import FORM
from zhengyou.people.views.trying import attempt, form_page


@login_required
@FORM
def split(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Ask which siblings are redrawn and for the new names; then who and what goes where.

    The second page posts the first one's answers along, so nothing is kept between the two.
    """
    body = finding.organisation(request, uid)
    rules.may_change_body(request.actor, body).require()
    plan = SplitPlanForm(
        request.POST or None,
        siblings=choices.split_siblings(request.actor, body),
        initial={"bodies": [body.uid]},
    )
    if not plan.is_valid():
        return _ask_plan(request, body, plan)
    assign = _assign_form(request, plan)
    if "assign" in request.POST and attempt(assign, lambda: _split(request, plan, assign)):
        messages.success(request, f"拆分好了，现在有 {len(plan.cleaned_data['names'])} 个新组织。")
        return redirect("people:organisation", body.parent.uid if body.parent else body.uid)
    status = 422 if assign.errors else 200
    context = {"body": body, "plan": plan, "assign": assign}
    return render(request, "people/split.html", context, status=status)


def _ask_plan(request: ActorRequest, body: Organisation, plan: SplitPlanForm) -> HttpResponse:
    return form_page(
        request, plan, title=f"拆分、重划{body.name}", yes="下一步，分人", here="拆分、重划",
        intro="比如 4 个党小组按年级改成 6 个，或者一个支部分成两个。老组织撤销，历史还在。",
        back=(body.name, reverse("people:organisation", args=[body.uid])),
    )  # fmt: skip


def _assign_form(request: ActorRequest, plan: SplitPlanForm) -> AssignForm:
    old, on = plan.cleaned_data["bodies"], plan.cleaned_data["on"]
    members = Membership.objects.overlapping(on, None).filter(organisation__in=old)
    return AssignForm(
        request.POST if "assign" in request.POST else None,
        names=plan.cleaned_data["names"],
        people=Person.objects.filter(pk__in=members.values("person")),
        below=Organisation.objects.filter(parent__in=old).exclude(closed_on__lte=on),
    )


def _split(request: ActorRequest, plan: SplitPlanForm, assign: AssignForm) -> None:
    tree.split(
        request.actor,
        plan.cleaned_data["bodies"],
        assign.placed(assign.people),
        plan.cleaned_data["on"],
        below=assign.placed(assign.below),
    )
