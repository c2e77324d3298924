"""Adopt, say what came of it, reward; the list of what a body adopted; the public page."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns.views.asking import sent
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Organisation
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.rules import visible_organisations
from zhengyou.people.views.files import workbook_response
from zhengyou.people.views.trying import attempt, form_page
from zhengyou.ui.text import long_date, number
from zhengyou.voices import rules
from zhengyou.voices.actions import adopting
from zhengyou.voices.forms.ideas import AdoptForm, EnterForm, ResultForm, RewardForm
from zhengyou.voices.models import Adoption, Box, Reward, Suggestion
from zhengyou.voices.queries import answered, ideas
from zhengyou.voices.queries.authors import contributors_of
from zhengyou.voices.views.ideas_finding import actor_of, people_of, suggestion_of

_COLUMNS = (
    ("建议", 30), ("哪里提的", 18), ("哪个组织采纳", 20), ("谁来办", 10), ("哪天以前", 14),
    ("怎么办", 40), ("办到哪一步", 10), ("结果", 40), ("效益", 24),
)  # fmt: skip
"""Of the workbook: title and width."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Adopt what was chosen."""
    row, actor = suggestion_of(request, uid), actor_of(request)
    rules.may_decide(actor, row).require()
    form = AdoptForm(sent(request), people=people_of(actor, row.holder))
    if attempt(form, lambda: adopting.adopt(actor, row, form.task())):
        messages.success(request, "采纳了，写的人看得到谁家采纳、哪天办成。")
        return redirect("voices:suggestion", uid)
    return form_page(request, form, title="采纳这一条", yes="采纳", **_frame(row))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what came of an adopted suggestion."""
    row, actor = suggestion_of(request, uid), actor_of(request)
    adoption = _adoption(row)
    rules.may_carry_out(actor, adoption).require()
    form = ResultForm(sent(request), initial=_said(adoption))

    def say() -> None:
        data = form.cleaned_data
        adopting.report(actor, adoption, data["result"], data["gains"], not data["unmeasured"])

    if attempt(form, say):
        messages.success(request, "结果写上了，公开的页面和写的人都看得到。")
        return redirect("voices:suggestion", uid)
    return form_page(request, form, title="办成什么样了", yes="写上", **_frame(row))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reward(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note what those who made it get."""
    row, actor = suggestion_of(request, uid), actor_of(request)
    rules.may_reward(actor, row).require()
    form = RewardForm(sent(request), people=contributors_of(row))

    def note() -> None:
        data = form.cleaned_data
        adopting.reward(actor, row, data["what"], data["where"], list(data["whom"]))

    if attempt(form, note):
        messages.success(request, "奖励记下了；没有署名的，报查询码来领。")
        return redirect("voices:suggestion", uid)
    return form_page(request, form, title="奖励建议人", yes="记下", **_frame(row))


@login_required
@require_POST
def hand_to(request: HttpRequest, uid: UUID, given: UUID) -> HttpResponse:
    """Note that somebody who signed got the reward."""
    row = suggestion_of(request, uid)
    people = contributors_of(row)
    found = get_object_or_404(Reward.objects.filter(contributor__in=people), uid=given)
    adopting.hand_to(actor_of(request), found)
    messages.success(request, "记下发到了。")
    return redirect("voices:suggestion", uid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter_into(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say into which plan or task it went."""
    row, actor = suggestion_of(request, uid), actor_of(request)
    adoption = _adoption(row)
    rules.may_carry_out(actor, adoption).require()
    form = EnterForm(sent(request), choices=answered.places_of(actor, adoption))
    if attempt(form, lambda: adopting.enter_into(actor, adoption, form.ref())):
        messages.success(request, "列进去了。")
        return redirect("voices:suggestion", uid)
    return form_page(request, form, title="列进方案或者任务", yes="列进去", **_frame(row))


@login_required
@require_safe
def adopted(request: HttpRequest, organisation: UUID) -> HttpResponse:
    """List what a body and those below it adopted, with results and benefits."""
    body, rows = _body(request, organisation)
    shown = [ideas.adopted_row(row) for row in rows]
    context = {
        "body": body, "rows": shown, "totals": answered.totals(rows),
        "done": sum(row.result_on is not None for row in rows),
        "crumbs": [("组织", "/orgs/"), (body.name, f"/orgs/{body.uid}/"), ("采纳的建议", "")],
    }  # fmt: skip
    return render(request, "voices/ideas/adopted.html", context)


@login_required
@require_safe
def adopted_workbook(request: HttpRequest, organisation: UUID) -> FileResponse:
    """Download what a body adopted."""
    body, rows = _body(request, organisation)
    name = f"{body.name}，采纳的建议.xlsx"
    return workbook_response(lambda path: _write(path, body, rows), name)


def _write(path: Path, body: Organisation, rows: list[Adoption]) -> None:
    with workbook(path) as book:
        page = Page(book, "采纳的建议")
        page.line(f"{body.name}，采纳的建议，{long_date(clock.today())}")
        page.titles([title for title, _ in _COLUMNS], [width for _, width in _COLUMNS])
        for row in rows:
            page.row(
                [
                    row.suggestion.title, row.suggestion.home.name, row.organisation.name,
                    row.owner.name, long_date(row.due_on), row.measures, ideas.state_of(row)[1],
                    row.result, ideas.benefit_words(row),
                ]
            )  # fmt: skip


def _body(request: HttpRequest, uid: UUID) -> tuple[Organisation, list[Adoption]]:
    actor = actor_of(request)
    body = get_object_or_404(Organisation.objects.filter(visible_organisations(actor)), uid=uid)
    seen = Suggestion.objects.filter(rules.visible_suggestions(actor)).values("pk")
    here = paths.within("organisation__path", body.path)
    return body, list(ideas.adopted(here & Q(suggestion__in=seen)))


def _adoption(row: Suggestion) -> Adoption:
    rows = Adoption.objects.select_related("suggestion", "organisation", "owner")
    return get_object_or_404(rows.prefetch_related("benefits"), suggestion=row)


def _said(adoption: Adoption) -> dict[str, Any]:
    gains = "\n".join(
        f"{each.what}，{number(each.amount).replace(',', '')}，{each.unit}"
        for each in adoption.benefits.all()
    )
    return {"result": adoption.result, "gains": gains, "unmeasured": not adoption.measured}


def _frame(row: Suggestion) -> dict[str, Any]:
    """What pages with one form say around it."""
    back = (row.title, reverse("voices:suggestion", args=[row.uid]))
    return {"back": back, "intro": row.title}


@require_safe
def public_results(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show everybody what became of a call; nobody is known here."""
    rows = Box.objects.filter(rules.public_boxes()).select_related("organisation")
    box = get_object_or_404(rows, uid=uid)
    context = {"box": box, "found": answered.public_results(box)}
    return render(request, "voices/ideas/results.html", context)
