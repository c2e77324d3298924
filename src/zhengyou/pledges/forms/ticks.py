"""What a review form says."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from zhengyou.kernel.texts import tidy
from zhengyou.pledges.actions.reviewing import Ticks
from zhengyou.pledges.models import PledgeItem, Question


def ticks_of(data: Mapping[str, Any], items: Iterable[PledgeItem]) -> dict[UUID, Ticks]:
    """Return what a review form says to each of ``items``; answers that are no answer are open.

    ``all``, if given, is the uid of an item whose three answers are yes (三项都是).
    """
    found = {}
    for item in items:
        answers = {question: _answer(data.get(f"{question}-{item.uid}")) for question in Question}
        if data.get("all") == str(item.uid):
            answers = dict.fromkeys(Question, True)
        found[item.uid] = Ticks(
            right=answers[Question.RIGHT],
            concrete=answers[Question.CONCRETE],
            achievable=answers[Question.ACHIEVABLE],
            reason=tidy(str(data.get(f"reason-{item.uid}", "")))[:1000],
            seen=str(data.get(f"seen-{item.uid}", ""))[:16],
        )
    return found


def _answer(given: object) -> bool | None:
    return {"1": True, "0": False}.get(str(given))
