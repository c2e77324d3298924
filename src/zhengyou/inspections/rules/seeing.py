"""What exists for whom. Findings are drafts of the team until they are handed over."""

from django.db.models import Exists, OuterRef, Q

from zhengyou.inspections.models import (
    Inspection,
    InspectionState,
    TeamMember,
    Visit,
    VisitState,
)
from zhengyou.inspections.rules.planning import PLANNERS, is_planner, planned_by
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Kind, Organisation, Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import KEEPERS, follows, forebears_of

HANDS = (*KEEPERS, Role.COMMITTEE_MEMBER, Role.GROUP_LEADER, Role.RECORDER, *SEATS)
"""Who reads and answers for an inspected body."""
_NOBODY = Q(pk__in=[])


def led_by(actor: Actor) -> Q:
    """Return the visits of bodies for which the hat worn answers: its own, the units and groups
    right below a branch, and what is no more and went on in it."""
    if actor.person is None or actor.hat is None or actor.hat.role not in HANDS:
        return _NOBODY
    body = actor.hat.organisation
    inner = ~Q(organisation__family=Family.PARTY) | Q(organisation__kind=Kind.PARTY_GROUP)
    gone = Organisation.objects.filter(forebears_of(body), family=body.family)
    return (
        Q(organisation=body)
        | (Q(organisation__parent=body) & inner)
        | Q(organisation__in=gone.order_by().values("pk"))
    )


def is_hand(actor: Actor, body: Organisation) -> bool:
    """Tell whether the hat worn reads and answers for ``body``; same as :func:`led_by`."""
    if actor.person is None or actor.hat is None or actor.hat.role not in HANDS:
        return False
    own = actor.hat.organisation
    inner = body.family != Family.PARTY or body.kind == Kind.PARTY_GROUP
    return (
        body.pk == own.pk
        or (inner and body.parent_id == own.pk)
        or (body.closed_on is not None and follows(own, body, None))
    )


def in_team(actor: Actor, inspection: str) -> Q:
    """Return the rows whose inspection (at the relation ``inspection``) ``actor`` is in."""
    if actor.person is None:
        return _NOBODY
    there = TeamMember.objects.filter(person=actor.person, inspection=OuterRef(inspection))
    return Q(Exists(there))


def visible_inspections(actor: Actor) -> Q:
    """Return the inspections that exist for ``actor``: what is no draft is public; a draft is for
    its planners and its team."""
    if not actor.signed_in and actor.person is None:
        return _NOBODY
    return ~Q(state=InspectionState.DRAFT) | planned_by(actor) | in_team(actor, "pk")


def visible_visits(actor: Actor) -> Q:
    """Return the visits that exist for ``actor``: those of one's team and of what one plans; once
    handed over, also for those who answer for the body and those who lead above it."""
    if actor.person is None:
        return _NOBODY
    seen = in_team(actor, "inspection")
    if actor.hat is None:
        return seen
    own = actor.hat.organisation
    if actor.hat.role in PLANNERS:
        seen |= Q(inspection__organisation=own)
    handed = Q(state=VisitState.HANDED)
    seen |= handed & led_by(actor)
    if actor.hat.role in PLANNERS:
        seen |= handed & paths.within("organisation__path", own.path)
    return seen


def visible_findings(actor: Actor) -> Q:
    """Return the findings that exist for ``actor``: with their visit."""
    return Q(visit__in=Visit.objects.filter(visible_visits(actor)).order_by().values("pk"))


def may_see_workings(actor: Actor, inspection: Inspection) -> Verdict:
    """See what is planned and how far the team is: planners and the team."""
    member = actor.person and inspection.team.filter(person=actor.person).exists()
    return Verdict.of(
        is_planner(actor, inspection.organisation) or member,
        "检查的进展只给督查组和办督查的人看。",
    )
