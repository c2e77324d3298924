"""Who sees and does what with organisations and people. Rights follow from posts and the tree."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q

from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Membership, Organisation, Person, Post, Role, RosterImport

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
SHAPERS = (*KEEPERS, Role.SYSTEM_ADMIN)
WEIGHTY = (*SHAPERS, Role.INSPECTOR)  # nobody gives these to oneself, or prints the key to them
ROLL_PORTFOLIO = "组织"  # 组织委员 keeps the roll together with the secretary


# --- what exists for somebody ------------------------------------------------------------------


def visible_organisations(actor: Actor) -> Q:
    """Return which organisations exist for ``actor``.

    An overseeing post reaches its body and what is below; a member sees the own bodies, what is
    inside them, and what stands above them (a line of names), nothing beside.
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


# --- looking -----------------------------------------------------------------------------------


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
        verdict = _keeps_roll(actor, body) | verdict
    return verdict


# --- the roll ----------------------------------------------------------------------------------


def _keeps_roll(actor: Actor, organisation: Organisation) -> Verdict:
    keeps = actor.holds(organisation.path, SHAPERS) or (
        actor.holds(organisation.path, (Role.COMMITTEE_MEMBER,))
        and actor.hat is not None
        and actor.hat.portfolio == ROLL_PORTFOLIO
    )
    return Verdict.of(keeps, "改花名册要由本组织或上级的书记、副书记、组织委员、活动办来办。")


def may_keep_roll(actor: Actor, organisation: Organisation) -> Verdict:
    """Change people and memberships, import a roster, issue invitations."""
    return _keeps_roll(actor, organisation) & _is_open(organisation)


def may_transfer(actor: Actor, source: Organisation, target: Organisation) -> Verdict:
    """Move somebody between two bodies: the right over both rolls is needed."""
    both = _keeps_roll(actor, source) & Verdict.of(
        _keeps_roll(actor, target).ok,
        f"{target.name}的花名册不归您管，请由管两边的上级来办。",
    )
    return both & _is_open(target)


def may_amend(actor: Actor, bodies: Iterable[Organisation]) -> Verdict:
    """Correct a person's data and standing: who keeps the roll of a body of theirs.

    Args:
        bodies: :meth:`Person.bodies` of the person.
    """
    verdict = Verdict.no("改个人信息要由所在组织或上级的书记、副书记、组织委员、活动办来办。")
    for body in bodies:
        verdict = _keeps_roll(actor, body) | verdict
    return verdict


def may_close_account(actor: Actor, bodies: Iterable[Organisation]) -> Verdict:
    """Close somebody's account: who keeps the roll of a body of theirs.

    Args:
        bodies: :meth:`Person.bodies` of the person.
    """
    verdict = Verdict.no("停用账号要由这个人所在组织的书记或上级来办。")
    for body in bodies:
        verdict = _keeps_roll(actor, body) | verdict
    return verdict


def may_hand_key(actor: Actor, posts: Iterable[Post]) -> Verdict:
    """Print the slip of somebody, or close the account so that a new slip may be printed.

    Whoever prints a slip could sign in with it. So who acts for a body, or oversees, gets it from
    those who could give that post anew, not from whoever keeps the roll.

    Args:
        posts: those the person holds today and later, with body and person.
    """
    verdict = Verdict.yes()
    for post in posts:
        body, role = post.organisation, Role(post.role)
        if role in WEIGHTY:
            verdict = verdict & Verdict.of(
                may_appoint(actor, body, role),
                f"{post.person.name}任{body.name}{post.title}，账号和邀请条要由任免这个职务的上级来办。",
            )
    return verdict


# --- roster imports ----------------------------------------------------------------------------


def visible_imports(actor: Actor) -> Q:
    """Return which roster imports exist for ``actor``: those of bodies whose roll is theirs."""
    if actor.hat is None or not _keeps_roll(actor, actor.hat.organisation):
        return Q(pk__in=[])
    return paths.within("organisation__path", actor.hat.organisation.path)


def may_import_roster(actor: Actor, organisation: Organisation) -> Verdict:
    """Upload a roster for a branch, or for all branches of a committee."""
    takes = organisation.kind in (Kind.PARTY_COMMITTEE, Kind.GENERAL_BRANCH, Kind.BRANCH)
    return may_keep_roll(actor, organisation) & Verdict.of(
        takes, "花名册按党支部导入，请到党支部，或者管着支部的党委、党总支。"
    )


def may_confirm_roster(actor: Actor, roster: RosterImport, unanswered: int) -> Verdict:
    """Write a checked roster: nothing is wrong in it, and every likeness was decided.

    Args:
        unanswered: matches about which nothing has been chosen.
    """
    news = sum(roster.count(what) for what in ("add", "update", "transfer"))
    return (
        may_import_roster(actor, roster.organisation)
        & Verdict.of(
            not roster.count("errors"),
            f"还有 {roster.count('errors')} 处错误。请照表改好，再重新上传。",
        )
        & Verdict.of(not unanswered, f"还有 {unanswered} 行没有选怎么办，选完才能导入。")
        & Verdict.of(news, "名册和系统里的一样，没有要导入的。")
    )


def may_undo_roster(actor: Actor, roster: RosterImport, hanging: Sequence[str]) -> Verdict:
    """Take a whole import back, as long as nothing hangs on the people it brought.

    Args:
        hanging: what does, in words.
    """
    return may_keep_roll(actor, roster.organisation) & Verdict.of(
        not hanging, f"不能整批撤回：{'；'.join(hanging)}。请一个一个改。"
    )


def may_export_numbers(actor: Actor, organisation: Organisation) -> Verdict:
    """Take a roll out with ID and phone numbers in full: who keeps it. It is a fact."""
    return _keeps_roll(actor, organisation)


def kept_organisations(actor: Actor) -> Q:
    """Return the open bodies whose roll ``actor`` may change: see :func:`may_keep_roll`."""
    if actor.hat is None or not _keeps_roll(actor, actor.hat.organisation):
        return Q(pk__in=[])
    return paths.within("path", actor.hat.organisation.path) & Q(closed_on=None)


# --- the tree ----------------------------------------------------------------------------------


def may_shape_tree(actor: Actor, organisation: Organisation) -> Verdict:
    """Found bodies below a body: its own keepers (a branch draws its groups) and those above."""
    return Verdict.of(
        actor.holds(organisation.path, SHAPERS),
        "在这里设立组织要由本级或上级的书记、副书记、活动办来办。",
    ) & _is_open(organisation)


def may_change_body(actor: Actor, organisation: Organisation) -> Verdict:
    """Rename, move, split or close a body: decided above it; a root decides for itself."""
    decides = (
        actor.holds_above(organisation.path, SHAPERS)
        or actor.holds_at(organisation.path, (Role.SYSTEM_ADMIN,))
        or (organisation.parent_id is None and actor.holds_at(organisation.path, SHAPERS))
    )
    return Verdict.of(
        decides, "组织的改名、移动、拆分、撤销要由上级的书记、副书记、活动办来办。"
    ) & _is_open(organisation)


def shaped_organisations(actor: Actor) -> Q:
    """Return the open bodies below which ``actor`` may found: see :func:`may_shape_tree`."""
    if actor.hat is None or actor.hat.role not in SHAPERS:
        return Q(pk__in=[])
    return paths.within("path", actor.hat.organisation.path) & Q(closed_on=None)


def may_move(actor: Actor, organisation: Organisation, target: Organisation) -> Verdict:
    """Move a subtree: the right over both the old place and the new one is needed."""
    return (
        may_change_body(actor, organisation)
        & Verdict.of(
            actor.holds(target.path, SHAPERS),
            f"{target.name}不归您管，请由管两边的上级来办。",
        )
        & _is_open(target)
        & Verdict.of(
            not paths.is_within(target.path, organisation.path),
            f"{target.name}在{organisation.name}下面，不能移到自己下面去。",
        )
        & Verdict.of(
            organisation.parent_id != target.pk, f"{organisation.name}已经在{target.name}下面了。"
        )
    )


def _is_open(organisation: Organisation) -> Verdict:
    return Verdict.of(organisation.is_open(), f"{organisation.name}已经撤销，不能再改。")


# --- posts -------------------------------------------------------------------------------------


def may_appoint(actor: Actor, organisation: Organisation, role: Role) -> Verdict:
    """Give or end a post. The secretary, and who oversees or administers, is given from above.

    A party committee sets up its own 活动办 and 督查员, who look downwards; a branch does not
    inspect itself.
    """
    above = actor.holds_above(organisation.path, SHAPERS) or actor.holds(
        organisation.path, (Role.SYSTEM_ADMIN,)
    )
    if role in (Role.SECRETARY, Role.SYSTEM_ADMIN):
        return Verdict.of(above, f"{role.label}由上级党组织任免，本级不能自己定。")
    if role in (Role.INSPECTOR, Role.CAMPAIGN_OFFICE):
        own = organisation.kind == Kind.PARTY_COMMITTEE and actor.holds_at(
            organisation.path, LEADERS
        )
        return Verdict.of(above or own, f"{role.label}由党委书记、副书记或上级党组织任免。")
    return Verdict.of(
        above or actor.holds(organisation.path, SHAPERS),
        "任免职务要由本组织或上级的书记、副书记、活动办来办。",
    )


def may_appoint_whom(actor: Actor, person: Person, role: Role) -> Verdict:
    """Nobody appoints oneself to a post that acts for a body or oversees it."""
    return Verdict.of(
        role not in WEIGHTY or not actor.is_person(person),
        f"不能任命自己当{role.label}，请上级或者别的负责人来办。",
    )


def may_appoint_any(actor: Actor, organisation: Organisation) -> Verdict:
    """Give some post or other at a body: labels the button that leads to the form."""
    return Verdict.of(
        actor.holds(organisation.path, SHAPERS),
        "任免职务要由本组织或上级的书记、副书记、活动办来办。",
    ) & _is_open(organisation)


def may_set_days(actor: Actor) -> Verdict:
    """Change the working-day calendar, which holds for everybody: whoever leads or administers
    at the very top."""
    hat = actor.hat
    top = hat is not None and hat.organisation.parent_id is None
    return Verdict.of(
        hat is not None and top and hat.role in (*KEEPERS, Role.SYSTEM_ADMIN),
        "工作日历人人都用，由最上级党组织的书记、副书记、活动办、系统管理员来改。",
    )
