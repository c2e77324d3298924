"""Giving a duty to something that rotas, posts of service or rooms above know: a pair, a contact
point. The caller has checked its own rule; this is called inside its transaction.

    with book.writing() as facts:
        enrolling.enrol(facts, actor, duty, pair.ref, branch, mentor, since)
"""

from datetime import date

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.people.models.dated import DatedQuerySet
from zhengyou.work.crediting import credit
from zhengyou.work.models import Duty, DutyTerms, Enrolment, Record, RecordLink, Whose


def enrol(
    facts: book.Book,
    actor: Actor,
    duty: Duty,
    about: Ref,
    organisation: Organisation,
    person: Person | None,
    since: date,
) -> Enrolment:
    """Give ``duty`` to ``about`` from ``since`` on. The same again changes nothing.

    Args:
        organisation: answers for it; person: does it, where it is one person's.

    Raises:
        Refused: the duty enrols nothing of that kind, or it is enrolled for somebody else.
    """
    if not enrols(duty, about.kind):
        raise Refused(f"任务“{duty.title}”不登记这种对象。")
    rows: DatedQuerySet = Enrolment.objects.select_for_update().filter(
        duty=duty, about_kind=about.kind, about_uid=about.uid
    )
    known: Enrolment | None = rows.overlapping(since, None).first()
    if known is not None:
        if (known.organisation_id, known.person_id) == (organisation.pk, person and person.pk):
            return known
        raise Refused(f"“{about.label}”已经登记过任务“{duty.title}”，请先撤下原来的。")
    row = Enrolment.objects.create(
        duty=duty, about_kind=about.kind, about_uid=about.uid, label=about.label[:200],
        organisation=organisation, person=person, since=since,
    )  # fmt: skip
    data = {"duty": duty.uid, "since": since, "body": organisation.uid}
    facts.record("duty.enrol", by=actor, about=about, data=data)
    if since <= clock.today():
        _credit_what_was_done(about, since)
    return row


def _credit_what_was_done(about: Ref, since: date) -> None:
    """What was written down about it since then counts, though it is entered only now."""
    linked = RecordLink.objects.filter(about_kind=about.kind, about_uid=about.uid)
    rows = Record.objects.finished().filter(pk__in=linked.values("record"), on__gte=since)
    for record in rows.select_related("organisation"):
        credit(record)


def withdraw(facts: book.Book, actor: Actor, about: Ref, on: date, duty: Duty | None = None) -> int:
    """Take ``about`` out of ``duty`` (None: of every duty) from ``on``; what was done stays.

    Returns:
        How many enrolments were ended.
    """
    rows = Enrolment.objects.filter(about_kind=about.kind, about_uid=about.uid)
    ended = rows.filter(duty=duty).end(on) if duty else rows.end(on)
    if ended:
        facts.record("duty.withdraw", by=actor, about=about, data={"on": on})
    return ended


def enrols(duty: Duty, kind: str) -> bool:
    """Tell whether a duty is for things of ``kind``, now or later."""
    rows = DutyTerms.objects.filter(duty=duty, whose=Whose.ENROLLED, enrols=kind)
    return bool(rows.held().exists())
