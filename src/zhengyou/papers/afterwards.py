"""Numbers of what came after plans and promises: tasks, opinions, comments."""

from collections.abc import Callable, Iterator
from datetime import date

from zhengyou.campaigns.models import OpinionAnswer
from zhengyou.campaigns.tasking import may_see_tasks
from zhengyou.papers.counting import Figure, Row
from zhengyou.papers.following import TaskRow
from zhengyou.papers.records import Records
from zhengyou.papers.rules import Reader
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.ui.text import long_date

HELD = "没有公开，这里不显示"
UNDER_WAY = "在办，怎样办由本组织掌握"


def _task(records: Records, row: TaskRow, reader: Reader) -> Row:
    words = row.report.words if row.report else "还没有登记"
    if row.report and not row.done and not may_see_tasks(reader.actor, row.plan):
        words = UNDER_WAY  # Of what is done the body's paper tells; what is not is its own.
    return Row((row.body, row.task.title, long_date(row.due_on), words))


def _settled(records: Records, row: OpinionAnswer, reader: Reader) -> Row:
    return Row((str(row.get_outcome_display()), row.reason or "—", long_date(row.answered_at)))


def _remark(records: Records, row: Remark, reader: Reader) -> Row:
    shown = is_shown(row, records.day)
    if not shown:
        return Row((row.label, HELD, str(row.get_state_display())))
    words = "已答复" if _answered(row, records.day) else "还没有答复"
    return Row((row.label, row.text, words))


def is_shown(row: Remark, day: date) -> bool:
    """Public by that day."""
    return row.state == RemarkState.SHOWN and row.shown_on is not None and row.shown_on <= day


def _answered(row: Remark, day: date) -> bool:
    return row.answered_on is not None and row.answered_on <= day


def _tasks(code: str, label: str, done: bool) -> Figure:
    return Figure(
        code,
        label,
        "项",
        ("组织", "任务", "期限", "办得怎样"),
        lambda records: [
            row for row in records.following.tasks if (row.done if done else row.late(records.day))
        ],
        _task,
    )


def _said(code: str, label: str, keep: Callable[[Remark, date], bool]) -> Figure:
    return Figure(
        code,
        label,
        "条",
        ("说的是什么", "意见", "现在怎样"),
        lambda records: [row for row in records.following.remarks if keep(row, records.day)],
        _remark,
    )


def afterwards() -> Iterator[Figure]:
    """Yield them."""
    yield _tasks("tasks_done", "已办完的任务", True)
    yield _tasks("tasks_late", "过了期限还没登记办完的任务", False)
    yield Figure(
        "opinions", "已经交代的意见", "条", ("结果", "为什么", "日期"),
        lambda records: records.following.settled, _settled,
    )  # fmt: skip
    yield _said("remarks", "群众意见", lambda row, day: True)
    yield _said("remarks_shown", "已公开的群众意见", is_shown)
    yield _said(
        "remarks_answered",
        "已答复的群众意见",
        lambda row, day: is_shown(row, day) and _answered(row, day),
    )
    yield _said(
        "remarks_unanswered",
        "还没有答复的群众意见",
        lambda row, day: is_shown(row, day) and not _answered(row, day),
    )
    yield _said(
        "remarks_held", "没有公开的群众意见", lambda row, day: row.state == RemarkState.HELD
    )
