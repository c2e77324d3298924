"""Who looks whether he, she or it has the prominent problems of a campaign, and when.

A body looks at the items for bodies of its kind. A member looks at those for members and those for
the posts that he or she has, always as an ordinary member of the own body: whoever leads the house
looks in the own party group like everybody else there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from zhengyou.campaigns.models import Campaign, CampaignState, Subject
from zhengyou.kernel import clock, paths
from zhengyou.people.models import (
    Circumstance,
    CircumstanceKind,
    Membership,
    Organisation,
    Person,
    Post,
    Standing,
    StandingKind,
)
from zhengyou.problems.models import CatalogueItem

MEMBERS = (StandingKind.FULL, StandingKind.PROBATIONARY)
NOT_ASKED = (CircumstanceKind.LOST, CircumstanceKind.SUSPENDED, CircumstanceKind.LEFT)
"""Members nobody can or may ask (失联, 停止党籍, 已出党); as with duties."""


@dataclass(frozen=True, slots=True)
class Window:
    """When a campaign has people look: in its phase, else as long as it runs."""

    campaign: Campaign
    since: date
    until: date

    @classmethod
    def of(cls, campaign: Campaign) -> "Window":
        """Return it; no query where ``mending_terms__phase`` was fetched."""
        terms = getattr(campaign, "mending_terms", None)
        phase = terms.phase if terms else None
        if phase is None:
            return cls(campaign, campaign.starts_on, campaign.ends_on)
        return cls(campaign, phase.starts_on, phase.ends_on)

    def holds(self, day: date) -> bool:
        """Tell whether one is asked to look on ``day``."""
        return self.since <= day <= self.until


def campaigns_at(path: str) -> QuerySet[Campaign]:
    """Return the campaigns that run at ``path`` or above it and have a catalogue."""
    rows = Campaign.objects.filter(
        state=CampaignState.OPEN,
        organisation__path__in=[path, *paths.ancestors(path)],
        pk__in=CatalogueItem.objects.values("campaign"),
    )
    rows = rows.select_related("organisation", "mending_terms__phase")
    return rows.prefetch_related("catalogue_items").order_by("-starts_on", "-pk")


def items_of_body(campaign: Campaign, body: Organisation) -> list[CatalogueItem]:
    """Return what ``body`` looks at: nothing where it is not in the campaign."""
    if not paths.is_within(body.path, campaign.organisation.path):
        return []
    covered = campaign.covers_body(body)
    return [
        item
        for item in campaign.catalogue_items.all()
        if body.kind in item.audience or (covered and item.is_for_body(body.kind))
    ]


def items_of_person(campaign: Campaign, person: Person) -> list[CatalogueItem]:
    """Return what ``person`` looks at: for members, and for the posts held within the campaign."""
    posts = Post.objects.on(clock.today()).filter(
        paths.within("organisation__path", campaign.organisation.path), person=person
    )
    roles = set(posts.values_list("role", flat=True))
    return [item for item in campaign.catalogue_items.all() if item.is_for_person(roles)]


def home_in(campaign: Campaign, person: Person) -> Organisation | None:
    """Return the body in which ``person`` looks: the deepest that takes part. A group lies in its
    branch. None: no member, or somebody whom nobody may ask."""
    today = clock.today()
    if not _members([person.pk], today):
        return None
    rows = Membership.objects.on(today).filter(person=person)
    bodies: list[Organisation] = []
    for row in rows.select_related("organisation__parent"):
        bodies += [
            row.organisation,
            *([row.organisation.parent] if row.organisation.parent else []),
        ]
    covered = [body for body in bodies if campaign.covers_body(body) and body.is_open(today)]
    return max(covered, key=lambda body: len(body.path), default=None)


def members_of(campaign: Campaign, body: Organisation) -> list[Person]:
    """Return who looks in ``body`` today, by pinyin. Three queries, or four."""
    today = clock.today()
    here = Q(organisation=body) | Q(organisation__parent=body)
    rows = Membership.objects.on(today).filter(here).select_related("organisation", "person")
    found = {row.person for row in rows if _counts_in(campaign, row.organisation, body)}
    asked = _members([person.pk for person in found], today)
    audience = {each for item in campaign.catalogue_items.all() for each in item.audience}
    if Subject.PERSON not in audience:
        posts = Post.objects.on(today).filter(person__in=asked, role__in=audience)
        within = paths.within("organisation__path", campaign.organisation.path)
        asked = set(posts.filter(within).values_list("person", flat=True))
    return sorted(
        (person for person in found if person.pk in asked),
        key=lambda person: (person.sort_key, person.pk),
    )


def _counts_in(campaign: Campaign, home: Organisation, body: Organisation) -> bool:
    """A body below that takes part itself has its own members look."""
    return home.pk == body.pk or not campaign.covers_body(home)


def _members(persons: Iterable[int], day: date) -> set[int]:
    keys = list(persons)
    asked = Standing.objects.on(day).filter(person__in=keys, kind__in=MEMBERS)
    gone = Circumstance.objects.on(day).filter(person__in=keys, kind__in=NOT_ASKED)
    return set(asked.values_list("person", flat=True)) - set(gone.values_list("person", flat=True))
