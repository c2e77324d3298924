"""Pages of 抓两头带中间: all groups for the office, one body for itself, the criteria."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns.models import Campaign
from zhengyou.campaigns.views.asking import sent
from zhengyou.campaigns.views.finding import (
    Crumbs,
    actor_of,
    campaign_of,
    campaign_step,
    crumbs,
)
from zhengyou.inspections.actions import tiers as verbs
from zhengyou.inspections.forms.tiers import CriterionForm, TermsForm, WhyForm
from zhengyou.inspections.models.tier import TierCriterion
from zhengyou.inspections.queries import tiers as queries
from zhengyou.inspections.queries.tier_pages import criteria_page, doors, own_page
from zhengyou.inspections.rules import tiers as rules
from zhengyou.inspections.tiers.words import Tier
from zhengyou.kernel import clock
from zhengyou.people.forms.fields import day_of
from zhengyou.people.models import Organisation
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.rules import visible_organisations
from zhengyou.people.views.files import workbook_response
from zhengyou.ui.text import long_date

ASKED = ["GET", "HEAD", "POST"]


def _found(request: HttpRequest, campaign: UUID, keeper: UUID) -> tuple[Campaign, Organisation]:
    """Return the campaign and the body that tells apart."""
    bodies = Organisation.objects.filter(visible_organisations(actor_of(request)))
    return campaign_of(request, campaign), get_object_or_404(bodies, uid=keeper)


def _board_step(campaign: Campaign, keeper: Organisation) -> tuple[str, str]:
    return "抓两头带中间", reverse("inspections:tiers", args=[campaign.uid, keeper.uid])


def _way(campaign: Campaign, keeper: Organisation, here: str = "") -> Crumbs:
    if not here:
        return crumbs(campaign_step(campaign), ("抓两头带中间", ""))
    return crumbs(campaign_step(campaign), _board_step(campaign, keeper), (here, ""))


@login_required
@require_safe
def door(request: HttpRequest, campaign: UUID) -> HttpResponse:
    """Lead to what there is for the hat worn: the groups it keeps, or where its own body stands."""
    found = campaign_of(request, campaign)
    ways = doors(actor_of(request), found)
    if len(ways) == 1:
        return redirect(ways[0].url)
    way = crumbs(campaign_step(found), ("抓两头带中间", ""))
    context = {"campaign": found, "ways": ways, "crumbs": way}
    return render(request, "inspections/tiers/door.html", context)


@login_required
@require_safe
def board(request: HttpRequest, campaign: UUID, keeper: UUID) -> HttpResponse:
    """Show which body stands in which group, in the order of the tree."""
    actor, (run, body) = actor_of(request), _found(request, campaign, keeper)
    rules.may_see_board(actor, body).require()
    day, tier = day_of(request), request.GET.get("tier", "")
    found = queries.board_of(run, body, day)
    context = {
        "campaign": run,
        "keeper": body,
        "board": found,
        "page": found.page(tier, request.GET.get("page")),
        "tier": tier,
        "segments": _segments(found, tier),
        "day": day,
        "today": clock.today(),
        "may": rules.may_set_criteria(actor, run, body),
        "crumbs": _way(run, body),
    }
    return render(request, "inspections/tiers/board.html", context)


def _segments(found: queries.Board, chosen: str) -> list[dict[str, Any]]:
    rows = [("", "全部", len(found.lines))]
    rows += [(tier.value, str(tier.label), found.counts[tier]) for tier in Tier]
    return [
        {"title": title, "count": count, "current": chosen == value,
         "url": f"?day={found.day:%Y-%m-%d}&tier={value}"}
        for value, title, count in rows
    ]  # fmt: skip


@login_required
@require_safe
def board_workbook(request: HttpRequest, campaign: UUID, keeper: UUID) -> FileResponse:
    """Download the groups as a workbook."""
    run, body = _found(request, campaign, keeper)
    rules.may_see_board(actor_of(request), body).require()
    found = queries.board_of(run, body, day_of(request))

    def write(path: Path) -> None:
        with workbook(path) as book:
            page = Page(book, "抓两头带中间")
            page.line(f"{run.title}，{body.name}，{long_date(found.day)}")
            for sentence in found.rule:
                page.line(sentence)
            heads = [f"{each.side}：{each.words}" for each in found.criteria]
            page.titles(["组织", "哪一档", *heads], [30, 12, *([26] * len(heads))])
            for line in found.lines:
                cells = [f"{each.number}，{each.label}" for each in line.seen]
                page.row([line.name, str(line.tier.label), *cells])

    return workbook_response(write, f"{run.title}，抓两头带中间.xlsx")


@login_required
@require_safe
def own(request: HttpRequest, campaign: UUID, keeper: UUID, body: UUID) -> HttpResponse:
    """Show where one body stands, what is behind each number, what would move it."""
    actor, (run, top) = actor_of(request), _found(request, campaign, keeper)
    seen = Organisation.objects.filter(visible_organisations(actor))
    one = get_object_or_404(seen, uid=body)
    rules.may_see_tier(actor, one, top).require()
    day = day_of(request)
    found = own_page(run, top, one, day, actor)
    if found is None:
        raise Http404
    keeps = rules.may_see_board(actor, top)
    context = {
        "campaign": run,
        "keeper": top,
        "own": found,
        "day": day,
        "today": clock.today(),
        "crumbs": _way(run, top, one.name)
        if keeps
        else crumbs(campaign_step(run), ("我们在哪一档", "")),
    }
    return render(request, "inspections/tiers/own.html", context)


@login_required
@require_http_methods(ASKED)
def criteria(request: HttpRequest, campaign: UUID, keeper: UUID) -> HttpResponse:
    """Show the criteria with their past, and set which bodies are told apart and how."""
    actor, (run, body) = actor_of(request), _found(request, campaign, keeper)
    rules.may_see_board(actor, body).require()
    page = criteria_page(run, body)
    form = TermsForm(run, sent(request), page.initial)
    if form.is_valid():
        verbs.set_terms(actor, run, body, **form.cleaned_data)
        messages.success(request, "规则记下了，从今天起按它分。")
        return redirect("inspections:tier_criteria", run.uid, body.uid)
    context = {
        "campaign": run,
        "keeper": body,
        "page": page,
        "form": form,
        "may": rules.may_set_criteria(actor, run, body),
        "crumbs": _way(run, body, "标准"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "inspections/tiers/criteria.html", context, status=status)


@login_required
@require_http_methods(ASKED)
def new(request: HttpRequest, campaign: UUID, keeper: UUID) -> HttpResponse:
    """Add a criterion."""
    actor, (run, body) = actor_of(request), _found(request, campaign, keeper)
    rules.may_set_criteria(actor, run, body).require()
    form = CriterionForm(run, sent(request))
    if form.is_valid() and form.setting:
        verbs.add(actor, run, body, form.setting, form.cleaned_data["reason"])
        messages.success(request, "标准加好了。")
        return redirect("inspections:tier_criteria", run.uid, body.uid)
    return _form(request, run, body, form, "加一条标准", "加上")


def _criterion(
    request: HttpRequest, campaign: UUID, keeper: UUID, code: str
) -> tuple[Campaign, Organisation, TierCriterion]:
    """Return a criterion that still holds, for who may change it."""
    run, body = _found(request, campaign, keeper)
    rules.may_set_criteria(actor_of(request), run, body).require()
    rows = TierCriterion.objects.filter(
        scheme__campaign=run, scheme__organisation=body, until=None
    ).select_related("scheme__campaign", "scheme__organisation")
    return run, body, get_object_or_404(rows, code=code)


@login_required
@require_http_methods(ASKED)
def change(request: HttpRequest, campaign: UUID, keeper: UUID, code: str) -> HttpResponse:
    """Change a criterion from today on."""
    run, body, row = _criterion(request, campaign, keeper, code)
    initial = {
        "side": row.side, "fact": f"{row.fact}:{row.of}", "compare": row.compare, "than": row.than,
    }  # fmt: skip
    form = CriterionForm(run, sent(request), initial)
    if form.is_valid() and form.setting:
        verbs.change(actor_of(request), row, form.setting, form.cleaned_data["reason"])
        messages.success(request, "从今天起按新的标准，以前的日子还按原来的算。")
        return redirect("inspections:tier_criteria", run.uid, body.uid)
    return _form(request, run, body, form, "改标准", "改")


@login_required
@require_http_methods(ASKED)
def end(request: HttpRequest, campaign: UUID, keeper: UUID, code: str) -> HttpResponse:
    """Look at a criterion no longer."""
    run, body, row = _criterion(request, campaign, keeper, code)
    form = WhyForm(sent(request))
    if form.is_valid():
        verbs.end(actor_of(request), row, form.cleaned_data["reason"])
        messages.success(request, "这条不再看了，以前的日子还按它算。")
        return redirect("inspections:tier_criteria", run.uid, body.uid)
    return _form(request, run, body, form, f"停掉：{queries.words_of(row, run)}", "停掉")


def _form(
    request: HttpRequest, run: Campaign, body: Organisation, form: object, title: str, yes: str
) -> HttpResponse:
    criteria_step = "标准", reverse("inspections:tier_criteria", args=[run.uid, body.uid])
    steps = [campaign_step(run), _board_step(run, body), criteria_step, (yes, "")]
    context = {"form": form, "title": title, "sub": run.title, "yes": yes,
               "crumbs": crumbs(*steps)}  # fmt: skip
    status = 422 if getattr(form, "is_bound", False) else 200
    return render(request, "campaigns/directive_form.html", context, status=status)
