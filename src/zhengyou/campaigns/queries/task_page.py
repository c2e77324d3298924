"""What the pages of tasks show: the ledger of a body as a table, numbers for the level above."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from zhengyou.campaigns import tasking
from zhengyou.campaigns.models import Campaign, Plan
from zhengyou.campaigns.queries.task_counts import Counts
from zhengyou.campaigns.queries.task_rows import TaskRow, task_rows
from zhengyou.campaigns.tasking import TaskState
from zhengyou.people.actor import Actor
from zhengyou.ui.table import Cell, Column, Table, asked
from zhengyou.ui.text import long_date

COLUMNS = (
    Column("state", "状态"),
    Column("task", "任务", wide=True),
    Column("phase", "阶段", optional=True),
    Column("owner", "责任人", wide=True),
    Column("due", "期限"),
    Column("words", "办得怎样", wide=True),
    Column("by", "登记的人", optional=True, shown=False),
    Column("act", ""),
)
COUNT_COLUMNS = (
    Column("name", "组织"),
    Column("total", "任务", number=True),
    Column("done", "完成", number=True),
    Column("late", "过期", number=True),
)


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """The ledger of tasks of one body."""

    headline: str
    phases: list[dict[str, Any]]
    states: list[dict[str, Any]]
    table: Table


def ledger_page(actor: Actor, plan: Plan, query: QueryDict) -> LedgerPage:
    """Return the page, filtered by ``phase`` and ``state`` of the address."""
    phase, state = query.get("phase", ""), query.get("state", "")
    rows = task_rows(plan)
    inside = [row for row in rows if not phase or row.task.phase.code == phase]
    shown = [row for row in inside if not state or row.state == state]
    return LedgerPage(
        _headline(rows), _phases(rows, phase, state), _states(inside, phase, state),
        _table(actor, plan, shown, query),
    )  # fmt: skip


def _headline(rows: list[TaskRow]) -> str:
    late = sum(1 for row in rows if row.state == TaskState.LATE)
    done = sum(1 for row in rows if row.state == TaskState.DONE)
    if not rows:
        return "这个活动没有设阶段任务"
    if late:
        return f"{len(rows)} 件任务，{late} 件过期没登记"
    return f"{len(rows)} 件任务，完成 {done} 件"


def _phases(rows: list[TaskRow], chosen: str, state: str) -> list[dict[str, Any]]:
    counts = Counter((row.task.phase.code, row.task.phase.title) for row in rows)
    found = [{"title": "各阶段", "count": len(rows), "current": not chosen, "url": _url("", state)}]
    return found + [
        {"title": title, "count": count, "current": chosen == code, "url": _url(code, state)}
        for (code, title), count in counts.items()
    ]


def _states(rows: list[TaskRow], phase: str, chosen: str) -> list[dict[str, Any]]:
    counts = Counter(row.state for row in rows)
    found = [{"title": "全部", "count": len(rows), "current": not chosen, "url": _url(phase, "")}]
    return found + [
        {"title": str(state.label), "count": counts[state], "current": chosen == state,
         "url": _url(phase, state)}
        for state in TaskState
    ]  # fmt: skip


def _url(phase: str, state: str) -> str:
    pairs = [f"{name}={value}" for name, value in (("phase", phase), ("state", state)) if value]
    return f"?{'&'.join(pairs)}"


def _table(actor: Actor, plan: Plan, rows: list[TaskRow], query: QueryDict) -> Table:
    _, chosen = asked(COLUMNS, query)
    return Table(
        "任务台账",
        COLUMNS,
        [_line(actor, plan, row) for row in rows],
        chosen=chosen,
        excel_url=reverse("campaigns:plan_tasks_workbook", args=[plan.uid]),
        total=len(rows),
        empty="这里没有任务。换一个阶段或者状态看看。",
    )


def _line(actor: Actor, plan: Plan, row: TaskRow) -> dict[str, object]:
    report, task = row.report, row.task
    url = reverse("campaigns:report_task", args=[plan.uid, task.phase.code, task.code])
    may = tasking.may_report(actor, plan, task)
    label = "看看" if not may else "更正" if report else "登记"
    done = f"{long_date(report.done_on)}办完" if report and report.done_on else ""
    return {
        "state": Cell(row.label, kind=row.kind),
        "task": Cell(task.title, url=url),
        "phase": task.phase.title,
        "owner": row.owner,
        "due": Cell(long_date(row.due_on), sub="本组织提前" if row.own_due else ""),
        "words": Cell(report.words if report else "还没有登记", sub=done),
        "by": f"{report.by.name}{'，代录' if report.entered_for else ''}" if report else "",
        "act": Cell(act={"label": label, "verdict": True, "url": url, "about": task.title}),
    }


def count_table(campaign: Campaign, counts: Counts) -> Table:
    """Return the numbers body by body as a table."""
    rows = [
        {"name": row.name, "total": row.total, "done": row.done, "late": row.late}
        for row in counts.bodies
    ]
    return Table(
        "各组织的任务",
        COUNT_COLUMNS,
        rows,
        excel_url=reverse("campaigns:task_counts_workbook", args=[campaign.uid]),
        total=counts.page.paginator.count,
        empty="还没有组织采用这个活动。",
    )
