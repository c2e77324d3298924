"""Running a campaign again: what was learnt, the next run, the seats of the last one."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhengyou.campaigns import repeating as rules
from zhengyou.campaigns.actions import again as actions
from zhengyou.campaigns.actions import groups
from zhengyou.campaigns.blueprint import Flawed
from zhengyou.campaigns.blueprint.moving import next_title
from zhengyou.campaigns.forms import AgainForm, LessonForm
from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.queries import again as queries
from zhengyou.campaigns.views.asking import sent
from zhengyou.campaigns.views.finding import (
    actor_of,
    campaign_of,
    campaign_step,
    crumbs,
    own_body,
    plan_of,
)
from zhengyou.kernel.verdict import Refused


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what the next run would be, and make it."""
    actor, found = actor_of(request), campaign_of(request, uid)
    rules.may_run_again(actor, found).require()
    form = AgainForm(_usual(found), sent(request))
    preview = _preview(found, form)
    if preview and request.POST.get("do") == "make" and form.is_valid():
        made, _ = actions.run_again(actor, found, **form.cleaned_data)
        messages.success(request, f"“{made.title}”建好了，还没有启动。看过没问题再启动。")
        return redirect("campaigns:campaign", made.uid)
    context = {
        "campaign": found,
        "form": form,
        "preview": preview,
        "crumbs": crumbs(campaign_step(found), ("再办一次", "")),
    }
    return render(request, "campaigns/again.html", context, status=422 if form.errors else 200)


def _usual(found: Campaign) -> dict[str, object]:
    """Return a year later, or two where the run is longer: the first that is not before its end."""
    years = 1
    while _later(found.starts_on, years) <= found.ends_on and years < 5:
        years += 1
    starts_on = _later(found.starts_on, years)
    return {"title": next_title(found.title, found.starts_on, starts_on), "starts_on": starts_on}


def _later(day: date, years: int) -> date:
    return date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)


def _preview(found: Campaign, form: AgainForm) -> queries.Preview | None:
    """Return what would be made; what stands in the way goes to the form."""
    if form.is_bound and not form.is_valid():
        return None
    given = form.cleaned_data if form.is_bound else form.initial
    try:
        rules.begins_later(found, given["starts_on"]).require()
        return queries.preview(found, given["title"], given["starts_on"])
    except Refused as refused:
        form.complain("starts_on", refused.reason)
    except Flawed as flawed:
        form.complain("title", str(flawed))
    return None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write what the own body learnt from a run."""
    actor, found, body = actor_of(request), campaign_of(request, uid), own_body(request)
    if body is None:
        raise Refused("您现在没有职务，不能写经验教训。")
    rules.may_write_lesson(actor, found, body).require()
    known = found.lessons.filter(organisation=body).first()
    form = LessonForm(sent(request), initial={"text": known.text if known else ""})
    if form.is_valid():
        actions.write_lesson(actor, found, body, form.cleaned_data["text"])
        messages.success(request, "存下了，下一轮起草方案的时候看得到。")
        return redirect("campaigns:campaign", found.uid)
    context = {
        "form": form,
        "title": f"{body.name}的经验教训",
        "sub": "哪些办法好用，哪些白费力气，下一轮怎么办",
        "yes": "存下",
        "crumbs": crumbs(campaign_step(found), ("经验教训", "")),
    }
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/directive_form.html", context, status=status)


@login_required
@require_POST
def take_seats(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Seat again who sat in the last run."""
    plan = plan_of(request, uid)
    posts = groups.take_over(actor_of(request), plan)
    messages.success(request, f"沿用了上一轮的 {len(posts)} 个席位。")
    return redirect("campaigns:plan_groups", plan.uid)
