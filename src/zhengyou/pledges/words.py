"""Numbers, dates and states of pledge items as one reads them; used by every read model."""

from datetime import date
from decimal import Decimal

from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.periods import Kind
from zhengyou.pledges import goals
from zhengyou.pledges.models import ItemKind, Outcome, PledgeItem, Progress
from zhengyou.ui.text import long_date, number, short_date

REACHED = "数已到目标，等支部确认"
CLAIMED = "等支部确认"
DOING = "正在做"
_STATES = {
    ClimbState.DRAFT: ("todo", "起草中"),
    ClimbState.SUBMITTED: ("wait", "待审"),
    ClimbState.RETURNED: ("back", "退回"),
    ClimbState.WITHDRAWN: ("off", "已撤下"),
}
OUTCOMES = {
    Outcome.FULFILLED: ("done", "已兑现"),
    Outcome.PARTLY: ("doing", "部分兑现"),
    Outcome.NOT_FULFILLED: ("off", "没兑现"),
}
"""What became of a promise; calm: nobody is put in red."""
CADENCES = {kind: f"每{kind.label}" for kind in Kind}
"""How often, as blueprints and pages say it."""


def amount(value: Decimal | None, unit: str) -> str:
    """Return ``6.4 天``; "" where there is no value."""
    return f"{number(value)} {unit}".strip() if value is not None else ""


def state(item: PledgeItem) -> tuple[str, str]:
    """Return kind and label for the tag ``state``. A public item is doing, or there by its value,
    or as the branch has confirmed it."""
    if item.state == ClimbState.PUBLISHED:
        if item.outcome:
            return OUTCOMES[Outcome(item.outcome)]
        if item.claimed:
            return "wait", f"本人说{Outcome(item.claimed).label}，{CLAIMED}"
        return ("done", REACHED) if item.reached else ("doing", DOING)
    if item.announced:
        return "wait", f"打算，征求意见到{short_date(item.announced_until)}"
    return _STATES[ClimbState(item.state)]


def kind(item: PledgeItem) -> str:
    """Return ``岗位承诺，带头服务群众``."""
    label = str(ItemKind(item.kind).label)
    return f"{label}，{item.criterion.title}" if item.criterion else label


def facts(item: PledgeItem) -> list[tuple[str, str]]:
    """Return the four facts of an item for the tag ``facts``; what is empty reads 没写."""
    baseline = amount(item.baseline, item.unit)
    if item.baseline_note:
        baseline = f"{baseline}（{item.baseline_note}）" if baseline else item.baseline_note
    return [
        ("起点", baseline),
        ("目标", amount(item.target, item.unit)),
        ("哪天做到", long_date(item.due_on)),
        ("谁受益", item.beneficiary),
    ]


def goal(item: PledgeItem, day: date | None = None) -> dict[str, object] | None:
    """Return what the tag ``goal`` shows, or None where there is no way to measure."""
    if item.baseline is None or item.target is None or item.baseline == item.target:
        return None
    there = item.reached
    return {
        "baseline": amount(item.baseline, item.unit),
        "now": amount(item.now_value, item.unit) or "还没记",
        "target": amount(item.target, item.unit),
        "pct": item.share or 0,
        "mark": None if there else goals.tick(item.made_on, item.due_on, day or clock.today()),
        "cls": "is-done" if there else "",
    }


def note_title(note: Progress, cadence: str) -> str:
    """Return ``9月进展`` where notes are monthly, else ``9月28日进展``; marked where 代录."""
    day = f"{note.noted_on.month}月" if cadence == Kind.MONTH else short_date(note.noted_on)
    return f"{day}进展{'（代录）' if note.entered_for else ''}"


def note_text(note: Progress, unit: str) -> str:
    """Return the words of a note, or its value where there are no words."""
    return note.words or f"现在 {amount(note.value, unit)}。"


def tail(item: PledgeItem) -> str:
    """Return ``9 名学生，2027年1月22日前``."""
    due = f"{long_date(item.due_on)}前" if item.due_on else ""
    return "，".join(filter(None, [item.beneficiary, due]))


def waited(since: date, day: date | None = None) -> str:
    """Return ``等了 3 天``, or ``今天送来``."""
    days = ((day or clock.today()) - since).days
    return f"等了 {days} 天" if days > 0 else "今天送来"
