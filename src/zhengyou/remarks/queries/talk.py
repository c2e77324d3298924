"""What the public reads: remarks that were let through, with their answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.periods import Kind, period_of
from zhengyou.kernel.refs import Ref
from zhengyou.remarks.models import Remark, RemarkState, Reply, ReplyKind
from zhengyou.ui.text import long_date, short_date

ANONYMOUS = "没有署名"
AT_ONCE = 20
"""Remarks that a thread on another page shows; the page of the remarks has all."""


@dataclass(frozen=True, slots=True)
class Words:
    """An answer as ``ui/components/remark.html`` shows it."""

    who: str
    role: str
    text: str
    when: None = None
    state: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A remark as ``ui/components/thread.html`` shows it: no day, only the week it came in.

    Args:
        answer: the answer that holds; None: none yet.
        noted: whether the answer is just 记下了.
    """

    uid: UUID
    who: str
    role: str
    text: str
    week: date
    shown_on: date | None
    answer: str | None
    noted: bool
    answers: tuple[Words, ...] = ()
    when: None = None
    state: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many remarks a thing has: shown, waiting to be let through, shown without an answer."""

    shown: int = 0
    waiting: int = 0
    unanswered: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """The public talk about one thing.

    Args:
        remarks: the latest shown ones; ``more``: how many shown ones are not among them.
        held: how many were not made public: never which, but how many.
        url: the page with all of them, where one writes.
    """

    ref: Ref
    remarks: Sequence[Said]
    tally: Tally
    url: str

    @property
    def held(self) -> int:
        """How many are held back."""
        return self.tally.held

    @property
    def shown(self) -> int:
        """How many are public."""
        return self.tally.shown

    @property
    def more(self) -> int:
        """How many public ones stand only on the page of their own."""
        return self.tally.shown - len(self.remarks)

    @property
    def count_words(self) -> str:
        """How many are held back, in words; empty where there are none.

        Not how many wait: whoever looked every minute would learn when somebody wrote.
        """
        return f"{self.tally.held} 条没有公开" if self.tally.held else ""


def write_url(ref: Ref) -> str:
    """Return the page where one reads all remarks about ``ref`` and writes one."""
    return reverse("remarks:write", args=[ref.kind, ref.uid])


def thread(ref: Ref, limit: int = AT_ONCE) -> Thread:
    """Return the talk about ``ref`` as the public may see it. Three queries, two without words."""
    tally = tallies(ref.kind, [ref.uid]).get(ref.uid, Tally())
    rows = shown_about(ref)[:limit] if tally.shown else []
    return Thread(ref, [said(row) for row in rows], tally, write_url(ref))


def shown_about(ref: Ref) -> QuerySet[Remark]:
    """Return the public remarks about ``ref``, the latest first, those of one day in no order."""
    rows = Remark.objects.filter(kind=ref.kind, target=ref.uid, state=RemarkState.SHOWN)
    return with_answers(rows).order_by("-shown_on", "uid")


def with_answers(rows: QuerySet[Remark]) -> QuerySet[Remark]:
    """Load with ``rows`` the answers that hold and who answers."""
    return rows.select_related("organisation").prefetch_related(
        Prefetch("replies", Reply.objects.filter(correction=None), to_attr="standing")
    )


def said(remark: Remark) -> Said:
    """Return one remark of :func:`with_answers` as a page shows it."""
    reply: Reply | None = next(iter(remark.standing), None)  # type: ignore[attr-defined]
    return Said(
        uid=remark.uid,
        who=remark.signature or ANONYMOUS,
        role=week_words(remark.week),
        text=remark.text,
        week=remark.week,
        shown_on=remark.shown_on,
        answer=(reply.text or str(ReplyKind(reply.kind).label)) if reply else None,
        noted=bool(reply and reply.kind == ReplyKind.NOTED),
        answers=(reply_words(remark, reply),) if reply else (),
    )


def reply_words(remark: Remark, reply: Reply) -> Words:
    """Return an answer as pages show it: the body's, on a day."""
    day = reply.answered_at.astimezone(clock.SHANGHAI).date()
    changed = "更正" if reply.corrects_id else "答复"
    text = reply.text or "看过了，记下了。"
    return Words(remark.organisation.name, f"{long_date(day)}{changed}", text)


def week_words(monday: date) -> str:
    """Return 9月7日那一周."""
    return f"{short_date(monday)}那一周"


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``: all that is kept of when a remark came in."""
    week = period_of(Kind.WEEK, day)
    assert week is not None
    return week.start


def tallies(kind: str, uids: Iterable[UUID]) -> dict[UUID, Tally]:
    """Return the counts of those things of ``kind`` that have remarks. One query."""
    shown = Q(state=RemarkState.SHOWN)
    rows = (
        Remark.objects.filter(kind=kind, target__in=list(uids))
        .order_by()
        .values_list("target")
        .annotate(
            shown=Count("pk", filter=shown),
            waiting=Count("pk", filter=Q(state=RemarkState.WAITING)),
            unanswered=Count("pk", filter=shown & Q(answered_on=None)),
            held=Count("pk", filter=Q(state=RemarkState.HELD)),
        )
    )
    return {row[0]: Tally(*row[1:]) for row in rows}


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the public said about a thing in a span of weeks, for papers."""

    shown: list[Said] = field(default_factory=list)
    waiting: int = 0
    held: int = 0

    @property
    def total(self) -> int:
        """How many came in."""
        return len(self.shown) + self.waiting + self.held

    @property
    def answered(self) -> int:
        """How many of the shown ones have an answer or were noted."""
        return sum(each.answer is not None for each in self.shown)

    @property
    def unanswered(self) -> int:
        """How many of the shown ones have none yet."""
        return len(self.shown) - self.answered


def opinions(ref: Ref, since: date, until: date) -> Opinions:
    """Return what came in about ``ref`` in the weeks that touch ``since`` … ``until`` (included).

    A remark has no day, so a week that begins before ``since`` counts as a whole. Three queries.
    """
    weeks = (monday_of(since), until)
    rows = Remark.objects.filter(kind=ref.kind, target=ref.uid, week__range=weeks)
    counts = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    shown = with_answers(rows.filter(state=RemarkState.SHOWN)).order_by("week", "uid")
    return Opinions(
        shown=[said(row) for row in shown],
        waiting=counts.get(RemarkState.WAITING, 0),
        held=counts.get(RemarkState.HELD, 0),
    )
