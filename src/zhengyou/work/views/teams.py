"""Teams of service and practice."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.people.models import Kind
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.work.actions import teams as verbs
from zhengyou.work.forms.service import TeamForm, TermForm
from zhengyou.work.models import TeamTerm
from zhengyou.work.queries.teams import teams_of
from zhengyou.work.rules import offered_bodies
from zhengyou.work.rules import service as rules
from zhengyou.work.views import service_finding as finding
from zhengyou.work.views.service_finding import actor_of, body_of
from zhengyou.work.views.service_posts import FORM


@login_required
@require_safe
def teams(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show the teams of a body."""
    body = body_of(request, organisation)
    actor = actor_of(request)
    lines = teams_of(body)
    books = {each.pk for each in offered_bodies(actor)}
    for line in lines:
        line.records = line.team.closed_on is None and line.team.pk in books
    open_ones = sum(line.team.closed_on is None for line in lines)
    context = {
        "body": body, "lines": lines, "may": rules.may_form_team(actor, body),
        "crumbs": finding.crumbs(body, ("队伍", "")), "title": f"{body.name}，{open_ones} 支队伍",
    }  # fmt: skip
    return render(request, "work/service/teams.html", context)


@login_required
@FORM
def new(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Form a team."""
    body, actor = body_of(request, organisation), actor_of(request)
    rules.may_form_team(actor, body).require()
    form = TeamForm(sent(request), people=finding.people_of(body))
    if attempt(form, lambda: verbs.form(actor, body, **form.cleaned_data)):
        messages.success(request, f"{form.cleaned_data['name']}成立了。")
        return redirect("work:teams", body.uid)
    back = ("队伍", reverse("work:teams", args=[body.uid]))
    return form_page(request, form, title="成立一支队伍", yes="成立", back=back)


@login_required
@FORM
def term(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Give a team another term."""
    team, actor = body_of(request, organisation), actor_of(request)
    row = get_object_or_404(
        TeamTerm.objects.filter(organisation=team).order_by("-since", "-pk")[:1]
    )
    above = team.parent or team
    rules.may_form_team(actor, above).require()
    form = TermForm(sent(request), initial={"purpose": row.purpose})
    if attempt(form, lambda: verbs.prolong(actor, row, **form.cleaned_data)):
        messages.success(request, f"{team.name}接着干。")
        return redirect("work:teams", above.uid)
    back = ("队伍", reverse("work:teams", args=[above.uid]))
    return form_page(request, form, title=f"{team.name}续任期", yes="续下去", back=back)


@login_required
@FORM
def end(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Let a team end, after asking."""
    team, actor = body_of(request, organisation), actor_of(request)
    above = get_object_or_404(type(team), pk=team.parent_id)
    get_object_or_404(type(team), pk=team.pk, kind=Kind.TEAM)

    def do() -> HttpResponse:
        verbs.dissolve(actor, team)
        messages.success(request, f"{team.name}解散了。")
        return redirect("work:teams", above.uid)

    return ask(
        request, rules.may_form_team(actor, above), do, title=f"解散{team.name}？",
        text="队员今天离队，做过的事都留着。", yes="解散",
        back=reverse("work:teams", args=[above.uid]),
    )  # fmt: skip
