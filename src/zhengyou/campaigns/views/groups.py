"""Who sits in the leading group and its working groups."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhengyou.campaigns import rules
from zhengyou.campaigns.actions import groups
from zhengyou.campaigns.forms import SeatForm
from zhengyou.campaigns.queries.again import seat_offers
from zhengyou.campaigns.queries.plans import GroupView, groups_of
from zhengyou.campaigns.views.finding import (
    actor_of,
    campaign_step,
    crumbs,
    plan_of,
    plan_step,
)
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Post


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def seats(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the groups and their seats; give a seat in the group whose form was sent."""
    actor, plan = actor_of(request), plan_of(request, uid)
    verdict = rules.may_seat(actor, plan)
    verdict.require()
    views = groups_of(plan)
    people = list(groups.candidates(plan).order_by("sort_key"))
    forms = [(view, _form(request, view, people)) for view in views]
    for view, form in forms:
        if form.is_valid():
            try:
                groups.seat(actor, view.group, *form.chosen)
            except Refused as refused:
                form.add_error(None, refused.reason)
            else:
                person, role, _ = form.chosen
                title = view.group.organisation.name
                messages.success(request, f"{person.name}当了{title}{role.label}。")
                return redirect(f"{request.path}#{view.group.organisation.uid}")
    context = {
        "plan": plan,
        "forms": forms,
        "offers": seat_offers(plan),
        "crumbs": crumbs(campaign_step(plan.campaign), plan_step(plan), ("领导小组", "")),
    }
    bad = any(form.errors for _, form in forms)
    return render(request, "campaigns/groups.html", context, status=422 if bad else 200)


def _form(request: HttpRequest, view: GroupView, people: list) -> SeatForm:
    """Return the group's form, bound if it was this one that was sent."""
    sent = request.POST.get("group") == str(view.group.organisation.uid)
    return SeatForm(view, people, request.POST if sent else None)


@login_required
@require_POST
def unseat(request: HttpRequest, uid: UUID, post: UUID) -> HttpResponse:
    """Take somebody out of a seat."""
    plan = plan_of(request, uid)
    held = get_object_or_404(Post.objects.select_related("organisation", "person"), uid=post)
    group = get_object_or_404(
        plan.groups.select_related("organisation"), organisation=held.organisation
    )
    group.plan = plan
    groups.unseat(actor_of(request), group, held)
    messages.success(request, f"{held.person.name}不再是{held.organisation.name}{held.title}。")
    return redirect("campaigns:plan_groups", plan.uid)
