"""Compose a piece, bring it or a single suggestion to the level above, call it back."""

from collections.abc import Iterable, Sequence

from zhengyou.kernel import clock, states
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.voices import ideas_searching, rules
from zhengyou.voices.actions import steps
from zhengyou.voices.actions.suggesting import Words, answer_by, says_enough
from zhengyou.voices.ladder import Ladder
from zhengyou.voices.models import (
    Ascent,
    Box,
    CallLevel,
    Part,
    Said,
    Suggestion,
    SuggestionState,
)
from zhengyou.voices.models.suggestion import LONGEST_PIECE

FEWEST_PARTS = 2
S = SuggestionState
CHOSEN_HERE = (S.CHOSEN, S.ADOPTED)


def compose(
    actor: Actor,
    box: Box,
    level: CallLevel,
    body: Organisation,
    suggestions: Sequence[Suggestion],
    words: Words,
) -> Suggestion:
    """Compose one piece of several chosen suggestions, in the order given; parts and those who
    made them stay known.

    Raises:
        Refused: not for ``actor``, too few, one is not chosen here or stands in another piece.
    """
    with book.writing() as facts:
        rules.may_compose(actor, box, level, body).require()
        says_enough(words, LONGEST_PIECE).require()
        assert actor.person is not None  # the rule has asked
        today = clock.today()
        piece = Suggestion.objects.create(
            box=box, home=body, holder=body, level=level, began_at=level, composite=True,
            state=S.CHOSEN, entered_on=today, entered_by=actor.person,
            answer_by=answer_by(box, today), **words.fields,
        )  # fmt: skip
        _set_parts(piece, suggestions)
        ideas_searching.follow([piece])
        parts = [row.uid for row in suggestions]
        facts.record(
            "suggestion.compose", by=actor, about=piece.ref, data={"box": box.uid, "parts": parts}
        )
    return piece


def recompose(
    actor: Actor, piece: Suggestion, suggestions: Sequence[Suggestion], words: Words
) -> None:
    """Give a piece other words and parts, as long as it is not up.

    Raises:
        Refused: not for ``actor``, up already, or as for :func:`compose`.
    """
    with book.writing() as facts:
        row = steps.now(piece)
        (rules.may_recompose(actor, row) & says_enough(words, LONGEST_PIECE)).require()
        row.title, row.text = words.fields["title"], words.fields["text"]
        row.save(update_fields=["title", "text"])
        _set_parts(row, suggestions)
        ideas_searching.follow([row])
        parts = [each.uid for each in suggestions]
        facts.record("suggestion.recompose", by=actor, about=row.ref, data={"parts": parts})


def go_up(actor: Actor, suggestion: Suggestion) -> Ascent:
    """Bring a piece, or what was chosen by itself, to the level above; it takes one of the places.

    Raises:
        Refused: not for ``actor``, no level above, too few chosen, or no place left: in words.
    """
    with book.writing() as facts:
        CallLevel.objects.select_for_update(no_key=True).get(pk=suggestion.level_id)
        row = steps.now(suggestion)
        rules.may_go_up(actor, row).require()
        level, body, after = row.level, row.holder, Ladder(row.box).after(row.level, row.home)
        if after is None:
            raise Refused(f"{level.title}已经是最后一级，上面没有再筛的了。")
        (rules.has_place(level, body) & chosen_enough(level, body)).require()
        assert actor.person is not None  # the rule has asked
        today = clock.today()
        ascent = Ascent.objects.create(
            suggestion=row, level=level, organisation=body, went_on=today, by=actor.person
        )
        states.move(row, "go_up", level=after[0], holder=after[1], answered_on=today)
        _answered(row)
        steps.step(facts, actor, row, Said.UP, level=level, body=body, to=after[0])
    return ascent


def call_back(actor: Actor, suggestion: Suggestion, reason: str) -> None:
    """Call back what went up: its place is free again, and why stands there.

    Raises:
        Refused: not for ``actor``, the level above has decided, or no reason.
    """
    with book.writing() as facts:
        row = steps.now(suggestion)
        ascent = last_ascent(row)
        (
            rules.may_call_back(actor, row, ascent) & steps.says_why(Said.CALLED_BACK, reason)
        ).require()
        assert ascent is not None  # the rule has asked
        ascent.freed_on, ascent.freed_why = clock.today(), tidy(reason).strip()
        ascent.save(update_fields=["freed_on", "freed_why"])
        level, body = row.level, row.holder
        states.move(row, "call_back", level=ascent.level, holder=ascent.organisation)
        steps.step(
            facts, actor, row, Said.CALLED_BACK, reason, level=level, body=body, to=ascent.level
        )


def last_ascent(suggestion: Suggestion) -> Ascent | None:
    """Return the place that a suggestion has taken right below where it stands now."""
    rows = suggestion.ascents.filter(freed_on=None, level__number__lt=suggestion.level.number)
    return rows.select_related("level", "organisation").order_by("-level__number").first()


def chosen_enough(level: CallLevel, body: Organisation) -> Verdict:
    """Say whether so many were chosen as the call wants."""
    if not level.chosen_least:
        return Verdict.yes()
    count = Suggestion.objects.filter(
        level=level, holder=body, composite=False, state__in=CHOSEN_HERE
    ).count()
    return Verdict.of(
        count >= level.chosen_least,
        f"{level.title}至少选 {level.chosen_least} 条才上报，现在选上 {count} 条。",
    )


def composed(suggestions: Iterable[Suggestion]) -> str:
    """Return the first draft of a piece: the parts, numbered."""
    return "\n\n".join(
        f"{number}．{row.title}\n{row.text}" for number, row in enumerate(suggestions, start=1)
    )


def _set_parts(piece: Suggestion, suggestions: Sequence[Suggestion]) -> None:
    wanted = steps.locked(suggestions)
    _fit(piece, wanted).require()
    today, keys = clock.today(), [row.pk for row in suggestions]
    standing = {part.suggestion_id: part for part in piece.parts.filter(until=None)}
    piece.parts.filter(until=None).exclude(suggestion__in=keys).update(until=today)
    for order, key in enumerate(keys, start=1):
        part = standing.get(key) or Part(piece=piece, suggestion_id=key, since=today)
        part.order = order
        part.save()


def _fit(piece: Suggestion, rows: Sequence[Suggestion]) -> Verdict:
    elsewhere = Part.objects.filter(suggestion__in=rows, until=None).exclude(piece=piece)
    other = elsewhere.select_related("piece", "suggestion").first()
    stray = next(
        (
            row
            for row in rows
            if row.box_id != piece.box_id or row.composite or row.state not in CHOSEN_HERE
        ),
        None,
    )
    return (
        Verdict.of(len(rows) >= FEWEST_PARTS, f"综合稿至少由 {FEWEST_PARTS} 条合成。")
        & Verdict.of(stray is None, f"《{stray}》不是这次征集选上的，不能编进来。")
        & Verdict.of(other is None, f"《{other and other.suggestion}》已经编在另一份综合稿里。")
    )


def _answered(piece: Suggestion) -> None:
    """Those whose suggestion stands in a piece that goes up have their answer."""
    standing = piece.parts.filter(until=None).values("suggestion")
    Suggestion.objects.filter(pk__in=standing, answered_on=None).update(answered_on=clock.today())
