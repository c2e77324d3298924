"""Early warnings: note one, tell the group at once where it is urgent, say that it calmed down."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.handovers import Handover, hand_over
from zhengyou.kernel.states import move
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused
from zhengyou.labour import rules
from zhengyou.labour.kinds import KINDS, watch_until
from zhengyou.labour.models import Level, Mediator, Signal, Source
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person

TITLE, WORDS = "有一件急事等您看", "请马上登录看一看。"
"""What goes out of the house: not what it is about, and not where it comes from."""


def note(
    actor: Actor,
    body: Organisation,
    *,
    kind: str,
    level: Level,
    source: Source,
    seen_on: date,
    text: str,
    kept_from: Iterable[Person] = (),
    key: UUID | None = None,
) -> Signal:
    """Note a signal. The most urgent kind reaches everybody of the group at once.

    Args:
        kept_from: who of the group is not to know.
        key: of the form; one form makes one signal.

    Raises:
        Refused: not in the group, no words, or a day that cannot be.
    """
    with book.writing() as facts:
        rules.may_note(actor, body).require()
        Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        made = Signal.objects.filter(form_key=key).first() if key else None
        if made is not None:
            return made
        _must_be(kind, text, seen_on)
        assert actor.person is not None  # the rule has asked
        today = clock.today()
        signal = Signal.objects.create(
            organisation=body, kind=kind, level=level, source=source, seen_on=seen_on,
            noted_on=today, due_on=watch_until(level, today), text=tidy(text).strip(),
            by=actor.person, form_key=key,
        )  # fmt: skip
        signal.kept_from.set(person for person in kept_from if not actor.is_person(person))
        facts.record("labour.write", by=actor, about=signal.ref)
        if level == Level.RED:
            _alarm(actor, signal)
    return signal


def settle(actor: Actor, signal: Signal, how: str) -> None:
    """Say that it calmed down, and how.

    Raises:
        Refused: it does not exist for the actor, or no words.
        Stale: it was settled or taken up meanwhile.
    """
    with book.writing() as facts:
        signal.refresh_from_db(fields=["state"])
        rules.may_settle(actor, signal).require()
        if not tidy(how).strip():
            raise Refused("写一句怎么化解的。")
        move(signal, "settle", settled_on=clock.today(), settled_how=tidy(how).strip())
        facts.record("labour.write", by=actor, about=signal.ref)


def _must_be(kind: str, text: str, seen_on: date) -> None:
    if kind not in KINDS:
        raise Refused("选一种苗头。")
    if not tidy(text).strip():
        raise Refused("写一句什么情况。")
    if seen_on > clock.today():
        raise Refused("发现的日子不能晚于今天。")


def _alarm(actor: Actor, signal: Signal) -> None:
    """Tell the others of the group, in words that say nothing."""
    away = signal.kept_from.values("pk")
    rows = Mediator.objects.on(clock.today()).filter(organisation=signal.organisation)
    for row in rows.exclude(person__in=away).exclude(person=actor.person).select_related("person"):
        hand_over(Handover(row.person.uid, TITLE, WORDS, reverse("labour:home")))
