"""What the public was asked and said, and what came of it: counts, and no writer."""

from collections import Counter
from collections.abc import Iterator

from zhengyou.campaigns.models import Outcome
from zhengyou.papers.blocks import Para, Part, Piece
from zhengyou.papers.chapters.common import count
from zhengyou.papers.records import Records


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
    if records.following.remarks:
        pieces: list[Piece] = ["群众对方案和承诺提的意见共", count(records, "remarks")]
        pieces += ["，已公开", count(records, "remarks_shown")]
        pieces += ["，其中已答复", count(records, "remarks_answered")]
        pieces += ["，还没有答复", count(records, "remarks_unanswered")]
        pieces += ["；按规定没有公开", count(records, "remarks_held")]
        yield Para("remarks", (*pieces, "。"))
