"""Cases: open, name, take steps, note what was said, end, take up again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import PurePath
from uuid import UUID

from zhengyou.files.actions import Received, attach
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale, move
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused
from zhengyou.labour import rules
from zhengyou.labour.kinds import KINDS, days_of
from zhengyou.labour.models import (
    CaseClosing,
    CaseKind,
    CaseMember,
    CaseState,
    CaseStep,
    LabourCase,
    MediationNote,
    Outcome,
    Part,
    Signal,
)
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person

VERB = "labour.write"
"""The one verb of this room: the chain says that somebody wrote, not what became of whom."""


def open_case(
    actor: Actor,
    body: Organisation,
    *,
    kind: CaseKind,
    about: str,
    parties: str,
    text: str,
    opened_on: date | None = None,
    signal: Signal | None = None,
    kept_from: Iterable[Person] = (),
    key: UUID | None = None,
) -> LabourCase:
    """Open a case with its steps; whoever opens it has it in hand until somebody else has.

    Args:
        parties: by name or by number, as the body likes.
        signal: that it comes from; who was kept from it is kept from the case, too.
        kept_from: who of the group is a party, or near to one.

    Raises:
        Refused: not in the group, something is missing, or a day that cannot be.
        Stale: the signal was settled or taken up meanwhile.
    """
    with book.writing() as facts:
        rules.may_note(actor, body).require()
        Organisation.objects.select_for_update(no_key=True).get(pk=body.pk)
        made = LabourCase.objects.filter(form_key=key).first() if key else None
        if made is not None:
            return made
        opened = opened_on or clock.today()
        _must_be(about, parties, text, opened)
        away = set(kept_from)
        if signal is not None:
            rules.may_settle(actor, signal).require()
            away |= set(signal.kept_from.all())
        steps = days_of(kind, opened)
        assert actor.person is not None  # the rule has asked
        case = LabourCase.objects.create(
            organisation=body, signal=signal, number=_number(body, opened), kind=kind, about=about,
            parties=_plain(parties), text=_plain(text), opened_on=opened,
            due_on=max(day for _, day in steps), by=actor.person, form_key=key,
        )  # fmt: skip
        CaseStep.objects.bulk_create(
            CaseStep(case=case, code=step.code, due_on=day) for step, day in steps
        )
        _put(case, actor.person, Part.HANDLER)
        for person in away:
            if not actor.is_person(person):
                _put(case, person, Part.RECUSED)
        if signal is not None:
            move(signal, "take_up")
        facts.record(VERB, by=actor, about=case.ref)
    return case


def name(actor: Actor, case: LabourCase, person: Person, part: Part) -> None:
    """Put somebody on the case, or keep somebody away from it; an earlier part ends.

    Raises:
        Refused: it does not exist for the actor, it is closed, or oneself.
    """
    with book.writing() as facts:
        _hold(case)
        rules.may_name(actor, case, person).require()
        case.members.filter(person=person, until=None).update(until=clock.today())
        _put(case, person, part)
        facts.record(VERB, by=actor, about=case.ref)


def unname(actor: Actor, case: LabourCase, person: Person) -> None:
    """Take somebody off the case.

    Raises:
        Refused: it does not exist for the actor, it is closed, or oneself.
    """
    with book.writing() as facts:
        _hold(case)
        rules.may_name(actor, case, person).require()
        case.members.filter(person=person, until=None).update(until=clock.today())
        facts.record(VERB, by=actor, about=case.ref)


def take_step(actor: Actor, step: CaseStep, on: date, words: str) -> None:
    """Say that a step was taken, on which day, and what came of it.

    Raises:
        Refused: it does not exist for the actor, it is closed, or a day that cannot be.
        Stale: somebody else did it meanwhile.
    """
    with book.writing() as facts:
        _hold(step.case)
        step.refresh_from_db(fields=["done_on"])
        rules.may_do(actor, step).require()
        _must_be_past(step.case, on)
        rows = CaseStep.objects.filter(pk=step.pk, done_on=None)
        if not rows.update(done_on=on, words=_plain(words), by=actor.person):
            raise Stale("这一步刚才已经有人办了。")
        facts.record(VERB, by=actor, about=step.case.ref)


def move_step(actor: Actor, step: CaseStep, due_on: date, why: str) -> None:
    """Give a step a later day: both sides agreed to go on (第二十九条), or somebody is ill.

    Raises:
        Refused: it does not exist for the actor, no reason, or no later day.
    """
    with book.writing() as facts:
        _hold(step.case)
        step.refresh_from_db(fields=["done_on", "due_on"])
        rules.may_do(actor, step).require()
        if not tidy(why).strip():
            raise Refused("写一句为什么延期。")
        if due_on <= step.due_on:
            raise Refused("新的日子要比原来的晚。")
        CaseStep.objects.filter(pk=step.pk).update(due_on=due_on, moved_why=_plain(why))
        case = step.case
        case.due_on = max(case.due_on, due_on)
        case.save(update_fields=["due_on"])
        facts.record(VERB, by=actor, about=case.ref)


def note_mediation(
    actor: Actor,
    case: LabourCase,
    on: date,
    text: str,
    agreed: str = "",
    files: Iterable[Received] = (),
) -> MediationNote:
    """Write down what was said at a mediation. Files lose their names, which might tell.

    Raises:
        Refused: it does not exist for the actor, it is closed, no words, or a day to come.
    """
    with book.writing() as facts:
        _hold(case)
        rules.may_work(actor, case).require()
        if not tidy(text).strip():
            raise Refused("写一写谁说了什么。")
        _must_be_past(case, on)
        assert actor.person is not None  # the rule has asked
        made = MediationNote.objects.create(
            case=case, on=on, text=_plain(text), agreed=_plain(agreed), by=actor.person
        )
        for number, each in enumerate(files, start=len(attachments_of(case.ref)) + 1):
            nameless = replace(each, name=f"附件{number}{PurePath(each.name).suffix}")
            attach(nameless, case.ref, actor.ledger_uid)
        facts.record(VERB, by=actor, about=case.ref)
    return made


def close(actor: Actor, case: LabourCase, outcome: Outcome, words: str) -> None:
    """End a case.

    Raises:
        Refused: it does not exist for the actor, or an agreement without words.
        Stale: somebody else ended it meanwhile.
    """
    today = clock.today()
    with book.writing() as facts:
        _hold(case)
        rules.may_work(actor, case).require()
        if outcome == Outcome.AGREEMENT and not tidy(words).strip():
            raise Refused("达成协议的，写明协议怎么说。")
        assert actor.person is not None  # the rule has asked
        CaseClosing.objects.create(
            case=case, on=today, outcome=outcome, words=_plain(words), by=actor.person,
            in_time=today <= case.due_on,
        )  # fmt: skip
        move(case, "close")
        facts.record(VERB, by=actor, about=case.ref)


def reopen(actor: Actor, case: LabourCase, why: str) -> None:
    """Take an ended case up again: the agreement was not kept.

    Raises:
        Refused: it does not exist for the actor, or no reason.
        Stale: somebody else took it up meanwhile.
    """
    with book.writing() as facts:
        _hold(case)
        rules.may_reopen(actor, case).require()
        if not tidy(why).strip():
            raise Refused("写一句为什么重新办理。")
        last = case.closings.last()
        assert last is not None  # a closed case has one
        last.reopened_on, last.reopened_why = clock.today(), _plain(why)
        last.save(update_fields=["reopened_on", "reopened_why"])
        move(case, "reopen")
        facts.record(VERB, by=actor, about=case.ref)


# --- inside -------------------------------------------------------------------------------------
def _hold(case: LabourCase) -> None:
    """Lock a case and read its state anew."""
    now = LabourCase.objects.select_for_update(of=("self",)).only("state", "due_on").get(pk=case.pk)
    case.state, case.due_on = CaseState(now.state), now.due_on


def _put(case: LabourCase, person: Person, part: Part) -> None:
    CaseMember.objects.create(case=case, person=person, part=part, since=clock.today())


def _number(body: Organisation, opened: date) -> str:
    """Return the next number of the year; the body is locked."""
    year = opened.year
    taken = LabourCase.objects.filter(organisation=body, number__startswith=f"{year}-").count()
    return f"{year}-{taken + 1:02d}"


def _must_be(about: str, parties: str, text: str, opened: date) -> None:
    asked = {"什么事": about in KINDS, "当事人": _plain(parties), "情况": _plain(text)}
    lacks = [words for words, there in asked.items() if not there]
    if lacks:
        raise Refused(f"还没有写{'、'.join(lacks)}。")
    if opened > clock.today():
        raise Refused("收案的日子不能晚于今天。")


def _must_be_past(case: LabourCase, on: date) -> None:
    if not case.opened_on <= on <= clock.today():
        raise Refused("日子要在收案以后、今天以前。")


def _plain(text: str) -> str:
    return tidy(text).strip()
