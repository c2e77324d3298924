"""What the public was asked and said, and what came of it: never the writer or a signature."""

from collections import Counter
from collections.abc import Iterator

from zhengyou.campaigns.models import Outcome
from zhengyou.papers.afterwards import is_shown
from zhengyou.papers.blocks import Grid, Para, Part, Piece
from zhengyou.papers.chapters.common import count
from zhengyou.papers.records import Records
from zhengyou.remarks.models import Reply

FEW = 20
"""Opinions and comments that are listed word by word; of more the paper has only the numbers."""


def write(records: Records) -> Iterator[Part]:
    """Say what became of opinions on the draft, and how comments were let through and answered."""
    settled = Counter(row.outcome for row in records.following.settled)
    if settled:
        words = "、".join(
            f"{outcome.label}{settled[outcome]}条" for outcome in Outcome if settled[outcome]
        )
        yield Para(
            "opinions",
            ("方案草稿公开征求意见，逐条作了交代的有", count(records, "opinions"), f"：{words}。"),
        )
        yield from _settled(records)
    if records.following.remarks:
        pieces: list[Piece] = ["群众对方案和承诺提的意见共", count(records, "remarks")]
        pieces += ["，已公开", count(records, "remarks_shown")]
        pieces += ["，其中已答复", count(records, "remarks_answered")]
        pieces += ["，还没有答复", count(records, "remarks_unanswered")]
        pieces += ["；按规定没有公开", count(records, "remarks_held")]
        yield Para("remarks", (*pieces, "。"))
        yield from _answered(records)


def _settled(records: Records) -> Iterator[Part]:
    """List the opinions on the draft, as long as they are few."""
    following = records.following
    rows = tuple(
        (following.opinions[row.remark_uid], str(row.get_outcome_display()), row.reason or "—")
        for row in following.settled
        if row.remark_uid in following.opinions
    )
    if 0 < len(rows) <= FEW:
        yield Grid(
            "opinions_list", "方案征求意见汇总", ("意见", "结果", "为什么"), rows, (5, 1.6, 4)
        )


def _answered(records: Records) -> Iterator[Part]:
    """List the comments that are public with their answers, as long as they are few."""
    following, settled = records.following, records.following.opinions
    rows = tuple(
        (row.label, row.text, _reply(following.replies.get(row.uid)))
        for row in following.remarks
        if is_shown(row, records.day) and row.uid not in settled
    )
    if 0 < len(rows) <= FEW:
        yield Grid(
            "remarks_list", "群众意见和答复", ("说的是什么", "意见", "答复"), rows, (3, 4, 4)
        )


def _reply(row: Reply | None) -> str:
    return (row.text or str(row.get_kind_display())) if row else "还没有答复"
