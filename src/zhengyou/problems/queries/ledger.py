"""The rectification ledger (整改台账) of a body and what is below it: derived, of any day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from zhengyou.campaigns.models import Campaign
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.problems import rules, sources
from zhengyou.problems.climbing import Standing
from zhengyou.problems.models import LIVE, SETTLED, Problem, ProblemState, is_overdue
from zhengyou.problems.queries.of_source import BADGES
from zhengyou.problems.queries.risen import reached
from zhengyou.problems.queries.standing import answered_by, late_on, standing_on

PER_PAGE = 50
BATCH = 200
GOING, LATE, TO_VERIFY, DONE, ALL = "going", "late", "verify", "done", "all"
WHICH: Mapping[str, str] = {
    GOING: "在办", LATE: "过期", TO_VERIFY: "等验收销号", DONE: "已了结", ALL: "全部",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """What is asked of a ledger.

    Args:
        which: a key of :data:`WHICH`; source: a kind of things; campaign: a uid as typed.
        sort: ``due`` or ``found``, "-" before it for descending.
    """

    day: date
    which: str = GOING
    source: str = ""
    campaign: str = ""
    sort: str = ""
    page: str = "1"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """A problem as it stood on the day. ``risen_to``: the body to which it had climbed, overdue."""

    problem: Problem
    badge: str
    state: str
    owner: str
    due_on: date | None
    late_days: int
    source: str
    risen_to: str = ""


@dataclass(slots=True)
class Ledger:
    """One page of a ledger and the counts of the whole."""

    body: Organisation
    query: LedgerQuery
    lines: list[LedgerLine]
    page: Page[Any]
    counts: dict[str, int]
    kinds: list[tuple[str, str]]
    campaigns: list[Campaign]


def ledger_of(actor: Actor, body: Organisation, query: LedgerQuery) -> Ledger:
    """Return a page of the ledger, as far as ``actor`` may see the problems. A constant number of
    queries."""
    every = standing_on(query.day).filter(
        answered_by(body, query.day), rules.visible_problems(actor)
    )
    counts = _counts(every, query.day)
    page = Paginator(_asked(every, query), PER_PAGE).get_page(query.page)
    known = {source.kind: source.label for source in sources.known()}
    kinds = every.order_by().values_list("source_kind", flat=True).distinct()
    running = Campaign.objects.filter(pk__in=every.order_by().values("campaign"))
    return Ledger(
        body, query, _lines(page.object_list, query.day), page, counts,
        sorted((kind, known.get(kind, "其他")) for kind in kinds), list(running.order_by("pk")),
    )  # fmt: skip


def lines_for(actor: Actor, body: Organisation, query: LedgerQuery) -> Iterator[LedgerLine]:
    """Yield all lines, a batch at a time: for the workbook."""
    every = standing_on(query.day).filter(
        answered_by(body, query.day), rules.visible_problems(actor)
    )
    keys = list(_asked(every, query).values_list("pk", flat=True))
    for some in batched(keys, BATCH):
        rows = {row.pk: row for row in _loaded(every.filter(pk__in=some))}
        yield from _lines([rows[key] for key in some], query.day)


def _counts(every: QuerySet[Problem], day: date) -> dict[str, int]:
    counts = every.order_by().aggregate(
        **{which: Count("pk", filter=_which(which, day)) for which in WHICH}
    )
    return dict(counts)


def _which(which: str, day: date) -> Q:
    if which == LATE:
        return late_on(day)
    if which == TO_VERIFY:
        return Q(at_state__in=(ProblemState.SUBMITTED, ProblemState.VERIFIED))
    if which == DONE:
        return Q(at_state__in=SETTLED)
    return Q(pk__isnull=False) if which == ALL else ~Q(at_state__in=SETTLED)


def _asked(every: QuerySet[Problem], query: LedgerQuery) -> QuerySet[Problem]:
    rows = every.filter(_which(query.which, query.day))
    if query.source:
        rows = rows.filter(source_kind=query.source)
    if query.campaign:
        rows = rows.filter(campaign__uid=query.campaign)
    order = {
        "": ("at_due", "pk"), "due": ("at_due", "pk"), "-due": ("-at_due", "-pk"),
        "found": ("found_on", "pk"), "-found": ("-found_on", "-pk"),
    }[query.sort]  # fmt: skip
    return _loaded(rows).order_by(*order)


def _loaded(rows: QuerySet[Problem]) -> QuerySet[Problem]:
    return rows.select_related("organisation__parent__parent", "campaign")


def _lines(rows: Iterable[Any], day: date) -> list[LedgerLine]:
    rows = list(rows)
    owners = Person.objects.filter(pk__in={row.at_owner for row in rows if row.at_owner})
    names = dict(owners.values_list("pk", "name"))
    risen = reached((Standing(row, row.at_state, row.at_due) for row in rows), day)
    return [_line(row, names, risen, day) for row in rows]


def _line(row: Any, names: Mapping[int, str], risen: Mapping[int, str], day: date) -> LedgerLine:
    state = ProblemState(row.at_state)
    late = is_overdue(state, row.at_due, day)
    return LedgerLine(
        problem=row,
        badge="late" if late else BADGES[state],
        state=str(state.label),
        owner=names.get(row.at_owner, "还没有人认领"),
        due_on=row.at_due if state in LIVE else None,
        late_days=(day - row.at_due).days if late else 0,
        source=sources.named(row.source_kind).label,
        risen_to=risen.get(row.pk, ""),
    )
