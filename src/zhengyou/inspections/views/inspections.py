"""Inspections: the list, one of them, its plan, its team, its sheet to print, its workbook."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.inspections import checklist, rules
from zhengyou.inspections.actions import planning, visits
from zhengyou.inspections.forms.planning import ItemsForm, PlanForm, QuotasForm, TeamForm
from zhengyou.inspections.models import Inspection, InspectionOffer
from zhengyou.inspections.population import strata_of
from zhengyou.inspections.queries import inspections as query
from zhengyou.inspections.queries.workbook import TITLES, WIDTHS, lines_of
from zhengyou.inspections.views import finding
from zhengyou.inspections.views.finding import actor_of, inspection_of, own_body
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Organisation
from zhengyou.people.queries.roll import persons_on
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.views.files import workbook_response
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.ui.text import long_date

FORM = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the inspections that concern the actor, and what campaigns propose."""
    actor, body = actor_of(request), own_body(request)
    page, lines = query.list_page(actor, request.GET.get("page", ""))
    context = {
        "page": page, "lines": lines, "offers": query.offers_for(actor), "body": body,
        "may_plan": rules.may_plan(actor, body) if body else None,
        "inspected": body if body and rules.is_hand(actor, body) else None,
        "crumbs": [("工作台", "/desk/"), ("督查", "")],
    }  # fmt: skip
    return render(request, "inspections/index.html", context)


@login_required
@FORM
def new(request: HttpRequest) -> HttpResponse:
    """Begin a plan; ``?offer=`` begins with what a campaign proposes, ``?again=`` with one that
    was annulled."""
    actor, body = actor_of(request), own_body(request)
    if body is None:
        raise Http404
    rules.may_plan(actor, body).require()
    offer, old = _offer(request, body), _annulled(request)
    form = PlanForm(sent(request), initial=_begun(body, offer, old), bodies=_scopes(body))

    def begin() -> None:
        made = planning.plan(
            actor, body, form.outline({}), offer=offer, again_of=old,
            campaign=offer.campaign if offer else old.campaign if old else None,
            items=old.checklist if old else (),
        )  # fmt: skip
        form.made = made  # type: ignore[attr-defined]

    if attempt(form, begin):
        messages.success(request, "方案存下了。接着写看什么、定谁去查。")
        return redirect("inspections:inspection", form.made.uid)  # type: ignore[attr-defined]
    return form_page(request, form, title="拟一次督查", yes="存下", back=finding.crumbs()[0])


def _offer(request: HttpRequest, body: Organisation) -> InspectionOffer | None:
    campaigns = query.campaigns_for(body).values("pk")
    return _given(request, "offer", InspectionOffer.objects.filter(campaign__in=campaigns))


def _annulled(request: HttpRequest) -> Inspection | None:
    seen = Inspection.objects.filter(rules.visible_inspections(actor_of(request)))
    return _given(request, "again", seen.filter(state="annulled").select_related("campaign"))


def _given(request: HttpRequest, key: str, rows: Any) -> Any:
    typed = request.GET.get(key, "")
    if not typed:
        return None
    try:
        return get_object_or_404(rows, uid=UUID(typed))
    except ValueError as error:
        raise Http404 from error


def _begun(
    body: Organisation, offer: InspectionOffer | None, old: Inspection | None
) -> dict[str, Any]:
    """Return what a plan begins with."""
    source: Any = old or offer
    if source is None:
        return {"scope": body.pk}
    names = ("kind", "title", "purpose", "kinds", "sample", "strata_by", "quota", "reply_days",
             "fix_days")  # fmt: skip
    return {
        "scope": old.scope_id if old else body.pk,
        **{name: getattr(source, name) for name in names},
    }


def _scopes(body: Organisation) -> Any:
    below = paths.within("path", body.path)
    return Organisation.objects.filter(below, closed_on=None).order_by("path")


# --- one inspection -----------------------------------------------------------------------------
@login_required
@require_safe
def inspection(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one inspection."""
    found, actor = inspection_of(request, uid), actor_of(request)
    context = {
        "inspection": found, "page": query.inspection_page(actor, found),
        "facts": query.facts_of(found), "items": found.checklist,
        "warnings": checklist.warnings(found.checklist),
        "works": rules.may_see_workings(actor, found),
        "may_plan": rules.may_plan(actor, found.organisation),
        "may_prepare": rules.may_prepare(actor, found),
        "may_freeze": rules.may_freeze(actor, found),
        "may_name": rules.may_name(actor, found),
        "may_seed": rules.may_enter_seed(actor, found),
        "may_annul": rules.may_annul(actor, found),
        "may_close": rules.may_close(actor, found),
        "badge": query.BADGES[found.state],  # type: ignore[index]
        "crumbs": finding.crumbs((found.title, "")),
    }  # fmt: skip
    return render(request, "inspections/inspection.html", context)


@login_required
@FORM
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say anew what is planned."""
    found, actor = inspection_of(request, uid), actor_of(request)
    rules.may_prepare(actor, found).require()
    names = (*PlanForm.base_fields, "scope")
    given = {name: getattr(found, name) for name in names if name != "scope"}
    form = PlanForm(
        sent(request), initial={**given, "scope": found.scope_id},
        bodies=_scopes(found.organisation),
    )  # fmt: skip
    if attempt(form, lambda: planning.change(actor, found, form.outline(found.quotas))):
        return redirect("inspections:inspection", found.uid)
    back = finding.step_of(found)
    return form_page(request, form, title=f"改“{found.title}”", yes="存下", back=back)


@login_required
@FORM
def quotas(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say how many of each stratum."""
    found, actor = inspection_of(request, uid), actor_of(request)
    rules.may_prepare(actor, found).require()
    form = QuotasForm(sent(request), strata=strata_of(found))
    if attempt(form, lambda: planning.set_quotas(actor, found, form.quotas)):
        return redirect("inspections:inspection", found.uid)
    return form_page(
        request, form, title="各层抽几个", yes="存下", back=finding.step_of(found),
        intro="写 0 的层不抽，也不进名单。",
    )  # fmt: skip


@login_required
@FORM
def items(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down what is looked at."""
    found, actor = inspection_of(request, uid), actor_of(request)
    rules.may_prepare(actor, found).require()
    form = ItemsForm(sent(request), items=found.checklist)
    if attempt(form, lambda: planning.set_items(actor, found, form.items)):
        for words in checklist.warnings(found.checklist):
            messages.warning(request, words)
        return redirect("inspections:inspection", found.uid)
    return form_page(
        request, form, title="看什么", yes="存下", back=finding.step_of(found),
        intro="写看得见的结果和怎么看。不看台账、照片、记录本：那些是留痕，不是结果。",
    )  # fmt: skip


@login_required
@FORM
def team(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say who inspects."""
    found, actor = inspection_of(request, uid), actor_of(request)
    rules.may_plan(actor, found.organisation).require()
    rows = list(found.team.all())
    near = query.near_at_hand(found.organisation)
    close_by = set(near.values_list("pk", flat=True))
    given = {
        "people": [row.person_id for row in rows],
        "others": "\n".join(row.person.name for row in rows if row.person_id not in close_by),
        "leader": next((row.person.name for row in rows if row.leads), ""),
    }
    within = persons_on(clock.today(), found.organisation)
    form = TeamForm(sent(request), initial=given, near=near, within=within)
    if attempt(form, lambda: planning.set_team(actor, found, **form.cleaned_data)):
        return redirect("inspections:inspection", found.uid)
    return form_page(request, form, title="督查组", yes="就这些人", back=finding.step_of(found))


@login_required
@FORM
def discard(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw a draft away, after asking."""
    found, actor = inspection_of(request, uid), actor_of(request)

    def do() -> HttpResponse:
        planning.discard(actor, found)
        messages.success(request, "删去了。")
        return redirect("inspections:index")

    return ask(
        request, rules.may_prepare(actor, found), do, title=f"删去“{found.title}”？",
        text="还没有公开，删去不留痕迹。", yes="删去", back=finding.step_of(found)[1],
    )  # fmt: skip


@login_required
@FORM
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close an inspection, after asking."""
    found, actor = inspection_of(request, uid), actor_of(request)

    def do() -> HttpResponse:
        visits.close(actor, found)
        messages.success(request, f"“{found.title}”结束了。")
        return redirect("inspections:inspection", found.uid)

    return ask(
        request, rules.may_close(actor, found), do, title=f"结束“{found.title}”？",
        text="各单位照样答复、整改；检查记录不能再改。", yes="结束", back=finding.step_of(found)[1],
    )  # fmt: skip


@login_required
@require_safe
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Print the checklist, to be filled in by hand."""
    found = inspection_of(request, uid)
    context = {"inspection": found, "items": found.checklist}
    return render(request, "inspections/sheet.html", context)


@login_required
@require_safe
def findings_workbook(request: HttpRequest, uid: UUID) -> FileResponse:
    """Download what was found, as far as it exists for the actor."""
    found, actor = inspection_of(request, uid), actor_of(request)

    def write(path: Path) -> None:
        with workbook(path) as out:
            page = Page(out, "督查发现")
            page.line(f"{found.title}，{long_date(clock.today())}导出")
            page.titles(TITLES, WIDTHS)
            for line in lines_of(actor, found):
                page.row(line)

    return workbook_response(write, f"{found.title}，督查发现.xlsx")
