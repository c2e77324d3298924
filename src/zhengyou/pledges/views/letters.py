"""Pledge letters to print: one, and all of a body."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.rules import visible_campaigns
from zhengyou.people.models import Organisation
from zhengyou.people.rules import visible_organisations
from zhengyou.pledges import names, rules
from zhengyou.pledges.models import Pledge
from zhengyou.pledges.queries import letters as query
from zhengyou.pledges.views.finding import actor_of


@require_safe
def letter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Print one letter: the public items, who pledged being named as the reader may see it."""
    actor = actor_of(request)
    seen = Pledge.objects.filter(rules.visible_pledges(actor), uid=uid)
    found = get_object_or_404(query.public(seen))
    inside = rules.may_see_inside(actor, found)
    shown = (names.in_full if inside else names.in_public)(found)
    context = {
        "letters": [query.of_pledge(found, shown, request.build_absolute_uri)],
        "back": reverse("pledges:pledge", args=[uid]),
        "title": "承诺书",
    }
    return render(request, "pledges/letters.html", context)


@login_required
@require_safe
def letters(request: HttpRequest, organisation: UUID, campaign: UUID) -> HttpResponse:
    """Print the letters of a body, a page each."""
    actor = actor_of(request)
    bodies = Organisation.objects.filter(visible_organisations(actor))
    body = get_object_or_404(bodies, uid=organisation)
    run = get_object_or_404(Campaign.objects.filter(visible_campaigns(actor)), uid=campaign)
    rules.may_see_list(actor, body).require()
    found = query.of_body(run, body, request.build_absolute_uri)
    if not found:
        raise Http404("nothing of this body is public yet")
    context = {
        "letters": found,
        "back": reverse("pledges:body", args=[body.uid, run.uid]),
        "title": f"{body.name}的承诺书，{len(found)} 份",
    }
    return render(request, "pledges/letters.html", context)
