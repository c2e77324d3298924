"""Who keeps the roll of a body: people, their accounts, roster imports."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import (
    Kind,
    Organisation,
    Post,
    Role,
    RosterImport,
)
from zhengyou.people.rules.posts_of_weight import (
    ROLL_PORTFOLIO,
    SHAPERS,
    WEIGHTY,
)
from zhengyou.people.rules.tree import is_open, may_appoint

# --- the roll -------------------------------------------------------------------------------------


def keeps_roll(actor: Actor, organisation: Organisation) -> Verdict:
    keeps = actor.holds(organisation.path, SHAPERS) or (
        actor.holds(organisation.path, (Role.COMMITTEE_MEMBER,))
        and actor.hat is not None
        and actor.hat.portfolio == ROLL_PORTFOLIO
    )
    return Verdict.of(keeps, "改花名册要由本组织或上级的书记、副书记、组织委员、活动办来办。")


def may_keep_roll(actor: Actor, organisation: Organisation) -> Verdict:
    """Change people and memberships, import a roster, issue invitations."""
    return keeps_roll(actor, organisation) & is_open(organisation)


def may_transfer(actor: Actor, source: Organisation, target: Organisation) -> Verdict:
    """Move somebody between two bodies: the right over both rolls is needed."""
    both = keeps_roll(actor, source) & Verdict.of(
        keeps_roll(actor, target).ok,
        f"{target.name}的花名册不归您管，请由管两边的上级来办。",
    )
    return both & is_open(target)


def may_end_with_leaving(actor: Actor, posts: Iterable[Post]) -> Verdict:
    """Take somebody off a roll whose posts end by that: nobody is unseated from below or aside.

    Args:
        posts: those that end, with body and person.
    """
    verdict = Verdict.yes()
    for post in posts:
        if post.role in WEIGHTY:
            verdict = verdict & Verdict.of(
                may_appoint(actor, post.organisation, Role(post.role)),
                f"{post.person.name}任{post.organisation.name}{post.title}，"
                "请任免这个职务的上级先免去，或者由上级来办。",
            )
    return verdict


def may_amend(actor: Actor, bodies: Iterable[Organisation]) -> Verdict:
    """Correct a person's data and standing: who keeps the roll of a body of theirs.

    Args:
        bodies: :meth:`Person.bodies` of the person.
    """
    verdict = Verdict.no("改个人信息要由所在组织或上级的书记、副书记、组织委员、活动办来办。")
    for body in bodies:
        verdict = keeps_roll(actor, body) | verdict
    return verdict


def may_close_account(actor: Actor, bodies: Iterable[Organisation]) -> Verdict:
    """Close somebody's account: who keeps the roll of a body of theirs.

    Args:
        bodies: :meth:`Person.bodies` of the person.
    """
    verdict = Verdict.no("停用账号要由这个人所在组织的书记或上级来办。")
    for body in bodies:
        verdict = keeps_roll(actor, body) | verdict
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


# --- roster imports -------------------------------------------------------------------------------


def visible_imports(actor: Actor) -> Q:
    """Return which roster imports exist for ``actor``: those of bodies whose roll is theirs."""
    if actor.hat is None or not keeps_roll(actor, actor.hat.organisation):
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
    return keeps_roll(actor, organisation)


def kept_organisations(actor: Actor) -> Q:
    """Return the open bodies whose roll ``actor`` may change: see :func:`may_keep_roll`."""
    if actor.hat is None or not keeps_roll(actor, actor.hat.organisation):
        return Q(pk__in=[])
    return paths.within("path", actor.hat.organisation.path) & Q(closed_on=None)
