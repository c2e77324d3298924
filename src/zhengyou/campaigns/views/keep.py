"""What the keepers of a campaign do with it: start, end, reword, move phases, save as blueprint."""

from collections.abc import Callable
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
from zhengyou.campaigns.change_forms import CampaignForm, ChangeForm, PhasesForm, StandardForm
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
    """Change title, theme, aims, carriers and how names are written."""
    actor, found = actor_of(request), campaign_of(request, uid)
    rules.may_edit_campaign(actor, found).require()
    if found.state == CampaignState.DRAFT:  # All of it is changed in the editor.
        return redirect("campaigns:blueprint", found.uid)
    form = CampaignForm(found, request.POST or None)

    def save() -> str:
        changed = campaigns.edit(actor, found, **form.cleaned_data)
        return "改好了。" if changed else "和原来一样，没有改动。"

    return _changing(request, found, form, save, title="改活动的文字", step="改文字")


@login_required
@require_http_methods(ASKED)
def phases(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change the days of phases."""
    actor, found = actor_of(request), campaign_of(request, uid)
    rules.may_edit_campaign(actor, found).require()
    if found.state == CampaignState.DRAFT:
        return redirect("campaigns:blueprint", found.uid)
    form = PhasesForm(found, request.POST or None)

    def save() -> str:
        reason = form.cleaned_data.get("reason", "")
        moved = campaigns.move_phases(actor, found, form.days, reason=reason)
        words = "、".join(phase.title for phase in moved)
        return f"{words}的日期改好了。" if moved else "日期没有改动。"

    return _changing(request, found, form, save, title="调整阶段日期", step="调整日期")


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

    def save() -> str:
        campaigns.reword_standard(
            actor,
            row,
            title=form.cleaned_data["title"],
            criteria=form.criteria,
            reason=form.cleaned_data.get("reason", ""),
        )
        return f"“{row.title}”改好了。"

    title = f"改标准“{row.title}”的文字"
    return _changing(request, found, form, save, title=title, step="改标准")


def _changing(
    request: HttpRequest,
    found: Campaign,
    form: ChangeForm,
    save: Callable[[], str],
    *,
    title: str,
    step: str,
) -> HttpResponse:
    """Show a form that changes a campaign that runs: told as one types, saved once it is meant.

    Args:
        save: does it, and returns what to say.
    """
    status = 200
    if form.is_bound:
        status = 422 if not form.is_valid() else 409 if _is_stale(request, form) else 200
    if form.is_bound and status == 200 and request.POST.get("do") != "check":
        try:
            messages.success(request, save())
            return redirect(_page(found))
        except Refused as refused:
            form.add_error(None, refused.reason)
            status = 422
    live = form.is_bound and request.headers.get("HX-Request")
    context = {
        "campaign": found,
        "form": form,
        "title": title,
        "crumbs": crumbs(campaign_step(found), (step, "")),
    }
    template = "campaigns/typed.html" if live else "campaigns/edit.html"
    return render(request, template, context, status=200 if live else status)


def _is_stale(request: HttpRequest, form: ChangeForm) -> bool:
    """Tell, and say on the form, that somebody saved after the page was opened."""
    if request.POST.get("seen", form.seen) == form.seen:
        return False
    form.add_error(
        None,
        "您打开以后，别人也改了这里。您写的都在下面，划掉的是他存的、带下划线的是您写的；"
        "再存一次就照您写的存。",
    )
    return True


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
