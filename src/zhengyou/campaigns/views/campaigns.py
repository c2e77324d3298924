"""The list of campaigns, and one campaign."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhengyou.campaigns import rules
from zhengyou.campaigns.queries.campaign_page import campaign_page
from zhengyou.campaigns.queries.campaigns import campaign_rows
from zhengyou.campaigns.views.finding import actor_of, campaign_of, crumbs, own_body


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the campaigns there are for whoever is signed in."""
    actor, body = actor_of(request), own_body(request)
    context = {
        "rows": campaign_rows(actor),
        "may_create": rules.may_create_campaign(actor, body) if body else None,
    }
    return render(request, "campaigns/index.html", context)


@login_required
@require_safe
def campaign(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one campaign: phases and tasks, standards, who takes part and how far they are."""
    found = campaign_of(request, uid)
    page = campaign_page(actor_of(request), found, request.GET)
    context = {"campaign": found, "page": page, "crumbs": crumbs((found.title, ""))}
    return render(request, "campaigns/campaign.html", context)
