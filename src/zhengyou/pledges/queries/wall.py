"""The pledge wall: the public items of a campaign as cards, filtered, page by page.

Seven queries whatever is shown; names only as the campaign allows, in search too.
"""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import Campaign, Criterion, NameStyle, Standard, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.periods import Kind, period_of
from zhengyou.people.models import Organisation
from zhengyou.pledges import goals, names, words
from zhengyou.pledges.models import ItemKind, Pledge, PledgeItem, announced

PAGE = 24
DOING, DONE, DUE, INTENDED = "doing", "done", "due", "intended"
"""Filters: not there yet, reached by value, due this month; intentions put out for opinions."""


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


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of the wall, of the campaign and body alone: other filters do not change them."""

    total: int
    doing: int
    done: int
    due: int
    intended: int
    persons: int
    by_criterion: dict[int, int]
    by_kind: dict[str, int]


@dataclass(frozen=True, slots=True)
class Wall:
    """One page of the wall. ``cards`` go to ``ui/components/pledge.html`` as they are."""

    cards: list[dict[str, Any]]
    page: Page[PledgeItem]
    tally: Tally


def wall(campaign: Campaign, filters: Filters | None = None, page: str | int = 1) -> Wall:
    """Return a page of the wall; a page that does not exist gives the nearest one.

    The own pledge of the body that is looked at stands first, across the wall, on page 1.
    """
    filters = filters or Filters()
    chosen = filtered(campaign, filters).select_related(
        "pledge__campaign", "pledge__rule", "pledge__person", "pledge__organisation", "criterion",
        "latest",
    )  # fmt: skip
    own = Pledge.objects.filter(
        campaign=campaign,
        subject=Subject.ORGANISATION,
        organisation=filters.body or campaign.organisation,
    ).first()
    rest = chosen.exclude(pledge=own) if own else chosen
    order = "announced_until" if filters.state == INTENDED else "-published_at"
    found = Paginator(rest.order_by(order, "-id"), PAGE).get_page(page)
    first = chosen.filter(pledge=own).order_by("number") if own and found.number == 1 else []
    cards = [card(item, wide=True) for item in first] + [card(item) for item in found]
    return Wall(cards, found, tally(campaign, filters.body))


def published(campaign: Campaign, body: Organisation | None = None) -> QuerySet[PledgeItem]:
    """Return the public promises of a campaign, of ``body`` and what is below it if given."""
    return _of(campaign, body, Q(state=ClimbState.PUBLISHED))


def intended(campaign: Campaign, body: Organisation | None = None) -> QuerySet[PledgeItem]:
    """Return the intentions that are put out for opinions today; as :func:`published`."""
    return _of(campaign, body, announced())


def _of(campaign: Campaign, body: Organisation | None, which: Q) -> QuerySet[PledgeItem]:
    items = PledgeItem.objects.filter(which, campaign=campaign)
    if body is None or body.pk == campaign.organisation_id:
        return items
    return items.filter(paths.within("pledge__organisation__path", body.path))


def filtered(campaign: Campaign, filters: Filters) -> QuerySet[PledgeItem]:
    """Return the public items that ``filters`` let through, in no order."""
    chosen = intended if filters.state == INTENDED else published
    items = chosen(campaign, filters.body)
    if filters.criterion:
        items = items.filter(criterion=filters.criterion)
    if filters.kind in ItemKind.values:
        items = items.filter(kind=filters.kind)
    if filters.state in _STATES:
        items = items.filter(_STATES[filters.state]())
    for word in filters.text.split():
        items = items.filter(_says(campaign, word))
    return items


def _not_reached() -> Q:
    return ~goals.is_reached()


def _due_this_month() -> Q:
    month = period_of(Kind.MONTH, clock.today())
    assert month is not None
    return Q(due_on__gte=month.start, due_on__lt=month.end)


_STATES = {DOING: _not_reached, DONE: goals.is_reached, DUE: _due_this_month}


def _says(campaign: Campaign, word: str) -> Q:
    """A name that is not shown is not found either: else one could guess who it was."""
    said = Q(text__icontains=word) | Q(beneficiary__icontains=word)
    said |= Q(pledge__organisation__name__icontains=word)
    if campaign.wall_names == NameStyle.FULL:
        said |= Q(pledge__person__name__icontains=word) | Q(pledge__person__work__icontains=word)
    return said


def tally(campaign: Campaign, body: Organisation | None = None) -> Tally:
    """Return the numbers of the wall in three queries."""
    items = published(campaign, body)
    by_criterion: dict[int, int] = {}
    by_kind: dict[str, int] = dict.fromkeys(ItemKind.values, 0)
    total = done = due = 0
    counted = items.values_list("criterion", "kind").annotate(
        count=Count("pk"),
        there=Count("pk", filter=goals.is_reached()),
        soon=Count("pk", filter=_due_this_month()),
    )
    for criterion, kind, count, there, soon in counted:
        by_criterion[criterion] = by_criterion.get(criterion, 0) + count
        by_kind[kind] += count
        total, done, due = total + count, done + there, due + soon
    return Tally(
        total=total,
        doing=total - done,
        done=done,
        due=due,
        intended=intended(campaign, body).count(),
        persons=_persons(campaign, body),
        by_criterion=by_criterion,
        by_kind=by_kind,
    )


def _persons(campaign: Campaign, body: Organisation | None) -> int:
    """Count who has something on the wall: a person has one pledge in a campaign."""
    public = PledgeItem.objects.filter(pledge=OuterRef("pk"), state=ClimbState.PUBLISHED)
    pledges = Pledge.objects.filter(Exists(public), campaign=campaign, subject=Subject.PERSON)
    if body is not None and body.pk != campaign.organisation_id:
        pledges = pledges.filter(paths.within("organisation__path", body.path))
    return pledges.count()


def standards(campaign: Campaign, numbers: Tally) -> list[dict[str, Any]]:
    """Return the standards with counts for the tag ``standards``; ``point["code"]`` names a point
    as ``standard.criterion``, for the page to make its link of."""
    return [
        {
            "title": standard.title,
            "note": _note(standard, numbers),
            "points": [
                {
                    "title": point.title,
                    "count": numbers.by_criterion.get(point.pk, 0),
                    "code": f"{standard.code}.{point.code}",
                    "pk": point.pk,
                }
                for point in standard.criteria.all()
            ],
        }
        for standard in campaign.standards.prefetch_related("criteria")
    ]


def _note(standard: Standard, numbers: Tally) -> str:
    count = sum(numbers.by_criterion.get(point.pk, 0) for point in standard.criteria.all())
    if standard.subject == Subject.PERSON:
        return f"{numbers.persons} 人承诺，{count} 条"
    return f"{count} 条"


def card(item: PledgeItem, wide: bool = False) -> dict[str, Any]:
    """Return one item as the pledge card of the kit shows it to the public."""
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
    }


def note_of(item: PledgeItem, cadence: str) -> dict[str, str]:
    """Return the last note as the card shows it."""
    assert item.latest is not None
    return {
        "title": words.note_title(item.latest, cadence),
        "text": words.note_text(item.latest, item.unit),
    }
