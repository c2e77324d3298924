"""Who founds, redraws and closes bodies, gives posts, and keeps the calendar."""

from collections.abc import Iterable

from django.db.models import Q

from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation, Person, Role
from zhengyou.people.models.post import role_label
from zhengyou.people.rules.posts_of_weight import KEEPERS, LEADERS, SHAPERS, WEIGHTY

# --- the tree -------------------------------------------------------------------------------------


def may_shape_tree(actor: Actor, organisation: Organisation) -> Verdict:
    """Found bodies below a body: its own keepers (a branch draws its groups) and those above."""
    return Verdict.of(
        actor.holds(organisation.path, SHAPERS),
        "在这里设立组织要由本级或上级的书记、副书记、活动办来办。",
    ) & is_open(organisation)


def may_change_body(actor: Actor, organisation: Organisation) -> Verdict:
    """Rename, move, split, merge or close a body: decided above it; a root decides for itself."""
    return Verdict.of(
        _decides_about(actor, organisation),
        "组织的改名、移动、拆分、合并、撤销要由上级的书记、副书记、活动办来办。",
    ) & is_open(organisation)


def _decides_about(actor: Actor, organisation: Organisation) -> bool:
    return (
        actor.holds_above(organisation.path, SHAPERS)
        or actor.holds_at(organisation.path, (Role.SYSTEM_ADMIN,))
        or (organisation.parent_id is None and actor.holds_at(organisation.path, SHAPERS))
    )


def may_undo_reorganisation(actor: Actor, bodies: Iterable[Organisation], hanging: str) -> Verdict:
    """Take a merger or a split back: who could have done it, as long as nothing hangs on it.

    Args:
        bodies: the old ones, closed by now, and those in which they went on.
        hanging: what hangs on it, in words; empty: nothing.
    """
    verdict = Verdict.yes()
    for body in bodies:
        verdict = verdict & Verdict.of(
            _decides_about(actor, body), "撤销组织调整要由上级的书记、副书记、活动办来办。"
        )
    return verdict & Verdict.of(not hanging, f"不能撤销了：{hanging}。请另办一次调整。")


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
        & is_open(target)
        & Verdict.of(
            not paths.is_within(target.path, organisation.path),
            f"{target.name}在{organisation.name}下面，不能移到自己下面去。",
        )
        & Verdict.of(
            organisation.parent_id != target.pk, f"{organisation.name}已经在{target.name}下面了。"
        )
    )


def is_open(organisation: Organisation) -> Verdict:
    return Verdict.of(organisation.is_open(), f"{organisation.name}已经撤销，不能再改。")


# --- posts ----------------------------------------------------------------------------------------


def may_appoint(actor: Actor, organisation: Organisation, role: Role) -> Verdict:
    """Give or end a post. The secretary, and who oversees or administers, is given from above.

    A party committee sets up its own 活动办 and 督查员, who look downwards; a branch does not
    inspect itself.
    """
    above = actor.holds_above(organisation.path, SHAPERS) or actor.holds(
        organisation.path, (Role.SYSTEM_ADMIN,)
    )
    if role in (Role.SECRETARY, Role.SYSTEM_ADMIN):
        return Verdict.of(
            above, f"{role_label(role, Kind(organisation.kind))}由上级党组织任免，本级不能自己定。"
        )
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
    ) & is_open(organisation)


def may_set_days(actor: Actor) -> Verdict:
    """Change the working-day calendar, which holds for everybody: whoever leads or administers
    at the very top."""
    hat = actor.hat
    top = hat is not None and hat.organisation.parent_id is None
    return Verdict.of(
        hat is not None and top and hat.role in (*KEEPERS, Role.SYSTEM_ADMIN),
        "工作日历人人都用，由最上级党组织的书记、副书记、活动办、系统管理员来改。",
    )
