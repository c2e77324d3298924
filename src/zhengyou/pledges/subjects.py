"""Who pledges in a campaign: which rule a person or a body falls under, and in which body."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengyou.campaigns.models import Campaign, Subject
from zhengyou.kernel import clock
from zhengyou.people.models import (
    Circumstance,
    CircumstanceKind,
    Membership,
    Organisation,
    Person,
    Placement,
    Post,
    Standing,
)
from zhengyou.pledges.models import Pledge, PledgeRule

NOT_ASKED = (CircumstanceKind.LOST, CircumstanceKind.SUSPENDED, CircumstanceKind.LEFT)
"""Members nobody can or may ask for a pledge (失联, 停止党籍, 已出党)."""


def person_rules(campaign: Campaign) -> list[PledgeRule]:
    """Return the campaign's rules for persons, in order; no query where they were fetched."""
    return [rule for rule in campaign.pledge_rules.all() if rule.subject == Subject.PERSON]


@dataclass(frozen=True, slots=True)
class Footing:
    """Where a person stands on a day: read once, asked about any number of campaigns.

    Args:
        bodies: of the memberships, and those directly above them.
        kinds: 人员类别 held.
        posts: posts held, each with the key of its body.
    """

    day: date
    bodies: tuple[Organisation, ...]
    kinds: frozenset[str]
    posts: frozenset[tuple[int, str]]

    @classmethod
    def of(cls, person: Person, day: date | None = None) -> "Footing":
        """Read it for ``day`` (default today). Three queries."""
        day = day or clock.today()
        rows = Membership.objects.on(day).filter(person=person)
        bodies = [row.organisation for row in rows.select_related("organisation__parent")]
        above = [body.parent for body in bodies if body.parent]
        kinds = Standing.objects.on(day).filter(person=person).values_list("kind", flat=True)
        posts = Post.objects.on(day).filter(person=person).values_list("organisation_id", "role")
        return cls(day, (*bodies, *above), frozenset(kinds), frozenset(posts))

    def body_in(self, campaign: Campaign) -> Organisation | None:
        """Return the body to pledge in: the deepest that the campaign covers.

        A group lies inside its branch: who is on the roll of a group only pledges in the branch.
        """
        covered = [
            body for body in self.bodies if campaign.covers_body(body) and body.is_open(self.day)
        ]
        return max(covered, key=lambda body: len(body.path), default=None)

    def rule_in(self, campaign: Campaign) -> PledgeRule | None:
        """Return the rule that is due, or None: one by posts, held in the body to pledge in, goes
        before those by 人员类别; of several the first counts."""
        rules = person_rules(campaign)
        body = self.body_in(campaign) if any(rule.posts for rule in rules) else None
        held = {role for pk, role in self.posts if body and pk == body.pk}
        for rule in rules:
            if held & set(rule.posts):
                return rule
        return next((rule for rule in rules if self.kinds & set(rule.who)), None)


def rule_for_person(
    campaign: Campaign, person: Person, day: date | None = None
) -> PledgeRule | None:
    """Return the rule that ``person`` falls under on ``day`` (default today), or None."""
    return Footing.of(person, day).rule_in(campaign)


def rule_for_body(campaign: Campaign, body: Organisation) -> PledgeRule | None:
    """Return the first rule for bodies of this kind, or None; no query where they were fetched."""
    rules = (r for r in campaign.pledge_rules.all() if r.subject == Subject.ORGANISATION)
    return next((rule for rule in rules if body.kind in rule.who), None)


def body_of(campaign: Campaign, person: Person, day: date | None = None) -> Organisation | None:
    """Return the body a person pledges in: where he or she belongs, if the campaign covers it."""
    return Footing.of(person, day).body_in(campaign)


def on_roll(campaign: Campaign, body: Organisation, day: date | None = None) -> QuerySet[Person]:
    """Return who belongs to ``body`` on ``day``, its groups counted in, by pinyin."""
    day = day or clock.today()
    inside = Placement.objects.on(day).filter(parent=body)
    inside = inside.exclude(organisation__kind__in=campaign.covers)
    here = Q(organisation=body) | Q(organisation__in=inside.values("organisation"))
    # From the memberships to the persons: the other way about all persons would be looked at.
    rows = Membership.objects.on(day).filter(here).order_by().values("person")
    return Person.objects.filter(pk__in=rows).order_by("sort_key", "pk")


def asked(campaign: Campaign, body: Organisation, day: date | None = None) -> QuerySet[Person]:
    """Return the persons of ``body`` whom a rule asks for a pledge, by post or by standing,
    whether made or not.

    Who is 失联, suspended or has left is not asked; nor are those who were exempted: see
    ``Exemption``, they are left in here.
    """
    day = day or clock.today()
    rules = person_rules(campaign)
    kinds = {kind for rule in rules for kind in rule.who}
    roles = {role for rule in rules for role in rule.posts}
    stands = Standing.objects.on(day).filter(kind__in=kinds, person=OuterRef("pk"))
    holds = Post.objects.on(day).filter(role__in=roles, organisation=body, person=OuterRef("pk"))
    away = Circumstance.objects.on(day).filter(kind__in=NOT_ASKED, person=OuterRef("pk"))
    meant = Q(Exists(stands)) | Q(Exists(holds))
    return on_roll(campaign, body, day).filter(meant, ~Exists(away))


def rule_for(campaign: Campaign, body: Organisation, person: Person | None) -> PledgeRule | None:
    """Return the rule that asks ``person``, or ``body`` itself where None, for a pledge."""
    return rule_for_person(campaign, person) if person else rule_for_body(campaign, body)


def moved_to(pledge: Pledge) -> Organisation | None:
    """Return the body in which the one who pledged is today, where that is another one."""
    if pledge.person is None:
        return None
    today = body_of(pledge.campaign, pledge.person)
    return today if today and today.pk != pledge.organisation_id else None
