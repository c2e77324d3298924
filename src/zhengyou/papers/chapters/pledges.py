"""Three: what was promised."""

from collections.abc import Iterator

from zhengyou.climb.models import ClimbState
from zhengyou.papers.blocks import Grid, Para, Part, Piece
from zhengyou.papers.chapters.common import count
from zhengyou.papers.figures import criterion_figure
from zhengyou.papers.records import Records
from zhengyou.pledges.models import ItemKind


def write(records: Records) -> Iterator[Part]:
    """Say who promised how much, and to which criteria."""
    if not records.promises:
        yield Para("promised", ("到这一天还没有人作出承诺。",))
    else:
        yield _promised(records)
    if records.exempt:
        yield Para("exempt", ("按本人意愿不作承诺的", count(records, "exempt"), "。"))
    if any(row.public for row in records.promises):
        yield _by_criterion(records)


def _promised(records: Records) -> Para:
    pieces: list[Piece] = ["有", count(records, "pledgers"), "党员作出承诺，连同组织的承诺共"]
    pieces += [count(records, "items"), "，其中"]
    for kind in ItemKind:
        pieces += ["" if kind == ItemKind.COMMON else "、", str(kind.label)]
        pieces.append(count(records, f"items_{kind.value}"))
    pieces += ["。已公开", count(records, "public")]
    for state in (ClimbState.SUBMITTED, ClimbState.RETURNED):
        pieces += [f"，{state.label}", count(records, f"items_{state.value}")]
    drafted = count(records, f"items_{ClimbState.DRAFT.value}")
    if drafted.value:
        pieces += ["。另有起草中、还没有送审的", drafted]
    return Para("promised", (*pieces, "。"))


def _by_criterion(records: Records) -> Grid:
    kinds = (*ItemKind.values, "all")

    def cells(standard: str, code: str) -> list[Piece]:
        return [criterion_figure(standard, code, kind).count(records) for kind in kinds]

    return Grid(
        "by_criterion",
        "已公开的承诺对照标准（条）",
        ("标准", "哪一条", "共性", "岗位", "实事", "合计"),
        tuple(
            (point.standard.title, point.title, *cells(point.standard.code, point.code))
            for point in records.points
        ),
        (2, 3, 1, 1, 1, 1),
    )
