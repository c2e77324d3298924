"""What a duty asks for in words, and as the table of a blueprint."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from zhengyou.campaigns.blueprint.phases import read_due
from zhengyou.campaigns.blueprint.spans import Nth
from zhengyou.people.models import Kind, Role, StandingKind
from zhengyou.ui.text import long_date, number
from zhengyou.work.asking import TERM_TIME, DutyData
from zhengyou.work.models import Cadence, Enrols, Measure, Part, RecordKind, Scope, Whose


def table(data: DutyData) -> dict[str, Any]:
    """Return a duty as TOML values: what ``reading.read`` reads back."""
    amount = f"{_plain(data.least)}{Measure(data.measure).label}" if data.least else ""
    values = {
        "title": data.title,
        "who": _who(data),
        "record": _lone([str(RecordKind(kind).label) for kind in data.records]),
        "scope": _lone([str(Scope(scope).label) for scope in data.scopes]),
        "part": str(Part(data.part).label) if data.part else "",
        "below": [str(Kind(kind).label) for kind in data.below],
        "every": str(Cadence(data.cadence).label),
        "times": data.times if data.times > 1 else 0,
        "least": "" if data.each else amount,
        "each": amount if data.each else "",
        "due": data.due,
        "phase": data.phase,
        "when": TERM_TIME if data.term_time else "",
        "grace": f"{data.grace_days}天" if data.grace_days else "",
        "exempt": data.exempt,
        "publish": "公开" if data.publish else "",
        "hint": data.hint,
        "basis": data.basis,
    }
    return {key: value for key, value in values.items() if value}


def _who(data: DutyData) -> dict[str, Any]:
    values = {
        "kind": [str(Kind(kind).label) for kind in data.kinds],
        "group": data.group if data.whose == Whose.GROUPS else "",
        "seats": data.group if data.whose == Whose.SEATS else "",
        "standing": [str(StandingKind(each).label) for each in data.standings],
        "post": [str(Role(role).label) for role in data.roles],
        "enrolled": str(Enrols(data.enrols).label) if data.enrols else "",
        "age": ages(data),
        "retired": "" if data.retired is None else ("离退休" if data.retired else "在职"),
        "without": [str(Role(role).label) for role in data.without_roles],
    }
    return {key: value for key, value in values.items() if value}


def ages(data: DutyData) -> str:
    """Return the ages that are asked: 60以上, 59以下, 14至28; "" for all."""
    low, high = data.min_age, data.max_age
    if low is not None and high is not None:
        return f"{low}至{high}"
    return f"{low}以上" if low is not None else f"{high}以下" if high is not None else ""


def sentence(data: DutyData, group: str = "") -> str:
    """Return who does what how often, in one sentence without a full stop.

    Args:
        group: title of the group, where it is a group's.
    """
    often = f"{_when(data)}{_much(data)}".strip()
    return f"{who(data, group)}，{often}，记“{'、'.join(_kinds(data))}”"


def _when(data: DutyData) -> str:
    if data.due:
        due = read_due(data.due)
        if isinstance(due, date):
            return f"{long_date(due)}前"
        return f"{due}内" if isinstance(due, Nth) else str(due)
    cadence = str(Cadence(data.cadence).label)
    cadence = f"{TERM_TIME}{cadence}" if data.term_time else cadence
    return f"阶段内{cadence}" if data.phase else cadence


def whole(data: DutyData) -> str:
    """Return everything that is asked, a line each, so that a change can be seen."""
    lines = [data.title, sentence(data)]
    said = {
        "本人": str(Part(data.part).label) if data.part else "",
        "服务": "、".join(str(Scope(scope).label) for scope in data.scopes),
        "下级也算": "、".join(str(Kind(kind).label) for kind in data.below),
        "宽限": f"{data.grace_days} 天" if data.grace_days else "",
        "可以免": data.exempt,
        "公开": "是" if data.publish else "",
        "说明": data.hint,
        "依据": data.basis,
    }
    return "\n".join(lines + [f"{name}：{words}" for name, words in said.items() if words])


def who(data: DutyData, group: str = "") -> str:
    """Return whose duty it is, in words."""
    kinds = "、".join(str(Kind(kind).label) for kind in data.kinds)
    match data.whose:
        case Whose.BODIES:
            words = kinds
        case Whose.GROUPS:
            words = group or "工作组"
        case Whose.SEATS:
            seats = "、".join(str(Role(role).label) for role in data.roles) or "成员"
            words = f"{group or '工作组'}的{seats}"
        case Whose.ENROLLED:
            words = f"每个{Enrols(data.enrols).label}" if data.enrols else "登记的对象"
        case Whose.HOLDERS:
            words = kinds + "、".join(str(Role(role).label) for role in data.roles)
        case _:
            words = kinds + "、".join(str(StandingKind(each).label) for each in data.standings)
    return words + _layers(data)


def _layers(data: DutyData) -> str:
    parts = [_years(data)]
    parts += [] if data.retired is None else ["离退休" if data.retired else "在职"]
    if data.without_roles:
        posts = "、".join(str(Role(role).label) for role in data.without_roles)
        parts.append(f"担任{posts}的不算")
    parts = [part for part in parts if part]
    return f"（{'，'.join(parts)}）" if parts else ""


def _years(data: DutyData) -> str:
    low, high = data.min_age, data.max_age
    if low is not None and high is not None:
        return f"{low} 至 {high} 岁"
    return f"{low} 岁以上" if low is not None else f"{high} 岁以下" if high is not None else ""


def _much(data: DutyData) -> str:
    free = data.cadence in (Cadence.ANYTIME, Cadence.REGULAR) and data.times == 1
    words = "" if free else f" {number(data.times)} 次"
    if data.least:
        each = "，每次至少" if data.each else "，一共至少"
        words += f"{each} {_plain(data.least)} {Measure(data.measure).label}"
    return words


def _kinds(data: DutyData) -> list[str]:
    return [str(RecordKind(kind).label) for kind in data.records]


def by_cadence(duties: Iterable[DutyData]) -> list[str]:
    """Return what is done, a line a cadence: 每月：主题党日、支部委员会."""
    found: dict[str, list[str]] = defaultdict(list)
    for duty in duties:
        found[duty.cadence].append(duty.title)
    return [
        f"{cadence.label}：{'、'.join(found[cadence])}。" for cadence in Cadence if found[cadence]
    ]


def _lone(words: Sequence[str]) -> str | list[str]:
    return words[0] if len(words) == 1 else list(words)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
