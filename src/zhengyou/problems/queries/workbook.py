"""The rectification ledger as rows of a workbook."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import batched

from zhengyou.problems.models import Measure, Step
from zhengyou.problems.queries.ledger import BATCH, LedgerLine
from zhengyou.problems.queries.standing import end_of
from zhengyou.ui.text import long_date

TITLES = [
    "问题", "具体表现", "责任组织", "责任人", "来源", "发现日期", "整改措施", "期限", "状态",
    "过期天数", "最近一步", "属于活动",
]  # fmt: skip
WIDTHS = [30, 40, 20, 12, 14, 14, 50, 14, 12, 10, 40, 24]


def cells_of(lines: Iterable[LedgerLine], day: date) -> Iterator[list[str]]:
    """Yield a row of texts for each line, a batch at a time."""
    for some in batched(lines, BATCH):
        keys = [line.problem.pk for line in some]
        measures: dict[int, list[str]] = {}
        rows = Measure.objects.filter(problem__in=keys, dropped_at=None).select_related("who")
        for row in rows:
            measures.setdefault(row.problem_id, []).append(_measure(row, day))
        last: dict[int, Step] = {}
        steps = Step.objects.filter(problem__in=keys, at__lt=end_of(day)).select_related("by")
        for step in steps.order_by("at", "pk"):
            last[step.problem_id] = step
        for line in some:
            yield _cells(line, measures.get(line.problem.pk, []), last.get(line.problem.pk))


def _measure(row: Measure, day: date) -> str:
    done = f"，{long_date(row.done_on)}做好" if row.done_on and row.done_on <= day else ""
    return f"{row.what}{f'（{row.who.name}）' if row.who else ''}{done}"


def _cells(line: LedgerLine, measures: list[str], last: Step | None) -> list[str]:
    row = line.problem
    words = f"{last.get_did_display()}：{last.words}" if last and last.words else ""
    return [
        row.title, row.text, row.organisation.name, line.owner, line.source,
        long_date(row.found_on), "\n".join(measures), long_date(line.due_on), line.state,
        str(line.late_days or ""), words or (last.get_did_display() if last else ""),
        row.campaign.title if row.campaign else "",
    ]  # fmt: skip
