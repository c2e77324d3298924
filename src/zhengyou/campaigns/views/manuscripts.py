"""A body's own blueprints: list, keep, throw away; and what was changed of a campaign."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns import authoring, rules
from zhengyou.campaigns.actions import manuscripts
from zhengyou.campaigns.blueprint.amended import amended
from zhengyou.campaigns.models import CampaignState, Manuscript
from zhengyou.campaigns.queries.changes_page import file_changes, history_of
from zhengyou.campaigns.views.asking import ask
from zhengyou.campaigns.views.finding import (
    actor_of,
    campaign_of,
    campaign_step,
    crumbs,
    manuscript_of,
    own_body,
)
from zhengyou.kernel.verdict import Refused


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the blueprints of the body whose hat is worn."""
    actor, body = actor_of(request), own_body(request)
    if body is None:
        raise Refused("自己的蓝图由书记、副书记、活动办来写。")
    authoring.may_keep_manuscript(actor, body).require()
    rows = Manuscript.objects.filter(authoring.visible_manuscripts(actor)).select_related(
        "saved_by"
    )
    context = {"rows": rows, "body": body, "crumbs": crumbs(("自己的蓝图", ""))}
    return render(request, "campaigns/blueprint/index.html", context)


@login_required
@require_POST
def keep(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Keep the blueprint of a campaign as one's own, to be changed for the next one."""
    actor, found, body = actor_of(request), campaign_of(request, uid), own_body(request)
    rules.may_save_blueprint(actor, found).require()
    if body is None:
        raise Refused("自己的蓝图由书记、副书记、活动办来写。")
    made = manuscripts.keep(actor, body, amended(found))
    messages.success(request, "存成自己的蓝图了，在这里改，不影响正在办的活动。")
    return redirect("campaigns:manuscript", made.uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw a blueprint of one's own away."""
    actor, found = actor_of(request), manuscript_of(request, uid)

    def do() -> HttpResponse:
        manuscripts.discard(actor, found)
        messages.success(request, f"“{found.title}”删去了。")
        return redirect("campaigns:manuscripts")

    return ask(
        request,
        authoring.may_change_manuscript(actor, found),
        do,
        title=f"删去蓝图“{found.title}”吗？",
        text="照它建好的活动不受影响。",
        yes="删去",
        back=reverse("campaigns:manuscript", args=[found.uid]),
    )


@login_required
@require_safe
def changes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how a campaign differs from the file it began with, and every change with why."""
    found = campaign_of(request, uid)
    rules.may_see_changes(actor_of(request), found).require()
    context = {
        "campaign": found,
        "hunks": [] if found.state == CampaignState.DRAFT else file_changes(found),
        "history": history_of(found),
        "crumbs": crumbs(campaign_step(found), ("改动", "")),
    }
    return render(request, "campaigns/changes.html", context)
