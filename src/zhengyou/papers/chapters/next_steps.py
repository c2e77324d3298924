"""What comes next."""

from collections.abc import Iterator

from zhengyou.papers.blocks import Grid, Para, Part
from zhengyou.papers.chapters.common import count
from zhengyou.papers.records import Records
from zhengyou.ui.text import long_date


def write(records: Records) -> Iterator[Part]:
    """Say what the plan of the campaign and the records ask for next."""
    steps = [*_scheduled(records), *_remaining(records)]
    yield from steps or [Para("none", ("记录里没有已经定下的下一步，请补上阶段任务。",))]


def _scheduled(records: Records) -> Iterator[Part]:
    phases = [row for row in records.campaign.phases.all() if row.starts_on > records.day]
    if phases:
        first = min(phases, key=lambda row: row.starts_on)
        yield Para("phase", (f"{long_date(first.starts_on)}起进入“{first.title}”。",))
    tasks = [row for row in records.tasks if records.day <= row.due_on][:10]
    if tasks:
        yield Para("tasks", ("接下来要完成的任务如下。",))
        yield Grid(
            "tasks_list",
            "接下来的任务",
            ("任务", "责任人", "完成期限", "阶段"),
            tuple(
                (row.title, row.owner_label, long_date(row.due_on), row.phase.title)
                for row in tasks
            ),
            (4, 1.6, 2.6, 1.8),
        )


def _remaining(records: Records) -> Iterator[Part]:
    soon, missing = count(records, "soon"), count(records, "unpledged")
    if soon.value:
        yield Para("soon", ("六十天内到期的承诺有", soon, "，逐条对照进展，赶在期限前做到。"))
    if missing.value:
        yield Para("unpledged", ("请还没有承诺的", missing, "尽快作出承诺，年老体弱的听本人意愿。"))
    if count(records, "overdue").value:
        yield Para("overdue", ("对没有做到的承诺，逐条说明原因、重定期限，接着做完。",))
