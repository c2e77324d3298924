"""What was found wrong, what became of it, and what is not mended: without names, and without
what is for those who handle it only or is a person's own."""

from collections.abc import Iterator

from zhengyou.papers.blocks import Grid, Para, Part, Piece
from zhengyou.papers.chapters.common import FEW, count
from zhengyou.papers.mending import is_late, shown
from zhengyou.papers.records import Records
from zhengyou.ui.text import long_date


def write(records: Records) -> Iterator[Part]:
    """Say how many were found and where they stand; then what is not done."""
    if not records.problems:
        return
    pieces: list[Piece] = ["查摆整改中，列为问题的一共", count(records, "problems"), "，其中"]
    for code, words in (
        ("problems_closed", "已销号"), ("problems_verified", "已验收还没销号"),
        ("problems_going", "正在整改"), ("problems_explained", "现在办不了、已作说明"),
        ("problems_carried", "转入后来的活动"),
    ):  # fmt: skip
        figure = count(records, code)
        if figure.value:
            pieces += [words, figure, "，"]
    yield Para("count", (*pieces[:-1], "。"))
    yield from _unfinished(records)


def _unfinished(records: Records) -> Iterator[Part]:
    late, unclaimed = count(records, "problems_late"), count(records, "problems_unclaimed")
    if not late.value and not unclaimed.value:
        yield Para("none_late", ("没有过了期限还没有改好的问题。",))
        return
    yield Para("late", ("没有做到的：过了期限还没有改好", late, "，还没有人认领", unclaimed, "。"))
    rows = [row for row in records.problems if is_late(row, records) and shown(row)]
    rows.sort(key=lambda row: (row.due_on, row.problem.pk))
    if rows:
        caption = "过期没有改好的问题" + (f"（过期最久的{FEW}个）" if len(rows) > FEW else "")
        yield Grid(
            "late_list", caption, ("问题", "责任组织", "期限"),
            tuple((row.problem.title, row.body, long_date(row.due_on)) for row in rows[:FEW]),
            (4, 3, 2),
        )  # fmt: skip
