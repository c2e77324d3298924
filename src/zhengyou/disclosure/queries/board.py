"""What a body lays open, by category and period: what is there, not yet due, missing since when.

The state of a period is that of its duty (``work.survey``), as of any day: nothing is reckoned.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from zhengyou.campaigns.models import Campaign
from zhengyou.disclosure.models import (
    Audience,
    DisclosedItem,
    DisclosureTopic,
    ItemState,
    standing,
)
from zhengyou.disclosure.refs import page_of
from zhengyou.kernel import clock
from zhengyou.people.models import Organisation
from zhengyou.ui.text import long_date, short_date
from zhengyou.work.models import Duty, DutyState
from zhengyou.work.queries.compliance import with_duties
from zhengyou.work.survey import Line, Survey, begun
from zhengyou.work.turns import Turn

DAY = timedelta(days=1)
OPEN = (DutyState.DUE, DutyState.OVERDUE, DutyState.WHENEVER)
"""How a period stands for which something may still be laid open."""


@dataclass(slots=True)
class Shown:
    """One item in a cell: what it is called, where it is, what came of it since."""

    title: str
    url: str
    words: str
    state: ItemState


@dataclass(slots=True)
class Cell:
    """One period of a topic.

    Args:
        badge: kind and words; since: from when on it is missing, None: it is not.
        open: something may still be laid open.
    """

    label: str
    start: date
    badge: tuple[str, str]
    words: str = ""
    since: date | None = None
    shown: list[Shown] = field(default_factory=list)
    open: bool = False

    @property
    def address(self) -> str:
        """The period in addresses."""
        return self.start.isoformat()


@dataclass(slots=True)
class TopicLine:
    """One topic with its periods, the newest first."""

    topic: DisclosureTopic
    cells: list[Cell] = field(default_factory=list)

    @property
    def missing(self) -> list[Cell]:
        """The periods that are missing."""
        return [cell for cell in self.cells if cell.since]

    @property
    def asks(self) -> str:
        """What must be in it, in one line."""
        return "、".join(self.topic.must)


@dataclass(slots=True)
class Shelf:
    """One category."""

    title: str
    lines: list[TopicLine] = field(default_factory=list)


@dataclass(slots=True)
class Board:
    """What a body lays open, as of a day; ``years``: those for which there is something."""

    body: Organisation
    day: date
    year: int
    years: list[int]
    shelves: list[Shelf]
    campaigns: list[Campaign]

    @property
    def lines(self) -> list[TopicLine]:
        """All topics."""
        return [line for shelf in self.shelves for line in shelf.lines]

    @property
    def missing(self) -> int:
        """How many periods are missing."""
        return sum(len(line.missing) for line in self.lines)

    @property
    def out(self) -> int:
        """How many periods are there."""
        return sum(cell.badge[0] == "done" for line in self.lines for cell in line.cells)

    @property
    def headline(self) -> str:
        """The finding in one sentence."""
        if not self.lines:
            return f"{self.body.name}没有要公开的事项"
        said = [f"公开了 {self.out} 项" if self.out else "还没有公开的"]
        if self.missing:
            said.append(f"{self.missing} 项到期没有公开")
        return f"{self.body.name}，{'，'.join(said)}"


def topics_of(body: Organisation, day: date, public: bool) -> list[DisclosureTopic]:
    """Return the topics of the campaigns in whose subtree ``body`` stood. Three queries."""
    runs = with_duties(day, [body.pk])
    rows = DisclosureTopic.objects.filter(duty__campaign__in=runs)
    if public:
        rows = rows.filter(audience=Audience.PUBLIC)
    return list(
        rows.select_related("duty__campaign__organisation")
        .prefetch_related("duty__terms__phase", "duty__campaign__phases")
        .order_by("-duty__campaign__starts_on", "duty__campaign", "order", "pk")
    )


def board_of(
    body: Organisation, day: date, year: int | None = None, *, public: bool = True
) -> Board:
    """Return what ``body`` lays open in ``year`` (default: that of ``day``) as of ``day``; however
    many periods and items there are, the queries are the same.

    Args:
        public: False: what is for the body's own people, and drafts, included.
    """
    topics = topics_of(body, day, public)
    lines = _standing(body, topics, day)
    items = _items(body, topics, public)
    years = sorted({line.turn.last.year for rows in lines.values() for line in rows}
                   | {item.last_on.year for item in items} | {day.year}, reverse=True)  # fmt: skip
    wanted = year if year in years else day.year
    shelves: dict[str, Shelf] = {}
    for topic in topics:
        own = [item for item in items if item.topic_id == topic.pk]
        row = TopicLine(topic, _cells(lines[topic.duty_id], own, day, wanted, public))
        if row.cells:
            shelves.setdefault(topic.category, Shelf(topic.category)).lines.append(row)
    runs = list(dict.fromkeys(topic.duty.campaign for topic in topics))
    return Board(body, day, wanted, years, list(shelves.values()), runs)


def _standing(
    body: Organisation, topics: Sequence[DisclosureTopic], day: date
) -> dict[int, list[Line]]:
    """Return how each topic's duty stands in all periods begun by ``day``, by duty."""
    duties: dict[Campaign, list[Duty]] = defaultdict(list)
    for topic in topics:
        duties[topic.duty.campaign].append(topic.duty)
    found: dict[int, list[Line]] = defaultdict(list)
    for campaign, asked in duties.items():
        survey = Survey(campaign, day, body=body, deep=False, duties=asked, choose=begun)
        for line in survey.lines():
            if line.subject.kind == "organisation" and line.subject.pk == body.pk:
                found[line.duty.pk].append(line)
    return found


def _items(
    body: Organisation, topics: Iterable[DisclosureTopic], public: bool
) -> list[DisclosedItem]:
    shown = Q(state__in=[ItemState.PUBLISHED, ItemState.WITHDRAWN]) if public else Q()
    rows = DisclosedItem.objects.filter(shown, organisation=body, topic__in=list(topics))
    return list(rows.select_related("topic__duty").prefetch_related("versions"))


def _cells(
    lines: Iterable[Line], items: list[DisclosedItem], day: date, year: int, public: bool
) -> list[Cell]:
    cells, placed = [], set()
    for line in lines:
        mine = [item for item in items if line.turn.start <= item.last_on < line.turn.end]
        placed |= {item.pk for item in mine}
        if line.turn.last.year == year:
            cells.append(_cell(line, mine, day, public))
    for item in items:  # of a period that is not asked for, or was asked for in other words
        if item.pk not in placed and item.last_on.year == year and (rows := _shown([item], day)):
            label = ("done", "已公开") if item.state == ItemState.PUBLISHED else ("off", "已撤下")
            cells.append(Cell(item.period, item.starts_on, label, shown=rows))
    return sorted(cells, key=lambda cell: cell.start, reverse=True)


def _cell(line: Line, items: list[DisclosedItem], day: date, public: bool) -> Cell:
    badge, words, since = _said(line, day)
    cell = Cell(line.turn.label, line.turn.start, badge, words, since)
    cell.shown = _shown(items, day, drafts=not public)
    cell.open = line.state in OPEN
    return cell


def _said(line: Line, day: date) -> tuple[tuple[str, str], str, date | None]:
    """Return badge, a line of words, and from when on it is missing."""
    turn = line.turn
    if line.state == DutyState.DONE:
        label = "晚了，已补上" if line.done.late else "已公开"
        return ("done", label), "", None
    if line.state == DutyState.OVERDUE:
        since = turn.closes + DAY
        return ("late", "没有公开"), f"{long_date(turn.closes)}到期，{_days(since, day)}", since
    if line.state == DutyState.EXEMPT:
        return ("off", "这一期免"), "", None
    if line.state == DutyState.UNSET:
        return ("wait", "没定多久一次"), "", None
    if line.state == DutyState.WHENEVER:
        return ("off", "适时"), "有了就公开", None
    return _not_yet(turn, day)


def _not_yet(turn: Turn, day: date) -> tuple[tuple[str, str], str, date | None]:
    if turn.is_over(day) or day > turn.last:
        return ("due", "还没公开"), f"{long_date(turn.closes)}前公开", None
    return ("todo", "还没到期"), f"{long_date(turn.closes)}前公开", None


def _days(since: date, day: date) -> str:
    return f"过了 {(day - since).days + 1} 天"


def _shown(items: Iterable[DisclosedItem], day: date, drafts: bool = False) -> list[Shown]:
    today = day == clock.today()
    found = []
    for item in items:
        state = ItemState(item.state)
        out = item.published_on is not None and item.published_on <= day
        if not out and not (drafts and today):
            continue
        version = standing(list(item.versions.all()), day if out else None)
        if version is None:
            continue
        title = str(item) if state == ItemState.WITHDRAWN else version.title
        found.append(Shown(title, page_of(item), _when(item, version.number, version.on), state))
    return found


def _when(item: DisclosedItem, number: int, on: date | None) -> str:
    """Say when it was laid open, corrected, taken off."""
    if item.state == ItemState.WITHDRAWN and item.withdrawn_on:
        return f"{short_date(item.withdrawn_on)}撤下：{item.withdrawn_why}"
    if on is None or item.published_on is None:
        return str(ItemState(item.state).label)
    said = f"{short_date(item.published_on)}公开"
    return f"{said}，{short_date(on)}更正过" if number > 1 else said
