"""What becomes of voices: an answer, a suggestion, a problem; several at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from zhengyou.kernel import clock, paths, states
from zhengyou.kernel.refs import Ref
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.ledger.book import Book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.models import Problem
from zhengyou.remarks import traces
from zhengyou.voices import rules
from zhengyou.voices.actions import outcomes
from zhengyou.voices.models import Box, BoxPlace, Voice, VoiceState, What
from zhengyou.voices.models.outcome import LONGEST_WORDS

AT_ONCE = 500
"""Voices cleared in one transaction."""


def answer(actor: Actor, voices: Iterable[Voice], words: str) -> list[Voice]:
    """Answer voices with the same words; an answer given before is kept and corrected.

    Raises:
        Refused: one is not for ``actor``, or nothing is said.
        Stale: somebody else was quicker.
    """
    words = tidy(words).strip()
    says_something(words).require()
    return _settle(actor, voices, "voice.answer", What.ANSWERED, words=words)


def done(actor: Actor, voices: Iterable[Voice], words: str) -> list[Voice]:
    """Say that it was put right at once, and how.

    Raises:
        Refused: one is not for ``actor``, or nothing is said.
    """
    words = tidy(words).strip()
    Verdict.of(words, "写一句怎么办好的，大家看得到。").require()
    says_something(words).require()
    return _settle(actor, voices, "voice.done", What.DONE, words=words)


def note(actor: Actor, voices: Iterable[Voice]) -> list[Voice]:
    """Note voices that need no answer; what has an outcome already is left out."""
    fresh = [voice for voice in voices if not voice.became]
    return _settle(actor, fresh, "voice.note", What.NOTED)


def repeat(actor: Actor, voices: Iterable[Voice] | Voice, of: Voice) -> list[Voice]:
    """Say that voices say what ``of`` says; whoever follows them follows it."""
    found = [voices] if isinstance(voices, Voice) else list(voices)
    others = [voice for voice in found if voice.pk != of.pk]
    Verdict.of(others, "选的就是这一条，没有别的。").require()
    Verdict.of(of.became != What.REPEATED, "这一条自己也是和别的一样的，请选那一条。").require()
    return _settle(actor, others, "voice.repeat", What.REPEATED, ref=of.ref)


def to_suggestion(actor: Actor, voices: Iterable[Voice], suggestion: Ref) -> list[Voice]:
    """Say that voices became ``suggestion``, which the caller has made."""
    return _settle(actor, voices, "voice.to_suggestion", What.SUGGESTION, ref=suggestion)


def to_problem(
    actor: Actor, voices: Iterable[Voice], body: Organisation, title: str, text: str, **more: Any
) -> Problem:
    """Make a problem of voices; the first one is its source.

    Args:
        body: whose it is to mend.
        more: as :func:`raise_problem` takes it.
    """
    with book.writing():
        found = outcomes.locked(voices)
        Verdict.of(found, "一条也没有选。").require()
        for voice in found:
            rules.may_triage(actor, voice).require()
        problem = raise_problem(
            actor, body, title=title, text=text, source=found[0].ref,
            by=_may_raise(found[0].box, body), **{"campaign": found[0].box.campaign, **more},
        )  # fmt: skip
        _settle(actor, found, "voice.to_problem", What.PROBLEM, ref=problem.ref)
    return problem


def take(actor: Actor, voices: Iterable[Voice]) -> list[Voice]:
    """Take voices in without making them public."""
    return _move(actor, voices, "take", (VoiceState.WAITING,), rules.may_triage)


def show(actor: Actor, voices: Iterable[Voice]) -> list[Voice]:
    """Make voices public; held ones are taken back."""
    with book.writing():
        found = outcomes.locked(voices)
        held = [voice for voice in found if voice.state == VoiceState.HELD]
        if held:
            _settle(actor, held, "voice.resume", What.RESUMED)
        rest = (VoiceState.WAITING, VoiceState.TAKEN)
        return _move(actor, found, "show", rest, rules.may_show, shown_on=clock.today())


def cover(actor: Actor, voices: Iterable[Voice]) -> list[Voice]:
    """Take public voices off the page; what became of them stays."""
    return _move(actor, voices, "cover", (VoiceState.SHOWN,), rules.may_triage)


def hear(actor: Actor, place: BoxPlace) -> int:
    """Say that the person of a place has read what was said about it; how many are new to them."""
    with book.writing() as facts:
        Verdict.of(actor.is_person(place.hears), "这是说给别人听的。").require()
        traces.hold_queue()
        new = Voice.objects.filter(place=place, state__in=rules.HEARD, heard_on=None)
        count = new.update(heard_on=clock.today())
        if count:
            facts.record("box.hear", by=actor, about=place.box.ref, data={"count": count})
    return count


def clear(actor: Actor, box: Box, which: Q, reason: str) -> int:
    """Hold back all waiting voices of a box that ``which`` names: a flood. None is deleted; the
    fact says how many. What is said about the own place of ``actor`` is left for others.

    Raises:
        Refused: not for ``actor``, or no reason was chosen.
    """
    (rules.may_collate(actor, box) & rules.says_why(reason)).require()
    rows = Voice.objects.filter(which, box=box, state=VoiceState.WAITING)
    if actor.person:
        rows = rows.exclude(place__hears=actor.person)
    count = 0
    while keys := list(rows.values_list("pk", flat=True)[:AT_ONCE]):
        with book.writing() as facts:
            found = outcomes.locked_keys(keys)
            Voice.objects.filter(pk__in=[row.pk for row in found]).update(state=VoiceState.HELD)
            for row in found:
                row.state = VoiceState.HELD
            outcomes.write(actor, found, What.HELD, reason=reason)
            data = {"count": len(found), "reason": reason}
            facts.record("box.clear", by=actor, about=box.ref, data=data)
            count += len(found)
    return count


def hold(actor: Actor, voices: Iterable[Voice], reason: str) -> list[Voice]:
    """Hold voices back with a reason that the writers can read; none is deleted.

    Raises:
        Refused: one is not for ``actor``, or no reason was chosen.
    """
    with book.writing() as facts:
        rules.says_why(reason).require()
        found = [v for v in outcomes.locked(voices) if v.state != VoiceState.HELD]
        for voice in found:
            rules.may_hold(actor, voice).require()
            states.move(voice, "hold")
        outcomes.write(actor, found, What.HELD, reason=reason)
        _facts(facts, actor, found, "voice.hold", {"reason": reason})
    return found


def says_something(words: str) -> Verdict:
    """Say whether these are words enough for an answer."""
    return Verdict.of(words, "还没有写答复；只要记下的，请按“记下了”。") & Verdict.of(
        len(words) <= LONGEST_WORDS, f"答复最多 {LONGEST_WORDS} 个字，现在 {len(words)} 个。"
    )


def _may_raise(box: Box, body: Organisation) -> Verdict | None:
    """A collator raises what was put in for the body of the box and those below it."""
    return Verdict.yes() if paths.is_within(body.path, box.organisation.path) else None


def _settle(
    actor: Actor, voices: Iterable[Voice], verb: str, what: What, words: str = "",
    ref: Ref | None = None,
) -> list[Voice]:  # fmt: skip
    with book.writing() as facts:
        found = outcomes.locked(voices)
        Verdict.of(found, "一条也没有选，或者都已经办过了。").require()
        for voice in found:
            rules.may_triage(actor, voice).require()
        outcomes.write(actor, found, what, words=words, ref=ref)
        _facts(facts, actor, found, verb, {"ref": str(ref)} if ref else {})
    return found


def _move(
    actor: Actor, voices: Iterable[Voice], verb: str, sources: Sequence[str], may: Any,
    **changes: Any,
) -> list[Voice]:  # fmt: skip
    with book.writing() as facts:
        found = [voice for voice in outcomes.locked(voices) if voice.state in sources]
        for voice in found:
            may(actor, voice).require()
            states.move(voice, verb, **changes)
        _facts(facts, actor, found, f"voice.{verb}", {})
    return found


def _facts(
    facts: Book, actor: Actor, voices: Sequence[Voice], verb: str, data: dict[str, str]
) -> None:
    for voice in voices:
        facts.record(verb, by=actor, about=voice.ref, data=data)
