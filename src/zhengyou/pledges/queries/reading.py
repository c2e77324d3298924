"""Read models of the pages of one pledge: reading, writing, reviewing, progress."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from zhengyou.climb.models import Answer, ClimbState
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.pledges import names, rules, words
from zhengyou.pledges.models import Fulfilment, ItemReview, Outcome, Pledge, PledgeItem, Progress
from zhengyou.remarks.queries import Tally, Thread, tallies, thread


@dataclass(slots=True)
class ItemView:
    """One item as a page shows it; ``talk``: how much the public said about it; ``thread``: the
    words, where the item is not public any more and those within still need them."""

    item: PledgeItem
    kind: str
    state: tuple[str, str]
    facts: list[tuple[str, str]]
    goal: dict[str, object] | None
    notes: list[dict[str, Any]]
    returned: ItemReview | None
    faults: list[str]
    hints: list[str]
    outcomes: list[dict[str, Any]]
    talk: Tally | None = None
    thread: Thread | None = None

    @property
    def name(self) -> str:
        """Which item, read out after a button's label."""
        return f"第 {self.item.number} 条"

    @property
    def tail(self) -> str:
        """For whom and until when."""
        return words.tail(self.item)


@dataclass(slots=True)
class PledgeView:
    """One pledge for the one who looks at it."""

    pledge: Pledge
    shown: names.Shown
    inside: bool
    items: list[ItemView]
    withdrawn: list[PledgeItem]
    mark: str

    @property
    def title(self) -> str:
        """The headline: who, and how many items one sees; intentions are no promises yet."""
        only = bool(self.items) and all(each.item.announced for each in self.items)
        whose = f"{self.shown.name}的打算" if only else self.shown.possessive
        return f"{whose}，{len(self.items)} 条"

    @property
    def kinds(self) -> list[str]:
        """The kind of each item, for counting."""
        return [each.item.kind for each in self.items]

    @property
    def to_send(self) -> list[ItemView]:
        """The items that are drafted or returned."""
        return [each for each in self.items if each.item.to_send]

    @property
    def waiting(self) -> list[ItemView]:
        """The items that wait for review."""
        return [each for each in self.items if each.item.to_review]

    @property
    def announced(self) -> list[ItemView]:
        """The items that are put out for opinions."""
        return [each for each in self.items if each.item.announced]

    @property
    def settled(self) -> list[ItemView]:
        """The public items."""
        return [each for each in self.items if each.item.state == ClimbState.PUBLISHED]


def pledges() -> QuerySet[Pledge]:
    """Return pledges with what every page of them needs."""
    return Pledge.objects.select_related(
        "campaign__organisation", "rule__standard", "organisation", "person", "entered_by"
    ).prefetch_related("campaign__phases")


def items_for(actor: Actor, pledge: Pledge) -> QuerySet[PledgeItem]:
    """Return the items of ``pledge`` that exist for ``actor``, in order, the withdrawn left out."""
    seen = PledgeItem.objects.filter(rules.visible_items(actor), pledge=pledge)
    return loaded(seen.exclude(state=ClimbState.WITHDRAWN)).order_by("number")


def loaded(items: QuerySet[PledgeItem]) -> QuerySet[PledgeItem]:
    """Load with ``items`` what a page shows of them."""
    return items.select_related(
        "criterion", "programme", "service_post", "latest", "carried_from__pledge__campaign"
    ).prefetch_related(
        "reviews",
        Prefetch("notes", Progress.objects.select_related("corrects", "correction")),
        Prefetch(
            "fulfilments",
            Fulfilment.objects.select_related("organisation").prefetch_related("confirmations"),
        ),
    )


def standing(item: PledgeItem) -> Fulfilment | None:
    """Return what was said last of the outcome of ``item``, loaded with :func:`loaded`."""
    return next((said for said in item.fulfilments.all() if said.standing), None)


def pledge_view(actor: Actor, pledge: Pledge) -> PledgeView:
    """Return what ``actor`` may see of ``pledge``: names in full only from within."""
    inside = bool(rules.may_see_inside(actor, pledge))
    reasons = inside and bool(rules.may_see_reasons(actor, pledge))
    items = []
    for item in items_for(actor, pledge):
        item.pledge = pledge
        items.append(item_view(item, reasons))
    return PledgeView(
        pledge=pledge,
        shown=names.in_full(pledge) if inside else names.in_public(pledge),
        inside=inside,
        items=items,
        withdrawn=list(pledge.items.filter(state=ClimbState.WITHDRAWN)) if reasons else [],
        mark=_recorded(pledge, inside),
    )


def count_talk(view: PledgeView) -> None:
    """Load how much the public said about each item. One query; and what was said of items put
    out for opinions before, for those within."""
    counts = tallies("pledge_item", [each.item.uid for each in view.items])
    for each in view.items:
        tally = counts.get(each.item.uid, Tally())
        if each in view.settled or each in view.announced:
            each.talk = tally
        elif tally.shown and view.inside:
            each.thread = thread(each.item.ref)


def _recorded(pledge: Pledge, inside: bool) -> str:
    """Return the mark of a pledge somebody else wrote down; by whom, only from within."""
    if pledge.entered_by is None:
        return ""
    return f"代录：{pledge.entered_by.name}" if inside else "代录"


def item_view(item: PledgeItem, reasons: bool = False) -> ItemView:
    """Return an item as pages show it; ``reasons``: with what was returned and why."""
    last = item.last_review
    returned = last if reasons and last and last.answer == Answer.RETURN else None
    to_send = item.to_send
    return ItemView(
        item=item,
        kind=words.kind(item),
        state=words.state(item),
        facts=words.facts(item),
        goal=words.goal(item) if item.state == ClimbState.PUBLISHED else None,
        notes=[_note(item, note) for note in item.notes.all() if not hasattr(note, "correction")],
        returned=returned if item.state != ClimbState.PUBLISHED else None,
        faults=item.faults() if to_send else [],
        hints=item.hints() if to_send else [],
        outcomes=[_outcome(said) for said in item.fulfilments.all()],
    )


def _outcome(said: Fulfilment) -> dict[str, Any]:
    """Return what was said of the outcome, and what the branch said to it, oldest first."""
    answers = sorted(said.confirmations.all(), key=lambda row: (row.decided_at, row.pk))
    return {
        "said": said,
        "words": Outcome(said.outcome).label,
        "state": words.OUTCOMES[Outcome(said.outcome)],
        "answers": [
            {
                "row": row,
                "words": Outcome(row.outcome).label,
                "agrees": row.outcome == said.outcome,
                "last": row is answers[-1],
            }
            for row in answers
        ],
    }


def _note(item: PledgeItem, note: Progress) -> dict[str, Any]:
    """Return a note with what it replaced, which is kept in sight."""
    before, earlier = note.corrects, []
    while before is not None:
        earlier.append(before)
        before = before.corrects
    return {
        "note": note,
        "title": words.note_title(note, item.pledge.rule.cadence),
        "value": words.amount(note.value, item.unit),
        "last": note.pk == item.latest_id,
        "earlier": [
            {"value": words.amount(old.value, item.unit), "words": old.words} for old in earlier
        ],
    }


# --- progress -----------------------------------------------------------------------------------
def public_items(pledge: Pledge) -> list[PledgeItem]:
    """Return the public items of ``pledge``, in order."""
    rows = list(loaded(pledge.items.filter(state=ClimbState.PUBLISHED)).order_by("number"))
    for item in rows:
        item.pledge = pledge
    return rows


def still_to_note(pledge: Pledge) -> list[PledgeItem]:
    """Return the public items short of their target without a note in this period: which ones the
    form puts first. Whether a note is *due* is another question, see ``due.notes_due``."""
    period = pledge.rule.period(pledge.campaign, clock.today())
    if period is None:
        return []
    return [
        item
        for item in public_items(pledge)
        if not item.reached
        and not item.claimed
        and (item.latest is None or item.latest.noted_on < period.start)
    ]


def most_due(items: list[PledgeItem]) -> PledgeItem:
    """Return the item whose last note is the oldest, those that have reached their target last."""

    def age(item: PledgeItem) -> tuple[bool, date, int]:
        return item.reached, item.latest.noted_on if item.latest else date.min, item.number

    return min(items, key=age)
