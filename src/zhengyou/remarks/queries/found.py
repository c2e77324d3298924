"""What the holder of a code reads: where the remark stands, and the answer."""

from dataclasses import dataclass
from datetime import date

from zhengyou.remarks import finders
from zhengyou.remarks.laying import code_lookup
from zhengyou.remarks.models import HoldReason, Remark, RemarkState
from zhengyou.remarks.queries.talk import Said, said, with_answers, write_url
from zhengyou.remarks.targets import resolve
from zhengyou.ui.text import long_date

_BADGES = {RemarkState.WAITING: "wait", RemarkState.SHOWN: "doing", RemarkState.HELD: "off"}


@dataclass(frozen=True, slots=True)
class Found:
    """A remark for the one who has its code.

    Args:
        state: badge and words; sentence: what that means; shown: whether it was let through;
            url: where it stands in public, as long as what it is about is public.
    """

    said: Said
    label: str
    body: str
    state: tuple[str, str]
    sentence: str
    due_on: date | None
    shown: bool
    url: str


def by_code(code: str) -> Found | None:
    """Return the remark of a plain code, or None."""
    rows = Remark.objects.filter(code_lookup=code_lookup(code))
    remark = with_answers(rows).prefetch_related("moderations").first()
    return _found(remark) if remark else None


def find(code: str) -> finders.Found | None:
    """Return the page of the remark under a plain code, or None."""
    found = by_code(code)
    return finders.Found("remarks/found.html", {"found": found}) if found else None


def _found(remark: Remark) -> Found:
    words = said(remark)
    state = RemarkState(remark.state)
    badge = (_BADGES[state], str(state.label))
    if state == RemarkState.SHOWN and words.answer:
        badge = ("done", "已经答复")
    shown = state == RemarkState.SHOWN
    return Found(
        said=words,
        label=remark.label,
        body=remark.organisation.name,
        state=badge,
        sentence=_sentence(remark, words),
        due_on=remark.due_on,
        shown=shown,
        url=write_url(remark.about_ref) if shown and resolve(remark.kind, remark.target) else "",
    )


def _sentence(remark: Remark, words: Said) -> str:
    if remark.state == RemarkState.WAITING:
        return f"{remark.organisation.name}还没有看。看过以后才公开，请过几天再查。"
    if remark.state == RemarkState.HELD:
        last = max(remark.moderations.all(), key=lambda row: (row.decided_at, row.pk))
        return f"没有公开，理由是：{HoldReason(last.reason).label}。可以改一改再写一条。"
    if words.answer:
        return f"{remark.organisation.name}已经答复，见下面。"
    return f"已经公开。{remark.organisation.name}会在{long_date(remark.due_on)}前答复。"
