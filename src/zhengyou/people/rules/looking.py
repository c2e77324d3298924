"""Which organisations and people exist for somebody, and who looks at what."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Membership, Organisation, Person, Succession
from zhengyou.people.rules.posts_of_weight import OVERSEERS
from zhengyou.people.rules.rolls import keeps_roll

# --- what exists for somebody ---------------------------------------------------------------------


def visible_organisations(actor: Actor) -> Q:
    """Return which organisations exist for ``actor``.

    An overseeing post reaches its body and what is below; a member sees the own bodies, what is
    inside them, and what stands above them (a line of names), nothing beside. What was merged
    or split into any of these can be looked up, too.
    """
    seen = Q(pk__in=[])
    homes = {body.path for body in actor.memberships}
    tops = set(homes)
    if actor.hat:
        homes.add(actor.hat.organisation.path)
        if actor.hat.role in OVERSEERS:
            tops.add(actor.hat.organisation.path)
    for top in tops:
        seen |= paths.within("path", top)
        gone = Succession.objects.filter(paths.within("heir__path", top))
        seen |= Q(pk__in=gone.values("old"))
    line = {above for home in homes for above in (home, *paths.ancestors(home))}
    return seen | Q(path__in=line) if line else seen


def visible_persons(actor: Actor) -> Q:
    """Return which persons exist for ``actor``: those within reach, fellow members, oneself.

    Who belongs nowhere today is still within reach of those who oversee a former body, so that a
    release by mistake can be mended.
    """
    seen = Q(pk=actor.person.pk) if actor.person else Q(pk__in=[])
    today = Membership.objects.on(clock.today())
    tops = {body.path for body in actor.memberships}
    if actor.hat and actor.hat.role in OVERSEERS:
        top = actor.hat.organisation.path
        tops.add(top)
        homeless = ~Exists(today.filter(person=OuterRef("pk")))
        ever = Membership.objects.filter(paths.within("organisation__path", top))
        seen |= Q(homeless, pk__in=ever.values("person"))
    for top in tops:
        rows = today.filter(paths.within("organisation__path", top))
        seen |= Q(pk__in=rows.values("person"))
    return seen


# --- looking --------------------------------------------------------------------------------------


def may_see_organisation(actor: Actor, organisation: Organisation) -> Verdict:
    """A body is seen from above, from within, and as part of the line above one's own."""
    reached = actor.holds(organisation.path, OVERSEERS) or actor.belongs_to(organisation.path)
    inside = any(paths.is_within(organisation.path, body.path) for body in actor.memberships)
    worn = actor.hat and paths.is_within(actor.hat.organisation.path, organisation.path)
    return Verdict.of(reached or inside or worn, "这个组织不归您管，也不是您所在的组织。")


def may_see_roll(actor: Actor, organisation: Organisation) -> Verdict:
    """The roll with masked numbers: overseeing posts at or above."""
    return Verdict.of(
        actor.holds(organisation.path, OVERSEERS),
        "花名册只给本组织和上级的书记、委员、活动办、督查员等任职的人看。",
    )


def may_see_person_record(actor: Actor, person: Person, bodies: Iterable[Organisation]) -> Verdict:
    """The person's data (numbers masked) and history: oneself, and who may see a body's roll.

    Args:
        bodies: :meth:`Person.bodies` of the person.
    """
    verdict = Verdict.of(actor.is_person(person), "详细情况只给本人和管花名册的人看。")
    for body in bodies:
        verdict = may_see_roll(actor, body) | verdict
    return verdict


def may_see_full_numbers(actor: Actor, person: Person, bodies: Iterable[Organisation]) -> Verdict:
    """See an ID or phone number in full: the one concerned and who keeps the roll. It is a fact.

    Args:
        bodies: :meth:`Person.bodies` of the person.
    """
    verdict = Verdict.of(actor.is_person(person), "号码全文只给本人和管花名册的人看。")
    for body in bodies:
        verdict = keeps_roll(actor, body) | verdict
    return verdict
