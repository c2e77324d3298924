"""Merging bodies: which become which, what it means, done; and taking back what was redrawn."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from zhengyou.kernel.texts import tidy_name
from zhengyou.people import rules
from zhengyou.people.actions import merging, succession
from zhengyou.people.actor import Actor
from zhengyou.people.forms.merging import MergeForm, MergePlanForm
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation, Reorganisation
from zhengyou.people.queries import reorganising
from zhengyou.people.views import finding
from zhengyou.people.views.shaping import FORM
from zhengyou.people.views.trying import attempt


@login_required
@FORM
def merge(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Ask which bodies become which; then say what it means, and do it.

    The second page posts the first one's answers along, so nothing is kept between the two.
    """
    body = finding.organisation(request, uid)
    rules.may_change_body(request.actor, body).require()
    find = tidy_name((request.POST or request.GET).get("find", ""))
    plan = MergePlanForm(
        request.POST or None,
        bodies=reorganising.mergeable(request.actor, body, find),
        initial={"bodies": [body.uid], "into": ""},
    )
    context = {"body": body, "plan": plan, "find": find}
    if not plan.is_valid():
        status = 422 if plan.errors else 200
        return render(request, "people/merge_plan.html", context, status=status)
    preview = reorganising.preview(plan.old, plan.heir, plan.cleaned_data["on"])
    form = MergeForm(request.POST if "merge" in request.POST else None, preview=preview)
    done: list[Reorganisation] = []
    if "merge" in request.POST and attempt(
        form, lambda: done.append(_merge(request.actor, plan, form))
    ):
        return _merged(request, done[0])
    status = 422 if form.errors else 200
    context |= {"preview": preview, "form": form}
    return render(request, "people/merge.html", context, status=status)


def _merge(actor: Actor, plan: MergePlanForm, form: MergeForm) -> Reorganisation:
    return merging.merge(
        actor,
        plan.old,
        into=plan.heir,
        name=plan.cleaned_data["name"],
        parent=plan.cleaned_data.get("parent"),
        on=plan.cleaned_data["on"],
        posts=form.going_on,
        names=form.names,
    )


def _merged(request: ActorRequest, done: Reorganisation) -> HttpResponse:
    heir = done.successions.select_related("heir")[0].heir
    messages.success(request, f"合并好了，{done.on:%Y-%m-%d} 起都在{heir.name}。")
    return redirect("people:organisation", heir.uid)


@login_required
@FORM
def undo(request: ActorRequest, uid: UUID) -> HttpResponse:
    """Take a merger or a split back; asks first."""
    done = finding.row(Reorganisation.objects.all(), uid=uid)
    rows = list(done.successions.select_related("old__parent", "heir__parent"))
    bodies = {body for row in rows for body in (row.old, row.heir)}
    seen = Organisation.objects.filter(rules.visible_organisations(request.actor))
    if not bodies or seen.filter(pk__in=[body.pk for body in bodies]).count() < len(bodies):
        raise Http404
    rules.may_undo_reorganisation(request.actor, bodies, succession.hanging(done)).require()
    old = rows[0].old
    if request.method != "POST":
        return render(request, "ui/confirm.html", _question(done, old))
    succession.undo(request.actor, done)
    messages.success(request, "撤销了，组织、人和职务回到调整以前的样子。")
    return redirect("people:organisation", old.uid)


def _question(done: Reorganisation, old: Organisation) -> dict[str, str]:
    return {
        "title": f"撤销 {done.on:%Y-%m-%d} 的{done.get_how_display()}？",
        "text": "组织、人、党小组和职务都回到调整以前的样子，当没有调整过。",
        "yes": "撤销调整",
        "url": reverse("people:reorganisation_undo", args=[done.uid]),
        "back": reverse("people:organisation", args=[old.uid]),
    }
