"""The list of a body's pledges."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.rules import visible_campaigns
from zhengyou.kernel import clock
from zhengyou.people.forms.fields import day_of
from zhengyou.people.models import Organisation
from zhengyou.people.queries.tree import name_on
from zhengyou.people.rules import visible_organisations
from zhengyou.pledges import rules
from zhengyou.pledges.queries.body import body_page
from zhengyou.pledges.views.finding import actor_of, crumbs


@login_required
@require_safe
def body(request: HttpRequest, organisation: UUID, campaign: UUID) -> HttpResponse:
    """Show who has pledged and where it stands; who has not, by name only within the body."""
    actor = actor_of(request)
    bodies = Organisation.objects.filter(visible_organisations(actor))
    found = get_object_or_404(bodies, uid=organisation)
    run = get_object_or_404(Campaign.objects.filter(visible_campaigns(actor)), uid=campaign)
    rules.may_see_list(actor, found).require()
    page = body_page(run, found, day_of(request))
    context = {
        "title": f"{name_on(page.day, found)}，{page.asked} 人里 {page.made} 人写了承诺",
        "today": clock.today(),
        "crumbs": crumbs((found.name, "")),
        "own_url": f"{reverse('pledges:new', args=[run.uid])}?of={found.uid}",
        "body": found,
        "campaign": run,
        "page": page,
        "names": rules.may_see_missing(actor, found),
        "records": rules.may_record(actor, found),
        "begin_own": rules.may_begin(actor, run, found, None),
    }
    return render(request, "pledges/body.html", context)
