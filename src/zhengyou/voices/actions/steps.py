"""What all verbs of suggestions share: rows as they are now, and one more step on the way."""

from collections.abc import Iterable
from typing import Any

from zhengyou.climb.models import Decision
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger.book import Book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.voices.models import CallLevel, Said, Screening, Suggestion
from zhengyou.voices.models.screening import LONGEST_REASON, NEEDS_REASON

ELSEWHERE = "其中有的刚才已经有人办过。请看看现在的情况，再办一次。"
VERBS = {
    Said.CHOSEN: "choose", Said.NOT_CHOSEN: "leave_out", Said.RETURNED: "send_back",
    Said.RESUBMITTED: "resubmit", Said.AGAIN: "screen_again", Said.UP: "go_up",
    Said.CALLED_BACK: "call_back", Said.MERGED: "merge", Said.PARTED: "part",
    Said.ADOPTED: "adopt", Said.DECLINED: "decline", Said.WITHDRAWN: "withdraw",
}  # fmt: skip
"""What is said → the verb of fact and transition."""


def locked(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Return suggestions as they are now, so that nobody else moves them before this ends."""
    keys = [suggestion.pk for suggestion in suggestions]
    rows = Suggestion.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    rows = rows.select_related("box__organisation", "box__collator", "home", "holder", "level")
    return list(rows.prefetch_related("contributors").order_by("pk"))


def now(suggestion: Suggestion) -> Suggestion:
    """Return one suggestion as it is now."""
    return locked([suggestion])[0]


def says_why(said: Said, reason: str) -> Verdict:
    """Say whether a reason is there where one is needed, and not too long."""
    words = tidy(reason).strip()
    return Verdict.of(
        words or said not in NEEDS_REASON, f"{said.label}要写明理由，建议人看得到。"
    ) & Verdict.of(
        len(words) <= LONGEST_REASON, f"理由最多 {LONGEST_REASON} 个字，现在 {len(words)} 个。"
    )


def step(
    facts: Book,
    actor: Actor,
    suggestion: Suggestion,
    said: Said,
    reason: str = "",
    *,
    level: CallLevel | None = None,
    body: Organisation | None = None,
    to: CallLevel | None = None,
    **data: Any,
) -> None:
    """Write one step, at the level and body that had it; the fact names nobody.

    Args:
        level, body: where it was said; None: where the suggestion stands now.
        to: the level to which it went.
        data: more for the fact.
    """
    level, body = level or suggestion.level, body or suggestion.holder
    words = tidy(reason).strip()
    Screening.objects.create(
        suggestion=suggestion, answer=said, reason=words, level=level, organisation=body, to=to,
        **Decision.signed(actor),
    )  # fmt: skip
    facts.record(
        f"suggestion.{VERBS[said]}",
        by=actor,
        about=suggestion.ref,
        data={"level": level.code, "body": body.uid, **data},
        names={"reason": words} if words else None,
    )
