"""The figures of what was found wrong. A person's own shortcomings are in none of them."""

from collections.abc import Callable, Iterator

from zhengyou.papers.counting import Figure, Row
from zhengyou.papers.records import Mending, Records
from zhengyou.papers.rules import Reader
from zhengyou.problems.models import (
    LIVE,
    Privacy,
    ProblemState,
    is_overdue,
)
from zhengyou.ui.text import long_date

COLUMNS = ("问题", "责任组织", "状态", "期限")
HIDDEN = "只给办的人看"


def shown(row: Mending) -> bool:
    """Whether what is wrong may be read beyond those who handle it."""
    return row.problem.privacy != Privacy.HANDLERS


def is_late(row: Mending, records: Records) -> bool:
    """Not mended, and past its day."""
    return is_overdue(row.state, row.due_on, records.day)


def mending() -> Iterator[Figure]:
    """Yield the figures."""
    yield _figure("problems", "列为问题的", lambda row, records: True)
    for code, label, states in (
        ("problems_closed", "已销号的问题", (ProblemState.CLOSED,)),
        ("problems_verified", "已验收还没销号的问题", (ProblemState.VERIFIED,)),
        ("problems_going", "正在整改的问题", (*LIVE, ProblemState.SUBMITTED)),
        ("problems_explained", "已作说明的问题", (ProblemState.EXPLAINED,)),
        ("problems_carried", "转入后来活动的问题", (ProblemState.CARRIED,)),
        ("problems_unclaimed", "还没有人认领的问题", (ProblemState.OPEN,)),
    ):
        yield _figure(code, label, _in(states))
    yield _figure("problems_late", "过期没有改好的问题", is_late)


def _in(states: tuple[ProblemState, ...]) -> Callable[[Mending, Records], bool]:
    return lambda row, records: row.state in states


def _figure(code: str, label: str, keep: Callable[[Mending, Records], bool]) -> Figure:
    return Figure(
        code, label, "个", COLUMNS,
        lambda records: [row for row in records.problems if keep(row, records)], _row,
    )  # fmt: skip


def _row(records: Records, row: Mending, reader: Reader) -> Row:
    due = long_date(row.due_on) if row.state in LIVE else ""
    title = row.problem.title if shown(row) else HIDDEN
    cells = (title, row.body, str(ProblemState(row.state).label), due)
    return Row(cells, row.problem.url if shown(row) else "")
