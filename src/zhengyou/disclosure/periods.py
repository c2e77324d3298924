"""The periods for which a body lays something open: those of the duty, seen from the topic."""

from datetime import date

from zhengyou.disclosure.models import DisclosureTopic
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.models import Organisation
from zhengyou.work.asked import body_has
from zhengyou.work.models import Cadence, Duty, OwnCadence
from zhengyou.work.turns import Turn, turns_of


def open_turns(topic: DisclosureTopic, body: Organisation) -> list[Turn]:
    """Return the periods of ``topic`` that have begun, the newest first. Five queries at most."""
    duty = Duty.objects.select_related("campaign__organisation").prefetch_related(
        "terms__phase", "campaign__phases"
    ).get(pk=topic.duty_id)  # fmt: skip
    own = OwnCadence.objects.held().filter(duty=duty, organisation=body)
    regular = any(terms.cadence == Cadence.REGULAR for terms in duty.terms.all())
    turns = turns_of(duty, list(own) if regular else ())
    today = clock.today()
    return [
        turn
        for turn in reversed(turns)
        if turn.start <= today and body_has(turn.terms, duty.campaign, body)
    ]


def turn_from(topic: DisclosureTopic, body: Organisation, start: date) -> Turn:
    """Return the period that began on ``start``.

    Raises:
        Refused: there is none for this body.
    """
    found = next((turn for turn in open_turns(topic, body) if turn.start == start), None)
    if found is None:
        raise Refused(f"“{topic.title}”没有这一期，或者不用{body.name}来公开。")
    return found


def counts_on(last: date, today: date) -> date | None:
    """Return for which day something laid open today counts: the last one of a period that is
    over, else today itself (None)."""
    return last if last < today else None
