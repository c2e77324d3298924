"""Who sees and does what with organisations and people. Rights follow from posts and the tree."""

from django.db.models import Q

from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person, Role
from zhengyou.people.models.dated import holds_on

LEADERS = (Role.SECRETARY, Role.DEPUTY_SECRETARY)
KEEPERS = (*LEADERS, Role.CAMPAIGN_OFFICE)  # act for a body and for what is below it
OVERSEERS = (
    *KEEPERS,
    Role.COMMITTEE_MEMBER,
    Role.GROUP_LEADER,
    Role.INSPECTOR,
    Role.RECORDER,
    Role.SYSTEM_ADMIN,
)  # look at a body and at what is below it
ROLL_PORTFOLIO = "组织"  # 组织委员 keeps the roll together with the secretary


def visible_organisations(actor: Actor) -> Q:
    """Return which organisations exist for ``actor``: what the hat reaches, and where one belongs.

    A member sees the own bodies and what stands above them (a path of names), nothing beside.
    """
    seen = Q(pk__in=[])
    if actor.hat and actor.hat.role in OVERSEERS:
        seen |= paths.within("path", actor.hat.organisation.path)
    homes = [body.path for body in actor.memberships]
    if actor.hat:
        homes.append(actor.hat.organisation.path)
    line = {above for home in homes for above in (home, *paths.ancestors(home))}
    return seen | Q(path__in=line) if line else seen


def visible_persons(actor: Actor) -> Q:
    """Return which persons exist for ``actor``: those below the hat, fellow members, oneself."""
    today = clock.today()
    seen = Q(pk=actor.person.pk) if actor.person else Q(pk__in=[])
    tops = []
    if actor.hat and actor.hat.role in OVERSEERS:
        tops.append(actor.hat.organisation.path)
    tops += [body.path for body in actor.memberships]
    from zhengyou.people.models import Membership

    for top in tops:
        rows = Membership.objects.on(today).filter(paths.within("organisation__path", top))
        seen |= Q(pk__in=rows.values("person"))
    return seen


def may_see_organisation(actor: Actor, organisation: Organisation) -> Verdict:
    """A body is seen from above, from within, and as part of the line above one's own."""
    seen = actor.holds(organisation.path, OVERSEERS) or actor.belongs_to(organisation.path)
    worn = actor.hat and paths.is_within(actor.hat.organisation.path, organisation.path)
    return Verdict.of(seen or worn, "这个组织不归您管，也不是您所在的组织。")


def may_see_roll(actor: Actor, organisation: Organisation) -> Verdict:
    """The roll with masked numbers: posts at or above; members see names of their own body only."""
    return Verdict.of(
        actor.holds(organisation.path, OVERSEERS),
        "花名册只给本组织和上级的书记、委员、活动办、督查员看。",
    )


def may_keep_roll(actor: Actor, organisation: Organisation) -> Verdict:
    """Change people and memberships, import a roster, issue invitations."""
    keeps = actor.holds(organisation.path, (*KEEPERS, Role.SYSTEM_ADMIN)) or (
        actor.holds(organisation.path, (Role.COMMITTEE_MEMBER,))
        and actor.hat is not None
        and actor.hat.portfolio == ROLL_PORTFOLIO
    )
    return Verdict.of(keeps, "改花名册要由本组织或上级的书记、副书记、组织委员、活动办来办。") & (
        Verdict.of(organisation.is_open(), f"{organisation.name}已经撤销，不能再改。")
    )


def may_see_full_numbers(actor: Actor, person: Person, bodies: list[Organisation]) -> Verdict:
    """See an ID or phone number in full: the one concerned and who keeps the roll. It is a fact.

    Args:
        bodies: the bodies the person belongs to today.
    """
    own = Verdict.of(actor.is_person(person), "号码全文只给本人和管花名册的人看。")
    for body in bodies:
        own = own | may_keep_roll(actor, body)
    return own


def may_shape_tree(actor: Actor, organisation: Organisation) -> Verdict:
    """Found, rename, split or close bodies below (or, for a secretary, the groups of) a body."""
    return Verdict.of(
        actor.holds(organisation.path, (*KEEPERS, Role.SYSTEM_ADMIN)),
        "组织的设立、改名、拆分、撤销要由本级或上级的书记、副书记、活动办来办。",
    ) & Verdict.of(organisation.is_open(), f"{organisation.name}已经撤销，不能再改。")


def may_move(actor: Actor, organisation: Organisation, target: Organisation) -> Verdict:
    """Move a subtree: the right over both the old place and the new one is needed."""
    return (
        may_shape_tree(actor, organisation)
        & may_shape_tree(actor, target)
        & Verdict.of(
            not paths.is_within(target.path, organisation.path),
            f"{target.name}在{organisation.name}下面，不能移到自己下面去。",
        )
        & Verdict.of(organisation.parent_id != target.pk, "已经在这个上级下面了。")
    )


def may_appoint(actor: Actor, organisation: Organisation, role: Role) -> Verdict:
    """Give or end a post. Oversight posts and the secretary are given from above."""
    if role in (Role.SECRETARY, Role.INSPECTOR, Role.CAMPAIGN_OFFICE, Role.SYSTEM_ADMIN):
        return Verdict.of(
            actor.holds_above(organisation.path, (*KEEPERS, Role.SYSTEM_ADMIN))
            or actor.holds(organisation.path, (Role.SYSTEM_ADMIN,)),
            f"{role.label}由上级党组织任免，本级不能自己定。",
        )
    return Verdict.of(
        actor.holds(organisation.path, (*KEEPERS, Role.SYSTEM_ADMIN)),
        "任免职务要由本组织或上级的书记、副书记、活动办来办。",
    )


def may_close_account(actor: Actor, bodies: list[Organisation]) -> Verdict:
    """Close somebody's account: who keeps the roll of a body of theirs."""
    verdict = Verdict.no("停用账号要由这个人所在组织的书记或上级来办。")
    for body in bodies:
        verdict = verdict | may_keep_roll(actor, body)
    return verdict


def open_on_party_roll() -> Q:
    """Return the condition "membership holds today" for person rows."""
    return holds_on(clock.today(), "memberships__")
