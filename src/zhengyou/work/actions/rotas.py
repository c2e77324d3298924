"""Draw up rotas, change the order, pause, swap, stand in, write down what was done in a turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel import clock, handovers, periods
from zhengyou.kernel.handovers import Handover
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.texts import tidy, tidy_line, tidy_name
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.work.actions import recording
from zhengyou.work.actions.enrolled import enrol_all, withdraw_all
from zhengyou.work.content import Attendee, Content
from zhengyou.work.models import (
    Cadence,
    PatrolFind,
    Record,
    RecordKind,
    Rota,
    RotaOffer,
    RotaPause,
    RotaSlot,
    RotaTurn,
    TurnChange,
    Whom,
)
from zhengyou.work.models.rota import Taker
from zhengyou.work.rotas import ROWS, Book, Turn
from zhengyou.work.rules import service as rules

MOST = 120
"""Places in an order at most."""
Named = Person | Organisation | str


@dataclass(frozen=True, slots=True)
class Found:
    """Something a patrol found, and to whom it is handed over."""

    what: str
    place: str = ""
    to: Person | str = ""


def open_rota(
    actor: Actor,
    body: Organisation,
    *,
    title: str,
    record: RecordKind,
    order: Sequence[Named],
    cadence: Cadence = Cadence.WEEK,
    whom: Whom = Whom.LABELS,
    daily: bool = False,
    task: str = "",
    offer: RotaOffer | None = None,
    since: date | None = None,
) -> Rota:
    """Draw up a rota; it is entered with the duties that enrol rotas and ask for such records.

    Raises:
        Refused: no right, no title, nobody in the order, or one of that title is there already.
    """
    since = since or clock.today()
    with book.writing() as facts:
        body = Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        rules.may_keep_rotas(actor, body).require()
        title = tidy_line(title)[:40]
        if not title:
            raise Refused("值班表叫什么，要写。")
        if body.rotas.filter(title=title, until=None).exists():
            raise Refused(f"{body.name}已经有“{title}”，请换个名称。")
        rota = Rota.objects.create(
            organisation=body, title=title, record_kind=record, cadence=cadence, whom=whom,
            daily=daily, task=tidy(task).strip()[:300], offer=offer, since=since,
        )  # fmt: skip
        _order(rota, order, _period(rota, since).start)
        facts.record("rota.open", by=actor, about=rota.ref,
                     data={"body": body.uid, "record": record.value, "since": since,
                           "places": len(order)})  # fmt: skip
        enrol_all(facts, actor, rota.ref, body, since, record)
    return rota


def reorder(actor: Actor, rota: Rota, order: Sequence[Named], since: date | None = None) -> None:
    """Set another order from the next turn on (or from the one that holds ``since``).

    Raises:
        Refused: no right, nobody named, or a turn that is over.
    """
    with book.writing() as facts:
        rules.may_change_rota(actor, _hold(rota)).require()
        here = _period(rota, clock.today())
        period = _period(rota, since) if since else here.next()
        if period.start < here.start:
            raise Refused("过去的轮次不能再改，请从这一轮或者以后的轮次改起。")
        rota.orders.filter(since__gte=period.start).delete()
        _order(rota, order, period.start)
        facts.record("rota.reorder", by=actor, about=rota.ref,
                     data={"since": period.start, "places": len(order)})  # fmt: skip


def pause(actor: Actor, rota: Rota, first: date, last: date, reason: str) -> RotaPause:
    """Let nobody have a turn from ``first`` to ``last``, both included: holidays.

    Raises:
        Refused: no right, no reason, days the wrong way round, or a turn that is over.
    """
    with book.writing() as facts:
        rules.may_change_rota(actor, _hold(rota)).require()
        if last < first:
            raise Refused("停值的最后一天早于第一天，请改过来。")
        if first < _period(rota, clock.today()).start:
            raise Refused("过去的轮次不能再改，请从这一轮或者以后停起。")
        if not tidy_line(reason):
            raise Refused("写明为什么停，比如：国庆放假。")
        row = RotaPause.objects.create(
            rota=rota, since=first, until=last + timedelta(days=1), reason=tidy_line(reason)[:60]
        )
        facts.record("rota.pause", by=actor, about=rota.ref, data={"from": first, "to": last})
    return row


def stand_in(actor: Actor, rota: Rota, turn: Turn, who: Named, reason: str) -> None:
    """Let another have a turn, once.

    Raises:
        Refused: no right, no reason, a turn that is over, or whose turn it is anyway.
    """
    with book.writing() as facts:
        _may_change_turn(actor, rota, turn, reason)
        taker = _taker(rota, who)
        if turn.taker is not None and taker.key == turn.taker.key:
            raise Refused(f"这一轮本来就是{turn.who}。")
        _change(facts, actor, rota, turn, taker, TurnChange.DEPUTY, reason)


def swap(actor: Actor, rota: Rota, one: Turn, other: Turn, reason: str) -> None:
    """Let two turns change places.

    Raises:
        Refused: no right, no reason, a turn that is over, or the same taker in both.
    """
    with book.writing() as facts:
        _may_change_turn(actor, rota, one, reason)
        _may_change_turn(actor, rota, other, reason)
        if one.taker is None or other.taker is None or one.taker.key == other.taker.key:
            raise Refused("要选两个不同的人或者班级来对调。")
        first, second = one.taker, other.taker
        _change(facts, actor, rota, one, second, TurnChange.SWAP, reason)
        _change(facts, actor, rota, other, first, TurnChange.SWAP, reason)


def restore(actor: Actor, rota: Rota, turn: Turn, reason: str) -> None:
    """Let a turn go by the order again."""
    with book.writing() as facts:
        _may_change_turn(actor, rota, turn, reason)
        if turn.change is None or turn.planned is None:
            raise Refused("这一轮没有改过。")
        _change(facts, actor, rota, turn, turn.planned, TurnChange.BACK, reason)


def close_rota(actor: Actor, rota: Rota, on: date | None = None) -> None:
    """End a rota from ``on``."""
    on = on or clock.today()
    with book.writing() as facts:
        rules.may_change_rota(actor, _hold(rota)).require()
        if on > clock.today() or on < rota.since:
            raise Refused("停用的日期要在开始以后、今天以前。")
        _end(facts, actor, rota, on)
        facts.record("rota.close", by=actor, about=rota.ref, data={"on": on})


def carry_on(actor: Actor, rota: Rota, heir: Organisation) -> Rota:
    """Carry a rota of a body that ended on in ``heir``, from the day on which that began; who
    would have had the next turn has it.

    Raises:
        Refused: no right, not an heir, or carried on already.
    """
    with book.writing() as facts:
        rules.may_carry_on(actor, _hold(rota), heir).require()
        on = rota.organisation.closed_on or clock.today()
        past = Book.of(rota)
        order = _from_next(past, on)
        _end(facts, actor, rota, on)
        new = Rota.objects.create(
            organisation=heir, title=rota.title, record_kind=rota.record_kind,
            cadence=rota.cadence, whom=rota.whom, daily=rota.daily, task=rota.task,
            offer=rota.offer, continues=rota, since=on,
        )  # fmt: skip
        _order(new, order, _period(new, on).start)
        for row in past.pauses:
            if row.until is None or row.until > on:
                RotaPause.objects.create(
                    rota=new, since=row.since, until=row.until, reason=row.reason
                )
        facts.record("rota.carry_on", by=actor, about=new.ref,
                     data={"from": rota.uid, "body": heir.uid, "on": on})  # fmt: skip
        enrol_all(facts, actor, new.ref, heir, on, RecordKind(rota.record_kind))
    return new


# --- what was done in a turn --------------------------------------------------------------------
def record_turn(
    actor: Actor,
    rota: Rota,
    *,
    on: date,
    text: str,
    people: Sequence[Person] = (),
    finds: Sequence[Found] = (),
    key: UUID | None = None,
) -> Record:
    """Write down what was done on a day of the rota, and hand over at once what was found.

    Args:
        people: of the roll who were on duty besides whoever writes.
        key: of the form; sent twice, it is one record.

    Raises:
        Refused: no right, nobody has a turn that day, nothing said, or a find without a taker.
    """
    with book.writing() as facts:
        rules.may_record_turn(actor, rota).require()
        if on > clock.today():
            raise Refused("日期还没到，做了再记。")
        turn = Book.of(rota).turn_on(on)
        if turn is None or turn.taker is None:
            raise Refused("这一天没有人值班，请看看日期对不对。")
        if not tidy(text).strip():
            raise Refused("写一句看到什么、做了什么。")
        made = Record.objects.filter(form_key=key).first() if key else None
        if made is not None:
            return made
        record = recording.enter(
            actor, rota.organisation, _content(actor, rota, turn, on, text, people), key=key,
            by=Verdict.yes(),
        )  # fmt: skip
        for each in finds:
            _hand_over(facts, actor, record, each)
    return record


def _content(
    actor: Actor, rota: Rota, turn: Turn, on: date, text: str, people: Sequence[Person]
) -> Content:
    assert actor.person is not None  # the rule has asked
    there = {person.pk: person for person in (actor.person, *people)}
    taker = turn.taker
    if taker is not None and taker.person is not None and not people:
        there = {taker.person.pk: taker.person}
    free = (taker.label,) if taker is not None and taker.label else ()
    return Content(
        kind=RecordKind(rota.record_kind), on=on, title=f"{rota.title}，{turn.who}"[:100],
        text=text, people=tuple(map(Attendee, there.values())), free_names=free,
        links=(rota.ref,),
    )  # fmt: skip


def _hand_over(facts: book.Book, actor: Actor, record: Record, found: Found) -> None:
    what = tidy_line(found.what)[:200]
    person = found.to if isinstance(found.to, Person) else None
    label = "" if isinstance(found.to, Person) else tidy_name(found.to)[:40]
    if not what:
        raise Refused("写明发现了什么。")
    if person is None and not label:
        raise Refused(f"“{what}”交给谁？选一个人，或者写上交到哪里。")
    assert actor.person is not None and actor.hat is not None  # the rule has asked
    row = PatrolFind.objects.create(
        record=record, what=what, place=tidy_line(found.place)[:60], to_person=person,
        to_label=label, by=actor.person, hat=actor.hat.title, handed_at=clock.now(),
    )  # fmt: skip
    if person is not None:
        url = reverse("work:find", args=[row.uid])
        handovers.hand_over(Handover(person.uid, "巡查发现了一个问题", "请马上看一看。", url))
    facts.record("patrol_find.hand", by=actor, about=row.ref, data={
        "record": record.uid, "to": person.uid if person else None,
    }, names={"what": what})  # fmt: skip


def take_find(actor: Actor, find: PatrolFind) -> None:
    """Say that one has taken what was handed over.

    Raises:
        Refused: it was handed to somebody else. Stale: taken already.
    """
    with book.writing() as facts:
        rules.may_take_find(actor, find).require()
        move(find, "take", taken_at=clock.now())
        facts.record("patrol_find.take", by=actor, about=find.ref)


# --- inside -------------------------------------------------------------------------------------
def _hold(rota: Rota) -> Rota:
    Rota.objects.select_for_update(of=("self",)).get(pk=rota.pk)
    rota.refresh_from_db(fields=["until"])
    return rota


def _period(rota: Rota, day: date) -> periods.Period:
    period = periods.period_of(rota.cadence, day)
    assert period is not None  # only terms leave days out
    return period


def _order(rota: Rota, order: Sequence[Named], since: date) -> None:
    if not order:
        raise Refused("次序里还没有人，请至少排一个。")
    if len(order) > MOST:
        raise Refused(f"次序里有 {len(order)} 个，最多 {MOST} 个。")
    row = rota.orders.create(since=since)
    slots = [RotaSlot(order=row, place=place, **_fields(rota, who))
             for place, who in enumerate(order)]  # fmt: skip
    RotaSlot.objects.bulk_create(slots)


def _fields(rota: Rota, who: Named) -> dict[str, object]:
    if isinstance(who, Person):
        return {"person": who}
    if isinstance(who, Organisation):
        return {"body": who}
    label = tidy_name(who)[:40]
    if not label:
        raise Refused("次序里有一行是空的，请补上或者删去。")
    return {"label": label}


def _taker(rota: Rota, who: Named) -> RotaTurn:
    return RotaTurn(rota=rota, **_fields(rota, who))


def _named(slot: Taker) -> Named:
    return slot.person or slot.body or slot.label


def _may_change_turn(actor: Actor, rota: Rota, turn: Turn, reason: str) -> None:
    rules.may_change_rota(actor, _hold(rota)).require()
    now = Book.of(Rota.objects.prefetch_related(*ROWS).get(pk=rota.pk)).turn_on(turn.first)
    if now is None or now.who != turn.who:
        raise Stale("这一轮刚才改过了，请看看现在轮到谁再改。")
    if turn.taker is None:
        raise Refused("这一轮停值，不用改。")
    if turn.last < clock.today():
        raise Refused("过去的轮次不能再改。")
    if not tidy_line(reason):
        raise Refused("写明为什么改，比如：期中考试。")


def _change(
    facts: book.Book, actor: Actor, rota: Rota, turn: Turn, taker: Taker, how: TurnChange,
    reason: str,
) -> None:  # fmt: skip
    assert actor.person is not None and actor.hat is not None  # the rule has asked
    row = RotaTurn.objects.create(
        rota=rota, starts_on=turn.period.start, how=how, reason=tidy_line(reason)[:100],
        by=actor.person, hat=actor.hat.title, changed_at=clock.now(),
        **_fields(rota, _named(taker)),
    )  # fmt: skip
    facts.record("rota.turn", by=actor, about=rota.ref,
                 data={"starts_on": row.starts_on, "how": how.value},
                 names={"who": row.who, "reason": row.reason})  # fmt: skip


def _from_next(past: Book, on: date) -> list[Named]:
    """Return the order beginning with whoever has the first turn from ``on`` on."""
    turn = past.next_from(on)
    if turn is None or not isinstance(turn.planned, RotaSlot):
        return [_named(slot) for slot in past.orders[-1].slots.all()]
    slots, at = list(turn.planned.order.slots.all()), turn.planned.place
    return [_named(slot) for slot in (*slots[at:], *slots[:at])]


def _end(facts: book.Book, actor: Actor, rota: Rota, on: date) -> None:
    rota.until = on
    rota.save(update_fields=["until"])
    withdraw_all(facts, actor, rota.ref, on)
