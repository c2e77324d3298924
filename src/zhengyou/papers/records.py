"""Everything a summary is made of, read once, as it stood on a day."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from zhengyou.campaigns.models import Campaign, Plan, Subject, Task
from zhengyou.climb.models import Answer, ClimbState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.periods import period_of
from zhengyou.people.models import (
    Kind,
    Membership,
    Organisation,
    Person,
    Placement,
    Post,
    Standing,
    StandingKind,
)
from zhengyou.people.models.dated import holds_on
from zhengyou.pledges import goals
from zhengyou.pledges.models import Exemption, PledgeItem, PledgeRule, Progress

SOON = timedelta(days=60)
"""Promises due within this time stand under "next steps"."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the roll that day."""

    person: Person
    body: str
    standing: str  # StandingKind value, "" where none is known


@dataclass(frozen=True, slots=True)
class Promise:
    """A pledge item with its state and its last notes as of the day."""

    item: PledgeItem
    state: str  # ClimbState value
    value: Decimal | None
    value_on: date | None
    note: Progress | None
    noted: bool  # a note falls into the month of the day

    @property
    def reached(self) -> bool:
        """Whether the value noted by then has got to the target."""
        item = self.item
        return goals.reached(item.baseline, item.target, self.value, self.value_on, item.due_on)

    @property
    def public(self) -> bool:
        """Whether it was public by then."""
        return self.state == ClimbState.PUBLISHED


@dataclass(frozen=True, slots=True)
class Seat:
    """A held seat of the leading group or one of its working groups."""

    group: str
    duty: str
    post: Post


@dataclass(frozen=True, slots=True)
class BodyBelow:
    """A covered body below, with its plan if it has one."""

    body: Organisation
    plan: Plan | None


@dataclass(slots=True)
class Records:
    """What is on record about ``body`` in ``campaign`` up to the end of ``day``."""

    campaign: Campaign
    body: Organisation
    day: date
    members: list[Member] = field(default_factory=list)
    groups: list[Organisation] = field(default_factory=list)
    plan: Plan | None = None
    seats: list[Seat] = field(default_factory=list)
    below: list[BodyBelow] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    exempt: list[Exemption] = field(default_factory=list)
    unpledged: list[Member] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @classmethod
    def load(cls, campaign: Campaign, body: Organisation, day: date) -> "Records":
        """Read all rows, in a number of queries that does not depend on how many there are."""
        records = cls(campaign, body, day)
        inside = records._bodies()
        records.groups = [row for row in inside if row.kind == Kind.PARTY_GROUP]
        records.members = _members(inside, day)
        records._read_plans(inside)
        records.promises = _promises(campaign, inside, day)
        records.exempt = list(
            Exemption.objects.filter(
                campaign=campaign, organisation__in=inside, declared_on__lte=day
            ).select_related("person", "organisation")
        )
        records.unpledged = records._without_pledge()
        records.tasks = list(
            Task.objects.filter(phase__campaign=campaign)
            .select_related("phase", "owner_group")
            .order_by("due_on", "order")
        )
        return records

    def _bodies(self) -> list[Organisation]:
        """Return the body and all below it as the tree stood that day."""
        here = Placement.objects.on(self.day).filter(organisation=self.body).first()
        top = here.path if here else self.body.path
        rows = (
            Placement.objects.on(self.day)
            .filter(paths.within("path", top))
            .select_related("organisation")
            .order_by("path")
        )
        return [row.organisation for row in rows]

    def _read_plans(self, inside: list[Organisation]) -> None:
        plans = {
            plan.organisation_id: plan
            for plan in Plan.objects.filter(
                campaign=self.campaign, organisation__in=inside, adopted_on__lte=self.day
            ).prefetch_related("decisions", "sections", "groups__template", "groups__organisation")
        }
        self.plan = plans.get(self.body.pk)
        self.below = [
            BodyBelow(row, plans.get(row.pk))
            for row in inside
            if row.pk != self.body.pk and row.kind in self.campaign.covers
        ]
        if self.plan:
            groups = {row.organisation_id: row for row in self.plan.groups.all()}
            posts = (
                Post.objects.on(self.day)
                .filter(organisation__in=groups)
                .select_related("person")
                .order_by("order", "person__sort_key")
            )
            order = list(groups)
            self.seats = [
                Seat(group.organisation.name, group.template.duty, post)
                for post in sorted(posts, key=lambda post: order.index(post.organisation_id))
                for group in (groups[post.organisation_id],)
            ]

    def _without_pledge(self) -> list[Member]:
        wanted = {
            standing
            for rule in PledgeRule.objects.filter(campaign=self.campaign, subject=Subject.PERSON)
            for standing in rule.who
        }
        done = {promise.item.pledge.person_id for promise in self.promises}
        done |= {row.person_id for row in self.exempt}
        return [
            member
            for member in self.members
            if member.standing in wanted and member.person.pk not in done
        ]

    @property
    def plans_open(self) -> bool:
        """Whether a body below has not published its plan."""
        return any(row.plan is None or row.plan.state != ClimbState.PUBLISHED for row in self.below)

    @property
    def returns(self) -> list[tuple[str, date]]:
        """Each return of the plan by then: what was to be mended, and when."""
        if self.plan is None:
            return []
        return [
            ("；".join(row.section_reasons.values()) or row.reason, _local(row.decided_at))
            for row in self.plan.decisions.all()
            if row.answer == Answer.RETURN and _local(row.decided_at) <= self.day
        ]


def _local(moment: object) -> date:
    return moment.astimezone(clock.SHANGHAI).date()  # type: ignore[attr-defined, no-any-return]


def _members(inside: list[Organisation], day: date) -> list[Member]:
    """Return each person once, named with the lowest body they belong to."""
    names = {row.pk: row for row in inside}
    rows = (
        Membership.objects.on(day)
        .filter(organisation__in=inside)
        .select_related("person")
        .order_by("person__sort_key", "person_id")
    )
    lowest: dict[int, Membership] = {}
    for row in rows:
        known = lowest.get(row.person_id)
        if known is None or len(names[row.organisation_id].path) > len(
            names[known.organisation_id].path
        ):
            lowest[row.person_id] = row
    standings = dict(
        Standing.objects.on(day)
        .filter(
            holds_on(day, "person__memberships__"), person__memberships__organisation__in=inside
        )
        .values_list("person_id", "kind")
    )
    return [
        Member(row.person, names[row.organisation_id].name, standings.get(row.person_id, ""))
        for row in lowest.values()
    ]


def _promises(campaign: Campaign, inside: list[Organisation], day: date) -> list[Promise]:
    items = (
        PledgeItem.objects.filter(
            pledge__campaign=campaign, pledge__organisation__in=inside, pledge__made_on__lte=day
        )
        .select_related(
            "pledge__person", "pledge__organisation", "pledge__rule", "criterion__standard"
        )
        .order_by("pledge__organisation__path", "pledge__person__sort_key", "pledge_id", "number")
    )
    alive = [item for item in items if _state_on(item, day)]
    notes: dict[int, list[Progress]] = defaultdict(list)
    for note in (
        Progress.objects.standing()
        .filter(
            item__pledge__campaign=campaign,
            item__pledge__organisation__in=inside,
            noted_on__lte=day,
        )
        .order_by("noted_on", "id")
    ):
        notes[note.item_id].append(note)
    month = period_of("month", day)
    found = []
    for item in alive:
        own = notes[item.pk]
        valued = next((note for note in reversed(own) if note.value is not None), None)
        found.append(
            Promise(
                item,
                _state_on(item, day),
                valued.value if valued else None,
                valued.noted_on if valued else None,
                own[-1] if own else None,
                bool(own and month and own[-1].noted_on >= month.start),
            )
        )
    return found


def _state_on(item: PledgeItem, day: date) -> str:
    """Return the state by the end of ``day``; "" for what was withdrawn by then."""
    if item.withdrawn_at and _local(item.withdrawn_at) <= day:
        return ""
    if item.published_at and _local(item.published_at) <= day:
        return ClimbState.PUBLISHED
    if day >= clock.today():
        return item.state
    if item.submitted_at and _local(item.submitted_at) <= day:
        return ClimbState.SUBMITTED
    return ClimbState.DRAFT


MEMBER_WORDS = {kind.value: str(kind.label) for kind in StandingKind}
