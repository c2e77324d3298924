"""The stage summary (阶段总结): which sentence says what, made from records alone.

One composition serves the page, where every number is a link to its rows, and the Word file.
What is not done is said without names: it goes upwards, and nobody is shamed (减负 5); the rows
behind the numbers, seen by the body and above, have them.
"""

from collections.abc import Callable, Iterator

from zhengyou.campaigns.models import SectionCode
from zhengyou.climb.models import ClimbState
from zhengyou.papers import figures
from zhengyou.papers.blocks import Grid, Head, Para, Part, Piece, Summary
from zhengyou.papers.figures import FIGURES, Counted, criterion_figure, note_words, plan_words
from zhengyou.papers.records import BodyPlan, Promise, Records
from zhengyou.people.models import Role
from zhengyou.pledges import words
from zhengyou.pledges.models import ItemKind
from zhengyou.ui.text import long_date

MOST = 60
"""Rows that a table lists one by one; with more it counts them by body."""


def compose(records: Records) -> Summary:
    """Return the stage summary of ``records``."""
    blocks: list[Part] = [_opening(records)]
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
        f"{records.name}“{records.campaign.title}”阶段总结",
        tuple(blocks),
        records.name,
        records.day,
    )


def _f(records: Records, code: str) -> Counted:
    return FIGURES[code].count(records)


def _opening(records: Records) -> Para:
    campaign, own = records.campaign, records.body == records.campaign.organisation
    start = f"{records.name}从" if own else f"按照{records.run_by}的部署，{records.name}从"
    return Para(
        (
            f"{start}{long_date(campaign.starts_on)}起开展“{campaign.title}”，"
            f"主题是“{campaign.theme}”。现将截至{long_date(records.day)}的情况总结如下。",
        )
    )


# --- one, two: who, and how it is led ----------------------------------------------------------
def _situation(records: Records) -> Iterator[Part]:
    pieces: list[Piece] = [f"{records.name}花名册上有", _f(records, "members")]
    pieces += ["，其中正式党员", _f(records, "full"), "、预备党员", _f(records, "probationary")]
    if records.groups:
        pieces += ["，设党小组", _f(records, "groups")]
    phases = records.campaign.active_phases(records.day)
    if phases:
        now = "、".join(f"“{row.title}”（到{long_date(row.ends_on)}）" for row in phases)
        yield Para((*pieces, f"。活动正在进行{now}。"))
    else:
        yield Para((*pieces, "。这一天活动不在任何一个阶段里。"))
    if records.below:
        yield Para(
            (
                "开展活动的下级组织有",
                _f(records, "bodies"),
                "，方案已公开的",
                _f(records, "plans"),
                "，还没有公开的",
                _f(records, "plans_missing"),
                "。",
            )
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
        "下级组织情况（条）",
        ("组织", "方案", "已公开承诺", "已到目标", "过了期限没到目标"),
        tuple(map(row, records.below)),
        (3, 1.5, 1.4, 1.4, 1.7),
    )


def _plan(records: Records) -> Iterator[Part]:
    if records.own is None:
        yield Para(("本级不另定方案，按活动总方案推动下级。",))
        return
    plan = records.own.plan
    if plan is None:
        yield Para(("本级还没有采用活动方案。",))
        return
    steps = [f"方案于{long_date(plan.adopted_on)}采用"]
    done = {
        "送审": plan.submitted_at if records.own.state in _SENT else None,
        "经上级同意": plan.approved_at,
        "公开": plan.published_at,
    }
    for word, moment in done.items():
        if day := records.by_then(moment):
            steps.append(f"{long_date(day)}{word}")
    pieces: list[Piece] = ["，".join(steps)]
    if records.returns:
        pieces += ["，其间退回修改", _f(records, "returns")]
    yield Para((*pieces, "。"))
    if records.grounds:
        yield Para((f"方案依据{'、'.join(records.grounds)}。",))
    texts = records.plan_texts
    for code in (SectionCode.THEME, SectionCode.CARRIERS, SectionCode.CONDITIONS):
        if texts.get(code, "").strip():
            yield Para((f"{code.label}：{_one_line(texts[code])}",))
    yield from _leading_group(records)


_SENT = (ClimbState.SUBMITTED, ClimbState.APPROVED, ClimbState.PUBLISHED)


def _one_line(text: str) -> str:
    """Return several lines as one sentence: a line that ends with a colon leads the next ones."""
    joined = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        part = line.rstrip("。；;，")
        joined += part if not joined or joined.endswith(("：", ":")) else f"；{part}"
    return joined.rstrip("：:") + "。"


def _leading_group(records: Records) -> Iterator[Part]:
    if not records.seats:
        yield Para(("领导小组还没有定下人员。",))
        return
    yield Para(("成立了领导小组和工作组，共", _f(records, "seats"), "，名单如下。"))
    rows: dict[str, dict[str, list[str]]] = {}
    duties: dict[str, str] = {}
    for seat in records.seats:
        rows.setdefault(seat.group, {}).setdefault(seat.post.role, []).append(seat.post.person.name)
        duties[seat.group] = seat.duty
    roles = (Role.SEAT_HEAD, Role.SEAT_DEPUTY, Role.SEAT_MEMBER)
    yield Grid(
        "领导小组和工作组",
        ("组", "组长", "副组长", "成员", "职责"),
        tuple(
            (group, *("、".join(held.get(role, ["—"])) for role in roles), duties[group])
            for group, held in rows.items()
        ),
        (2, 1.2, 1.6, 3, 3),
    )


# --- three, four: promises, and how far they are -----------------------------------------------
def _pledges(records: Records) -> Iterator[Part]:
    if not records.promises:
        yield Para(("到这一天还没有人作出承诺。",))
    else:
        yield _promised(records)
    if records.exempt:
        yield Para(("按本人意愿不作承诺的", _f(records, "exempt"), "。"))
    if any(row.public for row in records.promises):
        yield _by_criterion(records)


def _promised(records: Records) -> Para:
    pieces: list[Piece] = ["有", _f(records, "pledgers"), "党员作出承诺，连同组织的承诺共"]
    pieces += [_f(records, "items"), "，其中"]
    for kind in ItemKind:
        pieces += ["" if kind == ItemKind.COMMON else "、", str(kind.label)]
        pieces.append(_f(records, f"items_{kind.value}"))
    pieces += ["。已公开", _f(records, "public")]
    for state in (ClimbState.SUBMITTED, ClimbState.RETURNED):
        pieces += [f"，{state.label}", _f(records, f"items_{state.value}")]
    drafted = _f(records, f"items_{ClimbState.DRAFT.value}")
    if drafted.value:
        pieces += ["。另有起草中、还没有送审的", drafted]
    return Para((*pieces, "。"))


def _by_criterion(records: Records) -> Grid:
    kinds = (*ItemKind.values, "all")

    def cells(standard: str, code: str) -> list[Piece]:
        return [criterion_figure(standard, code, kind).count(records) for kind in kinds]

    return Grid(
        "已公开的承诺对照标准（条）",
        ("标准", "哪一条", "共性", "岗位", "实事", "合计"),
        tuple(
            (point.standard.title, point.title, *cells(point.standard.code, point.code))
            for point in records.points
        ),
        (2, 3, 1, 1, 1, 1),
    )


def _progress(records: Records) -> Iterator[Part]:
    if not any(row.public for row in records.promises):
        yield Para(("还没有公开的承诺，没有进展可写。",))
        return
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
    yield from _listed(
        records,
        "reached",
        "已到目标的承诺",
        ("承诺人", "承诺的事", "起点", "现在", "目标"),
        (1.6, 5, 1.3, 1.3, 1.3),
        lambda row: (
            row.body if records.below else row.who,
            row.item.text,
            *(
                words.amount(value, row.item.unit) or "没有数"
                for value in (row.item.baseline, row.value, row.item.target)
            ),
        ),
    )


def _listed(
    records: Records,
    code: str,
    caption: str,
    head: tuple[str, ...],
    widths: tuple[float, ...],
    cells: Callable[[Promise], tuple[str, ...]],
) -> Iterator[Grid]:
    """List the rows of a figure; with more than :data:`MOST` count them by body."""
    rows: list[Promise] = list(FIGURES[code].pick(records))
    if len(rows) > MOST:
        bodies = {str(row.item.pledge.organisation.uid): row.body for row in rows}
        counted = [(name, figures.within(code, uid).count(records)) for uid, name in bodies.items()]
        yield Grid(f"{caption}（按组织）", ("组织", "条数"), tuple(counted), (4, 1))
    elif rows:
        yield Grid(caption, head, tuple(cells(row) for row in rows), widths)


# --- five, six: what is not done, and what comes next ------------------------------------------
def _shortcomings(records: Records) -> Iterator[Part]:
    said = list(_unfinished(records))
    if said:
        yield from said
    else:
        day = long_date(records.day)
        yield Para((f"到{day}，记录里没有过期的承诺，也没有缺的方案和承诺。",))


def _unfinished(records: Records) -> Iterator[Part]:
    if any(not row.public for row in records.below):
        yield Para(("方案还没有公开的下级组织", _f(records, "plans_missing"), "。"))
    if records.own and not records.own.public:
        yield Para((f"本级方案{plan_words(records.own)}，没有公开。",))
    for code, before in (
        ("unpledged", "应当承诺、还没有作出的有"),
        ("items_returned", "退回修改、还没有重新送审的承诺有"),
        ("items_submitted", "送审以后还没有审的承诺有"),
        ("silent", "公开以后还没有任何进展记录的承诺有"),
    ):
        figure = _f(records, code)
        if figure.value:
            yield Para((before, figure, "。"))
    late = _f(records, "overdue")
    if late.value:
        yield Para(("过了期限、没有到目标的有", late, "，情况如下。"))
        yield from _listed(
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
                note_words(row) or "没有记录原因",
            ),
        )


def _next_steps(records: Records) -> Iterator[Part]:
    steps = [*_scheduled(records), *_remaining(records)]
    yield from steps or [Para(("记录里没有已经定下的下一步，请补上阶段任务。",))]


def _scheduled(records: Records) -> Iterator[Part]:
    phases = [row for row in records.campaign.phases.all() if row.starts_on > records.day]
    if phases:
        first = min(phases, key=lambda row: row.starts_on)
        yield Para((f"{long_date(first.starts_on)}起进入“{first.title}”。",))
    tasks = [row for row in records.tasks if records.day <= row.due_on][:10]
    if tasks:
        yield Para(("接下来要完成的任务如下。",))
        yield Grid(
            "接下来的任务",
            ("任务", "责任人", "完成期限", "阶段"),
            tuple(
                (row.title, row.owner_label, long_date(row.due_on), row.phase.title)
                for row in tasks
            ),
            (4, 1.6, 2.6, 1.8),
        )


def _remaining(records: Records) -> Iterator[Part]:
    soon, missing = _f(records, "soon"), _f(records, "unpledged")
    if soon.value:
        yield Para(("六十天内到期的承诺有", soon, "，逐条对照进展，赶在期限前做到。"))
    if missing.value:
        yield Para(("请还没有承诺的", missing, "尽快作出承诺，年老体弱的听本人意愿。"))
    if _f(records, "overdue").value:
        yield Para(("对没有做到的承诺，逐条说明原因、重定期限，接着做完。",))
