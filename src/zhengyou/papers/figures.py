"""Numbers that know their rows. A figure's value *is* the number of its rows, so that what a
document says and what one finds behind it cannot differ."""

from collections.abc import Callable, Iterator, Sequence

from django.urls import reverse

from zhengyou.campaigns.models import PlanDecision
from zhengyou.climb.models import ClimbState
from zhengyou.papers.afterwards import afterwards
from zhengyou.papers.counting import Figure, Row
from zhengyou.papers.mending import mending
from zhengyou.papers.records import SOON, BodyPlan, Member, Promise, Records, Seat
from zhengyou.papers.rules import Reader
from zhengyou.people.models import Organisation, StandingKind
from zhengyou.pledges import words
from zhengyou.pledges.models import Exemption, ItemKind, Outcome
from zhengyou.ui.text import long_date

COVERED = "只有本人看得到"
UNNAMED = "名字只有本组织看得到"


# --- how rows read ------------------------------------------------------------------------------
def _person(records: Records, member: Member, reader: Reader) -> Row:
    standing = str(StandingKind(member.standing).label) if member.standing else "没有登记"
    url = reverse("people:person", args=[member.person.uid])
    return Row((member.person.name, member.body, standing), url)


def _missing(records: Records, member: Member, reader: Reader) -> Row:
    if reader.names_missing(member.bodies):
        return _person(records, member, reader)
    return Row((UNNAMED, member.body, str(StandingKind(member.standing).label)))


def _exempt(records: Records, row: Exemption, reader: Reader) -> Row:
    named = reader.names_missing((row.organisation,))
    return Row((row.person.name if named else UNNAMED, records.called(row.organisation)))


def _pledger(records: Records, promise: Promise, reader: Reader) -> Row:
    url = reverse("pledges:pledge", args=[promise.item.pledge.uid])
    return Row((reader.name_of(promise.item.pledge), promise.body), url)


def _promise(records: Records, promise: Promise, reader: Reader) -> Row:
    item = promise.item
    url = reverse("pledges:pledge", args=[item.pledge.uid])
    head = (reader.name_of(item.pledge), promise.body, str(ItemKind(item.kind).label))
    if not reader.reads(item):
        return Row((*head, COVERED, "", "", "", ""))
    return Row(
        (
            *head,
            item.text,
            words.amount(promise.value, item.unit) or "没有数",
            words.amount(item.target, item.unit) or "没有数",
            long_date(item.due_on) or "没写",
            note_words(promise) or "还没有进展记录",
        ),
        f"{url}#item-{item.number}",
    )


def note_words(promise: Promise) -> str:
    """Return what the last note says; "" where there is none."""
    return words.note_text(promise.note, promise.item.unit) if promise.note else ""


def why_words(promise: Promise, records: Records) -> str:
    """Return what was said of why it is not done, and the last note; "" where there is nothing."""
    kept = records.following.kept.get(promise.item.pk)
    said = [kept.confirmed.reason if kept.confirmed else "", kept.said.why] if kept else []
    sentences = (f"{words.rstrip('。；')}。" for words in (*said, note_words(promise)) if words)
    return "".join(dict.fromkeys(sentences))  # The last note may say the same as the reason.


def _group(records: Records, body: Organisation, reader: Reader) -> Row:
    url = reverse("people:organisation", args=[body.uid])
    return Row((records.called(body), "党小组"), url)


def _plan(records: Records, row: BodyPlan, reader: Reader) -> Row:
    url = reverse("campaigns:plan", args=[row.plan.uid]) if row.plan else ""
    return Row((row.name, plan_words(row)), url)


def plan_words(row: BodyPlan) -> str:
    """Return in words where the plan of a body stood."""
    return str(row.state.label) if row.state else "还没有采用"


def _return(records: Records, row: PlanDecision, reader: Reader) -> Row:
    why = "；".join(filter(None, [*row.section_reasons.values(), row.reason]))
    url = reverse("campaigns:plan", args=[row.plan.uid])
    return Row((why, long_date(row.decided_at)), url)


def _seat(records: Records, seat: Seat, reader: Reader) -> Row:
    url = reverse("people:person", args=[seat.post.person.uid])
    return Row((seat.group, seat.post.title, seat.post.person.name), url)


# --- what is counted ----------------------------------------------------------------------------
def is_done(row: Promise, records: Records) -> bool:
    """At its target by the number; the branch's word, once said, goes before it."""
    kept = records.following.kept.get(row.item.pk)
    if kept and kept.confirmed:
        return kept.outcome == Outcome.FULFILLED
    return row.reached


def is_overdue(row: Promise, records: Records) -> bool:
    """Public, past its day and not at its target."""
    due = row.item.due_on
    return row.public and not is_done(row, records) and due is not None and due < records.day


def is_reached(row: Promise, records: Records) -> bool:
    """Public and at its target."""
    return row.public and is_done(row, records)


def is_doing(row: Promise, records: Records) -> bool:
    """Public, not yet at its target, its day not past."""
    return row.public and not is_done(row, records) and not is_overdue(row, records)


def is_soon(row: Promise, records: Records) -> bool:
    """Under way and due within sixty days."""
    due = row.item.due_on
    return is_doing(row, records) and due is not None and due <= records.day + SOON


def is_silent(row: Promise, records: Records) -> bool:
    """Public, without any note so far, and nothing said of what became of it."""
    return row.public and row.note is None and row.item.pk not in records.following.kept


PROMISE_COLUMNS = ("承诺人", "所在组织", "种类", "承诺的事", "现在", "目标", "哪天做到", "最近进展")
PLAN_COLUMNS = ("名称", "方案")


def _promises(code: str, label: str, keep: Callable[[Promise, Records], bool]) -> Figure:
    return Figure(
        code,
        label,
        "条",
        PROMISE_COLUMNS,
        lambda records: [row for row in records.promises if keep(row, records)],
        _promise,
    )


def _members(code: str, label: str, keep: Callable[[Member], bool]) -> Figure:
    columns = ("姓名", "所在组织", "人员类别")
    return Figure(
        code, label, "名", columns, lambda records: list(filter(keep, records.members)), _person
    )


def _pledgers(records: Records) -> list[Promise]:
    """Return one promise of each person who has sent in any."""
    first: dict[int, Promise] = {}
    for row in records.promises:
        if row.made and row.item.pledge.person_id is not None:
            first.setdefault(row.item.pledge_id, row)
    return list(first.values())


def _all() -> Iterator[Figure]:
    yield _members("members", "花名册上的人", lambda member: True)
    yield _members("full", "正式党员", lambda member: member.standing == StandingKind.FULL)
    yield _members(
        "probationary", "预备党员", lambda member: member.standing == StandingKind.PROBATIONARY
    )
    yield Figure("groups", "党小组", "个", ("名称", "类别"), lambda records: records.groups, _group)
    yield Figure(
        "bodies", "开展活动的下级组织", "个", PLAN_COLUMNS, lambda records: records.below, _plan
    )
    for code, label, public in (
        ("plans", "方案已公开", True),
        ("plans_missing", "方案还没有公开", False),
    ):
        yield Figure(code, f"{label}的下级组织", "个", PLAN_COLUMNS, _plans(public), _plan)
    yield Figure(
        "returns",
        "方案退回修改",
        "次",
        ("要改的地方", "日期"),
        lambda records: records.returns,
        _return,
    )
    yield Figure(
        "seats", "领导小组和工作组成员", "人次", ("组", "职务", "姓名"),
        lambda records: records.seats, _seat,
    )  # fmt: skip
    yield Figure("pledgers", "作出承诺的人", "名", ("姓名", "所在组织"), _pledgers, _pledger)
    yield Figure(
        "exempt", "按本人意愿不作承诺的人", "名", ("姓名", "所在组织"),
        lambda records: records.exempt, _exempt,
    )  # fmt: skip
    yield Figure(
        "unpledged", "应当承诺、还没有作出的人", "名", ("姓名", "所在组织", "人员类别"),
        lambda records: records.unpledged, _missing,
    )  # fmt: skip
    yield _promises("items", "作出的承诺", lambda row, records: row.made)
    for kind in ItemKind:
        yield _promises(f"items_{kind.value}", str(kind.label), _of_kind(kind))
    yield _promises("public", "已公开的承诺", lambda row, records: row.public)
    for state in (ClimbState.SUBMITTED, ClimbState.RETURNED, ClimbState.DRAFT):
        yield _promises(f"items_{state.value}", f"{state.label}的承诺", _of_state(state))
    yield _promises("reached", "已到目标的承诺", is_reached)
    yield _promises("doing", "正在做的承诺", is_doing)
    yield _promises("overdue", "过了期限、没有到目标的承诺", is_overdue)
    yield _promises(
        "overdue_unsaid",
        "过了期限、没有记录原因和进展的承诺",
        lambda row, records: is_overdue(row, records) and not why_words(row, records),
    )
    yield _promises("noted", "本月记了进展的承诺", lambda row, records: row.public and row.noted)
    yield _promises("silent", "还没有任何进展记录的承诺", is_silent)
    yield _promises("soon", "六十天内到期的承诺", is_soon)
    yield from afterwards()
    yield from mending()
    for outcome in Outcome:
        yield _promises(f"kept_{outcome.value}", f"{outcome.label}的承诺", _became(outcome))
    yield _promises("kept_unconfirmed", "本人说了、支部还没有确认的承诺", _unconfirmed)


def _became(outcome: Outcome) -> Callable[[Promise, Records], bool]:
    def keep(row: Promise, records: Records) -> bool:
        kept = records.following.kept.get(row.item.pk)
        return row.public and kept is not None and kept.outcome == outcome

    return keep


def _unconfirmed(row: Promise, records: Records) -> bool:
    kept = records.following.kept.get(row.item.pk)
    return row.public and kept is not None and kept.confirmed is None


def _plans(public: bool) -> Callable[[Records], list[BodyPlan]]:
    return lambda records: [row for row in records.below if row.public is public]


def _of_kind(kind: ItemKind) -> Callable[[Promise, Records], bool]:
    return lambda row, records: row.made and row.item.kind == kind


def _of_state(state: ClimbState) -> Callable[[Promise, Records], bool]:
    return lambda row, records: row.state == state


FIGURES = {figure.code: figure for figure in _all()}
BY_BODY = ("public", "reached", "overdue")
"""Figures that are also counted body by body."""
BY_CRITERION = ("reached", "overdue")
"""Figures that are also counted criterion by criterion."""


def find(code: str) -> Figure | None:
    """Return the figure of ``code``, or None.

    Made as asked: ``criterion.STANDARD.CRITERION.KIND``, ``reached.STANDARD.CRITERION`` (and so
    the others of :data:`BY_CRITERION`) and, with the uid of a body behind ``@``, :data:`BY_BODY`.
    """
    if code in FIGURES:
        return FIGURES[code]
    name, _, rest = code.partition("@")
    if name in BY_BODY:
        return within(name, rest)
    name, _, rest = code.partition(".")
    parts = rest.split(".")
    if name == "criterion" and len(parts) == 3 and parts[2] in (*ItemKind.values, "all"):
        return criterion_figure(*parts)
    if name in BY_CRITERION and len(parts) == 2:
        return on_criterion(name, *parts)
    return None


def within(code: str, body: str) -> Figure:
    """Return one of :data:`BY_BODY` for the pledges made in the body of that uid alone."""
    whole = FIGURES[code]

    def pick(records: Records) -> list[Promise]:
        rows: Sequence[Promise] = whole.pick(records)
        return [row for row in rows if str(row.item.pledge.organisation.uid) == body]

    return Figure(f"{code}@{body}", whole.label, whole.unit, whole.columns, pick, whole.row)


def on_criterion(code: str, standard: str, criterion: str) -> Figure:
    """Return one of :data:`BY_CRITERION` for the promises tied to one criterion alone."""
    whole = FIGURES[code]

    def pick(records: Records) -> list[Promise]:
        rows: Sequence[Promise] = whole.pick(records)
        return [row for row in rows if _is_tied(row, standard, criterion)]

    name = f"{code}.{standard}.{criterion}"
    return Figure(name, f"对照这一条、{whole.label}", whole.unit, whole.columns, pick, whole.row)


def _is_tied(row: Promise, standard: str, criterion: str) -> bool:
    point = row.item.criterion
    return point is not None and (point.standard.code, point.code) == (standard, criterion)


def criterion_figure(standard: str, criterion: str, kind: str) -> Figure:
    """Return the public promises tied to one criterion, of one kind or ``all``."""

    def keep(row: Promise, records: Records) -> bool:
        of_kind = kind in (row.item.kind, "all")
        return row.public and of_kind and _is_tied(row, standard, criterion)

    return _promises(f"criterion.{standard}.{criterion}.{kind}", "对照这一条的已公开承诺", keep)
