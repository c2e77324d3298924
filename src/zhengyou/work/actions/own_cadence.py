"""A body says how often it does what is left to it (定期)."""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.work.models import Cadence, Duty, DutyTerms, OwnCadence, Whose
from zhengyou.work.rules import keeping
from zhengyou.work.turns import turns_of

INTERVALS = [cadence for cadence in Cadence if cadence.period is not None]
"""What a body may choose from."""


def choose(actor: Actor, duty: Duty, body: Organisation, cadence: Cadence) -> date:
    """Set how often ``body`` does ``duty``: at once the first time, later from the next period on.

    Returns:
        The day from which it holds.

    Raises:
        Refused: no right, no such interval, or the duty leaves nothing to this body.
    """
    with book.writing() as facts:
        Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        keeping.may_set_interval(actor, duty, body).require()
        if cadence not in INTERVALS or (cadence == Cadence.TERM and not duty.campaign.term_rows):
            raise Refused("从给出的里面选一个。")
        if not is_left_to(duty, body):
            raise Refused(f"“{duty.title}”不用{body.name}来定多久一次。")
        rows = OwnCadence.objects.filter(duty=duty, organisation=body)
        present: OwnCadence | None = rows.on(clock.today()).first()
        since = max(clock.today(), duty.campaign.starts_on)
        if present is not None:
            if present.cadence == cadence and not rows.filter(since__gt=present.since).exists():
                return present.since
            since = _next(duty, present)
        rows.end(since)
        OwnCadence.objects.create(duty=duty, organisation=body, cadence=cadence, since=since)
        facts.record("duty.set_interval", by=actor, about=duty.ref,
                     data={"body": body.uid, "cadence": cadence, "since": since})  # fmt: skip
    return since


def is_left_to(duty: Duty, body: Organisation) -> bool:
    """Tell whether a duty leaves it to ``body`` how often it is done."""
    terms = still_regular(duty)
    if terms is None:
        return False
    if terms.whose == Whose.BODIES:
        return body.kind in terms.kinds
    if terms.whose == Whose.GROUPS:
        group = getattr(body, "plan_group", None)
        return group is not None and group.template_id == terms.group_id
    return body.kind in duty.campaign.covers


def still_regular(duty: Duty) -> DutyTerms | None:
    """Return the terms of today where they leave the interval to the bodies."""
    today = max(clock.today(), duty.campaign.starts_on)
    terms = next((row for row in duty.terms.all() if row.holds(today)), None)
    return terms if terms is not None and terms.cadence == Cadence.REGULAR else None


def _next(duty: Duty, present: OwnCadence) -> date:
    """Return the first day of the next period of the present interval; today if one begins."""
    today = clock.today()
    going_on = OwnCadence(duty=duty, cadence=present.cadence, since=present.since)
    starts = [turn.start for turn in turns_of(duty, [going_on]) if not turn.unset]
    return min((start for start in starts if start >= today), default=today)
