"""Say which levels a call has."""

from collections.abc import Sequence
from dataclasses import dataclass

from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.voices import rules
from zhengyou.voices.models import Box, BoxOffer, CallLevel, Where
from zhengyou.voices.models.funnel import LONGEST_LEVEL, MOST_LEVELS


@dataclass(frozen=True, slots=True)
class LevelData:
    """A level as a form or a blueprint gives it."""

    title: str
    where: Where
    chosen_least: int | None = None
    most_up: int | None = None
    as_piece: bool = False
    code: str = ""


def set_levels(actor: Actor, box: Box, levels: Sequence[LevelData]) -> list[CallLevel]:
    """Put these levels in the place of those of ``box``, as long as no suggestion is on its way.

    Raises:
        Refused: not for ``actor``, suggestions are on their way, or the levels make no way up.
    """
    with book.writing() as facts:
        _locked(box)
        (rules.may_set_levels(actor, box) & make_a_way(levels)).require()
        box.levels.all().delete()
        made = _write(box, levels)
        facts.record("box.set_levels", by=actor, about=box.ref, data={"count": len(made)})
    return made


def take_over(box: Box, offer: BoxOffer | None) -> None:
    """Give a new box the levels that its campaign proposes."""
    if offer is None:
        return
    _write(
        box,
        [
            LevelData(
                row.title, Where(row.where), row.chosen_least, row.most_up, row.as_piece, row.code
            )
            for row in offer.levels.all()
        ],
    )


def held(box: Box) -> Box:
    """Return ``box`` locked, with levels: where nobody named any, its body screens, and so many
    of the chosen go up as the box says.

    Inside a transaction, before a suggestion is made.
    """
    box = _locked(box)
    if not box.levels.exists():
        _write(box, usual(box))
    return box


def usual(box: Box) -> list[LevelData]:
    """Return the levels of a box for which nobody named any."""
    here = LevelData(box.organisation.name[:LONGEST_LEVEL], Where.HERE, most_up=box.max_go_up)
    if not box.max_go_up or box.organisation.parent_id is None:
        return [here]
    return [here, LevelData("上级", Where.ABOVE)]


def make_a_way(levels: Sequence[LevelData]) -> Verdict:
    """Say whether levels make a way up: some, each further up than the one before."""
    wheres = [level.where for level in levels]
    titles = [tidy_line(level.title) for level in levels]
    return (
        Verdict.of(levels, "至少要有一级来筛。")
        & Verdict.of(len(levels) <= MOST_LEVELS, f"最多 {MOST_LEVELS} 级。")
        & Verdict.of(all(titles), "每一级都要有名称。")
        & Verdict.of(
            all(len(title) <= LONGEST_LEVEL for title in titles),
            f"一级的名称最多 {LONGEST_LEVEL} 个字。",
        )
        & Verdict.of(wheres == sorted(set(wheres)), "要从下往上一级一级写，同一级组织只筛一次。")
        & Verdict.of(all((level.most_up or 1) >= 1 for level in levels), "最多上报几份，至少是 1。")
    )


def _write(box: Box, levels: Sequence[LevelData]) -> list[CallLevel]:
    last = len(levels)
    return CallLevel.objects.bulk_create(
        CallLevel(
            box=box, number=number, code=level.code or f"level-{number}",
            title=tidy_line(level.title), where=level.where, chosen_least=level.chosen_least,
            most_up=level.most_up if number < last else None,
            as_piece=level.as_piece and number < last,
        )
        for number, level in enumerate(levels, start=1)
    )  # fmt: skip


def _locked(box: Box) -> Box:
    Box.objects.select_for_update(no_key=True).get(pk=box.pk)
    return Box.objects.select_related("organisation", "collator", "campaign").get(pk=box.pk)
