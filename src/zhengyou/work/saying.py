"""How the state of a duty reads: words and badges for pages. No query."""

from datetime import date, timedelta

from zhengyou.ui.text import long_date, number
from zhengyou.work.models import DutyState, DutyTerms, Measure
from zhengyou.work.reckoning import Reckoning, in_total
from zhengyou.work.survey import Line
from zhengyou.work.turns import Turn

SOON = timedelta(days=7)
_BADGES = {
    DutyState.DONE: ("done", "已完成"),
    DutyState.OVERDUE: ("late", "过期没做"),
    DutyState.EXEMPT: ("off", "免做"),
    DutyState.WHENEVER: ("off", "适时"),
    DutyState.UNSET: ("wait", "没定多久一次"),
}


def badge(line: Line, day: date) -> tuple[str, str]:
    """Return kind and words of the state badge."""
    if line.state == DutyState.DONE and line.done.late:
        return "done", "过期后补做"
    if line.state == DutyState.DONE and line.done.entered_late:
        return "done", "已完成，补录"
    if line.state == DutyState.DUE:
        soon = line.turn.last - day < SOON
        return ("due", "快到期") if soon else ("todo", "待办")
    return _BADGES[line.state]


def period(turn: Turn) -> str:
    """Return the period in words, with its last day where the name does not say it."""
    if turn.unset or turn.anytime:
        return turn.label
    return f"{turn.label}，到{long_date(turn.last)}"


def asks(terms: DutyTerms) -> str:
    """Return how much a period asks for: 2 次; 1 次，共 5,000 字; 1 次，每次 2 学时."""
    words = f"{number(terms.times)} 次"
    if terms.measure != Measure.TIMES and terms.least:
        each = "每次" if terms.each else "共"
        words += f"，{each} {number(terms.least)} {Measure(terms.measure).label}"
    return words


def did(terms: DutyTerms, done: Reckoning) -> str:
    """Return how much was done: 做了 1 次; 做了 1 次，共 3,000 字."""
    if not done.count:
        return "还没有记录"
    words = f"做了 {number(done.count)} 次"
    if in_total(terms):
        words += f"，共 {number(done.amount)} {Measure(terms.measure).label}"
    return words
