"""Review a pledge item by item: keep what is ticked so far, then send out all results at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from zhengyou.climb.models import Answer, ClimbState, Decision
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.ledger.book import Book
from zhengyou.people.actor import Actor
from zhengyou.pledges import rules
from zhengyou.pledges.actions import tallies
from zhengyou.pledges.models import (
    ItemReview,
    Pledge,
    PledgeItem,
    Question,
    ReviewDraft,
    to_review,
)


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a reviewer says to one item so far; None: not answered yet.

    Args:
        reason: how to mend it; needed where an answer is no.
        seen: fingerprint of the text that was read.
    """

    right: bool | None = None
    concrete: bool | None = None
    achievable: bool | None = None
    reason: str = ""
    seen: str = ""

    @property
    def answers(self) -> dict[Question, bool | None]:
        """The three answers by question."""
        return {
            Question.RIGHT: self.right,
            Question.CONCRETE: self.concrete,
            Question.ACHIEVABLE: self.achievable,
        }

    @property
    def open(self) -> list[Question]:
        """The questions without an answer."""
        return [question for question, answer in self.answers.items() if answer is None]

    @property
    def refused(self) -> bool:
        """Whether an answer is no."""
        return False in self.answers.values()

    @property
    def touched(self) -> bool:
        """Whether anything was answered or typed."""
        return len(self.open) < len(Question) or bool(self.reason.strip())

    def fault(self) -> str:
        """Return in words what is missing before this can be sent; "" if nothing."""
        if len(self.open) == len(Question):
            return "还没审"
        if self.open:
            return "差" + "、".join(f"“{question.label}”" for question in self.open)
        if self.refused and not self.reason.strip():
            return "没写怎么改"
        return ""

    @classmethod
    def of(cls, draft: ReviewDraft) -> "Ticks":
        """Return what a kept draft says."""
        return cls(draft.right, draft.concrete, draft.achievable, draft.reason, draft.seen)


def ready(items: list[PledgeItem], ticks: Mapping[UUID, Ticks]) -> Verdict:
    """Say whether results for ``items`` (all that wait) may go, or what each still lacks."""
    faults = [
        f"第 {item.number} 条{fault}"
        for item in items
        if (fault := ticks.get(item.uid, Ticks()).fault())
    ]
    return Verdict.of(not faults, f"{'，'.join(faults)}，审完才能送出。")


def save_draft(actor: Actor, pledge: Pledge, ticks: Mapping[UUID, Ticks]) -> None:
    """Keep what this reviewer has ticked so far. No fact: nothing is decided yet.

    Items that do not wait any more are passed over in silence.

    Raises:
        Refused: not a reviewer of this pledge.
    """
    with book.writing():
        rules.may_review(actor, pledge).require()
        for item in pledge.items.filter(to_review(), uid__in=ticks):
            said = ticks[item.uid]
            ReviewDraft.objects.update_or_create(
                item=item,
                reviewer=actor.person,
                defaults={
                    "right": said.right,
                    "concrete": said.concrete,
                    "achievable": said.achievable,
                    "reason": said.reason,
                    "seen": said.seen or item.fingerprint,
                    "saved_at": clock.now(),
                },
            )


def send_results(actor: Actor, pledge: Pledge, ticks: Mapping[UUID, Ticks]) -> list[ItemReview]:
    """Answer all waiting items at once: those with three yes are public from now on, the others
    go back with the reason.

    Args:
        ticks: by uid of the item, one for each that waits; not for what is still put out for
            opinions, see :func:`send_back`.

    Raises:
        Refused: not a reviewer, an item is not fully answered or still put out for opinions.
        Stale: another reviewer was faster, or a text has changed since it was read.
    """
    with book.writing() as facts:
        pledge = Pledge.objects.select_for_update().get(pk=pledge.pk)
        rules.may_review(actor, pledge).require()
        sent = list(
            pledge.items.filter(state=ClimbState.SUBMITTED).select_related(
                "pledge", "criterion", "programme"
            )
        )
        for item in sent:
            if item.uid in ticks:
                rules.may_pass(item).require()
        waiting = [item for item in sent if item.to_review]
        _as_seen(waiting, ticks)
        ready(waiting, ticks).require()
        reviews = [_answer(actor, item, ticks[item.uid]) for item in waiting]
        tallies.follow(pledge)
        for review in reviews:
            _record(facts, actor, review)
        ReviewDraft.objects.filter(item__in=waiting).delete()
    return reviews


def send_back(actor: Actor, item: PledgeItem, said: Ticks) -> ItemReview:
    """Return one item at once, while it is still put out for opinions: what cannot stay so need
    not wait for the end.

    Args:
        said: at least one no, and how to mend it; ``seen`` as in :class:`Ticks`.

    Raises:
        Refused: not a reviewer, no question answered with no, or no reason.
        Stale: it was taken back or changed since it was read.
    """
    with book.writing() as facts:
        pledge = Pledge.objects.select_for_update().get(pk=item.pledge_id)
        rules.may_review(actor, pledge).require()
        now = PledgeItem.objects.select_related("pledge", "criterion", "programme").get(pk=item.pk)
        if said.seen and said.seen != now.fingerprint:
            raise Stale(f"第 {now.number} 条您看过以后又改了文字。请刷新后再审这一条。")
        Verdict.of(said.refused, "退回要指出哪一项“不是”。").require()
        Verdict.of(said.reason.strip(), "退回要写明怎么改。").require()
        review = _answer(actor, now, said)
        tallies.follow(pledge)
        _record(facts, actor, review)
        now.review_drafts.all().delete()
    return review


def _record(facts: Book, actor: Actor, review: ItemReview) -> None:
    passed = review.answer == Answer.APPROVE
    facts.record(
        "pledge_item.publish" if passed else "pledge_item.send_back",
        by=actor,
        about=review.item.ref,
        data={
            "pledge": str(review.item.pledge.uid),
            "right": review.right,
            "concrete": review.concrete,
            "achievable": review.achievable,
        },
        names={"reason": review.reason} if review.reason else None,
    )


def _as_seen(waiting: list[PledgeItem], ticks: Mapping[UUID, Ticks]) -> None:
    """Refuse answers to anything but the very items and texts that were read."""
    if {item.uid for item in waiting} != set(ticks):
        raise Stale("这份承诺刚才有了变化：有的条目已经审过、收回或者新送来。请刷新后再审。")
    for item in waiting:
        seen = ticks[item.uid].seen
        if seen and seen != item.fingerprint:
            raise Stale(f"第 {item.number} 条您看过以后又改了文字。请刷新后再审这一条。")


def _answer(actor: Actor, item: PledgeItem, said: Ticks) -> ItemReview:
    if said.refused:
        move(item, "send_back", **item.broken_off)
    else:
        move(item, "publish", published_at=clock.now())
    return ItemReview.objects.create(
        item=item,
        answer=Answer.RETURN if said.refused else Answer.APPROVE,
        reason=tidy(said.reason).strip() if said.refused else "",
        right=bool(said.right),  # ready() has seen to it that none is left open
        concrete=bool(said.concrete),
        achievable=bool(said.achievable),
        text_seen=item.content(),
        **Decision.signed(actor),
    )
