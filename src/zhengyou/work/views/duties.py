"""Pages of what is due: a body's duties, one's own."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.rules import visible_campaigns
from zhengyou.kernel import clock
from zhengyou.people.forms.fields import day_of
from zhengyou.people.middleware import ActorRequest
from zhengyou.people.models import Organisation
from zhengyou.people.queries.tree import name_on
from zhengyou.people.rules import visible_organisations
from zhengyou.work.models import Duty
from zhengyou.work.queries import next_step
from zhengyou.work.queries.body_page import body_page, own_page
from zhengyou.work.queries.rows import rows_of
from zhengyou.work.rules import keeping, seeing

DESK = ("工作台", "/desk/")


@login_required
@require_safe
def body(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """Show the duties of a body and of its members; by name only within the body."""
    bodies = Organisation.objects.filter(visible_organisations(request.actor))
    found = get_object_or_404(bodies, uid=organisation)
    seeing.may_see_standing(request.actor, found).require()
    day = day_of(request)
    runs = body_page(found, day)
    next_step.lead_on(request.actor, found, [period for run in runs for period in run.periods])
    context = {
        "title": f"{name_on(day, found)}的任务",
        "crumbs": [DESK, (found.name, f"/orgs/{found.uid}/"), ("任务", "")],
        "body": found,
        "day": day,
        "today": clock.today(),
        "runs": runs,
        "lifts": keeping.may_see_exemptions(request.actor, found),
        "names": seeing.may_see_missing(request.actor, found),
    }
    return render(request, "work/body.html", context)


@login_required
@require_safe
def rows(request: ActorRequest, uid: UUID, organisation: UUID) -> HttpResponse:
    """Show one duty of a body period by period, with the records that count."""
    bodies = Organisation.objects.filter(visible_organisations(request.actor))
    found = get_object_or_404(bodies, uid=organisation)
    runs = Campaign.objects.filter(visible_campaigns(request.actor))
    duties = Duty.objects.filter(campaign__in=runs).select_related("campaign")
    duty = get_object_or_404(duties.prefetch_related("terms__phase"), uid=uid)
    seeing.may_see_standing(request.actor, found).require()
    day = day_of(request)
    parts, all_of_them = rows_of(duty, found, day, request.actor)
    context = {
        "title": f"{duty.title}：{name_on(day, found)}",
        "crumbs": [DESK, (found.name, reverse("work:body", args=[found.uid])), (duty.title, "")],
        "duty": duty,
        "day": day,
        "today": clock.today(),
        "parts": parts,
        "more": all_of_them - len(parts),
        "names": seeing.may_see_missing(request.actor, found),
    }
    return render(request, "work/rows.html", context)


@login_required
@require_safe
def mine(request: ActorRequest) -> HttpResponse:
    """Show one's own duties."""
    day = day_of(request)
    person = request.actor.person
    entries = own_page(person, day) if person else []
    next_step.lead_on_own(request.actor, entries)
    context = {
        "title": "我的任务",
        "crumbs": [DESK, ("我的任务", "")],
        "day": day,
        "today": clock.today(),
        "entries": entries,
    }
    return render(request, "work/mine.html", context)
