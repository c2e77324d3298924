"""Complain about burden without a name; answer for a body below and say what was made less."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db import IntegrityError, transaction

from zhengyou.kernel import clock, states
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.voices.actions import outcomes, triage, writing
from zhengyou.voices.models import Box, BoxKind, BoxState, Voice, VoiceState, What
from zhengyou.voices.models.burden import Relief, Relieved
from zhengyou.voices.rules import burden as rules
from zhengyou.work.models import Duty

LONGEST_MATTER = 60
ALWAYS = date(2026, 1, 1)
"""From when the boxes stand open; no box says when its first complaint came."""


def complain(
    body: Organisation, text: str, *, duty: Duty | None = None, matter: str = "", token: str = "",
    admit: Callable[[], None] | None = None,
) -> str:  # fmt: skip
    """Complain about what ``body`` asks for; nobody is known.

    Args:
        duty: the duty that is meant, of a campaign of ``body``; else ``matter`` in own words.
        token: ``laying.new_token`` of the form.
        admit: as of ``laying.keep``.

    Returns:
        The look-up code.

    Raises:
        Refused: nothing is said, or too much.
    """
    matter = duty.title if duty else tidy_line(matter)
    text = tidy(text).strip()
    (says_which(matter) & Verdict.of(text, "还没有写意见。")).require()
    meant = {"matter": matter, **({"duty": str(duty.uid)} if duty else {})}
    return writing.put_in(box_of(body), writing.Slip(text, answers=meant), token, admit)


def says_which(matter: str) -> Verdict:
    """Say whether one knows which form, report or duty is meant."""
    return Verdict.of(matter, "选一下或者写一下说的是哪张表、哪份报告、哪项任务。") & Verdict.of(
        len(matter) <= LONGEST_MATTER, f"哪张表、哪项任务，最多写 {LONGEST_MATTER} 个字。"
    )


def box_of(body: Organisation) -> Box:
    """Return the box of ``body``: it stands open always, its row is made when it is first used."""
    found = Box.objects.filter(organisation=body, kind=BoxKind.BURDEN).first()
    if found is None:
        try:
            with transaction.atomic():
                found = Box.objects.create(
                    kind=BoxKind.BURDEN, title=f"减负意见，{body.name}"[:60],
                    question="哪张表、哪份报告、哪项任务太多、太重复、没有用？", organisation=body,
                    opens_on=ALWAYS, state=BoxState.OPEN,
                )  # fmt: skip
        except IntegrityError:  # somebody else was the first
            found = Box.objects.get(organisation=body, kind=BoxKind.BURDEN)
    found.organisation = body
    return found


def answer(
    actor: Actor, complaints: Iterable[Voice], relief: str, words: str, show: bool = True
) -> list[Voice]:
    """Answer complaints for the body that asked, and say what was made less.

    Args:
        show: whether the complaint itself can be read in public beside the answer.

    Raises:
        Refused: not for ``actor``, or not said what was made less or why not.
        Stale: somebody else was quicker.
    """
    words = tidy(words).strip()
    (rules.says_what(relief) & triage.says_something(words)).require()
    with book.writing() as facts:
        found = outcomes.locked(complaints)
        Verdict.of(found, "一条也没有选。").require()
        for voice in found:
            rules.may_answer(actor, voice.box).require()
        rows = outcomes.write(actor, found, What.ANSWERED, words=words)
        Relieved.objects.bulk_create(Relieved(outcome=row, what=relief) for row in rows)
        for voice in found:
            _show_or_not(voice, show)
            facts.record("burden.answer", by=actor, about=voice.ref, data={"relief": relief})
    return found


def _show_or_not(voice: Voice, show: bool) -> None:
    if show and voice.state != VoiceState.SHOWN:
        states.move(voice, "show", shown_on=clock.today())
    elif not show and voice.state == VoiceState.SHOWN:
        states.move(voice, "cover")


def words_of(relief: str) -> str:
    """Return what was made less, in words."""
    return str(Relief(relief).label)
