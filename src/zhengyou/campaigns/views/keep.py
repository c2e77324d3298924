"""What the keepers of a campaign do with it: start, end, reword, move phases, save as blueprint."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns import rules
from zhengyou.campaigns.actions import campaigns
from zhengyou.campaigns.blueprint import dump
from zhengyou.campaigns.forms import CampaignForm, PhasesForm, StandardForm
from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.campaigns.views.asking import ask
from zhengyou.campaigns.views.finding import actor_of, campaign_of, campaign_step, crumbs
from zhengyou.kernel.verdict import Refused

ASKED = ["GET", "HEAD", "POST"]


def _page(found: Campaign) -> str:
    return reverse("campaigns:campaign", args=[found.uid])


@login_required
@require_http_methods(ASKED)
def start(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Start the campaign."""
    actor, found = actor_of(request), campaign_of(request, uid)

    def do() -> HttpResponse:
        found.open(actor)
        messages.success(request, f"“{found.title}”启动了，覆盖到的组织现在可以采用。")
        return redirect(_page(found))

    return ask(
        request,
        rules.may_open_campaign(actor, found),
        do,
        title=f"启动“{found.title}”吗？",
        text="启动以后，覆盖到的组织就能看到、采用。蓝图从此定下，名称、主题、阶段日期还可以改。",
        yes="启动活动",
        back=_page(found),
    )


@login_required
@require_http_methods(ASKED)
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """End the campaign."""
    actor, found = actor_of(request), campaign_of(request, uid)

    def do() -> HttpResponse:
        found.close(actor)
        messages.success(request, f"“{found.title}”结束了，材料都还在，可以随时查看。")
        return redirect(_page(found))

    return ask(
        request,
        rules.may_close_campaign(actor, found),
        do,
        title=f"结束“{found.title}”吗？",
        text="结束以后不能再写方案和承诺，各支部的领导小组同时撤销。结束了不能再启动。",
        yes="结束活动",
        back=_page(found),
    )


@login_required
@require_http_methods(ASKED)
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw a campaign away that was never started."""
    actor, found = actor_of(request), campaign_of(request, uid)

    def do() -> HttpResponse:
        campaigns.discard(actor, found)
        messages.success(request, f"“{found.title}”删去了。")
        return redirect("campaigns:index")

    return ask(
        request,
        rules.may_replace_blueprint(actor, found),
        do,
        title=f"删去“{found.title}”吗？",
        text="还没有启动的活动可以删去。删去以后要重新建。",
        yes="删去",
        back=_page(found),
    )


@login_required
@require_http_methods(ASKED)
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change title, theme, aims and carriers."""
    actor, found = actor_of(request), campaign_of(request, uid)
    rules.may_edit_campaign(actor, found).require()
    if found.state == CampaignState.DRAFT:  # All of it is changed in the editor.
        return redirect("campaigns:blueprint", found.uid)
    form = CampaignForm(found, request.POST or None)
    if form.is_valid():
        changed = campaigns.edit(actor, found, **form.cleaned_data)
        messages.success(request, "改好了。" if changed else "和原来一样，没有改动。")
        return redirect(_page(found))
    context = {
        "campaign": found,
        "form": form,
        "title": "改活动的文字",
        "crumbs": crumbs(campaign_step(found), ("改文字", "")),
    }
    return render(request, "campaigns/edit.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(ASKED)
def phases(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the days of phases."""
    actor, found = actor_of(request), campaign_of(request, uid)
    rules.may_edit_campaign(actor, found).require()
    if found.state == CampaignState.DRAFT:
        return redirect("campaigns:blueprint", found.uid)
    form = PhasesForm(found, request.POST or None)
    if form.is_valid():
        try:
            reason = form.cleaned_data.get("reason", "")
            moved = campaigns.move_phases(actor, found, form.days, reason=reason)
        except Refused as refused:
            form.add_error(None, refused.reason)
        else:
            words = "、".join(phase.title for phase in moved)
            messages.success(request, f"{words}的日期改好了。" if moved else "日期没有改动。")
            return redirect(_page(found))
    context = {
        "campaign": found,
        "form": form,
        "crumbs": crumbs(campaign_step(found), ("调整日期", "")),
    }
    return render(request, "campaigns/phases.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(ASKED)
def standard(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """Reword a standard."""
    actor, found = actor_of(request), campaign_of(request, uid)
    row = get_object_or_404(found.standards.select_related("campaign__organisation"), code=code)
    rules.may_change_standard(actor, row).require()
    if found.state == CampaignState.DRAFT:
        url = reverse("campaigns:blueprint", args=[found.uid])
        return redirect(f"{url}?at=standard.{row.code}")
    form = StandardForm(row, request.POST or None)
    if form.is_valid():
        campaigns.reword_standard(
            actor,
            row,
            title=form.cleaned_data["title"],
            criteria=form.criteria,
            reason=form.cleaned_data.get("reason", ""),
        )
        messages.success(request, f"“{row.title}”改好了。")
        return redirect(_page(found))
    context = {
        "campaign": found,
        "form": form,
        "title": f"改标准“{row.title}”的文字",
        "crumbs": crumbs(campaign_step(found), ("改标准", "")),
    }
    return render(request, "campaigns/edit.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def save(request: HttpRequest, uid: UUID, which: str) -> HttpResponse:
    """Download the campaign as a blueprint: as it is ``now``, or the file it ``began`` with."""
    found = campaign_of(request, uid)
    rules.may_save_blueprint(actor_of(request), found).require()
    text = found.blueprint if which == "began" else dump(found)
    name = f"{'original' if which == 'began' else 'blueprint'}-{found.starts_on:%Y%m%d}.toml"
    return HttpResponse(
        text,
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
