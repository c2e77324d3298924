"""Write the questions of a survey; take in sheets, typed or from paper."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db.models import Max

from zhengyou.kernel import clock
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.remarks import laying, traces
from zhengyou.remarks.queries.talk import monday_of
from zhengyou.voices.actions.writing import waiting_of
from zhengyou.voices.models import Box, BoxKind, BoxOffer, BoxPlace, Voice
from zhengyou.voices.models.survey import Question, Sheet
from zhengyou.voices.models.voice import LONGEST
from zhengyou.voices.rules import boxes
from zhengyou.voices.rules import surveys as rules
from zhengyou.voices.rules.surveys import Asked, Filled


def take_over(box: Box, offer: BoxOffer | None) -> None:
    """Give a new survey the questions that its campaign proposes; the body may change them."""
    if offer is not None and box.kind == BoxKind.SURVEY:
        Question.objects.bulk_create(
            Question(box=box, order=order, **row)
            for order, row in enumerate(offer.questions, start=1)
        )


def ask(actor: Actor, box: Box, asked: Asked) -> Question:
    """Add a question at the end.

    Raises:
        Refused: not for ``actor``, the box is open already, or it is no question.
    """
    asked = _plain(asked)
    with book.writing() as facts:
        box = Box.objects.select_for_update().get(pk=box.pk)
        (rules.may_ask(actor, box) & rules.says_enough(asked)).require()
        rules.has_room(box.questions.count()).require()
        last = box.questions.aggregate(last=Max("order"))["last"]
        question = Question.objects.create(box=box, order=(last or 0) + 1, **_fields(asked))
        facts.record("box.ask", by=actor, about=box.ref, data={"question": question.uid})
    return question


def reword(actor: Actor, question: Question, asked: Asked) -> None:
    """Give a question other words or options."""
    asked = _plain(asked)
    with book.writing() as facts:
        box = Box.objects.select_for_update().get(pk=question.box_id)
        (rules.may_ask(actor, box) & rules.says_enough(asked)).require()
        for name, value in _fields(asked).items():
            setattr(question, name, value)
        question.save()
        facts.record("box.reword", by=actor, about=box.ref, data={"question": question.uid})


def drop(actor: Actor, question: Question) -> None:
    """Take a question out."""
    with book.writing() as facts:
        box = Box.objects.select_for_update().get(pk=question.box_id)
        rules.may_ask(actor, box).require()
        facts.record("box.drop", by=actor, about=box.ref, data={"question": question.uid})
        question.delete()


def hand_in(
    box: Box,
    filled: Filled,
    place: BoxPlace | None = None,
    token: str = "",
    admit: Callable[[], None] | None = None,
) -> list[tuple[Question, str]]:
    """Take in a sheet; nobody is known, and nothing ties the words to the choices.

    Args:
        token: ``laying.new_token`` of the form; the same sheet with it is taken once.
        admit: as of ``laying.keep``.

    Returns:
        The questions that were answered in own words, each with the code under which to look.

    Raises:
        Refused: the survey takes nothing now, or nothing was answered.
    """
    boxes.takes_voices(box).require()
    questions = _checked(box, filled, place)
    return _laid(box, questions, filled, place, token, by_hand=False, admit=admit)


def enter(
    actor: Actor, box: Box, filled: Filled, place: BoxPlace | None = None, token: str = ""
) -> None:
    """Enter a sheet of paper, also after the last day, until the box is closed.

    Raises:
        Refused: not for ``actor``, closed, or nothing was answered.
    """
    (boxes.may_enter_paper(actor, box) & rules.takes_sheets(box)).require()
    questions = _checked(box, filled, place)
    with book.writing() as facts:
        _laid(box, questions, filled, place, token, by_hand=True)
        facts.record("box.enter_paper", by=actor, about=box.ref, data={"count": 1})


def _checked(box: Box, filled: Filled, place: BoxPlace | None) -> list[Question]:
    questions = list(box.questions.all())
    long = any(len(text) > LONGEST for text in filled.words.values())
    (
        rules.takes_sheets(box)
        & rules.fits(questions, filled)
        & rules.says_something(filled)
        & Verdict.of(place is None or place.box_id == box.pk, "没有这个地方，请再选一次。")
        & Verdict.of(not long, f"每一题最多写 {LONGEST} 个字。")
    ).require()
    return questions


def _laid(
    box: Box, questions: Sequence[Question], filled: Filled, place: BoxPlace | None, token: str,
    by_hand: bool, admit: Callable[[], None] | None = None,
) -> list[tuple[Question, str]]:  # fmt: skip
    """Lay the sheet among sheets and each text among voices, in one transaction."""
    week = monday_of(clock.today())
    where = str(place.uid) if place else ""
    whole = (str(box.ref), where, repr(sorted(filled.chosen.items())), repr(filled.words))
    uid, _ = laying.drawn(token, *whole)
    chosen = {key: sorted(numbers) for key, numbers in filled.chosen.items() if numbers}
    sheet = Sheet(uid=uid, box=box, place=place, week=week, answers=chosen, by_hand=by_hand)
    voices, codes = [], []
    for question in questions:
        text = tidy(filled.words.get(str(question.uid), "")).strip()
        if not text:
            continue
        key, code = laying.drawn(token, *whole, str(question.uid))
        meant = {"question": str(question.uid)}
        codes.append((question, code))
        voices.append(
            Voice(
                uid=key, box=box, week=week, text=text, answers=meant, by_hand=by_hand,
                code_lookup=laying.code_lookup(code),
            )
        )  # fmt: skip
    with book.writing():
        traces.hold_queue()
        if not Sheet.objects.filter(pk=uid).exists():
            if admit:
                admit()
            laying.lay_down([sheet], Sheet.objects.filter(week=week))
            laying.lay_down(voices, waiting_of())
    return codes


def _plain(asked: Asked) -> Asked:
    options = tuple(filter(None, map(tidy_line, asked.options)))
    return replace(asked, text=tidy_line(asked.text), options=options)


def _fields(asked: Asked) -> dict[str, object]:
    return {
        "kind": asked.kind,
        "text": asked.text,
        "options": list(asked.options),
        "most": asked.most,
    }
