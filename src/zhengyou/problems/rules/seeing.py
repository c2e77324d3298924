"""For whom a problem exists.

Those who mend it, measure by measure, who found it, the hands of the body and the keepers of the
body right above (who grant more time and verify) always see it. ``Privacy.BODY`` adds the members
and posts of the body and those who look into it from above, ``PUBLIC`` everybody who is signed in.
A person's own shortcoming is for that person, who found it, and the leaders of the body: where the
person leads it, for the leaders above. Nobody else, whatever their post.
"""

from django.db.models import Exists, OuterRef, Q

from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Kind, Organisation, Post, Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import KEEPERS, LEADERS, OVERSEERS, followed_by
from zhengyou.problems.models import Measure, Privacy, Problem

SPEAKERS = (*LEADERS, Role.GROUP_LEADER, Role.SEAT_HEAD, Role.SEAT_DEPUTY)
"""Who speaks for a body."""
HANDS = (*SPEAKERS, Role.CAMPAIGN_OFFICE, Role.COMMITTEE_MEMBER, Role.RECORDER)
"""Who handles the problems of a body."""
LOOKERS = (*KEEPERS, Role.INSPECTOR)
"""Who looks into the bodies below."""
INNER = (Family.UNIT, Family.WORKING)
NOBODY = Q(pk__in=[])
OF_BODY = Q(subject__isnull=True)
SHOWN = Q(subject__isnull=True, privacy__in=(Privacy.BODY, Privacy.PUBLIC))


def visible_problems(actor: Actor) -> Q:
    """Return the problems that exist for ``actor``."""
    if actor.person is None:
        return NOBODY
    seen = _ones_own(actor) | Q(subject__isnull=True, privacy=Privacy.PUBLIC)
    homes = {body.pk for body in actor.memberships}
    homes |= {b.parent_id for b in actor.memberships if b.kind == Kind.PARTY_GROUP and b.parent_id}
    if homes:
        inside = Q(organisation__parent__in=homes) & _inner("organisation")
        seen |= SHOWN & (Q(organisation__in=homes) | inside)
    if actor.hat is None or actor.hat.role is None:
        return seen
    return seen | _in_post(actor.hat.organisation, actor.hat.role)


def _ones_own(actor: Actor) -> Q:
    mine = Measure.objects.filter(who=actor.person, dropped_at=None).values("problem")
    me = actor.person
    return Q(owner=me) | Q(subject=me) | Q(raised_by=me) | (OF_BODY & Q(pk__in=mine))


def _in_post(body: Organisation, role: Role) -> Q:
    here = handled_by(body)
    seen = NOBODY
    if role in LEADERS:
        seen |= subjects_of(body)
    if role in HANDS:
        seen |= OF_BODY & here
    if role in (*OVERSEERS, *SEATS):
        seen |= SHOWN & here
    if role in KEEPERS:
        seen |= OF_BODY & right_below(body)
    if role in LOOKERS:
        seen |= OF_BODY & Q(found_for=body)
        seen |= SHOWN & paths.within("organisation__path", body.path)
    return seen


def subjects_of(body: Organisation) -> Q:
    """Return the persons' own shortcomings that the leaders of ``body`` look after: those in it,
    and those of whoever leads a body right below."""
    return Q(subject__isnull=False) & (
        (handled_by(body) & _not_led_by_subject()) | (right_below(body) & ~_not_led_by_subject())
    )


def handled_by(body: Organisation, person: str = "subject") -> Q:
    """Return the problems that the posts of ``body`` handle: its own, those of the unit it leads
    and of the groups in it, and those of bodies that went on in it.

    Args:
        person: of other rows with a body: the relation to whom they concern.
    """
    return _answered_in("organisation", body) | followed_by(body, "organisation", person)


def right_below(body: Organisation) -> Q:
    """Return the problems whose superior ``body`` is."""
    below = Q(organisation__parent=body) & ~_inner("organisation")
    for step in ("organisation__parent", "organisation__parent__parent"):
        below |= _chain("organisation", step) & Q(**{f"{step}__parent": body}) & ~_inner(step)
    return below


def _answered_in(start: str, body: Organisation) -> Q:
    """Its own, and two levels of what has no leaders of its own."""
    inside = Q(**{start: body})
    for step in (f"{start}__parent", f"{start}__parent__parent"):
        inside |= _chain(start, step) & Q(**{step: body})
    return inside


def _chain(start: str, end: str) -> Q:
    """Everything from ``start`` up to below ``end`` is inside the body at ``end``."""
    inner, step = _inner(start), f"{start}__parent"
    while step != end:
        inner, step = inner & _inner(step), f"{step}__parent"
    return inner


def _inner(step: str) -> Q:
    """Groups of a branch and the unit it leads have no secretary of their own."""
    group = Q(**{f"{step}__kind": Kind.PARTY_GROUP})
    return group | Q(**{f"{step}__family__in": INNER})


def answering_body(body: Organisation) -> Organisation:
    """Return the body whose leaders answer for ``body``; same as :func:`handled_by`."""
    for _ in range(2):
        if body.parent is None or not (body.kind == Kind.PARTY_GROUP or body.family in INNER):
            break
        body = body.parent
    return body


def answering(body: Organisation) -> str:
    """Return the path of :func:`answering_body`."""
    return answering_body(body).path


def answered_in(body: Organisation, relation: str = "organisation") -> Q:
    """Return the rows of ``body`` and of what in it has no leaders of its own, two levels deep."""
    return _answered_in(relation, body)


def _not_led_by_subject() -> Q:
    """The person it is about does not lead the body; that person sees it anyway."""
    posts = Post.objects.on(clock.today()).filter(role__in=LEADERS)
    leads = posts.filter(person=OuterRef("subject"), organisation=OuterRef("organisation"))
    return ~Q(Exists(leads))


def may_see(actor: Actor, problem: Problem) -> Verdict:
    """Read one problem. One query."""
    seen = Problem.objects.filter(visible_problems(actor), pk=problem.pk).exists()
    return Verdict.of(seen, "这个问题只给办的人看。")


def may_see_ledger(actor: Actor, body: Organisation) -> Verdict:
    """Open the rectification ledger of a body: its members, its posts, and those above."""
    home = any(paths.is_within(body.path, each.path) for each in actor.memberships)
    posts = actor.holds(body.path, OVERSEERS) or actor.holds_at(body.path, SEATS)
    return Verdict.of(
        home or posts or actor.belongs_to(body.path),
        f"{body.name}的整改台账给本组织的人和上级任职的人看。",
    )
