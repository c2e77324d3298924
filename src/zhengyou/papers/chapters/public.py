"""What the public was asked and said, and what came of it: never the writer or a signature."""

from collections import Counter
from collections.abc import Iterator

from zhengyou.campaigns.models import Outcome
from zhengyou.papers.afterwards import is_shown
from zhengyou.papers.blocks import Grid, Para, Part, Piece
from zhengyou.papers.chapters.common import FEW, count
from zhengyou.papers.records import Records
from zhengyou.remarks.models import Reply


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
    """List the opinions on the draft; of many the first that were settled."""
    following = records.following
    rows = tuple(
        (following.opinions[row.remark_uid], str(row.get_outcome_display()), row.reason or "—")
        for row in sorted(following.settled, key=lambda row: row.answered_at)
        if row.remark_uid in following.opinions
    )
    if rows:
        caption = _few("方案征求意见汇总", "最先交代", rows)
        yield Grid("opinions_list", caption, ("意见", "结果", "为什么"), rows[:FEW], (5, 1.6, 4))


def _answered(records: Records) -> Iterator[Part]:
    """List the comments that are public with their answers; of many those of the first weeks."""
    following, settled = records.following, records.following.opinions
    shown = [row for row in following.remarks if is_shown(row, records.day)]
    asked = [row for row in shown if row.uid not in settled]
    if len(asked) > FEW:
        asked.sort(key=lambda row: row.week)  # All that is known of when.
    rows = tuple((row.label, row.text, _reply(following.replies.get(row.uid))) for row in asked)
    if rows:
        caption = _few("群众意见和答复", "最先收到", rows)
        head = ("说的是什么", "意见", "答复")
        yield Grid("remarks_list", caption, head, rows[:FEW], (3, 4, 4))


def _few(caption: str, which: str, rows: tuple[tuple[str, ...], ...]) -> str:
    return caption if len(rows) <= FEW else f"{caption}（{which}的{FEW}条）"


def _reply(row: Reply | None) -> str:
    return (row.text or str(row.get_kind_display())) if row else "还没有答复"
