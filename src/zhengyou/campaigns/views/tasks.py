"""The ledger of tasks of one body, reporting a task, and the numbers for the level above."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhengyou.campaigns import rules, tasking
from zhengyou.campaigns.actions import tasks
from zhengyou.campaigns.models import CampaignState, Plan
from zhengyou.campaigns.queries.task_counts import all_bodies, task_counts
from zhengyou.campaigns.queries.task_page import COUNT_COLUMNS, count_table, ledger_page
from zhengyou.campaigns.queries.task_rows import TaskRow, task_rows
from zhengyou.campaigns.task_forms import DueForm, ReportForm
from zhengyou.campaigns.views.finding import (
    actor_of,
    campaign_of,
    campaign_step,
    crumbs,
    workings_of,
)
from zhengyou.files.actions import receive
from zhengyou.files.bad_file import BadFile
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.roster.sheets import Page, workbook
from zhengyou.people.views.files import workbook_response
from zhengyou.ui.text import long_date


def ledger_of(request: HttpRequest, uid: UUID) -> Plan:
    """Return a plan whose ledger of tasks the actor may read."""
    return workings_of(request, uid, tasking.may_see_tasks)


@login_required
@require_safe
def ledger(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the tasks of a body, by phase and state."""
    plan = ledger_of(request, uid)
    page = ledger_page(actor_of(request), plan, request.GET)
    context = {
        "plan": plan,
        "page": page,
        "crumbs": crumbs(campaign_step(plan.campaign), ("任务台账", "")),
    }
    return render(request, "campaigns/tasks/ledger.html", context)


@login_required
@require_safe
def workbook_of(request: HttpRequest, uid: UUID) -> FileResponse:
    """Download the ledger of tasks as it is filtered."""
    plan = ledger_of(request, uid)
    rows = task_rows(plan, phase=request.GET.get("phase", ""), state=request.GET.get("state", ""))
    name = f"{plan.organisation.name}，任务台账.xlsx"
    return workbook_response(lambda path: _write(path, plan, rows), name)


def _write(path: Path, plan: Plan, rows: list[TaskRow]) -> None:
    with workbook(path) as book:
        page = Page(book, "任务台账")
        page.line(f"{plan.organisation.name}，{plan.campaign.title}，{long_date(clock.today())}")
        page.titles(
            ["阶段", "任务", "责任人", "期限", "状态", "办完日期", "办得怎样", "登记人"],
            [18, 36, 24, 14, 12, 14, 48, 18],
        )
        for row in rows:
            page.row(_cells(row))


def _cells(row: TaskRow) -> list[str]:
    report = row.report
    done = long_date(report.done_on) if report and report.done_on else ""
    by = f"{report.by.name}{'（代录）' if report.entered_for else ''}" if report else ""
    return [
        row.task.phase.title, row.task.title, row.owner, long_date(row.due_on),
        str(row.state.label), done, report.words if report else "", by,
    ]  # fmt: skip


def _row_of(plan: Plan, phase: str, code: str) -> TaskRow:
    for row in task_rows(plan, phase=phase):
        if row.task.code == code:
            return row
    raise Http404


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, uid: UUID, phase: str, code: str) -> HttpResponse:
    """Say what came of a task, or correct what was said; what is typed stays on the page."""
    plan = ledger_of(request, uid)
    row, actor = _row_of(plan, phase, code), actor_of(request)
    verdict = tasking.may_report(actor, plan, row.task)
    form = ReportForm(row, request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        verdict.require()
        status = _reported(request, plan, row, form)
        if not status:
            messages.success(request, f"“{row.task.title}”登记好了。")
            return redirect("campaigns:plan_tasks", plan.uid)
    context = _report_context(request, plan, row, form) | {"verdict": verdict}
    return render(request, "campaigns/tasks/report.html", context, status=status)


def _reported(request: HttpRequest, plan: Plan, row: TaskRow, form: ReportForm) -> int:
    """Report what was typed; return 0 where it is done, else the status of the page."""
    if not form.is_valid():
        return 422
    data = form.cleaned_data
    try:
        if request.POST.get("seen", "") != (str(row.report.uid) if row.report else ""):
            raise Stale("您打开以后别人登记了这件事。您写的还在这一页上，看看他写的，还要改再存。")
        files = [receive(data["file"], data["file"].name)] if data.get("file") else []
        tasks.report(
            actor_of(request), plan, row.task, words=data["words"], done_on=data["done_on"],
            seen=row.report, files=files,
        )  # fmt: skip
    except (Stale, Refused, BadFile) as problem:
        form.add_error(None, problem.reason)
        return 409 if isinstance(problem, Stale) else 422
    return 0


def _report_context(
    request: HttpRequest, plan: Plan, row: TaskRow, form: ReportForm
) -> dict[str, Any]:
    ledger_step = ("任务台账", reverse("campaigns:plan_tasks", args=[plan.uid]))
    return {
        "plan": plan,
        "row": row,
        "form": form,
        "due_form": DueForm(row),
        "may_set_due": tasking.may_set_due(actor_of(request), plan),
        "crumbs": crumbs(campaign_step(plan.campaign), ledger_step, (row.task.title, "")),
    }


@login_required
@require_POST
def due(request: HttpRequest, uid: UUID, phase: str, code: str) -> HttpResponse:
    """Give a task an earlier date in the body."""
    plan = ledger_of(request, uid)
    row = _row_of(plan, phase, code)
    form = DueForm(row, request.POST)
    if not form.is_valid():
        raise Refused("期限要写成 2026-09-01 这样。")
    tasks.set_due(actor_of(request), plan, row.task, form.cleaned_data["due_on"])
    messages.success(request, f"“{row.task.title}”的期限改好了。")
    return redirect("campaigns:report_task", plan.uid, phase, code)


@login_required
@require_safe
def counts(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a level above how many tasks are done and late: numbers, nobody's name."""
    found, top = _scope(request, uid)
    rows = task_counts(found, top, request.GET.get("page"))
    context = {
        "campaign": found,
        "counts": rows,
        "table": count_table(found, rows),
        "crumbs": crumbs(campaign_step(found), ("任务进展", "")),
    }
    return render(request, "campaigns/tasks/counts.html", context)


@login_required
@require_safe
def counts_workbook(request: HttpRequest, uid: UUID) -> FileResponse:
    """Download the numbers of every body."""
    found, top = _scope(request, uid)

    def write(path: Path) -> None:
        with workbook(path) as book:
            page = Page(book, "任务进展")
            page.line(f"{found.title}，{long_date(clock.today())}")
            page.titles([column.title for column in COUNT_COLUMNS], [36, 12, 12, 12])
            for row in all_bodies(found, top):
                page.row([row.name, str(row.total), str(row.done), str(row.late)])

    return workbook_response(write, f"{found.title}，任务进展.xlsx")


def _scope(request: HttpRequest, uid: UUID) -> tuple[Any, str]:
    found = campaign_of(request, uid)
    top = rules.coverage_top(actor_of(request), found)
    if top is None or found.state == CampaignState.DRAFT:
        raise Http404
    return found, top
