"""Keep the numbers of the wall and what can be found: every verb that moves an item, or changes
what is public of it, ends with :func:`follow`."""

from collections.abc import Mapping
from datetime import date
from itertools import batched
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    F,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth

from zhengyou.campaigns.models import Subject
from zhengyou.climb.models import ClimbState
from zhengyou.pledges import goals, searching
from zhengyou.pledges.models import Outcome, Pledge, PledgeItem, WallTally
from zhengyou.pledges.models.tally import DOING, DONE, OVER, PLAN

BATCH = 400
PUBLIC = (DOING, DONE, OVER)


class Cell(NamedTuple):
    """What one number counts; without ``kind`` the sum of a body or of the whole campaign."""

    campaign: int
    organisation: int | None
    criterion: int | None = None
    kind: str = ""
    state: str = ""
    day: date | None = None
    outcome: str = ""

    @property
    def key(self) -> str:
        """The cell as one word: NULL does not collide in a unique index."""
        return ":".join(str(part or "") for part in self)


class Change(NamedTuple):
    """By how much a number changes."""

    items: int = 0
    persons: int = 0


def follow(*pledges: Pledge) -> None:
    """Bring numbers and search up to what the items of ``pledges`` are; twice is harmless.

    Runs inside the verb's transaction. Each item knows as what it is counted, so only the
    difference is added: two writers at once add both of theirs.
    """
    changes: dict[Cell, Change] = {}
    for pledge in sorted(pledges, key=lambda row: row.pk):
        locked = Pledge.objects.select_for_update().filter(pk=pledge.pk)
        list(locked.values_list("pk"))  # else two verbs could both count the person
        _follow(pledge, changes)
        searching.follow(pledge)
    add(changes)


def _follow(pledge: Pledge, changes: dict[Cell, Change]) -> None:
    items = list(PledgeItem.objects.filter(pledge=pledge))
    before = any(item.counted in PUBLIC for item in items)
    for item in items:
        old, now = (item.counted, item.counted_day, item.counted_outcome), item.standing
        if old == now:
            continue
        _count(changes, item, old, by=-1)
        _count(changes, item, now, by=1)
        item.counted, item.counted_day, item.counted_outcome = now
        item.save(update_fields=["counted", "counted_day", "counted_outcome"])
    after = any(item.counted in PUBLIC for item in items)
    if pledge.of_person and before != after:
        step = Change(persons=after - before)
        for where in (pledge.organisation_id, None):
            _add(changes, Cell(pledge.campaign_id, where), step)


def _count(
    changes: dict[Cell, Change], item: PledgeItem, standing: tuple[str, date | None, str], by: int
) -> None:
    if not standing[0]:
        return
    for where in (item.organisation_id, None):
        cell = Cell(item.campaign_id, where, item.criterion_id, item.kind, *standing)
        _add(changes, cell, Change(items=by))
        if standing[0] in PUBLIC:
            _add(changes, Cell(item.campaign_id, where), Change(items=by))


def _add(changes: dict[Cell, Change], cell: Cell, step: Change) -> None:
    old = changes.get(cell, Change())
    changes[cell] = Change(old.items + step.items, old.persons + step.persons)


def add(changes: Mapping[Cell, Change]) -> None:
    """Add to the numbers, in one order for all writers, so that none waits for another's row."""
    rows = sorted((cell.key, cell, step) for cell, step in changes.items() if any(step))
    for first in range(0, len(rows), BATCH):
        _upsert(rows[first : first + BATCH])


def _upsert(rows: list[tuple[str, Cell, Change]]) -> None:
    """Make or raise rows in one statement, which both databases understand."""
    day = connection.ops.adapt_datefield_value
    values = [
        day(value) if isinstance(value, date) else value
        for key, cell, step in rows
        for value in (key, *cell, *step)
    ]
    row = f"({', '.join(['%s'] * 10)})"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO pledges_walltally (key, campaign_id, organisation_id, criterion_id, kind,"
            f" state, day, outcome, items, persons) VALUES {', '.join([row] * len(rows))}"
            " ON CONFLICT (key) DO UPDATE SET items = pledges_walltally.items + excluded.items,"
            " persons = pledges_walltally.persons + excluded.persons",
            values,
        )


# --- verify and mend ----------------------------------------------------------------------------
def mend() -> int:
    """Recount everything and put right what is wrong; return how many numbers were.

    The difference comes from one statement, which sees one moment, and is added: whoever writes
    meanwhile is not overwritten. Part of ``zhengyou tick``.
    """
    with transaction.atomic():
        _mark()
        wrong = differences()
        add(wrong)
        WallTally.objects.filter(items=0, persons=0).delete()
    return len(wrong)


def differences() -> dict[Cell, Change]:
    """Return by how much each number falls short of what the items come to; empty: all is right."""
    found: dict[Cell, Change] = {}
    for row in _true_items().union(_true_persons(), _stored(), all=True).order_by():
        cell, step = Cell(*row[:7]), Change(*row[7:9])
        if row[9]:  # stored: counted against
            _add(found, cell, Change(-step.items, -step.persons))
            continue
        for where in (cell.organisation, None):
            _add(found, cell._replace(organisation=where), step)
            if step.items and cell.state in PUBLIC:
                _add(found, Cell(cell.campaign, where), step)
    return {cell: step for cell, step in found.items() if any(step)}


_CELL = (
    "campaign", "organisation", "criterion", "kind", "counted", "counted_day", "counted_outcome"
)  # fmt: skip


def _true_items() -> QuerySet[PledgeItem, tuple]:  # type: ignore[type-arg]
    return (
        PledgeItem.objects.exclude(counted="")
        .order_by()
        .values_list(*_CELL)
        .annotate(n=Count("pk"), p=Value(0), stored=Value(0))
    )


def _true_persons() -> QuerySet[PledgeItem, tuple]:  # type: ignore[type-arg]
    """Return the persons who have something public, body by body, in the shape of a cell."""
    word = Value("", CharField())
    public = PledgeItem.objects.filter(counted__in=PUBLIC, pledge__subject=Subject.PERSON)
    return (
        public.order_by()
        .values("campaign", "organisation")
        .annotate(
            no_criterion=Value(None, BigIntegerField()),
            no_kind=word,
            no_state=word,
            no_day=Value(None, DateField()),
            no_outcome=word,
            n=Value(0),
            p=Count("pledge", distinct=True),
            stored=Value(0),
        )
        .values_list(
            "campaign", "organisation", "no_criterion", "no_kind", "no_state", "no_day",
            "no_outcome", "n", "p", "stored",
        )
    )  # fmt: skip


def _stored() -> QuerySet[WallTally, tuple]:  # type: ignore[type-arg]
    return WallTally.objects.order_by().values_list(
        "campaign", "organisation", "criterion", "kind", "state", "day", "outcome", "items",
        "persons", Value(1),
    )  # fmt: skip


def _mark() -> None:
    """Write into each item as what it is to be counted, where that is not so already."""
    public = Q(state=ClimbState.PUBLISHED)
    put_out = Q(state=ClimbState.SUBMITTED, announced_until__isnull=False)
    state = Case(
        When(public & Q(outcome=Outcome.FULFILLED), then=Value(DONE)),
        When(public & ~Q(outcome=""), then=Value(OVER)),
        When(public & goals.is_reached(), then=Value(DONE)),
        When(public, then=Value(DOING)),
        When(put_out, then=Value(PLAN)),
        default=Value(""),
    )
    day = Case(
        When(public, then=TruncMonth("due_on")),
        When(put_out, then=F("announced_until")),
        default=None,
        output_field=DateField(),
    )
    outcome = Case(When(public, then=F("outcome")), default=Value(""))
    never = Value(date.min, DateField())
    wrong = PledgeItem.objects.annotate(
        is_now=state,
        on_day=Coalesce(day, never),
        was_day=Coalesce("counted_day", never),
        so=outcome,
    ).exclude(counted=F("is_now"), was_day=F("on_day"), counted_outcome=F("so"))
    for pks in batched(list(wrong.order_by("pk").values_list("pk", flat=True)), BATCH):
        PledgeItem.objects.filter(pk__in=pks).update(
            counted=state, counted_day=day, counted_outcome=outcome
        )
