"""Who sits in the group: given from one day on, ended on another."""

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.labour import rules
from zhengyou.labour.models import Mediator, SeatPart
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person


def seat(actor: Actor, body: Organisation, person: Person, part: SeatPart) -> Mediator:
    """Seat somebody from today on: what came in before stays out of sight.

    Raises:
        Refused: no right, oneself, or seated there already.
    """
    with book.writing() as facts:
        Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        rules.may_seat(actor, body).require()
        rules.may_seat_whom(actor, person).require()
        today = clock.today()
        if (
            Mediator.objects.overlapping(today, None)
            .filter(organisation=body, person=person)
            .exists()
        ):
            raise Refused(f"{person.name}已经在里面了。")
        made = Mediator.objects.create(organisation=body, person=person, part=part, since=today)
        facts.record("labour_seat.give", by=actor, about=made.ref, data={"body": body.uid},
                     names={"name": person.name})  # fmt: skip
    return made


def unseat(actor: Actor, row: Mediator) -> None:
    """End a seat from today on: nothing of the group exists for that person any more.

    Raises:
        Refused: no right, or ended already.
    """
    with book.writing() as facts:
        now = Mediator.objects.select_for_update(of=("self",)).get(pk=row.pk)
        rules.may_seat(actor, row.organisation).require()
        if not now.holds(clock.today()):
            raise Refused("已经不在里面了。")
        Mediator.objects.filter(pk=row.pk).update(until=clock.today())
        facts.record("labour_seat.end", by=actor, about=row.ref,
                     data={"body": row.organisation.uid})  # fmt: skip
