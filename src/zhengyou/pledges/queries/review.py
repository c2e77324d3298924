"""The review page: waiting items with what is ticked so far and what changed since last time."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from zhengyou.people.actor import Actor
from zhengyou.pledges import changes, words
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.models import (
    Pledge,
    PledgeItem,
    Question,
    ReviewDraft,
    announced,
    to_review,
)
from zhengyou.pledges.queries.desk import reviewed_so_far, waiting_pledges
from zhengyou.pledges.queries.likeness import Like
from zhengyou.pledges.queries.reading import loaded
from zhengyou.remarks.queries import thread

PHRASES = ("请写上数目。", "请写上日期。", "请写明谁受益。")


def kept_ticks(actor: Actor, items: list[PledgeItem]) -> dict[UUID, Ticks]:
    """Return what ``actor`` has ticked so far, by uid. Where the text has changed since, the
    answers are open again, but the typed reason is still there."""
    by_pk = {item.pk: item for item in items}
    found = {}
    for draft in ReviewDraft.objects.filter(reviewer=actor.person, item__in=items):
        item = by_pk[draft.item_id]
        same = draft.seen == item.fingerprint
        found[item.uid] = Ticks.of(draft) if same else Ticks(reason=draft.reason)
    return found


def waiting_items(pledge: Pledge) -> list[PledgeItem]:
    """Return the items of ``pledge`` that wait for review, in order."""
    return _in_order(pledge, to_review())


def announced_items(pledge: Pledge) -> list[PledgeItem]:
    """Return the items of ``pledge`` that are put out for opinions, in order."""
    return _in_order(pledge, announced())


def _in_order(pledge: Pledge, wanted: Q) -> list[PledgeItem]:
    rows = list(loaded(pledge.items.filter(wanted)).order_by("number"))
    for item in rows:
        item.pledge = pledge
    return rows


def review_card(item: PledgeItem, said: Ticks, like: Sequence[Like] = ()) -> dict[str, Any]:
    """Return one item as ``ui/components/review_item.html`` shows it.

    Args:
        like: what others wrote nearly the same.
    """
    last = item.last_review
    before = last.text_seen if last else item.announced_text
    return {
        "number": item.number,
        "uid": item.uid,
        "kind": words.kind(item),
        "text": item.text,
        "state": tick_state(said),
        "facts": words.facts(item),
        "tests": [
            {
                "name": f"{question}-{item.uid}",
                "title": question.label,
                "hint": question.hint,
                "value": {True: "1", False: "0", None: ""}[said.answers[question]],
            }
            for question in Question
        ],
        "reason_name": f"reason-{item.uid}",
        "reason": said.reason,
        "phrases": PHRASES,
        "seen_name": f"seen-{item.uid}",
        "seen": item.fingerprint,
        "last": last,
        "talk": thread(item.ref) if item.announced_until else None,
        "changes": changes.changes(before, item.content()) if before else [],
        "like": like,
        "until": item.announced_until,
        "until_words": words.state(item) if item.announced else None,
    }


def tick_state(said: Ticks) -> tuple[str, str]:
    """Return kind and label of what is ticked: 都过了, 退回这条, 还差 1 项, 没审."""
    if not said.touched:
        return "todo", "没审"
    if said.open:
        return "wait", f"还差 {len(said.open)} 项"
    if not said.refused:
        return "done", "都过了"
    return ("back", "退回这条") if said.reason.strip() else ("due", "要写怎么改")


def tally_words(items: list[PledgeItem], ticks: dict[UUID, Ticks]) -> str:
    """Return ``过 1 条，退 1 条，还有 2 条``."""
    said = [ticks.get(item.uid, Ticks()) for item in items]
    left = sum(bool(each.fault()) for each in said)
    back = sum(each.refused and not each.fault() for each in said)
    rest = f"，还有 {left} 条" if left else ""
    return f"过 {len(said) - left - back} 条，退 {back} 条{rest}"


LISTED = 50
"""How many of those who wait the list at the left shows."""


def waiting_list(actor: Actor, current: Pledge) -> list[dict[str, Any]]:
    """Return who waits for ``actor``, for the tag ``pick``: the longest waiting first."""
    waiting = list(waiting_pledges(actor)[:LISTED])
    done = reviewed_so_far(actor, waiting)
    return [
        {
            "title": pledge.name,
            "sub": f"{pledge.waiting} 条，{_how_far(pledge, done.get(pledge.pk, 0))}",  # type: ignore[attr-defined]
            "url": reverse("pledges:review", args=[pledge.uid]),
            "current": pledge.pk == current.pk,
        }
        for pledge in waiting
    ]


def _how_far(pledge: Pledge, place: int) -> str:
    if place:
        return f"审到第 {place} 条"
    return words.waited(pledge.since)  # type: ignore[attr-defined]
