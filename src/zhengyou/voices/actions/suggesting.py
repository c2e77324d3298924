"""Make suggestions in one's own name, or of what was put into a box; complete and withdraw them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from zhengyou.kernel import clock, states
from zhengyou.kernel.likeness import bands
from zhengyou.kernel.texts import tidy, tidy_line
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.kernel.workdays import add_workdays
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.voices import ideas_searching, rules
from zhengyou.voices.actions import funnels, steps, triage
from zhengyou.voices.ladder import Ladder
from zhengyou.voices.models import (
    Box,
    Contributor,
    Said,
    Small,
    Suggestion,
    SuggestionSketch,
    Voice,
)
from zhengyou.voices.models.box import LONGEST_TITLE
from zhengyou.voices.models.suggestion import LONGEST_PIECE, LONGEST_TEXT

_END = re.compile(r"[。！？；\n]")


@dataclass(frozen=True, slots=True)
class Words:
    """What a suggestion says."""

    title: str
    text: str
    small: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The fields of a suggestion, made plain."""
        return {
            "title": tidy_line(self.title),
            "text": tidy(self.text).strip(),
            "small": self.small,
        }


def suggest(
    actor: Actor, box: Box, home: Organisation, words: Words, key: UUID | None = None
) -> Suggestion:
    """Make a suggestion in one's own name.

    Args:
        home: the own body, from which it climbs.
        key: of the form; sent twice, it is one suggestion.

    Raises:
        Refused: nobody is signed in, the call takes nothing now, or nothing is said.
    """
    with book.writing() as facts:
        (rules.may_suggest(actor, box, home) & says_enough(words)).require()
        box = funnels.held(box)
        made = Suggestion.objects.filter(form_key=key).first() if key else None
        if made is not None:
            return made
        suggestion = _made(actor, Ladder(box), home, words, form_key=key)
        suggestion.save()
        Contributor.objects.create(suggestion=suggestion, person=actor.person)
        sketch([suggestion])
        facts.record("suggestion.make", by=actor, about=suggestion.ref, data=_data(suggestion))
    return suggestion


def gather(actor: Actor, box: Box, home: Organisation, voices: Iterable[Voice]) -> list[Suggestion]:
    """Make a suggestion of each of these voices, in its own words; who wrote them follows it.

    Raises:
        Refused: not the collator, or nothing was chosen.
        Stale: somebody else was quicker.
    """
    with book.writing() as facts:
        rules.may_gather(actor, box, home).require()
        found = [voice for voice in voices if voice.text]
        Verdict.of(found, "一条也没有选，或者选的没有文字。").require()
        ladder = Ladder(funnels.held(box))
        made = [
            _made(actor, ladder, home, Words(title_of(voice.text), voice.text)) for voice in found
        ]
        Suggestion.objects.bulk_create(made)
        for voice, suggestion in zip(found, made, strict=True):
            _of_voices(actor, suggestion, [voice])
            facts.record("suggestion.make", by=actor, about=suggestion.ref, data=_data(suggestion))
        sketch(made)
    return made


def gather_as_one(
    actor: Actor, box: Box, home: Organisation, voices: Sequence[Voice], words: Words
) -> Suggestion:
    """Make one suggestion of several voices that say the same; all who wrote them follow it.

    Raises:
        Refused: not the collator, nothing was chosen, or nothing is said.
        Stale: somebody else was quicker.
    """
    with book.writing() as facts:
        (rules.may_gather(actor, box, home) & says_enough(words)).require()
        Verdict.of(voices, "一条也没有选。").require()
        suggestion = _made(actor, Ladder(funnels.held(box)), home, words)
        suggestion.save()
        _of_voices(actor, suggestion, voices)
        sketch([suggestion])
        facts.record("suggestion.make", by=actor, about=suggestion.ref, data=_data(suggestion))
    return suggestion


def rewrite(actor: Actor, suggestion: Suggestion, words: Words) -> None:
    """Complete what was returned, and send it again to where it was.

    Raises:
        Refused: not for ``actor``, not returned, or nothing is said.
    """
    with book.writing() as facts:
        row = steps.now(suggestion)
        most = LONGEST_PIECE if row.composite else LONGEST_TEXT
        (rules.may_rewrite(actor, row) & says_enough(words, most)).require()
        states.move(row, "resubmit", **words.fields)
        steps.step(facts, actor, row, Said.RESUBMITTED)
        ideas_searching.follow([row]) if row.composite else sketch([row])


def withdraw(actor: Actor, suggestion: Suggestion, reason: str) -> None:
    """Withdraw the own suggestion, or dissolve a piece: its parts are free again.

    Raises:
        Refused: not for ``actor``, decided already, or no reason.
    """
    with book.writing() as facts:
        row = steps.now(suggestion)
        (rules.may_withdraw(actor, row) & steps.says_why(Said.WITHDRAWN, reason)).require()
        states.move(row, "withdraw")
        row.parts.filter(until=None).update(until=clock.today())
        steps.step(facts, actor, row, Said.WITHDRAWN, reason)


def says_enough(words: Words, most: int = LONGEST_TEXT) -> Verdict:
    """Say whether these are words enough for a suggestion, and not too many."""
    title, text = words.fields["title"], words.fields["text"]
    return (
        Verdict.of(title, "一句话写明建议什么。")
        & Verdict.of(
            len(title) <= LONGEST_TITLE,
            f"题目写了 {len(title)} 个字，最多 {LONGEST_TITLE} 个，细节写在内容里。",
        )
        & Verdict.of(text, "还没有写内容：现在怎样，建议怎么做。")
        & Verdict.of(len(text) <= most, f"内容写了 {len(text)} 个字，最多 {most} 个。")
        & Verdict.of(not words.small or words.small in Small.values, "没有这一种“五小”。")
    )


def title_of(text: str) -> str:
    """Return a title for words that have none: their first sentence, or its beginning."""
    first = tidy_line(_END.split(tidy(text).strip(), maxsplit=1)[0])
    return first if 0 < len(first) <= 30 else f"{tidy_line(text)[:29]}…"


def sketch(suggestions: Iterable[Suggestion]) -> None:
    """Keep what these texts read like, and let them be found, in the place of what was before."""
    rows = list(suggestions)
    ideas_searching.follow(rows)
    SuggestionSketch.objects.filter(suggestion__in=rows).delete()
    SuggestionSketch.objects.bulk_create(
        [
            SuggestionSketch(suggestion=row, box_id=row.box_id, band=band)
            for row in rows
            for band in bands(row.text)
        ],
        batch_size=500,
    )


def answer_by(box: Box, day: date) -> date:
    """Return until when a suggestion made on ``day`` is answered: so many working days after it,
    or after the last day of the call."""
    begin = max(day, box.closes_on) if box.closes_on else day
    return add_workdays(begin, box.answer_days).day


def _made(
    actor: Actor, ladder: Ladder, home: Organisation, words: Words, **more: Any
) -> Suggestion:
    start = ladder.first(home)
    if start is None:
        raise Refused("这次征集还没有定由谁来筛，请先定好层级。")
    level, holder = start
    today = clock.today()
    return Suggestion(
        box=ladder.box, home=home, holder=holder, level=level, began_at=level,
        entered_on=today, entered_by=actor.person, answer_by=answer_by(ladder.box, today),
        **words.fields, **more,
    )  # fmt: skip


def _of_voices(actor: Actor, suggestion: Suggestion, voices: Sequence[Voice]) -> None:
    """Let those who wrote ``voices`` follow the suggestion: only now may a row refer to a voice,
    which is not laid anew any more."""
    taken = triage.to_suggestion(actor, voices, suggestion.ref)
    Contributor.objects.bulk_create(
        Contributor(
            suggestion=suggestion, voice=voice, person_id=voice.author_id,
            signature=voice.signature,
        )
        for voice in taken
    )  # fmt: skip


def _data(suggestion: Suggestion) -> Mapping[str, Any]:
    return {"box": suggestion.box.uid, "body": suggestion.home.uid, "level": suggestion.level.code}
