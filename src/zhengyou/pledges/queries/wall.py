"""The pledge wall: the public items of a campaign as cards, filtered, page by page.

The same few queries whatever is shown; names only as the campaign allows, in search too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Criterion, NameStyle, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import paths
from zhengyou.kernel.sheets import Sheet, turn
from zhengyou.people.models import Organisation
from zhengyou.pledges import names, words
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem, announced
from zhengyou.pledges.models.tally import DOING, DONE
from zhengyou.pledges.queries.tally import DUE, INTENDED, Tally, inside, tally, this_month
from zhengyou.remarks.queries.talk import Tally as Remarks
from zhengyou.remarks.queries.talk import tallies, write_url
from zhengyou.search.queries import Asked, matching

PAGE = 24
FEW = 3000
"""Up to so many items of a subtree are gathered and sorted; more are read along the wall."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What part of the wall is wanted; everything left empty means all of it.

    Args:
        body: this body and all below it.
        criterion: one point of a standard; kind: an :class:`ItemKind` value.
        state: ``doing``, ``done``, ``due``, ``intended`` or "". Only ``intended`` shows what is
            not promised yet, and nothing else.
        text: looked for in the words, the beneficiary and whatever of the name is public.
    """

    body: Organisation | None = None
    criterion: Criterion | None = None
    kind: str = ""
    state: str = ""
    text: str = ""

    @property
    def kind_known(self) -> str:
        """The kind, or "" where there is no such kind."""
        return self.kind if self.kind in ItemKind.values else ""

    @property
    def state_known(self) -> str:
        """The state, or "" where there is no such state."""
        return self.state if self.state in (DOING, DONE, DUE, INTENDED) else ""


@dataclass(frozen=True, slots=True)
class Wall:
    """One page of the wall. ``cards`` go to ``ui/components/pledge.html`` as they are; ``cut``:
    the words fit more than the newest ``search.queries.MOST``, and only those are shown."""

    cards: list[dict[str, Any]]
    page: Sheet[PledgeItem]
    tally: Tally
    cut: bool = False


def wall(
    campaign: Campaign,
    filters: Filters | None = None,
    page: str | int = 1,
    query: Mapping[str, Any] | None = None,
) -> Wall:
    """Return a page of the wall; a page that does not exist gives the nearest one.

    The own pledge of the body that is looked at stands first, across the wall, on page 1.

    Args:
        query: of the address: ``page`` with ``after`` or ``before``, see ``kernel.sheets``.
    """
    filters = filters or Filters()
    numbers = tally(campaign, filters.body)
    items, cut = filtered(campaign, filters, numbers)
    few = list(items.order_by().values_list("pk", flat=True)) if filters.text else None
    if few is not None:  # few enough to be named one by one, once
        items = PledgeItem.objects.filter(pk__in=few)
    chosen = items.select_related(*SHOWN)
    own = Pledge.objects.filter(
        campaign=campaign,
        subject=Subject.ORGANISATION,
        organisation=filters.body or campaign.organisation,
    ).first()
    first = list(chosen.filter(pledge=own).order_by("number")) if own else []
    count = (_count(filters, numbers) if few is None else len(few)) - len(first)
    rest = chosen.exclude(pk__in=[item.pk for item in first])
    # Of the intentions those whose time for opinions ends first stand first.
    order = "announced_until" if filters.state == INTENDED else "-published_at"
    found = turn(rest, query or {"page": page}, count=count, size=PAGE, order=order)
    first = first if found.number == 1 else []
    talk = tallies("pledge_item", [item.uid for item in [*first, *found]])
    cards = [card(item, talk, wide=True) for item in first] + [card(item, talk) for item in found]
    return Wall(cards, found, numbers, cut)


SHOWN = (
    "pledge__campaign", "pledge__rule", "pledge__person", "pledge__organisation", "criterion",
    "latest",
)  # fmt: skip
"""What a card reads of an item."""


def _count(filters: Filters, numbers: Tally) -> int:
    criterion = filters.criterion.pk if filters.criterion else None
    return numbers.count(criterion, filters.kind_known, filters.state_known)


class Chosen(NamedTuple):
    """Items in no order; ``cut``: words fit more items than are looked at."""

    items: QuerySet[PledgeItem]
    cut: bool = False


def filtered(campaign: Campaign, filters: Filters, numbers: Tally | None = None) -> Chosen:
    """Return the public promises, or the intentions, that ``filters`` let through.

    Args:
        numbers: of this part of the wall; with them the cheaper way to read it is chosen.
    """
    wanted = announced() if filters.state == INTENDED else Q(state=ClimbState.PUBLISHED)
    bodies = inside(campaign, filters.body)
    items, cut = _base(campaign, filters, bodies, numbers)
    items = items.filter(wanted)
    if filters.criterion:
        items = items.filter(criterion=filters.criterion)
    if filters.kind_known:
        items = items.filter(kind=filters.kind)
    if filters.state_known == DUE:
        items = items.filter(counted_day=this_month())
    elif filters.state_known in (DOING, DONE):
        items = items.filter(counted=filters.state)
    return Chosen(items, cut)


def _base(
    campaign: Campaign, filters: Filters, bodies: set[int] | None, numbers: Tally | None
) -> Chosen:
    """Return the items of a campaign and body that have the words, if words are asked for.

    Found by words they are few: named one by one, and the rest asked by way of the pledge, lest
    SQLite walk the whole wall to see which are among them.
    """
    if not filters.text:
        return Chosen(_of(campaign, filters.body, bodies, numbers))
    found = matching(_asked(campaign, bodies), filters.text)
    items = PledgeItem.objects.filter(uid__in=found.uids, pledge__campaign=campaign)
    if bodies is not None:
        items = items.filter(pledge__organisation__in=bodies)
    return Chosen(items, found.cut)


def _asked(campaign: Campaign, bodies: set[int] | None) -> Asked:
    """A name that is not shown is not found either: else one could guess who it was."""
    full = campaign.wall_names == NameStyle.FULL
    return Asked("pledge_item", public=True, scope=campaign.pk, places=bodies, names=full)


def _of(
    campaign: Campaign, body: Organisation | None, bodies: set[int] | None, numbers: Tally | None
) -> QuerySet[PledgeItem]:
    """Return the items of a campaign, of ``body`` and what is below it if given."""
    items = PledgeItem.objects.filter(campaign=campaign)
    if body is None or bodies is None:
        return items
    if numbers is None or numbers.total + numbers.intended > FEW:
        return items.filter(paths.within("organisation__path", body.path))
    # Not by the item's own campaign: its index would be walked for the sake of a few bodies.
    return PledgeItem.objects.filter(organisation__in=bodies, pledge__campaign=campaign)


def card(
    item: PledgeItem, talk: Mapping[UUID, Remarks] | None = None, wide: bool = False
) -> dict[str, Any]:
    """Return one item as the pledge card of the kit shows it to the public.

    Args:
        talk: how much was said about which item; None: the card does not say.
    """
    pledge, note = item.pledge, item.latest
    shown = names.in_public(pledge)
    role = f"{shown.role}，{item.criterion.title}" if shown.org and item.criterion else shown.role
    return {
        "uid": item.uid,
        "by": shown.name,
        "role": role,
        "org": shown.org,
        "kind": "" if shown.org else words.kind(item),
        "text": item.text,
        "url": f"{reverse('pledges:pledge', args=[pledge.uid])}#item-{item.number}",
        "state": words.state(item),
        "goal": words.goal(item),
        "note": note_of(item, pledge.rule.cadence) if note else None,
        "tail": words.tail(item) + ("，代录" if pledge.entered_by_id else ""),
        "wide": wide,
        "remarks": (talk.get(item.uid) or Remarks()).shown if talk is not None else 0,
        "remarks_url": write_url(item.ref) if talk is not None else "",
    }


def note_of(item: PledgeItem, cadence: str) -> dict[str, str]:
    """Return the last note as the card shows it."""
    assert item.latest is not None
    return {
        "title": words.note_title(item.latest, cadence),
        "text": words.note_text(item.latest, item.unit),
    }
