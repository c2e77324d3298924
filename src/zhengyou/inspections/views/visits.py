"""One visit: what was found, the phone form, handing over; what a body sees of all its visits."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhengyou.campaigns.views.asking import ask, sent
from zhengyou.inspections import rules
from zhengyou.inspections.actions import visits
from zhengyou.inspections.forms.visiting import FillForm
from zhengyou.inspections.models import Sheet, Visit
from zhengyou.inspections.queries import visits as query
from zhengyou.inspections.queries.inspections import VISIT_BADGES, late
from zhengyou.inspections.views import finding
from zhengyou.inspections.views.finding import actor_of, body_of, visit_of
from zhengyou.people.actor import Actor
from zhengyou.people.views.trying import attempt

FORM = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def visit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show one visit: findings, and to the team what was written down."""
    found, actor = visit_of(request, uid), actor_of(request)
    inside = rules.may_see_workings(actor, found.inspection)
    page = query.visit_page(actor, found, bool(inside))
    items = found.inspection.checklist
    context = {
        "visit": found, "page": page, "inside": inside, "badge": VISIT_BADGES[found.state],  # type: ignore[index]
        "older": [(sheet, query.older_words(sheet, items)) for sheet in page.older],
        "may_inspect": rules.may_send(actor, found),
        "may_hand_over": rules.may_hand_over(actor, found),
        "may_replace": rules.may_replace(actor, found),
        "late": late(found),
        "crumbs": finding.to_inspection(found.inspection, (found.organisation.name, "")),
    }  # fmt: skip
    return render(request, "inspections/visit.html", context)


@login_required
@FORM
def fill(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The phone form: half of it may be sent, and gone on with."""
    found, actor = visit_of(request, uid), actor_of(request)
    if request.method != "POST" or not rules.is_inspector(actor, found):
        rules.may_send(actor, found).require()  # else a refusal goes into the form: nothing is lost
    given = {"visited_on": found.visited_on} if found.visited_on else {}
    items = found.inspection.checklist
    form = FillForm(sent(request), items=items, last=_last(actor, found), initial=given)
    if attempt(form, lambda: visits.send(actor, found, form.filled())):
        messages.success(request, f"{found.organisation.name}的检查记下了。")
        return redirect("inspections:visit", found.uid)
    context = {
        "visit": found, "form": form, "who": actor.ledger_uid,
        "crumbs": finding.to_inspection(
            found.inspection, finding.visit_step(found), ("记检查", "")
        ),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "inspections/fill.html", context, status=status)


def _last(actor: Actor, found: Visit) -> Sheet | None:
    return next((row for row in visits.latest(found) if actor.is_person(row.by)), None)


@login_required
@FORM
def hand_over(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hand what was found over to the body, after asking."""
    found, actor = visit_of(request, uid), actor_of(request)

    def do() -> HttpResponse:
        visits.hand_over(actor, found)
        messages.success(request, f"意见交给{found.organisation.name}了。")
        return redirect("inspections:visit", found.uid)

    return ask(
        request, rules.may_hand_over(actor, found), do,
        title=f"把意见交给{found.organisation.name}？", yes="交给单位",
        text="交了以后单位看得到、要答复，检查记录不能再改。", back=finding.visit_step(found)[1],
    )  # fmt: skip


@login_required
@require_safe
def of_body(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """Show a body what inspections found with it."""
    body, actor = body_of(request, organisation), actor_of(request)
    page, lines = query.body_page(actor, body, request.GET.get("page", ""))
    context = {
        "body": body, "page": page, "lines": lines,
        "crumbs": finding.crumbs((f"查{body.name}的", "")),
    }  # fmt: skip
    return render(request, "inspections/of_body.html", context)
