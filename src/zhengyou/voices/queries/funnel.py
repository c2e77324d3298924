"""How many came, were chosen and went up at each level of a call, on any day.

All is read from the steps, so that a past day and today cannot disagree.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhengyou.climb.history import end_of
from zhengyou.voices.models import Box, CallLevel, Said, Screening, Suggestion, Where

WAITING, MERGED, GONE, UP = "waiting", "merged", "gone", "up"
CHOSEN = (Said.CHOSEN, UP, Said.ADOPTED, Said.DECLINED)
_AFTER = {
    Said.RESUBMITTED: WAITING, Said.AGAIN: WAITING, Said.PARTED: WAITING, Said.MERGED: MERGED,
    Said.WITHDRAWN: GONE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LevelCount:
    """One level in numbers. ``pieces``: composed here, ``up``: what went to the level above,
    pieces among them."""

    level: CallLevel
    came: int
    waiting: int
    chosen: int
    left_out: int
    returned: int
    merged: int
    adopted: int
    declined: int
    up: int

    @property
    def rule(self) -> str:
        """What the call wants of this level, in words."""
        level = self.level
        words = [f"{Where(level.where).label}组织筛"]
        words += [f"至少选 {level.chosen_least} 条"] if level.chosen_least else []
        words += ["合成一份"] if level.as_piece else []
        words += [f"最多上报 {level.most_up} 份"] if level.most_up else []
        return "，".join(words)


def funnel_of(box: Box, day: date) -> list[LevelCount]:
    """Return the levels of ``box`` in numbers, at the end of ``day``. Three queries."""
    levels = list(box.levels.order_by("number"))
    made = Suggestion.objects.filter(box=box, entered_on__lte=day)
    rows = made.values_list("pk", "began_at_id", "composite")
    steps = Screening.objects.filter(suggestion__box=box, decided_at__lt=end_of(day))
    way = steps.order_by("pk").values_list("suggestion_id", "answer", "level_id", "to_id")
    stood = _replay(rows, way)
    return [_count(level, stood.get(level.pk, Counter())) for level in levels]


def _replay(
    rows: Iterable[tuple[int, int, bool]], way: Iterable[tuple[int, str, int, Any]]
) -> dict[int, Counter[tuple[str, bool]]]:
    """Return by level how many stand there in which way; (way, made here as a piece)."""
    stands = {pk: {began: Said.CHOSEN if piece else WAITING} for pk, began, piece in rows}
    made_here = {(pk, began) for pk, began, piece in rows if piece}
    for pk, answer, level, to in way:
        places: dict[int, str] = stands.setdefault(pk, {})
        if answer == Said.UP:
            places[level], places[to] = UP, WAITING
        elif answer == Said.CALLED_BACK:
            places.pop(level, None)
            places[to] = Said.CHOSEN
        else:
            places[level] = _AFTER.get(Said(answer), answer)
    found: dict[int, Counter[tuple[str, bool]]] = {}
    for pk, places in stands.items():
        for level, how in places.items():
            found.setdefault(level, Counter())[str(how), (pk, level) in made_here] += 1
    return found


def _count(level: CallLevel, stood: Counter[tuple[str, bool]]) -> LevelCount:
    came = Counter({how: number for (how, here), number in stood.items() if not here})
    return LevelCount(
        level,
        came=sum(came.values()) - came[GONE],
        waiting=came[WAITING],
        chosen=sum(came[str(how)] for how in CHOSEN),
        left_out=came[Said.NOT_CHOSEN],
        returned=came[Said.RETURNED],
        merged=came[MERGED],
        adopted=came[Said.ADOPTED] + stood[str(Said.ADOPTED), True],
        declined=came[Said.DECLINED] + stood[str(Said.DECLINED), True],
        up=came[UP] + stood[UP, True],
    )


WIDTH, EACH = 300, 66
"""Of the drawing: its greatest width, and the height of a level."""


def shape_of(counts: list[LevelCount]) -> dict[str, Any]:
    """Return the funnel as it is drawn: a level is as wide above as what came, and below as what
    was chosen."""
    most = max((count.came for count in counts), default=0) or 1
    levels = []
    for place, count in enumerate(counts):
        above, below = WIDTH * count.came / most, WIDTH * count.chosen / most
        top, bottom, middle = place * EACH + 24, place * EACH + 54, WIDTH / 2
        corners = (
            (middle - above / 2, top), (middle + above / 2, top),
            (middle + below / 2, bottom), (middle - below / 2, bottom),
        )  # fmt: skip
        levels.append(
            {
                "words": f"{count.level.title}：收到 {count.came}，选上 {count.chosen}"
                + (f"，上报 {count.up}" if count.up and not count.level.passes_on else ""),
                "y": top - 8,
                "points": " ".join(f"{x:.1f},{y}" for x, y in corners),
            }
        )
    return {"levels": levels, "height": EACH * len(counts), "width": WIDTH}
