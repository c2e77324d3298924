"""Which tasks of the phases are done and which are late."""

from collections.abc import Iterator
from datetime import date

from zhengyou.papers.blocks import Grid, Para, Part
from zhengyou.papers.chapters.common import FEW, count
from zhengyou.papers.following import TaskRow
from zhengyou.papers.records import Records
from zhengyou.ui.text import long_date


def write(records: Records) -> Iterator[Part]:
    """Say how many tasks are done, list what came of them, and how many are late."""
    due = [row for row in records.following.tasks if row.done or row.late(records.day)]
    if not due:
        return
    done, late = count(records, "tasks_done"), count(records, "tasks_late")
    yield Para("count", ("阶段任务里，已办完", done, "，过了期限还没登记办完", late, "。"))
    finished = [row for row in due if row.done and row.report]
    if finished and not records.below:
        # Of many the last: what the stage came to. The number above leads to all of them.
        latest = sorted(finished, key=_done_on)[-FEW:]
        yield Grid(
            "done_list",
            "办完的任务" if len(latest) == len(finished) else f"办完的任务（最近的{FEW}项）",
            ("任务", "办得怎样", "哪天办完"),
            tuple(
                (row.task.title, row.report.words, long_date(row.report.done_on))
                for row in latest
                if row.report
            ),
            (3, 4, 2),
        )


def _done_on(row: TaskRow) -> date:
    return row.report.done_on if row.report and row.report.done_on else row.due_on
