"""One remark for the staff, with all that was decided and answered."""

from dataclasses import dataclass

from zhengyou.remarks.models import HoldReason, Moderation, Remark, RemarkState, Reply
from zhengyou.remarks.queries.queue import state_of
from zhengyou.remarks.queries.talk import ANONYMOUS, week_words


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision in words."""

    row: Moderation
    kind: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class RemarkPage:
    """A remark, what was decided, what was answered; the last answer holds."""

    remark: Remark
    state: tuple[str, str]
    who: str
    week: str
    decided: list[Decided]
    replies: list[Reply]

    @property
    def standing(self) -> Reply | None:
        """The answer that holds."""
        return self.replies[-1] if self.replies else None

    @property
    def earlier(self) -> list[Reply]:
        """What was answered before it was corrected."""
        return self.replies[:-1]


def remark_page(remark: Remark) -> RemarkPage:
    """Return the page of a remark. Two queries."""
    moderations = remark.moderations.select_related("decided_by")
    replies = remark.replies.select_related("answered_by").order_by("answered_at", "pk")
    return RemarkPage(
        remark=remark,
        state=state_of(remark),
        who=remark.signature or ANONYMOUS,
        week=week_words(remark.week),
        decided=[_decided(row) for row in moderations],
        replies=list(replies),
    )


def _decided(row: Moderation) -> Decided:
    if row.state == RemarkState.SHOWN:
        return Decided(row, "done", "公开", "")
    return Decided(row, "off", "不公开", str(HoldReason(row.reason).label))
