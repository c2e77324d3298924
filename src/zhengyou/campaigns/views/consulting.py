"""Drafts put out for opinions: begin, look, give a signed opinion, answer, end early."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns import consulting as rules
from zhengyou.campaigns.actions import consultations
from zhengyou.campaigns.forms_basis import WhyForm
from zhengyou.campaigns.forms_consulting import DaysForm, OpinionForm, OutcomeForm
from zhengyou.campaigns.models import Consultation, Outcome, SignedOpinion
from zhengyou.campaigns.queries import consultations as queries
from zhengyou.campaigns.queries.consultations import consultation_page
from zhengyou.campaigns.views.asking import sent
from zhengyou.campaigns.views.finding import (
    Crumbs,
    actor_of,
    campaign_of,
    campaign_step,
    crumbs,
    plan_of,
    plan_step,
)
from zhengyou.remarks.models import Remark
from zhengyou.remarks.queries.talk import thread
from zhengyou.ui.text import short_date

ASKED = ["GET", "HEAD", "POST"]


def _found(request: HttpRequest, uid: UUID) -> Consultation:
    visible = Consultation.objects.filter(rules.visible_consultations(actor_of(request)))
    return get_object_or_404(
        visible.select_related(
            "campaign__organisation", "plan__organisation", "plan__campaign"
        ).prefetch_related("plan__sections"),
        uid=uid,
    )


def _page(found: Consultation) -> str:
    return reverse("campaigns:consultation", args=[found.uid])


def _way(request: HttpRequest, found: Consultation, here: str) -> Crumbs:
    steps = [campaign_step(found.campaign)]
    if found.plan:
        steps.append(plan_step(found.plan))
    elif not rules.may_answer_opinions(actor_of(request), found):
        steps = [(found.campaign.title, "")]  # A draft that the actor does not see otherwise.
    return crumbs(*steps, (here, ""))


@login_required
@require_http_methods(ASKED)
def plan(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the draft of a plan out."""
    actor, found = actor_of(request), plan_of(request, uid)
    rules.may_consult(actor, found).require()
    form = DaysForm(found.campaign.consult_days, sent(request))
    if form.is_valid():
        made = consultations.consult(actor, found, form.cleaned_data["days"])
        messages.success(request, f"公开征求意见了，到{short_date(made.ends_on)}为止。")
        return redirect(_page(made))
    sub = "主题、载体、目标放到公开页上，标明“征求意见稿”，群众不用登录就能提"
    way = crumbs(campaign_step(found.campaign), plan_step(found), ("征求意见", ""))
    return _form(request, form, "方案征求意见", sub, "公开征求意见", way)


@login_required
@require_http_methods(ASKED)
def campaign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put the draft of a campaign out to the bodies below."""
    actor, found = actor_of(request), campaign_of(request, uid)
    rules.may_consult_below(actor, found).require()
    form = DaysForm(0, sent(request))
    if form.is_valid():
        made = consultations.consult_below(actor, found, form.cleaned_data["days"])
        messages.success(
            request, f"下级的书记现在看得到、提得了意见，到{made.ends_on:%-m月%-d日}为止。"
        )
        return redirect(_page(made))
    sub = "主题、载体、目标给下面参加的组织看，由书记、副书记署名提意见"
    way = crumbs(campaign_step(found), ("征求意见", ""))
    return _form(request, form, "活动向下级征求意见", sub, "征求意见", way)


def _form(
    request: HttpRequest, form: object, title: str, sub: str, yes: str, way: Crumbs
) -> HttpResponse:
    context = {"form": form, "title": title, "sub": sub, "yes": yes, "crumbs": way}
    status = 422 if getattr(form, "is_bound", False) else 200
    return render(request, "campaigns/directive_form.html", context, status=status)


@login_required
@require_safe
def show(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show what was put out, what changed since, and the opinions with their answers."""
    return _show(request, _found(request, uid))


def _show(
    request: HttpRequest,
    found: Consultation,
    opinion: UUID | None = None,
    own: OpinionForm | None = None,
) -> HttpResponse:
    page = consultation_page(actor_of(request), found)
    forms = [(row, OutcomeForm(row, opinion, sent(request))) for row in page.rows]
    context = {
        "consultation": found,
        "page": page,
        "forms": forms,
        "own": own or OpinionForm(),
        "crumbs": _way(request, found, "征求意见"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "campaigns/consultation.html", context, status=status)


@login_required
@require_POST
def settle(request: HttpRequest, uid: UUID, opinion: UUID) -> HttpResponse:
    """Say what became of one opinion."""
    actor, found = actor_of(request), _found(request, uid)
    rules.may_answer_opinions(actor, found).require()
    row = next((row for row in queries.opinion_rows(found) if row.uid == opinion), None)
    if row is None:
        raise Http404
    form = OutcomeForm(row, opinion, request.POST)
    if not form.is_valid():
        return _show(request, found, opinion)
    subject: Remark | SignedOpinion = (
        Remark.objects.get(uid=opinion) if row.public else SignedOpinion.objects.get(uid=opinion)
    )
    data = form.cleaned_data
    consultations.settle(actor, found, subject, Outcome(data["outcome"]), data["reason"])
    messages.success(request, "答复记下了。")
    return redirect(f"{_page(found)}#o-{opinion}")


@login_required
@require_POST
def opine(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a signed opinion on the draft of a campaign."""
    actor, found = actor_of(request), _found(request, uid)
    rules.may_opine(actor, found).require()
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _show(request, found, own=form)
    consultations.opine(actor, found, form.cleaned_data["text"])
    messages.success(request, "意见提上去了，答复也在这一页。")
    return redirect(_page(found))


@login_required
@require_http_methods(ASKED)
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End a consultation before its time."""
    actor, found = actor_of(request), _found(request, uid)
    rules.may_stop(actor, found).require()
    form = WhyForm(sent(request))
    if form.is_valid():
        consultations.stop(actor, found, form.cleaned_data["reason"])
        messages.success(request, "征求意见提前结束了。")
        return redirect(_page(found))
    sub = "没有征求满的，不算征求过意见；收到的意见还是要答复"
    return _form(request, form, "提前结束征求意见", sub, "结束", _way(request, found, "提前结束"))


@require_safe
def public(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show to everybody the draft of a plan that is or was out, with opinions and answers."""
    found = get_object_or_404(
        queries.public_consultations().prefetch_related("plan__sections"), uid=uid
    )
    assert found.plan is not None  # only plans are put out to the public
    context = {
        "consultation": found,
        "plan": found.plan,
        "sections": queries.sections_in_public(found),
        "rows": queries.opinion_rows(found),
        "badge": queries.badge(found),
        "running": found.runs(),
        "talk": thread(found.about),
    }
    return render(request, "campaigns/consulted.html", context)
