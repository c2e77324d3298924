"""Four: how far the promises are."""

from collections.abc import Iterator

from zhengyou.papers.blocks import Para, Part
from zhengyou.papers.chapters.common import count, listed
from zhengyou.papers.records import Records
from zhengyou.pledges import words


def write(records: Records) -> Iterator[Part]:
    """Say how many promises are kept, under way or late."""
    if not any(row.public for row in records.promises):
        yield Para("progress", ("还没有公开的承诺，没有进展可写。",))
        return
    yield Para(
        "progress",
        (
            "已公开的",
            count(records, "public"),
            "里，按进展已到目标",
            count(records, "reached"),
            "，正在做",
            count(records, "doing"),
            "，过了期限没有到目标",
            count(records, "overdue"),
            "。本月记了进展的",
            count(records, "noted"),
            "。",
        ),
    )
    yield from listed(
        records,
        "reached",
        "已到目标的承诺",
        ("承诺人", "承诺的事", "起点", "现在", "目标"),
        (1.6, 5, 1.3, 1.3, 1.3),
        lambda row: (
            row.body if records.below else row.who,
            row.item.text,
            *(
                words.amount(value, row.item.unit) or "没有数"
                for value in (row.item.baseline, row.value, row.item.target)
            ),
        ),
    )
