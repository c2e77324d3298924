"""Complaints about burden: whoever asks too much is not asked whether that is so.

The box is that of the body complained about; the body above it answers. The highest body has none
above it and answers in public for itself. Until it is answered, a complaint exists for those above
only; the body itself sees it together with the answer.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q

from zhengyou.kernel import paths, workdays
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import KEEPERS, OVERSEERS
from zhengyou.voices.models import Box, BoxKind, VoiceState, What
from zhengyou.voices.models.burden import Relief
from zhengyou.voices.rules.boxes import COLLATING

NOBODY = Q(pk__in=[])


def visible_complaints(actor: Actor, prefix: str = "") -> Q:
    """Return which complaints exist for ``actor``: all about bodies below the hat's for those who
    keep it, and the answered ones about the own body for whoever has a post there.

    Args:
        prefix: of the look-up where the rows are not voices.
    """
    if actor.hat is None or actor.hat.role not in OVERSEERS:
        return NOBODY
    about, own = f"{prefix}box__organisation", actor.hat.organisation
    seen = Q(**{about: own, f"{prefix}became": What.ANSWERED})
    if actor.hat.role in KEEPERS:
        below = paths.within(f"{about}__path", own.path)
        seen |= below if own.parent_id is None else below & ~Q(**{about: own})
    return Q(**{f"{prefix}box__kind": BoxKind.BURDEN}) & seen


def days() -> int:
    """Return within how many working days a complaint is answered."""
    return int(settings.BURDEN_ANSWER_WORKDAYS)


def answers_for(body: Organisation) -> Organisation:
    """Return the body that answers what is said about ``body``."""
    return body.parent or body


def may_answer(actor: Actor, box: Box) -> Verdict:
    """Answer complaints about the body of a box: the keepers of the bodies above it."""
    body, above = box.organisation, answers_for(box.organisation)
    reached = actor.holds_above(body.path, KEEPERS)
    own = body.parent_id is None and actor.holds_at(body.path, KEEPERS)
    return Verdict.of(
        reached or own,
        f"说的是{body.name}布置的事，要由{above.name}的书记、副书记、活动办来答复，自己不能答复自己。"
        if above != body
        else f"答复要由{body.name}的书记、副书记、活动办来写。",
    )


def may_see_desk(actor: Actor) -> Verdict:
    """See the list of complaints that the hat's body has to answer."""
    return Verdict.of(
        actor.hat and actor.hat.role in KEEPERS, "减负意见由上级的书记、副书记、活动办来答复。"
    )


def says_what(relief: str) -> Verdict:
    """An answer says what was made less; that nothing could be is an answer, too."""
    return Verdict.of(relief in Relief.values, "选一下怎么减的；这次减不了，也选出来并写明原因。")


def is_open(state: str, became: str) -> bool:
    """Tell whether a complaint still waits for its answer."""
    return state != VoiceState.HELD and became != What.ANSWERED


def unanswered() -> Q:
    """Return the condition for it."""
    return ~Q(state=VoiceState.HELD) & ~Q(became=What.ANSWERED)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Until when complaints are answered. Of a complaint only its week is known, so the working
    days count from the end of the week."""

    working: tuple[date, ...]
    days: int

    @classmethod
    def of(cls, weeks: Iterable[date], today: date) -> "Calendar":
        """Read the working days for complaints of these weeks. A query or two."""
        first, count = min(weeks, default=today), days()
        # Twice the days and the longest holidays: enough for any deadline that was reached.
        last = max(today, first) + timedelta(days=2 * count + 30)
        return cls(tuple(workdays.working_days(first, last)), count)

    def due(self, week: date) -> date:
        """Return the last day on which a complaint of that week is answered in time."""
        return self.working[bisect_right(self.working, _sunday(week)) + self.days - 1]

    def passed(self, week: date, day: date) -> int:
        """Return how many working days the answer is late on ``day``; 0: it is not."""
        due = self.due(week)
        return (
            bisect_right(self.working, day) - bisect_left(self.working, due) - 1 if day > due else 0
        )


def _sunday(week: date) -> date:
    return week + timedelta(days=6)


COLLATING[BoxKind.BURDEN] = may_answer
