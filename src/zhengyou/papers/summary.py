"""The stage summary (阶段总结): which sentence says what, made from records alone.

One composition serves the page, where every number is a link to its rows, and the Word file.
What is not done is said without names: it goes upwards, and nobody is shamed (减负 5); the rows
behind the numbers, seen by the body and above, have them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhengyou import documents
from zhengyou.campaigns.models import Criterion
from zhengyou.campaigns.models.plan import SectionCode
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.papers.figures import (
    FIGURES,
    Counted,
    criterion_figure,
    due_words,
    is_overdue,
    is_soon,
    value_words,
)
from zhengyou.papers.records import Promise, Records
from zhengyou.people.models import Role
from zhengyou.pledges.models import ItemKind

Piece = str | Counted
MOST = 60  # promises listed one by one; with more the table counts them by body


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of the first level."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph of words and figures."""

    pieces: tuple[Piece, ...]

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(piece if isinstance(piece, str) else piece.words for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells are words or figures."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    widths: tuple[float, ...]

    @property
    def plain(self) -> tuple[tuple[str, ...], ...]:
        """The cells as text."""
        return tuple(
            tuple(cell if isinstance(cell, str) else str(cell.value) for cell in row)
            for row in self.rows
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """A composed summary."""

    title: str
    blocks: tuple[Head | Para | Grid, ...]
    signatory: str
    day: date

    @property
    def figures(self) -> list[Counted]:
        """Every figure in it, in order."""
        found: list[Counted] = []
        for block in self.blocks:
            if isinstance(block, Para):
                found += [piece for piece in block.pieces if isinstance(piece, Counted)]
            elif isinstance(block, Grid):
                found += [cell for row in block.rows for cell in row if isinstance(cell, Counted)]
        return found

    def document(self) -> documents.Document:
        """Return the same as an official document."""
        return documents.Document(
            title=self.title,
            blocks=[_printed(block) for block in self.blocks],
            signatory=self.signatory,
            signed_on=self.day,
        )


def _printed(block: Head | Para | Grid) -> documents.Block:
    if isinstance(block, Head):
        return documents.Heading(1, block.text)
    if isinstance(block, Para):
        return documents.Paragraph(block.plain)
    return documents.Table(
        head=block.head, rows=block.plain, caption=block.caption, widths=block.widths
    )


def compose(records: Records) -> Summary:
    """Return the stage summary of ``records``."""
    blocks: list[Head | Para | Grid] = [_opening(records)]
    for title, part in (
        ("基本情况", _situation),
        ("方案和组织领导", _plan),
        ("公开承诺", _pledges),
        ("承诺进展", _progress),
        ("没有做到的和原因", _shortcomings),
        ("下一步打算", _next_steps),
    ):
        blocks += [Head(title), *part(records)]
    return Summary(
        f"{records.body.name}“{records.campaign.title}”阶段总结",
        tuple(blocks),
        records.body.name,
        records.day,
    )


def _f(records: Records, code: str) -> Counted:
    return FIGURES[code].count(records)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _opening(records: Records) -> Para:
    campaign = records.campaign
    return Para(
        (
            f"按照{campaign.organisation.name}的部署，{records.body.name}从{_day(campaign.starts_on)}"
            f"起开展“{campaign.title}”活动，主题是“{campaign.theme}”。"
            f"现将截至{_day(records.day)}的情况总结如下。",
        )
    )


def _situation(records: Records) -> Iterator[Para | Grid]:
    pieces: list[Piece] = [f"{records.body.name}花名册上有", _f(records, "members")]
    pieces += ["，其中正式党员", _f(records, "full"), "、预备党员", _f(records, "probationary")]
    if records.groups:
        pieces += ["，设党小组", _f(records, "groups")]
    pieces.append("。")
    phases = records.campaign.active_phases(records.day)
    if phases:
        words = "、".join(f"{row.title}（到{_day(row.ends_on)}）" for row in phases)
        pieces.append(f"活动正在进行{words}。")
    else:
        pieces.append("这一天活动不在任何一个阶段里。")
    yield Para(tuple(pieces))
    if records.below:
        yield Para(
            (
                "应当开展活动的下级组织",
                _f(records, "bodies"),
                "，方案已公开的",
                _f(records, "plans"),
                "，还没有公开的",
                _f(records, "plans_missing"),
                "。",
            )
        )


def _plan(records: Records) -> Iterator[Para | Grid]:
    plan = records.plan
    if plan is None:
        if records.campaign.covers_body(records.body):
            yield Para(("本级还没有采用活动方案。",))
        else:
            yield Para(("本级不另定方案，按活动总方案推动下级。",))
        return
    steps = [f"方案于{_day(plan.adopted_on)}采用"]
    for moment, word in (
        (plan.submitted_at, "送审"),
        (plan.approved_at, "经上级同意"),
        (plan.published_at, "公开"),
    ):
        if moment and moment.astimezone(clock.SHANGHAI).date() <= records.day:
            steps.append(f"{_day(moment.astimezone(clock.SHANGHAI).date())}{word}")
    yield Para(("，".join(steps), "，其间退回修改", _f(records, "returns"), "。"))
    texts = plan.texts
    for code in (SectionCode.THEME, SectionCode.CARRIERS, SectionCode.CONDITIONS):
        if texts.get(code, "").strip():
            yield Para((f"{code.label}：{_one_line(texts[code])}",))
    yield from _leading_group(records)


def _one_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = "；".join(line.rstrip("。；;") for line in lines)
    return f"{joined}。"


def _leading_group(records: Records) -> Iterator[Para | Grid]:
    if not records.seats:
        yield Para(("领导小组还没有定下人员。",))
        return
    yield Para(("成立了领导小组和工作组，共", _f(records, "seats"), "，名单如下。"))
    rows: dict[str, dict[str, list[str]]] = {}
    duties: dict[str, str] = {}
    for seat in records.seats:
        rows.setdefault(seat.group, {}).setdefault(seat.post.role, []).append(seat.post.person.name)
        duties[seat.group] = seat.duty
    yield Grid(
        "领导小组和工作组",
        ("组", "组长", "副组长", "成员", "职责"),
        tuple(
            (
                group,
                "、".join(held.get(Role.SEAT_HEAD, [])),
                "、".join(held.get(Role.SEAT_DEPUTY, [])),
                "、".join(held.get(Role.SEAT_MEMBER, [])),
                duties[group],
            )
            for group, held in rows.items()
        ),
        (2, 1.2, 1.6, 3, 3),
    )


def _pledges(records: Records) -> Iterator[Para | Grid]:
    pieces: list[Piece] = ["有", _f(records, "pledgers"), "党员作出承诺，连同组织的承诺共"]
    pieces += [_f(records, "items"), "，其中"]
    for kind in ItemKind:
        pieces += ["" if kind == ItemKind.COMMON else "、", str(kind.label)]
        pieces.append(_f(records, f"items_{kind.value}"))
    pieces += ["。已公开", _f(records, "public")]
    for state in (ClimbState.SUBMITTED, ClimbState.RETURNED, ClimbState.DRAFT):
        pieces += [f"，{state.label}", _f(records, f"items_{state.value}")]
    yield Para((*pieces, "。"))
    if records.exempt:
        yield Para(("按本人意愿不作承诺的", _f(records, "exempt"), "。"))
    grid = _by_criterion(records)
    if grid.rows:
        yield grid


def _by_criterion(records: Records) -> Grid:
    kinds = (*ItemKind.values, "all")
    points = Criterion.objects.filter(standard__campaign=records.campaign).select_related(
        "standard"
    )
    rows = []
    for point in points.order_by("standard__order", "order"):
        cells = [
            criterion_figure(point.standard.code, point.code, kind).count(records) for kind in kinds
        ]
        rows.append((point.standard.title, point.title, *cells))
    return Grid(
        "已公开的承诺对照标准（条）",
        ("标准", "哪一条", "共性", "岗位", "实事", "合计"),
        tuple(rows),
        (2, 3, 1, 1, 1, 1),
    )


def _progress(records: Records) -> Iterator[Para | Grid]:
    yield Para(
        (
            "已公开的",
            _f(records, "public"),
            "里，按进展已到目标",
            _f(records, "reached"),
            "，正在做",
            _f(records, "doing"),
            "，过了期限没有到目标",
            _f(records, "overdue"),
            "。本月记了进展的",
            _f(records, "noted"),
            "。",
        )
    )
    reached = [row for row in records.promises if row.public and row.reached]
    if 0 < len(reached) <= MOST:
        yield Grid(
            "已到目标的承诺",
            ("承诺人", "承诺的事", "起点", "现在", "目标"),
            tuple(
                (
                    row.item.pledge.name,
                    row.item.text,
                    value_words(row.item.baseline, row.item.unit),
                    value_words(row.value, row.item.unit),
                    value_words(row.item.target, row.item.unit),
                )
                for row in reached
            ),
            (1.5, 5, 1.3, 1.3, 1.3),
        )


def _shortcomings(records: Records) -> Iterator[Para | Grid]:
    said = False
    if records.plans_open:
        yield Para(("方案还没有公开的下级组织", _f(records, "plans_missing"), "。"))
        said = True
    if records.plan is not None and records.plan.state != ClimbState.PUBLISHED:
        yield Para((f"本级方案现在是{ClimbState(records.plan.state).label}，还没有公开。",))
        said = True
    if records.unpledged:
        yield Para(("应当承诺、还没有作出的有", _f(records, "unpledged"), "。"))
        said = True
    if any(row.public and row.note is None for row in records.promises):
        yield Para(("公开以后还没有任何进展记录的有", _f(records, "silent"), "。"))
        said = True
    late = [row for row in records.promises if is_overdue(row, records)]
    if late:
        yield Para(("过了期限、没有到目标的有", _f(records, "overdue"), "，情况如下。"))
        yield _late(late)
        said = True
    if not said:
        yield Para((f"到{_day(records.day)}，记录里没有过期的承诺，也没有缺的方案。",))


def _late(late: list[Promise]) -> Grid:
    if len(late) > MOST:
        counts = Counter(row.item.pledge.organisation.name for row in late)
        return Grid(
            "没有做到的承诺（按组织）",
            ("组织", "条数"),
            tuple((name, str(count)) for name, count in counts.items()),
            (4, 1),
        )
    return Grid(
        "没有做到的承诺",
        ("承诺的事", "现在", "目标", "期限", "原因和最近进展"),
        tuple(
            (
                row.item.text,
                value_words(row.value, row.item.unit),
                value_words(row.item.target, row.item.unit),
                due_words(row),
                row.note.words if row.note and row.note.words else "没有记录原因",
            )
            for row in late
        ),
        (4, 1.2, 1.2, 1.6, 3),
    )


def _next_steps(records: Records) -> Iterator[Para | Grid]:
    phases = [row for row in records.campaign.phases.all() if row.starts_on > records.day]
    if phases:
        first = min(phases, key=lambda row: row.starts_on)
        yield Para((f"{_day(first.starts_on)}起进入{first.title}。",))
    tasks = [row for row in records.tasks if records.day <= row.due_on][:10]
    if tasks:
        yield Para(("接下来要完成的任务如下。",))
        yield Grid(
            "接下来的任务",
            ("任务", "责任人", "完成期限", "阶段"),
            tuple((row.title, row.owner_label, _day(row.due_on), row.phase.title) for row in tasks),
            (4, 2, 2, 2),
        )
    if any(is_soon(row, records) for row in records.promises):
        yield Para(
            ("六十天内到期的承诺有", _f(records, "soon"), "，逐条对照进展，赶在期限前做到。")
        )
    if records.unpledged:
        yield Para(
            ("请还没有承诺的", _f(records, "unpledged"), "尽快作出承诺，年老体弱的听本人意愿。")
        )
    if any(is_overdue(row, records) for row in records.promises):
        yield Para(("对没有做到的承诺，逐条说明原因、重定期限，接着做完。",))
    if not phases and not tasks and not records.promises:
        yield Para(("记录里没有已经定下的下一步，请补上阶段任务。",))
