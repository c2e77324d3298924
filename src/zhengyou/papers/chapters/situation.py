"""One: who takes part."""

from collections.abc import Iterator

from zhengyou.papers import figures
from zhengyou.papers.blocks import Grid, Para, Part, Piece
from zhengyou.papers.chapters.common import MOST, count
from zhengyou.papers.figures import plan_words
from zhengyou.papers.records import BodyPlan, Records
from zhengyou.ui.text import long_date


def write(records: Records) -> Iterator[Part]:
    """Say how many there are, in which phase, and which bodies take part."""
    pieces: list[Piece] = [f"{records.name}花名册上有", count(records, "members")]
    pieces += [
        "，其中正式党员",
        count(records, "full"),
        "、预备党员",
        count(records, "probationary"),
    ]
    if records.groups:
        pieces += ["，设党小组", count(records, "groups")]
    phases = records.campaign.active_phases(records.day)
    if phases:
        now = "、".join(f"“{row.title}”（到{long_date(row.ends_on)}）" for row in phases)
        yield Para("members", (*pieces, f"。活动正在进行{now}。"))
    else:
        yield Para("members", (*pieces, "。这一天活动不在任何一个阶段里。"))
    if records.below:
        yield Para(
            "bodies",
            (
                "开展活动的下级组织有",
                count(records, "bodies"),
                "，方案已公开的",
                count(records, "plans"),
                "，还没有公开的",
                count(records, "plans_missing"),
                "。",
            ),
        )
        if len(records.below) <= MOST:
            yield _bodies(records)


def _bodies(records: Records) -> Grid:
    def row(below: BodyPlan) -> tuple[Piece, ...]:
        counted = [
            figures.within(code, str(below.body.uid)).count(records) for code in figures.BY_BODY
        ]
        return (below.name, plan_words(below), *counted)

    return Grid(
        "bodies_list",
        "下级组织情况（条）",
        ("组织", "方案", "已公开承诺", "已到目标", "过了期限没到目标"),
        tuple(map(row, records.below)),
        (3, 1.5, 1.4, 1.4, 1.7),
    )
