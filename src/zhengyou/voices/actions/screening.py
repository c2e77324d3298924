"""Screen suggestions at their level, many at once; merge those that say the same."""

from collections.abc import Sequence

from zhengyou.kernel import clock, states
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.ledger.book import Book
from zhengyou.people.actor import Actor
from zhengyou.voices import rules
from zhengyou.voices.actions import steps
from zhengyou.voices.ladder import Ladder
from zhengyou.voices.models import Said, Suggestion, SuggestionState

VERDICTS = (Said.CHOSEN, Said.NOT_CHOSEN, Said.RETURNED)
"""What a level may say."""


def screen(
    actor: Actor, suggestions: Sequence[Suggestion], said: Said, reason: str = ""
) -> list[Suggestion]:
    """Say the same of several: chosen, left out, or returned with a reason.

    What is chosen at a level without a limit goes on to the next one at once.

    Raises:
        Refused: one is not for ``actor``, nothing was chosen, or no reason is given.
        Stale: somebody else was quicker with one.
    """
    with book.writing() as facts:
        Verdict.of(said in VERDICTS, "只能选上、不选或者退回。").require()
        steps.says_why(said, reason).require()
        seen = {row.pk: row.level_id for row in suggestions}
        found = steps.locked(suggestions)
        Verdict.of(found, "一条也没有选。").require()
        gone = [row for row in found if row.state != SuggestionState.WAITING]
        if gone or any(seen[row.pk] != row.level_id for row in found):
            raise Stale(steps.ELSEWHERE)
        for row in found:
            rules.may_screen(actor, row).require()
        ladders = {row.box_id: Ladder(row.box) for row in found}
        for row in found:
            _judge(facts, actor, row, said, reason, ladders[row.box_id])
    return found


def screen_again(actor: Actor, suggestion: Suggestion, reason: str) -> None:
    """Take back a verdict; it waits again at the same level.

    Raises:
        Refused: not for ``actor``, nothing to take back, or no reason.
    """
    with book.writing() as facts:
        row = steps.now(suggestion)
        (rules.may_screen_again(actor, row) & steps.says_why(Said.AGAIN, reason)).require()
        states.move(row, "screen_again", answered_on=None)
        steps.step(facts, actor, row, Said.AGAIN, reason)


def merge(actor: Actor, suggestions: Sequence[Suggestion], into: Suggestion) -> list[Suggestion]:
    """Merge suggestions that say the same into one of them; nobody who made one is lost.

    Raises:
        Refused: not for ``actor``, of another call, decided already, or only one.
    """
    with book.writing() as facts:
        found = steps.locked([*suggestions, into])
        target = next(row for row in found if row.pk == into.pk)
        others = [row for row in found if row.pk != into.pk]
        Verdict.of(others, "只选了一条，没有可以并的。").require()
        for row in found:
            rules.may_merge(actor, row).require()
            same = (row.box_id, row.holder_id) == (target.box_id, target.holder_id)
            Verdict.of(same, "只能并同一次征集、同一级手里的建议。").require()
        for row in others:
            states.move(row, "merge", into=target)
            row.merged.update(into=target)
            steps.step(facts, actor, row, Said.MERGED, into=target.uid)
    return others


def part(actor: Actor, suggestion: Suggestion) -> None:
    """Part a suggestion from that into which it was merged; it waits again by itself.

    Raises:
        Refused: not for ``actor``, or it is merged into none.
    """
    with book.writing() as facts:
        row = steps.now(suggestion)
        rules.may_part(actor, row).require()
        states.move(row, "part", into=None)
        steps.step(facts, actor, row, Said.PARTED)


def _judge(
    facts: Book, actor: Actor, row: Suggestion, said: Said, reason: str, ladder: Ladder
) -> None:
    after = ladder.after(row.level, row.home)
    answered = {"answered_on": clock.today()} if said == Said.NOT_CHOSEN else {}
    states.move(row, steps.VERBS[said], **answered)
    steps.step(facts, actor, row, said, reason)
    if said == Said.CHOSEN and row.level.passes_on and after is not None:
        level, body = after
        here, holder = row.level, row.holder
        states.move(row, "go_up", level=level, holder=body)
        steps.step(facts, actor, row, Said.UP, level=here, body=holder, to=level)
