"""What of pledges exists for somebody."""

from django.db.models import Exists, OuterRef, Q

from zhengyou.campaigns.models import Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Membership, Organisation, Role
from zhengyou.people.rules import HEADS
from zhengyou.pledges.models import Pledge, PledgeItem, in_public
from zhengyou.pledges.rules.ground import ABOVE, BRANCH, NOBODY, leads, led
from zhengyou.pledges.rules.reviewing import reviewable_pledges
from zhengyou.pledges.rules.writing import records

INSIDE = (*BRANCH, Role.RECORDER)


def inside_pledges(actor: Actor) -> Q:
    """Return the pledges that ``actor`` sees from within, with names in full."""
    seen = Q(person=actor.person) if actor.person else NOBODY
    if actor.hat is None:
        return seen
    path, role = actor.hat.organisation.path, actor.hat.role
    if role in (*BRANCH, Role.RECORDER):
        seen |= led(actor) | moved_to(path)
    if role in ABOVE:
        seen |= paths.within("organisation__path", path)
    return seen


def moved_to(path: str) -> Q:
    """Return the pledges of persons who left the body of the pledge and are in that of ``path``."""
    today = Membership.objects.on(clock.today()).filter(person=OuterRef("person"))
    there = today.filter(paths.within("organisation__path", path))
    still = today.filter(organisation__path__startswith=OuterRef("organisation__path"))
    return Q(subject=Subject.PERSON) & Q(Exists(there)) & ~Q(Exists(still))


def visible_pledges(actor: Actor) -> Q:
    """Return the pledges that exist for ``actor``: from within, or because an item is public."""
    public = PledgeItem.objects.filter(in_public(), pledge=OuterRef("pk"))
    return inside_pledges(actor) | Q(Exists(public))


def visible_items(actor: Actor) -> Q:
    """Return the items whose text exists for ``actor``.

    Public ones, and intentions put out for opinions, for everybody; all of what one writes; for
    the body's leaders whatever was sent in; from above what waits or is public. A draft is nobody
    else's business.
    """
    seen = in_public()
    if actor.person:
        seen |= Q(pledge__person=actor.person)
    if actor.hat is None:
        return seen
    path, role = actor.hat.organisation.path, actor.hat.role
    here = led(actor, "pledge__")
    if role in HEADS:
        seen |= here & Q(pledge__subject=Subject.ORGANISATION)
    if role == Role.RECORDER:
        seen |= here & (
            Q(pledge__entered_by__isnull=False) | Q(pledge__subject=Subject.ORGANISATION)
        )
    if role in BRANCH:
        seen |= here & ~Q(state=ClimbState.DRAFT)
    if role in ABOVE:
        below = paths.within("pledge__organisation__path", path)
        seen |= below & Q(state=ClimbState.SUBMITTED)
    return seen


def may_see_inside(actor: Actor, pledge: Pledge) -> Verdict:
    """Say whether ``actor`` sees the pledge from within; same as :func:`inside_pledges`."""
    path = pledge.organisation.path
    seen = (
        actor.is_person(pledge.person)
        or leads(actor, pledge, (*BRANCH, Role.RECORDER))
        or actor.holds(path, ABOVE)
    )
    if not seen and actor.holds(actor.hat.organisation.path if actor.hat else "", INSIDE):
        seen = Pledge.objects.filter(inside_pledges(actor), pk=pledge.pk).exists()
    return Verdict.of(seen, "还没公开的承诺只给本人、本组织和上级管活动的人看。")


def may_see_reasons(actor: Actor, pledge: Pledge) -> Verdict:
    """What was returned and why: the one who pledges, the body's leaders, who reviews, who wrote
    it down for others."""
    own = (
        actor.is_person(pledge.person)
        or leads(actor, pledge, BRANCH)
        or records(actor, pledge)
        or Pledge.objects.filter(reviewable_pledges(actor), pk=pledge.pk).exists()
    )
    return Verdict.of(own, "退回的理由只给本人和本组织的书记、委员看。")


def may_see_list(actor: Actor, body: Organisation) -> Verdict:
    """The list of a body's pledges with their states."""
    return Verdict.of(
        actor.holds_at(body.path, (*BRANCH, Role.RECORDER)) or actor.holds(body.path, ABOVE),
        "承诺名单只给本组织的书记、委员、记录员和上级管活动的人看。",
    )


def may_see_missing(actor: Actor, body: Organisation) -> Verdict:
    """By name, who has not pledged yet: within the body only, never a public shaming list."""
    return Verdict.of(
        actor.holds_at(body.path, (*BRANCH, Role.RECORDER)),
        "谁还没承诺，只有本组织的书记、委员、记录员看得到名字。",
    )
