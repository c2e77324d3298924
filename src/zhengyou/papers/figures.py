"""Numbers that know their rows. A figure's value *is* the number of its rows, so that what a
document says and what one finds behind it cannot differ."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.papers.records import MEMBER_WORDS, SOON, Member, Promise, Records
from zhengyou.people.models import StandingKind
from zhengyou.pledges.models import ItemKind


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a figure: cells of text and the page of the thing, if it has one."""

    cells: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A kind of number.

    Args:
        code: stable ASCII name, part of the address of its rows.
        label: what is counted, in Chinese: the heading of the page with the rows.
        unit: 名, 条, 个.
        columns: heads of the cells.
        rows: picks the rows from the records.
    """

    code: str
    label: str
    unit: str
    columns: tuple[str, ...]
    rows: Callable[[Records], Sequence[Row]]

    def count(self, records: Records) -> "Counted":
        """Return the figure with its value."""
        return Counted(self.code, self.label, len(self.rows(records)), self.unit)


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with its value, as it stands in a text."""

    code: str
    label: str
    value: int
    unit: str

    @property
    def words(self) -> str:
        """The number with its unit."""
        return f"{self.value:,}{self.unit}"


def _person(member: Member) -> Row:
    return Row(
        (member.person.name, member.body, MEMBER_WORDS.get(member.standing, "没有登记")),
        reverse("people:person", args=[member.person.uid]),
    )


def value_words(value: object, unit: str) -> str:
    """Return a value with its unit, trailing zeros dropped; 没有数 where there is none."""
    if value is None:
        return "没有数"
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{text} {unit}".strip()


def due_words(promise: Promise) -> str:
    """Return the due day in Chinese."""
    due = promise.item.due_on
    return f"{due.year}年{due.month}月{due.day}日" if due else "没写"


def _promise(promise: Promise) -> Row:
    item = promise.item
    return Row(
        (
            item.pledge.name,
            item.pledge.organisation.name,
            str(ItemKind(item.kind).label),
            item.text,
            value_words(promise.value, item.unit),
            value_words(item.target, item.unit),
            due_words(promise),
            promise.note.words if promise.note else "还没有进展记录",
        ),
        reverse("pledges:pledge", args=[item.pledge.uid]),
    )


def _members(code: str, label: str, keep: Callable[[Member], bool]) -> Figure:
    return Figure(
        code,
        label,
        "名",
        ("姓名", "所在组织", "人员类别"),
        lambda records: [_person(member) for member in records.members if keep(member)],
    )


PROMISE_COLUMNS = ("承诺人", "所在组织", "种类", "承诺的事", "现在", "目标", "哪天做到", "最近进展")


def _promises(code: str, label: str, keep: Callable[[Promise, Records], bool]) -> Figure:
    return Figure(
        code,
        label,
        "条",
        PROMISE_COLUMNS,
        lambda records: [_promise(row) for row in records.promises if keep(row, records)],
    )


def is_overdue(row: Promise, records: Records) -> bool:
    """Public, past its day and not at its target."""
    due = row.item.due_on
    return row.public and not row.reached and due is not None and due < records.day


def is_doing(row: Promise, records: Records) -> bool:
    """Public, not yet at its target, its day not past."""
    return row.public and not row.reached and not is_overdue(row, records)


def is_soon(row: Promise, records: Records) -> bool:
    """Under way and due within sixty days."""
    due = row.item.due_on
    return is_doing(row, records) and due is not None and due <= records.day + SOON


def _body(name: str, state: str, url: str = "") -> Row:
    return Row((name, state), url)


def _plan_rows(published: bool) -> Callable[[Records], Sequence[Row]]:
    def rows(records: Records) -> list[Row]:
        found = []
        for below in records.below:
            plan = below.plan
            done = bool(
                plan
                and plan.published_at
                and plan.published_at.astimezone(clock.SHANGHAI).date() <= records.day
            )
            if done is published:
                state = ClimbState(plan.state).label if plan else "还没有采用"
                url = reverse("campaigns:plan", args=[plan.uid]) if plan else ""
                found.append(_body(below.body.name, str(state), url))
        return found

    return rows


def _pledgers(records: Records) -> list[Row]:
    seen: dict[int, Row] = {}
    for row in records.promises:
        pledge = row.item.pledge
        if pledge.person is not None and pledge.pk not in seen:
            seen[pledge.pk] = Row(
                (pledge.name, pledge.organisation.name),
                reverse("pledges:pledge", args=[pledge.uid]),
            )
    return list(seen.values())


def _all() -> Iterator[Figure]:
    yield _members("members", "花名册上的人", lambda member: True)
    yield _members("full", "正式党员", lambda member: member.standing == StandingKind.FULL)
    yield _members(
        "probationary", "预备党员", lambda member: member.standing == StandingKind.PROBATIONARY
    )
    yield Figure("groups", "党小组", "个", ("名称", "类别"), lambda records: [
        Row((row.name, "党小组"), reverse("people:organisation", args=[row.uid]))
        for row in records.groups
    ])  # fmt: skip
    yield Figure("bodies", "应当开展活动的下级组织", "个", ("名称", "方案"), lambda records: [
        *_plan_rows(True)(records), *_plan_rows(False)(records)
    ])  # fmt: skip
    yield Figure("plans", "方案已公开的下级组织", "个", ("名称", "方案"), _plan_rows(True))
    yield Figure("plans_missing", "方案还没有公开的下级组织", "个", ("名称", "方案"),
                 _plan_rows(False))  # fmt: skip
    yield Figure("returns", "方案被退回", "次", ("要改的地方", "日期"), lambda records: [
        Row((why, f"{day.year}年{day.month}月{day.day}日")) for why, day in records.returns
    ])  # fmt: skip
    yield Figure("seats", "领导小组和工作组成员", "人次", ("组", "职务", "姓名"), lambda records: [
        Row((seat.group, seat.post.title, seat.post.person.name)) for seat in records.seats
    ])  # fmt: skip
    yield Figure("pledgers", "作出承诺的人", "名", ("姓名", "所在组织"), _pledgers)
    yield Figure("exempt", "按本人意愿不作承诺的人", "名", ("姓名", "所在组织"), lambda records: [
        Row((row.person.name, row.organisation.name)) for row in records.exempt
    ])  # fmt: skip
    yield Figure("unpledged", "应当承诺、还没有作出的人", "名", ("姓名", "所在组织", "人员类别"),
                 lambda records: [_person(member) for member in records.unpledged])  # fmt: skip
    yield _promises("items", "承诺", lambda row, records: True)
    for kind in ItemKind:
        yield _promises(f"items_{kind.value}", str(kind.label), _of_kind(kind))
    yield _promises("public", "已公开的承诺", lambda row, records: row.public)
    for state in (ClimbState.SUBMITTED, ClimbState.RETURNED, ClimbState.DRAFT):
        yield _promises(f"items_{state.value}", f"{state.label}的承诺", _of_state(state))
    yield _promises(
        "reached", "按进展已到目标的承诺", lambda row, records: row.public and row.reached
    )
    yield _promises("doing", "正在做的承诺", is_doing)
    yield _promises("overdue", "过了期限、没有到目标的承诺", is_overdue)
    yield _promises("noted", "本月记了进展的承诺", lambda row, records: row.public and row.noted)
    yield _promises(
        "silent", "还没有任何进展记录的承诺", lambda row, records: row.public and row.note is None
    )
    yield _promises("soon", "六十天内到期的承诺", is_soon)


def _of_kind(kind: ItemKind) -> Callable[[Promise, Records], bool]:
    return lambda row, records: row.item.kind == kind


def _of_state(state: ClimbState) -> Callable[[Promise, Records], bool]:
    return lambda row, records: row.state == state


FIGURES = {figure.code: figure for figure in _all()}


def find(code: str) -> Figure | None:
    """Return the figure of ``code``; ``criterion.STANDARD.CRITERION.KIND`` is made as asked."""
    if code in FIGURES:
        return FIGURES[code]
    name, _, rest = code.partition(".")
    parts = rest.split(".")
    if name == "criterion" and len(parts) == 3 and parts[2] in (*ItemKind.values, "all"):
        return criterion_figure(*parts)
    return None


def criterion_figure(standard: str, criterion: str, kind: str) -> Figure:
    """Return the public promises tied to one criterion, of one kind or ``all``."""

    def keep(row: Promise, records: Records) -> bool:
        point = row.item.criterion
        return bool(
            row.public
            and point
            and (point.standard.code, point.code) == (standard, criterion)
            and kind in (row.item.kind, "all")
        )

    return _promises(f"criterion.{standard}.{criterion}.{kind}", "对照这一条的已公开承诺", keep)
