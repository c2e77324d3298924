"""The stage summary (阶段总结): which sentence says what, made from records alone.

One composition serves the page, where every number is a link to its rows, and the Word file.
What is not done is said without names: it goes upwards, and nobody is shamed (减负 5); the rows
behind the numbers, seen by the body and above, have them.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from zhengyou.papers.blocks import Head, Para, Part, Summary
from zhengyou.papers.chapters import (
    next_steps,
    plan,
    pledges,
    problems,
    progress,
    public,
    shortcomings,
    situation,
    tasks,
)
from zhengyou.papers.records import Records
from zhengyou.ui.text import long_date

CHAPTERS: tuple[tuple[str, str, Callable[[Records], Iterator[Part]]], ...] = (
    ("situation", "基本情况", situation.write),
    ("plan", "方案和组织领导", plan.write),
    ("tasks", "阶段任务", tasks.write),
    ("pledges", "公开承诺", pledges.write),
    ("progress", "承诺进展", progress.write),
    ("public", "听取意见", public.write),
    ("problems", "查摆整改", problems.write),
    ("shortcomings", "没有做到的和原因", shortcomings.write),
    ("next_steps", "下一步打算", next_steps.write),
)
"""Code, title and writer of each chapter. Codes are part of what edits refer to: never rename."""


def compose(records: Records) -> Summary:
    """Return the stage summary of ``records``."""
    blocks: list[Part] = [_opening(records)]
    for code, title, write in CHAPTERS:
        parts = [replace(part, key=f"{code}.{part.key}") for part in write(records)]
        if parts:
            blocks += [Head(code, title), *parts]
    return Summary(
        f"{records.name}“{records.campaign.title}”阶段总结",
        tuple(blocks),
        records.name,
        records.day,
    )


def _opening(records: Records) -> Para:
    campaign, own = records.campaign, records.body == records.campaign.organisation
    start = f"{records.name}从" if own else f"按照{records.run_by}的部署，{records.name}从"
    return Para(
        "opening",
        (
            f"{start}{long_date(campaign.starts_on)}起开展“{campaign.title}”，"
            f"主题是“{campaign.theme}”。现将截至{long_date(records.day)}的情况总结如下。",
        ),
    )
