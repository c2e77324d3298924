"""What the next run of a campaign takes along: days, seats, lessons, and what is not finished."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from zhengyou.campaigns import rules
from zhengyou.campaigns.actions.groups import candidates
from zhengyou.campaigns.blueprint import check, dump_again, sections
from zhengyou.campaigns.blueprint.phases import days_of
from zhengyou.campaigns.models import Campaign, Lesson, Plan, PlanGroup
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Post, Role
from zhengyou.people.models.post import SEATS


@dataclass(frozen=True, slots=True)
class SeatOffer:
    """Somebody who sat in the last run, for the same seat of the same group."""

    group: PlanGroup
    post: Post

    @property
    def words(self) -> str:
        """Who, where, as what."""
        duty = f"，{self.post.duty}" if self.post.duty else ""
        return f"{self.post.person.name}，{self.group.template.title}{self.post.title}{duty}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What the next run would be: title and phases with their days, and what comes along."""

    title: str
    starts_on: date
    ends_on: date
    days: list[tuple[str, date, date]]
    seats: int
    bodies: int
    lessons: list[Lesson]
    taken: list[str]


def preview(old: Campaign, title: str, starts_on: date) -> Preview:
    """Return what :func:`actions.again.run_again` would make.

    Raises:
        Refused: fixed dates do not go with ``starts_on``.
        Flawed: the blueprint as it is today has problems with the new title.
    """
    blueprint = check(dump_again(old, title, starts_on))
    phases = blueprint.data["phase"]
    days = days_of(phases, starts_on)
    held = seats_of(old).values_list("organisation__plan_group__plan", flat=True)
    return Preview(
        title=blueprint.header.title,
        starts_on=starts_on,
        ends_on=blueprint.last_day(starts_on),
        days=[(phase.title, *days[phase.code]) for phase in phases],
        seats=len(held),
        bodies=len(set(held)),
        lessons=list(lessons_of(old)),
        taken=[line for section in sections() for line in section.to_take_over(old)],
    )


def lessons_of(campaign: Campaign, *bodies: Organisation) -> list[Lesson]:
    """Return what was learnt from a run, of the whole first; only of ``bodies`` if given."""
    rows = Lesson.objects.filter(campaign=campaign)
    if bodies:
        rows = rows.filter(organisation__in=bodies)
    found = rows.select_related("organisation").order_by("organisation__path")
    whole = campaign.organisation_id
    return sorted(found, key=lambda row: row.organisation_id != whole)


def seats_of(campaign: Campaign, body: Organisation | None = None) -> QuerySet[Post]:
    """Return the seats of a run as they are, or were on its last day; of one body if given."""
    plans = Plan.objects.filter(campaign=campaign)
    if body is not None:
        plans = plans.filter(organisation=body)
    seats: QuerySet[Post] = Post.objects.held().filter(
        organisation__plan_group__plan__in=plans, role__in=SEATS
    )
    ended = campaign.closed_at.astimezone(clock.SHANGHAI).date() if campaign.closed_at else None
    if ended is None:
        return seats.filter(pk__in=Post.objects.on(clock.today()).values("pk"))
    return seats.filter(Q(until__isnull=True) | Q(until__gte=ended))


class _Room:
    """The seats of a plan's groups that are still free, taken one by one."""

    def __init__(self, groups: Iterable[PlanGroup]) -> None:
        bodies = [group.organisation_id for group in groups]
        held = Post.objects.on(clock.today()).filter(organisation__in=bodies, role__in=SEATS)
        rows = list(held.values_list("organisation", "role", "person"))
        self.taken = Counter((body, role) for body, role, _ in rows)
        self.seated = {(body, person) for body, _, person in rows}

    def take(self, group: PlanGroup, post: Post) -> bool:
        """Take the seat of ``post`` in ``group``; tell whether it was free for that person."""
        body = group.organisation_id
        _, most = group.template.limits(Role(post.role))
        if (body, post.person_id) in self.seated:
            return False
        if most is not None and self.taken[body, post.role] >= most:
            return False
        self.taken[body, post.role] += 1
        self.seated.add((body, post.person_id))
        return True


def seat_offers(plan: Plan) -> list[SeatOffer]:
    """Return who sat in the groups of the last run and may sit there again: still of this body,
    not seated yet, as long as there are seats. Four queries; none where it is the first run.
    """
    old = plan.campaign.previous
    if old is None:
        return []
    found = plan.groups.select_related("template", "organisation")
    groups = {group.template.code: group for group in found}
    posts = seats_of(old, plan.organisation).filter(person__in=candidates(plan).order_by())
    room = _Room(groups.values())
    rows = posts.select_related("person", "organisation__plan_group__template")
    offers = []
    for post in rows.order_by("organisation__path", "role", "person__sort_key"):
        group = groups.get(post.organisation.plan_group.template.code)
        if group is not None and room.take(group, post):
            offers.append(SeatOffer(group, post))
    return offers


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs before and after, as far as the actor sees them."""

    previous: Campaign | None
    next: Campaign | None


def runs_around(actor: Actor, campaign: Campaign) -> Runs:
    """Return the runs before and after ``campaign``. One query."""
    seen = Campaign.objects.filter(rules.visible_campaigns(actor))
    around = list(seen.filter(Q(pk=campaign.previous_id) | Q(previous=campaign)))
    before = next((row for row in around if row.pk == campaign.previous_id), None)
    after = next((row for row in around if row.previous_id == campaign.pk), None)
    return Runs(before, after)


@dataclass(frozen=True, slots=True)
class LastTime:
    """What stands beside the drafting of a plan: what was learnt, and who may sit again."""

    previous: Campaign
    lessons: list[Lesson]
    offers: list[SeatOffer]


def last_time(plan: Plan) -> LastTime | None:
    """Return it for ``plan``; None where it is the first run."""
    old = plan.campaign.previous
    if old is None:
        return None
    lessons = lessons_of(old, old.organisation, plan.organisation)
    return LastTime(old, lessons, seat_offers(plan))
