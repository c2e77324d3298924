"""The pledge of the last run, at hand while one writes the next."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from zhengyou.campaigns.models import Campaign, CampaignState, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import paths
from zhengyou.people.models import Organisation, Person
from zhengyou.pledges import words
from zhengyou.pledges.models import Pledge, PledgeItem


@dataclass(frozen=True, slots=True)
class Before:
    """One item of the last run: how it went, whether it is in the draft already."""

    item: PledgeItem
    state: tuple[str, str]
    facts: list[tuple[str, str]]
    taken: bool


@dataclass(frozen=True, slots=True)
class Last:
    """What was promised in the last run."""

    campaign: Campaign
    pledge: Pledge
    items: list[Before]


def last_pledge(campaign: Campaign, body: Organisation, person: Person | None) -> Pledge | None:
    """Return what ``person``, or ``body`` where None, promised before ``campaign``: in the run
    that it repeats, else in the last one that reached the same part of the tree."""
    own = Q(person=person) if person else Q(subject=Subject.ORGANISATION, organisation=body)
    line = (body.path, *paths.ancestors(body.path))
    found = (
        Pledge.objects.filter(own, campaign__starts_on__lt=campaign.starts_on)
        .exclude(campaign__state=CampaignState.DRAFT)
        .exclude(campaign=campaign)
        .filter(Q(campaign__organisation__path__in=line) | Q(campaign=campaign.previous_id))
        .filter(items__state=ClimbState.PUBLISHED)
        .select_related("campaign", "organisation", "person")
        .distinct()
    )
    rows = sorted(found, key=lambda row: (row.campaign_id == campaign.previous_id,
                                          row.campaign.starts_on, row.pk))  # fmt: skip
    return rows[-1] if rows else None


def items(pledge: Pledge) -> QuerySet[PledgeItem]:
    """Return the public items of the last pledge of whoever makes ``pledge``."""
    before = last_pledge(pledge.campaign, pledge.organisation, pledge.person)
    return PledgeItem.objects.filter(
        pledge=before, pledge__isnull=False, state=ClimbState.PUBLISHED
    ).select_related(
        "pledge__campaign", "pledge__organisation", "pledge__person", "criterion", "programme",
        "latest",
    )  # fmt: skip


def page(pledge: Pledge) -> Last | None:
    """Return the last pledge as the writing page shows it; None: there was none."""
    taken = {item.text for item in pledge.items.all() if item.alive}
    taken_on = {item.carried_from_id for item in pledge.items.all() if item.alive}
    rows = list(items(pledge).order_by("number"))
    return _last(rows, taken, taken_on)


def at_hand(campaign: Campaign, body: Organisation, person: Person | None) -> Last | None:
    """Return the same before there is a pledge in ``campaign``."""
    before = last_pledge(campaign, body, person)
    if before is None:
        return None
    public = before.items.filter(state=ClimbState.PUBLISHED)
    return _last(
        list(public.select_related("criterion", "latest").order_by("number")), set(), set()
    )


def _last(rows: list[PledgeItem], taken: set[str], taken_on: set[int | None]) -> Last | None:
    if not rows:
        return None
    before = [
        Before(
            item, words.state(item), words.facts(item), item.text in taken or item.pk in taken_on
        )
        for item in rows
    ]
    return Last(rows[0].pledge.campaign, rows[0].pledge, before)
