"""Which body stands in which group on a day, by which criteria, with the rows behind each number.

All bodies are reckoned at once: a bounded number of queries for each criterion, however many.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.core.paginator import Page, Paginator

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections import facts
from zhengyou.inspections.facts import Fact, Question, Row
from zhengyou.inspections.models.tier import TierCriterion, TierScheme, TierTerms
from zhengyou.inspections.tiers.reckoning import Mark, Move, Number, next_move, tier_of
from zhengyou.inspections.tiers.saying import (
    criterion_words,
    lack_words,
    met_words,
    move_words,
    rule_words,
)
from zhengyou.inspections.tiers.words import BADGES, Is, Side, Tier
from zhengyou.kernel import paths, refs
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Placement
from zhengyou.people.queries.tree import names_on, placement_on

LINES = 50
"""Bodies on a page."""
MOST = 200
"""Rows behind a number that a page shows."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the day, in words."""

    row: TierCriterion
    fact: Fact
    words: str

    @property
    def side(self) -> str:
        """先进 or 落后."""
        return str(Side(self.row.side).label)


@dataclass(frozen=True, slots=True)
class Seen:
    """How a body stands to one criterion."""

    criterion: Criterion
    mark: Mark
    rows: Sequence[Row] = ()

    @property
    def number(self) -> str:
        """The number in words."""
        return self.mark.number.text(self.criterion.fact.unit)

    @property
    def kind(self) -> str:
        """The badge: to meet a leading criterion is good, a lagging one is not."""
        if self.mark.met is None:
            return "off"
        if self.mark.side == Side.LEADING:
            return "done" if self.mark.met else "todo"
        return "late" if self.mark.met else "done"

    @property
    def label(self) -> str:
        """The badge's words."""
        if self.mark.met is None:
            return "不看"
        return met_words(self.mark.side, self.mark.met)

    @property
    def lack(self) -> str:
        """What is missing to be better off."""
        return lack_words(self.mark, self.criterion.row.fact)


@dataclass(frozen=True, slots=True)
class Line:
    """A body with its group and how it stands to each criterion."""

    uid: UUID
    name: str
    tier: Tier
    seen: Sequence[Seen]
    why: str = ""
    move: Move | None = None

    @property
    def kind(self) -> str:
        """The badge."""
        return BADGES[self.tier]

    @property
    def to_do(self) -> list[Seen]:
        """The criteria to be mended to get into the next group."""
        return [self.seen[place] for place in self.move.marks] if self.move else []

    @property
    def move_words(self) -> str:
        """What would move it."""
        return move_words(self.move) if self.move else ""


@dataclass(slots=True)
class Board:
    """The groups of a day; ``terms`` None: nothing was set by then."""

    scheme: TierScheme | None
    day: date
    terms: TierTerms | None = None
    criteria: list[Criterion] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def counts(self) -> Counter[Tier]:
        """How many bodies stand in each group."""
        return Counter(line.tier for line in self.lines)

    @property
    def rule(self) -> list[str]:
        """The rule in sentences."""
        if self.terms is None:
            return []
        sides = Counter(row.row.side for row in self.criteria)
        return rule_words(
            self.terms.lagging_at, self.terms.new_days, sides[Side.LEADING], sides[Side.LAGGING]
        )

    def page(self, tier: str, number: str | None) -> Page[Line]:
        """Return a page of the bodies of one group (as typed; else of all), in the tree's order."""
        lines = [line for line in self.lines if tier not in Tier.values or line.tier == tier]
        return Paginator(lines, LINES).get_page(number)


def scheme_of(campaign: Campaign, body: Organisation) -> TierScheme | None:
    """Return by what ``body`` tells apart in ``campaign``; None: it does not."""
    return TierScheme.objects.filter(campaign=campaign, organisation=body).first()


def board_of(
    campaign: Campaign, keeper: Organisation, day: date, only: Collection[int] | None = None
) -> Board:
    """Return the groups of the bodies below ``keeper`` on ``day``.

    Args:
        only: reckon these bodies alone.
    """
    scheme, place = scheme_of(campaign, keeper), placement_on(day, keeper)
    board = Board(scheme, day)
    if scheme is None or place is None:
        return board
    scheme.campaign = campaign
    board.terms = TierTerms.objects.on(day).filter(scheme=scheme).first()
    if board.terms is None:
        return board
    board.criteria = _criteria(scheme, day)
    placed = list(
        Placement.objects.on(day).filter(paths.within("path", place.path))
        .select_related("organisation").order_by("path")
    )  # fmt: skip
    asked = [row for row in placed if _is_asked(row, board.terms, place.path, only)]
    names = names_on(day, place.path)
    found = _read(board, campaign, placed, asked)
    for row in asked:
        name = names.get(row.organisation_id, row.organisation.name)
        board.lines.append(_line(board, row.organisation, name, found))
    return board


def _is_asked(row: Placement, terms: TierTerms, top: str, only: Collection[int] | None) -> bool:
    inside = row.path != top and row.organisation.kind in terms.kinds
    return inside and (only is None or row.organisation_id in only)


def _criteria(scheme: TierScheme, day: date) -> list[Criterion]:
    """Return what is looked at on a day; a fact that no room offers any more is left out."""
    rows = TierCriterion.objects.on(day).filter(scheme=scheme)
    found = []
    for row in sorted(rows, key=lambda each: (each.side != Side.LEADING, each.order, each.pk)):
        fact = facts.find(row.fact)
        if fact is not None:
            row.scheme = scheme
            found.append(Criterion(row, fact, words_of(row, scheme.campaign)))
    return found


def words_of(row: TierCriterion, campaign: Campaign) -> str:
    """Return a criterion in words, by the title of that of which it is counted."""
    fact = facts.find(row.fact)
    titles = dict(fact.choices(campaign)) if row.of and fact and fact.choices else {}
    return criterion_words(row.fact, titles.get(row.of, row.of), row.compare, row.than)


def _read(
    board: Board, campaign: Campaign, placed: Sequence[Placement], asked: Sequence[Placement]
) -> dict[tuple[str, str], dict[int, Sequence[Row]]]:
    """Return the rows behind every number; the same fact of the same thing is read once."""
    places = {row.organisation_id: row.path for row in placed}
    homes = {row.organisation_id: row.path for row in asked}
    found: dict[tuple[str, str], dict[int, Sequence[Row]]] = {}
    for each in board.criteria:
        key = (each.row.fact, each.row.of)
        if key not in found:
            question = Question(campaign, board.day, homes, places, each.row.of)
            found[key] = dict(each.fact.read(question))
    return found


def _line(
    board: Board,
    body: Organisation,
    name: str,
    found: dict[tuple[str, str], dict[int, Sequence[Row]]],
) -> Line:
    assert board.terms is not None
    seen = []
    for each in board.criteria:
        rows = found[each.row.fact, each.row.of].get(body.pk, ())
        number = Number.of(each.fact.shape, rows)
        mark = Mark(Side(each.row.side), number, Is(each.row.compare), each.row.than)
        seen.append(Seen(each, mark, rows))
    marks, least = [each.mark for each in seen], board.terms.lagging_at
    if body.founded_on > board.day - timedelta(days=board.terms.new_days):
        why = f"{board.terms.new_days} 天以内新成立"
        return Line(body.uid, name, Tier.UNKNOWN, seen, why)
    tier = tier_of(marks, least)
    why = "没有可算的" if tier == Tier.UNKNOWN else ""
    return Line(body.uid, name, tier, seen, why, next_move(marks, least))


@dataclass(frozen=True, slots=True)
class Behind:
    """One thing behind a number, as the reader may see it."""

    title: str
    url: str
    note: str
    counts: str


def behind(seen: Seen, actor: Actor) -> list[Behind]:
    """Return the rows behind a number; what the reader may not open has no title and no link.
    What is still to be done comes first."""
    wanted = seen.mark.number.shape is facts.Shape.RATE
    rows = sorted(seen.rows, key=lambda row: wanted and row.part >= row.whole)[:MOST]
    targets = refs.resolve_all({row.ref for row in rows if row.ref}, actor)
    found = []
    for row in rows:
        target = targets.get(row.ref) if row.ref else None
        shown = target is not None and target.visible
        title = target.title if target and shown else row.words
        url = target.url if target and shown else row.url
        counts = f"{row.whole} 里 {row.part}" if wanted else str(row.part)
        found.append(Behind(title, url, row.note, counts))
    return found
