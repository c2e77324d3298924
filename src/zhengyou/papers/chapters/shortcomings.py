"""What is not done, and why: without names, since it goes upwards (减负 5)."""

from collections.abc import Iterator

from zhengyou.papers.blocks import Para, Part
from zhengyou.papers.chapters.common import FEW, count, listed
from zhengyou.papers.figures import plan_words, why_words
from zhengyou.papers.records import Records
from zhengyou.pledges import words
from zhengyou.ui.text import long_date


def write(records: Records) -> Iterator[Part]:
    """Say what is missing, waiting or late; and where nothing is, that."""
    said = list(_unfinished(records))
    if said:
        yield from said
    else:
        day = long_date(records.day)
        yield Para("none", (f"到{day}，记录里没有过期的承诺，也没有缺的方案和承诺。",))


def _unfinished(records: Records) -> Iterator[Part]:
    if any(not row.public for row in records.below):
        yield Para(
            "plans_missing", ("方案还没有公开的下级组织", count(records, "plans_missing"), "。")
        )
    if records.own and not records.own.public:
        yield Para("plan", (f"本级方案{plan_words(records.own)}，没有公开。",))
    for code, before in (
        ("unpledged", "应当承诺、还没有作出的有"),
        ("items_returned", "退回修改、还没有重新送审的承诺有"),
        ("items_submitted", "送审以后还没有审的承诺有"),
        ("silent", "公开以后还没有任何进展记录的承诺有"),
    ):
        figure = count(records, code)
        if figure.value:
            yield Para(code, (before, figure, "。"))
    late = count(records, "overdue")
    if late.value:
        yield Para("overdue", ("过了期限、没有到目标的有", late, "，情况如下。"))
        unsaid = count(records, "overdue_unsaid")
        if late.value > FEW and unsaid.value:
            yield Para("overdue_unsaid", ("既没有记录原因、也没有进展的有", unsaid, "。"))
        yield from listed(
            records,
            "overdue",
            "没有做到的承诺",
            ("承诺的事", "现在", "目标", "期限", "原因和最近进展"),
            (3.6, 1.1, 1.1, 2.1, 3),
            lambda row: (
                row.item.text,
                words.amount(row.value, row.item.unit) or "没有数",
                words.amount(row.item.target, row.item.unit) or "没有数",
                long_date(row.item.due_on),
                why_words(row, records) or "没有记录原因",
            ),
        )
