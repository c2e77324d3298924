"""Answers to who chose a post, leaving it, checks of a log, deputies."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.work.actions import log_checks, service_posts
from zhengyou.work.forms.service import CheckForm, DeputyForm, ReasonForm
from zhengyou.work.models import LogCheck, RecordState, ServiceDeputy, ServiceHolder
from zhengyou.work.rules import service as rules
from zhengyou.work.views import service_finding as finding
from zhengyou.work.views.service_finding import actor_of, holder_of
from zhengyou.work.views.service_posts import FORM


def _back(holder: ServiceHolder) -> tuple[str, str]:
    return (holder.post.title, reverse("work:post", args=[holder.post.uid]))


@login_required
@require_POST
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Agree that somebody takes the post he or she chose."""
    holder = holder_of(request, uid)
    service_posts.confirm(actor_of(request), holder)
    messages.success(request, f"{holder.who}从今天起在“{holder.post.title}”。")
    return redirect("work:post", holder.post.uid)


@login_required
@FORM
def decline(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Do not agree, and say why."""
    holder, actor = holder_of(request, uid), actor_of(request)
    rules.may_answer(actor, holder).require()
    form = ReasonForm(sent(request))
    if attempt(form, lambda: service_posts.decline(actor, holder, **form.cleaned_data)):
        messages.success(request, "答复了。")
        return redirect("work:post", holder.post.uid)
    title = f"不同意{holder.who}上“{holder.post.title}”"
    return form_page(request, form, title=title, yes="不同意", back=_back(holder))


@login_required
@require_POST
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the own choice back."""
    holder = holder_of(request, uid)
    service_posts.take_back(actor_of(request), holder)
    messages.success(request, "收回了。")
    return redirect("work:post", holder.post.uid)


@login_required
@FORM
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Leave a post, after asking."""
    holder, actor = holder_of(request, uid), actor_of(request)

    def do() -> HttpResponse:
        service_posts.end_holding(actor, holder)
        messages.success(request, f"{holder.who}离岗了。")
        return redirect("work:post", holder.post.uid)

    return ask(
        request, rules.may_end_holding(actor, holder), do, yes="离岗", back=_back(holder)[1],
        title=f"{holder.who}从今天起不在“{holder.post.title}”？", text="在岗的日子都留着。",
    )  # fmt: skip


@login_required
@FORM
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down how somebody's log was found."""
    holder, actor = holder_of(request, uid), actor_of(request)
    rules.may_check_log(actor, holder).require()
    form = CheckForm(sent(request))
    if attempt(form, lambda: log_checks.check_log(actor, holder, **form.cleaned_data)):
        messages.success(request, f"{holder.who}的日志查好了。")
        return redirect("work:post", holder.post.uid)
    title = f"查{holder.who}的日志，{holder.post.title}"
    return form_page(request, form, title=title, yes="记下", back=_back(holder))


@login_required
@FORM
def deputy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give somebody an experienced colleague at the side."""
    holder, actor = holder_of(request, uid), actor_of(request)
    rules.may_give_deputy(actor, holder).require()
    people = finding.people_of(holder.post.organisation).exclude(pk=holder.person_id or 0)
    form = DeputyForm(sent(request), people=people)
    last = LogCheck.objects.filter(holder=holder, record__state=RecordState.FINISHED).first()
    give = log_checks.give_deputy
    if attempt(form, lambda: give(actor, holder, because=last, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['person'].name}帮带{holder.who}。")
        return redirect("work:post", holder.post.uid)
    title = f"找一个有经验的人帮{holder.who}"
    return form_page(request, form, title=title, yes="请他帮带", back=_back(holder))


@login_required
@require_POST
def end_deputy(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End that."""
    rows = ServiceDeputy.objects.select_related("holder__post__organisation__parent", "person")
    row = get_object_or_404(rows, uid=uid)
    holder_of(request, row.holder.uid)
    log_checks.end_deputy(actor_of(request), row)
    messages.success(request, f"{row.person.name}不再帮带了。")
    return redirect("work:post", row.holder.post.uid)
