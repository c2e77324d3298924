"""Everything a summary is made of, read once, as it stood on a day: the tree, the names of bodies,
the roll, and the states of plans and promises."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from zhengyou.campaigns.models import Campaign, Criterion, Plan, PlanDecision, Subject, Task
from zhengyou.campaigns.queries.basis import basis_of
from zhengyou.climb.models import Answer, ClimbState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.periods import Kind as PeriodKind
from zhengyou.kernel.periods import period_of
from zhengyou.papers import history
from zhengyou.papers.following import (
    Following,
    kept_of,
    remarks_until,
    replies_to,
    settled_of,
    tasks_of,
    words_of,
)
from zhengyou.people.models import Kind, Membership, Organisation, Person, Placement, Post, Standing
from zhengyou.people.queries.tree import name_on, names_on, within_on
from zhengyou.pledges import goals
from zhengyou.pledges.models import Exemption, Pledge, PledgeItem, PledgeRule, Progress
from zhengyou.problems.models import Problem
from zhengyou.problems.queries.standing import answered_by, standing_on
from zhengyou.remarks.models import Remark

SOON = timedelta(days=60)
"""Promises due within this time stand under "next steps"."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on the roll that day.

    Args:
        body: the lowest of ``bodies``, by the name of the day.
        standing: a StandingKind value, "" where none is known.
        bodies: all of them within the body that the paper is about.
    """

    person: Person
    body: str
    standing: str
    bodies: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A pledge item with its state and its last notes as of the day."""

    item: PledgeItem
    who: str
    body: str
    state: ClimbState
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

    @property
    def made(self) -> bool:
        """Whether it had been sent in: a draft is not promised yet."""
        return self.state != ClimbState.DRAFT


@dataclass(frozen=True, slots=True)
class Seat:
    """A held seat of the leading group or one of its working groups."""

    group: str
    duty: str
    post: Post


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """A body that takes part, with its plan as of the day if it had one."""

    body: Organisation
    name: str
    plan: Plan | None
    state: ClimbState | None

    @property
    def public(self) -> bool:
        """Whether its plan was public by then."""
        return self.state == ClimbState.PUBLISHED


@dataclass(frozen=True, slots=True)
class Mending:
    """A problem of a body as it stood on the day; never a person's own."""

    problem: Problem
    body: str
    state: str
    due_on: date


@dataclass(slots=True)
class Records:
    """What is on record about ``body`` in ``campaign`` up to the end of ``day``."""

    campaign: Campaign
    body: Organisation
    day: date
    name: str = ""
    run_by: str = ""  # the body that runs the campaign, by the name of the day
    names: dict[int, str] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    groups: list[Organisation] = field(default_factory=list)
    own: BodyPlan | None = None
    seats: list[Seat] = field(default_factory=list)
    grounds: list[str] = field(default_factory=list)  # what the own plan rests on (依据)
    below: list[BodyPlan] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    exempt: list[Exemption] = field(default_factory=list)
    unpledged: list[Member] = field(default_factory=list)
    points: list[Criterion] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    following: Following = field(default_factory=Following)
    problems: list[Mending] = field(default_factory=list)

    @classmethod
    def load(cls, campaign: Campaign, body: Organisation, day: date) -> "Records":
        """Read all rows, in a number of queries that does not depend on how many there are."""
        records = cls(campaign, body, day, name_on(day, body), name_on(day, campaign.organisation))
        here = Placement.objects.on(day).filter(organisation=body).first()
        if here is None:
            return records  # It did not exist that day: nothing is on record.
        records.names = names_on(day, here.path)
        placed = Placement.objects.on(day).filter(paths.within("path", here.path))
        inside = {row.organisation: row.path for row in placed.select_related("organisation")}
        within = placed.values("organisation")
        records.groups = [row for row in sorted_by_path(inside) if row.kind == Kind.PARTY_GROUP]
        records._read_members(inside, within)
        records._read_plans([row for row in sorted_by_path(inside) if row.kind in campaign.covers])
        records._read_promises()
        records._read_missing(within)
        records.points = list(
            Criterion.objects.filter(standard__campaign=campaign)
            .select_related("standard")
            .order_by("standard__order", "order")
        )
        records.tasks = list(
            Task.objects.filter(phase__campaign=campaign)
            .select_related("phase", "owner_group")
            .order_by("due_on", "order")
        )
        records._read_following(within)
        records._read_problems()
        return records

    def called(self, body: Organisation) -> str:
        """Return the name of ``body`` on the day."""
        return self.names.get(body.pk, body.name)

    @property
    def past(self) -> bool:
        """Whether the day is over, so that rows may have changed since."""
        return self.day < clock.today()

    def _read_members(
        self, inside: dict[Organisation, str], within: "QuerySet[Placement, dict[str, int]]"
    ) -> None:
        """Read each person once, named with the lowest body they belonged to."""
        known = {body.pk: (body, path) for body, path in inside.items()}
        rows = Membership.objects.on(self.day).filter(organisation__in=within)
        bodies: dict[Person, list[tuple[str, Organisation]]] = defaultdict(list)
        for row in rows.select_related("person").order_by("person__sort_key", "person_id"):
            body, path = known[row.organisation_id]
            bodies[row.person].append((path, body))
        standings = dict(
            Standing.objects.on(self.day)
            .filter(person__in=rows.values("person"))
            .values_list("person_id", "kind")
        )
        for person, found in bodies.items():
            _, lowest = max(found, key=lambda pair: (len(pair[0]), pair[0]))
            standing = standings.get(person.pk, "")
            homes = tuple(body for _, body in found)
            self.members.append(Member(person, self.called(lowest), standing, homes))

    def _read_plans(self, bodies: list[Organisation]) -> None:
        plans = {
            plan.organisation_id: plan
            for plan in Plan.objects.filter(
                campaign=self.campaign, organisation__in=bodies, adopted_on__lte=self.day
            ).prefetch_related("decisions", "sections", "groups__template", "groups__organisation")
        }
        states = {plan.uid: ClimbState(plan.state) for plan in plans.values()}
        if self.past:
            states = history.plan_states(plans.values(), self.day)
        for body in bodies:
            plan = plans.get(body.pk)
            state = states.get(plan.uid) if plan else None
            row = BodyPlan(body, self.called(body), plan if state else None, state)
            if body.pk == self.body.pk:
                self.own = row
            else:
                self.below.append(row)
        if self.own and self.own.plan:
            self._read_seats(self.own.plan)
            grounds = basis_of(self.own.plan)
            self.grounds = [ground.words for ground in grounds if not ground.withdrawn]

    def _read_seats(self, plan: Plan) -> None:
        groups = {group.organisation_id: group for group in plan.groups.all()}
        posts = Post.objects.on(self.day).filter(organisation__in=groups).select_related("person")
        order = list(groups)
        for post in sorted(
            posts.order_by("order", "person__sort_key"),
            key=lambda post: order.index(post.organisation_id),
        ):
            group = groups[post.organisation_id]
            self.seats.append(Seat(self.called(group.organisation), group.template.duty, post))

    def _read_promises(self) -> None:
        """Read the items of all bodies within, and of those that ended before: they stay theirs."""
        items = PledgeItem.objects.filter(
            within_on(self.day, self.body, "pledge__organisation"),
            pledge__campaign=self.campaign,
            pledge__made_on__lte=self.day,
        )
        states = history.item_states(items, self.day) if self.past else None
        notes = self._notes(items)
        month = period_of(PeriodKind.MONTH, self.day)
        assert month is not None
        for item in items.select_related(
            "pledge__person", "pledge__organisation", "criterion__standard"
        ).order_by("pledge__organisation__path", "pledge__person__sort_key", "pledge_id", "number"):
            state = states.get(item.uid) if states is not None else ClimbState(item.state)
            if state is None or state == ClimbState.WITHDRAWN:
                continue
            item.pledge.campaign = self.campaign
            own = notes[item.pk]
            valued = next((note for note in reversed(own) if note.value is not None), None)
            body = self.called(item.pledge.organisation)
            self.promises.append(
                Promise(
                    item=item,
                    who=item.pledge.person.name if item.pledge.person else body,
                    body=body,
                    state=state,
                    value=valued.value if valued else None,
                    value_on=valued.noted_on if valued else None,
                    note=own[-1] if own else None,
                    noted=bool(own and own[-1].noted_on >= month.start),
                )
            )

    def _notes(self, items: QuerySet[PledgeItem]) -> dict[int, list[Progress]]:
        notes: dict[int, list[Progress]] = defaultdict(list)
        for note in (
            Progress.objects.standing()
            .filter(item__in=items, noted_on__lte=self.day)
            .order_by("noted_on", "id")
        ):
            notes[note.item_id].append(note)
        return notes

    def _read_missing(self, within: "QuerySet[Placement, dict[str, int]]") -> None:
        """Read who need not pledge, and who should have: sent in nothing, here or elsewhere.

        Both follow the person to where he or she is on the roll of the day.
        """
        on_roll = Membership.objects.on(self.day).filter(organisation__in=within).values("person")
        self.exempt = list(
            Exemption.objects.on(self.day)
            .filter(campaign=self.campaign, person__in=on_roll)
            .select_related("person", "organisation")
            .order_by("person__sort_key", "person_id")
        )
        rules = PledgeRule.objects.filter(campaign=self.campaign, subject=Subject.PERSON)
        wanted = {standing for rule in rules for standing in rule.who}
        posts = {role for rule in rules for role in rule.posts}
        held = set(
            Post.objects.on(self.day)
            .filter(role__in=posts, organisation__in=within)
            .values_list("person_id", flat=True)
        )
        done = {row.item.pledge.person_id for row in self.promises if row.made}
        done |= {row.person_id for row in self.exempt}
        elsewhere = (
            Pledge.objects.filter(
                campaign=self.campaign,
                person__isnull=False,
                items__submitted_at__lt=history.end_of(self.day),
            )
            .exclude(within_on(self.day, self.body))
            .filter(person__in=on_roll)
        )
        done |= set(elsewhere.values_list("person_id", flat=True))
        self.unpledged = [
            member
            for member in self.members
            if (member.standing in wanted or member.person.pk in held)
            and member.person.pk not in done
            and any(body.kind in self.campaign.covers for body in member.bodies)
        ]

    def _read_following(self, within: "QuerySet[Placement, dict[str, int]]") -> None:
        """Read what came of it: the own tasks, or those of all below where it has no plan."""
        end = history.end_of(self.day)
        rows = [self.own] if self.own else self.below
        plans = [(row.name, row.plan) for row in rows if row.plan]
        said = Remark.objects.filter(within=self.campaign.uid, organisation__in=within)
        remarks = remarks_until(said, self.day, end)
        settled = settled_of([plan for _, plan in plans], end)
        self.following = Following(
            tasks_of(plans, self.tasks, end),
            remarks,
            settled,
            kept_of([row.item for row in self.promises], end),
            replies_to(remarks, end),
            words_of(settled),
        )

    def _read_problems(self) -> None:
        rows: QuerySet[Any] = standing_on(self.day).filter(
            answered_by(self.body, self.day), campaign=self.campaign, subject=None
        )
        self.problems = [
            Mending(row, self.called(row.organisation), row.at_state, row.at_due)
            for row in rows.select_related("organisation").order_by("pk")
        ]

    @property
    def returns(self) -> list[PlanDecision]:
        """The returns of the own plan by then."""
        if self.own is None or self.own.plan is None:
            return []
        end = history.end_of(self.day)
        return [
            row
            for row in self.own.plan.decisions.all()
            if row.answer == Answer.RETURN and row.decided_at < end
        ]

    @property
    def plan_texts(self) -> dict[str, str]:
        """The sections of the own plan as they read that day, as far as that is on record.

        An approved text never changes again. Before that, what is known of a past day is what
        the level above had read by then. What was never sent up is nobody's above, who reads
        the summary too.
        """
        if self.own is None or self.own.plan is None or self.own.plan.submitted_at is None:
            return {}
        if not self.past or self.own.state in (ClimbState.APPROVED, ClimbState.PUBLISHED):
            return self.own.plan.texts
        seen = [row.sections_seen for row in self.returns]
        return dict(seen[-1]) if seen else {}

    def by_then(self, moment: datetime | None) -> date | None:
        """Return the day of ``moment`` if it was over by the end of the records' day."""
        if moment is None or moment >= history.end_of(self.day):
            return None
        return moment.astimezone(clock.SHANGHAI).date()


def sorted_by_path(inside: dict[Organisation, str]) -> list[Organisation]:
    """Return the bodies in the order of the tree of the day."""
    return [body for body, _ in sorted(inside.items(), key=lambda pair: pair[1])]
