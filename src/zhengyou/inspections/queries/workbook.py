"""Findings as rows of a workbook."""

from collections.abc import Iterator

from zhengyou.inspections import rules
from zhengyou.inspections.models import Finding, Inspection
from zhengyou.people.actor import Actor
from zhengyou.problems.queries.of_source import of_sources
from zhengyou.ui.text import long_date

TITLES = [
    "单位", "哪天发现的", "哪一种", "看的是哪一项", "发现了什么", "单位的答复", "列为问题",
    "意见交了没有",
]  # fmt: skip
WIDTHS = [24, 14, 10, 40, 60, 60, 30, 14]


def lines_of(actor: Actor, inspection: Inspection) -> Iterator[list[str]]:
    """Yield a row of texts for each finding that exists for ``actor``. A few queries."""
    items = {item.code: item.what for item in inspection.checklist}
    rows = Finding.objects.filter(rules.visible_findings(actor), visit__inspection=inspection)
    found = list(rows.select_related("visit__organisation").prefetch_related("replies"))
    problems = of_sources("finding", [row.uid for row in found], actor)
    for row in found:
        replies = [reply.text for reply in row.replies.all()]
        raised = [problem.get_state_display() for problem in problems.get(row.uid, [])]
        handed = row.visit.handed_on
        yield [
            row.visit.organisation.name, long_date(row.found_on), row.get_kind_display(),
            items.get(row.item, ""), row.text, replies[-1] if replies else "", "、".join(raised),
            long_date(handed) if handed else "还没交",
        ]  # fmt: skip
