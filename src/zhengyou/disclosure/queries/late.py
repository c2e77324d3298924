"""By which day an item was due: the period of its duty says it."""

from datetime import date

from zhengyou.disclosure.models import DisclosedItem
from zhengyou.work.models import Cadence, Duty, OwnCadence
from zhengyou.work.turns import turns_of


def closes_of(item: DisclosedItem) -> date | None:
    """Return the last day on which ``item`` would have been in time; None where its period is not
    asked for any more, or is never late. Four queries at most."""
    duty = Duty.objects.select_related("campaign").prefetch_related(
        "terms__phase", "campaign__phases"
    ).get(pk=item.topic.duty_id)  # fmt: skip
    own = OwnCadence.objects.held().filter(duty=duty, organisation=item.organisation)
    regular = any(terms.cadence == Cadence.REGULAR for terms in duty.terms.all())
    for turn in turns_of(duty, list(own) if regular else ()):
        if turn.start <= item.last_on < turn.end and not (turn.unset or turn.anytime):
            return turn.closes
    return None
