"""What the staff reads: the remarks to one body by what is to be done, the bodies below."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.remarks import rules
from zhengyou.remarks.models import HoldReason, Remark, RemarkState
from zhengyou.remarks.queries import desk
from zhengyou.remarks.queries.desk import (
    Counts,
    overdue,
    queue_url,
    to_answer,
    to_look_at,
    unanswered,
)
from zhengyou.remarks.queries.talk import Said, said, with_answers
from zhengyou.ui.text import short_date

A_PAGE = 30
BODIES = 50
WAITING, UNANSWERED, OVERDUE = "waiting", "unanswered", "overdue"
ANSWERED, HELD, OTHERS = "answered", "held", "others"
TITLES = {
    WAITING: "等着看",
    UNANSWERED: "要答复",
    OVERDUE: "过期没答复",
    ANSWERED: "答复过的",
    HELD: "没有公开",
    OTHERS: "由别人、在别处办",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One remark in the list.

    Args:
        may: whether the actor may tick it: let it through, or answer it.
    """

    remark: Remark
    said: Said
    state: tuple[str, str]
    when: str
    may: Verdict


@dataclass(frozen=True, slots=True)
class Queue:
    """The remarks to one body, those of one kind page by page."""

    body: Organisation
    show: str
    page: Page[Remark]
    lines: list[Line]
    segments: list[dict[str, Any]]

    @property
    def pickable(self) -> bool:
        """Whether several can be dealt with at once."""
        return self.show not in (ANSWERED, OTHERS)

    @property
    def title(self) -> str:
        """The finding in a sentence."""
        return f"{self.body.name}，{self.page.paginator.count} 条{TITLES[self.show]}"


def queue(actor: Actor, body: Organisation, show: str, page: str | None) -> Queue:
    """Return the remarks to ``body``. The same queries, however many there are.

    What waits and what is to be answered is asked as the desk asks it; what is about the reader's
    own things, or is answered with a draft, stands in a list of its own.

    Args:
        show: one of :data:`TITLES`; anything else is the waiting ones.
    """
    show = show if show in TITLES else WAITING
    rows = Remark.objects.filter(rules.said_to(body))
    which = _which(actor, body)
    counts = rows.aggregate(**{name: Count("pk", filter=which[name]) for name in TITLES})
    found = with_answers(rows.filter(which[show])).prefetch_related("moderations")
    listed = Paginator(_ordered(found, show), A_PAGE).get_page(page)
    return Queue(
        body=body,
        show=show,
        page=listed,
        lines=[_line(actor, body, remark, show) for remark in listed],
        segments=[
            {"title": title, "url": f"{queue_url(body)}?show={name}", "count": counts[name],
             "current": name == show}
            for name, title in TITLES.items()
            if name != OTHERS or counts[name] or show == OTHERS
        ],
    )  # fmt: skip


def _which(actor: Actor, body: Organisation) -> dict[str, Q]:
    waiting, answering = to_look_at(actor), to_answer(actor, body)
    open_ones = Q(state=RemarkState.WAITING) | unanswered()
    return {
        WAITING: waiting,
        UNANSWERED: answering,
        OVERDUE: answering & overdue(),
        ANSWERED: Q(state=RemarkState.SHOWN, answered_on__isnull=False),
        HELD: Q(state=RemarkState.HELD),
        OTHERS: open_ones & ~waiting & ~answering,
    }


def _ordered(rows: QuerySet[Remark], show: str) -> QuerySet[Remark]:
    """What is to be done soonest stands first; within a week there is no order."""
    if show == ANSWERED:
        return rows.order_by("-answered_on", "uid")
    return rows.order_by("due_on", "week", "uid")


def _line(actor: Actor, body: Organisation, remark: Remark, show: str) -> Line:
    looks = show in (WAITING, HELD) or remark.state == RemarkState.WAITING
    may = rules.may_show if looks else rules.may_answer
    # What the list of the own body shows of another one has come here.
    ours = bool(actor.hat and actor.hat.organisation == body)
    verdict = may(actor, remark, ours=ours)
    return Line(remark, said(remark), state_of(remark), _when(remark), verdict)


def state_of(remark: Remark) -> tuple[str, str]:
    """Return badge and words of where a remark stands."""
    if remark.state == RemarkState.WAITING:
        return "wait", "等着看"
    if remark.state == RemarkState.HELD:
        return "off", "没有公开"
    if remark.answered_on:
        return "done", "已经答复"
    assert remark.due_on is not None
    days = (remark.due_on - clock.today()).days
    if days < 0:
        return "late", f"过期 {-days} 天"
    return ("due", "快到期") if days <= 3 else ("doing", "要答复")


def _when(remark: Remark) -> str:
    if remark.state == RemarkState.SHOWN and not remark.answered_on:
        return f"{short_date(remark.due_on)}前答复"
    if remark.state == RemarkState.HELD:
        last = max(remark.moderations.all(), key=lambda row: (row.decided_at, row.pk))
        return str(HoldReason(last.reason).label)
    return ""


@dataclass(frozen=True, slots=True)
class Lying:
    """A body below that let remarks lie."""

    body: Organisation
    counts: Counts

    @property
    def words(self) -> str:
        """What lies there."""
        overdue, stale, unkept = self.counts
        parts = [f"{overdue} 条过期没有答复"] if overdue else []
        parts += [f"{stale} 条放了一周以上没有看"] if stale else []
        parts += [f"{unkept} 条那里没有人能办，要上级来办"] if unkept else []
        return "，".join(parts)

    @property
    def url(self) -> str:
        """Its queue."""
        return queue_url(self.body)


def lying_below(top: Organisation, page: str | None = None) -> Page[Lying]:
    """Return the bodies below ``top`` that let remarks lie, a page of them, in the order of the
    tree. Three queries; only the bodies on the page are read."""
    counts = desk.lying_below(top)
    listed: Page[Any] = Paginator(list(counts), BODIES).get_page(page)
    bodies = Organisation.objects.in_bulk(listed.object_list)
    listed.object_list = [Lying(bodies[key], counts[key]) for key in listed.object_list]
    return listed
