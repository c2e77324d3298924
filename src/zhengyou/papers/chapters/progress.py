"""Four: how far the promises are."""

from collections.abc import Iterator

from zhengyou.papers.blocks import Para, Part, Piece
from zhengyou.papers.chapters.common import count, listed
from zhengyou.papers.records import Records
from zhengyou.pledges import words
from zhengyou.pledges.models import Outcome


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
            "里，已到目标",
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
    yield from _kept(records)


def _kept(records: Records) -> Iterator[Part]:
    """Say what became of promises, once anybody has said it."""
    if not records.following.kept:
        return
    pieces: list[Piece] = ["到期或者做完、已经评过兑现的承诺里"]
    for outcome in Outcome:
        pieces += [f"，{outcome.label}", count(records, f"kept_{outcome.value}")]
    waiting = count(records, "kept_unconfirmed")
    if waiting.value:
        pieces += ["；其中支部还没有确认", waiting]
    yield Para("kept", (*pieces, "。"))
