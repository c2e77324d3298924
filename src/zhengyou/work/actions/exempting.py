"""Lifting a duty from somebody, or from a body, for a time, with a reason; ending that early."""

from datetime import date

from django.db.models import Q

from zhengyou.kernel import clock, paths
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Membership, Organisation, Person, Post
from zhengyou.people.models.dated import DatedQuerySet
from zhengyou.work.models import Duty, DutyExemption, Whose
from zhengyou.work.rules import keeping
from zhengyou.work.turns import DAY


def exempt(
    actor: Actor,
    duty: Duty,
    body: Organisation,
    person: Person | None,
    since: date,
    last: date | None,
    reason: str,
) -> DutyExemption:
    """Do not ask ``person``, who counts in ``body``, or ``body`` itself where None.

    Args:
        last: the last day of it; None: until it is ended.

    Raises:
        Refused: no right, no reason, days that cannot be, or not theirs to do.
    """
    with book.writing() as facts:
        Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        if person is None:
            keeping.may_exempt_body(actor, body).require()
        else:
            keeping.may_exempt_person(actor, body, person).require()
        reason = tidy_line(reason)[:200]
        assert actor.person is not None  # who wears a hat is somebody
        _check(duty, body, person, since, last, reason)
        subject = {"person": person} if person else {"organisation": body}
        until = last + DAY if last else None
        rows: DatedQuerySet = DutyExemption.objects.filter(duty=duty, **subject)
        if rows.overlapping(since, until).exists():
            raise Refused("这段时间里已经免了这项任务，请先停掉原来的，或者改日期。")
        made = DutyExemption.objects.create(
            duty=duty, since=since, until=until, reason=reason, by=actor.person,
            hat=actor.hat.title if actor.hat else "", decided_at=clock.now(), **subject,
        )  # fmt: skip
        whom = {"person": person.uid} if person else {"body": body.uid}
        facts.record("duty.exempt", by=actor, about=made.ref,
                     data={"duty": duty.uid, "since": since, "until": until, **whom},
                     names={"reason": reason})  # fmt: skip
    return made


def end_exemption(actor: Actor, row: DutyExemption, body: Organisation) -> None:
    """Ask again from today on; the days until then stay lifted.

    Args:
        body: in which the person counts, or that is exempt itself.

    Raises:
        Refused: no right, or it has ended.
    """
    with book.writing() as facts:
        row = DutyExemption.objects.select_for_update(of=("self",)).get(pk=row.pk)
        keeping.may_end_exemption(actor, row, body).require()
        row.until = max(clock.today(), row.since)
        row.save(update_fields=["until"])
        facts.record("duty.end_exemption", by=actor, about=row.ref, data={"until": row.until})


def _check(
    duty: Duty,
    body: Organisation,
    person: Person | None,
    since: date,
    last: date | None,
    reason: str,
) -> None:
    if not reason:
        raise Refused("写明为什么免做。")
    if last is not None and last < since:
        raise Refused("最后一天早于开始那天，请改日期。")
    campaign = duty.campaign
    if not paths.is_within(body.path, campaign.organisation.path):
        raise Refused(f"{body.name}不在“{campaign.title}”里。")
    persons = any(Whose(row.whose).of_persons for row in duty.terms.all())
    if persons != (person is not None):
        raise Refused(f"“{duty.title}”是{'人' if persons else '组织'}的任务，请重新选。")
    if person is not None and not is_of(person, body, max(since, clock.today())):
        raise Refused(f"{person.name}不在{body.name}。")


def is_of(person: Person, body: Organisation, day: date) -> bool:
    """Tell whether somebody belongs to ``body``, or serves it, or a body inside it."""
    inside = Q(person=person) & paths.within("organisation__path", body.path)
    return any(model.objects.on(day).filter(inside).exists() for model in (Membership, Post))
