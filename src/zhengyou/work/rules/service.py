"""Who sees, keeps and holds posts of service, rotas, teams and resources.

A body's own posts are kept by its hands (secretary, committee, recorder), those of the unit a
branch leads and of the groups in it by the branch's. Nobody answers the own choice or checks the
own log; what is amiss with somebody is for that one and the body's hands only.
"""

from django.db.models import Q

from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Kind, Organisation, Role, Succession
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import KEEPERS, OVERSEERS, may_keep_roll, may_shape_tree
from zhengyou.work.models import (
    HolderState,
    PatrolFind,
    Rota,
    ServiceHolder,
    ServiceKind,
    ServicePost,
)

HANDS = (*KEEPERS, Role.COMMITTEE_MEMBER, Role.RECORDER)
"""Who keeps a body's lists."""


# --- what exists for somebody -------------------------------------------------------------------
def seen_within(actor: Actor, prefix: str = "organisation__") -> Q:
    """Return the rows of bodies that ``actor`` looks into: the own ones and what is inside them, in
    a post also what is below it; what was merged or split into any of these, too.

    Args:
        prefix: relation from a row to its body; "" for bodies themselves.
    """
    tops = {body.path for body in actor.memberships}
    if actor.hat and actor.hat.role in (*OVERSEERS, *SEATS):
        tops.add(actor.hat.organisation.path)
    seen = Q(pk__in=[])
    for top in tops:
        seen |= paths.within(f"{prefix}path", top)
        gone = Succession.objects.filter(paths.within("heir__path", top), _standing())
        seen |= Q(**{f"{prefix}pk__in": gone.values("old")})
    return seen


def _standing() -> Q:
    return Q(reorganisation__undone_at=None)


def homes_of(body: Organisation) -> tuple[str, ...]:
    """Return the paths where the posts of ``body`` are: its own, and of a group or a unit that a
    branch leads, the body above it."""
    inner = body.family != Family.PARTY or body.kind == Kind.PARTY_GROUP
    above = paths.parent(body.path)
    return (body.path, above) if inner and above else (body.path,)


def is_hand(actor: Actor, body: Organisation) -> bool:
    """Tell whether the hat worn keeps the lists of ``body``; of one that ended, at an heir."""
    if any(actor.holds_at(path, HANDS) for path in homes_of(body)):
        return True
    if body.closed_on is None or actor.hat is None or actor.hat.role not in HANDS:
        return False
    heirs = Succession.objects.filter(_standing(), old=body, heir=actor.hat.organisation)
    return heirs.exists()


def may_see_inside(actor: Actor, body: Organisation) -> Verdict:
    """Read what is amiss, person by person: the hands of the body. Above only numbers."""
    return Verdict.of(is_hand(actor, body), f"只有{body.name}的书记、委员、记录员看得到。")


def _keeps(actor: Actor, body: Organisation, what: str) -> Verdict:
    return Verdict.of(
        actor.person and (is_hand(actor, body) or actor.holds(body.path, KEEPERS)),
        f"{what}由{body.name}的书记、委员、记录员来管。",
    )


def _open(body: Organisation) -> Verdict:
    return Verdict.of(body.closed_on is None, f"{body.name}已经撤销，请在接着办的组织里办。")


def _running(thing: ServicePost | Rota) -> Verdict:
    return Verdict.of(thing.until is None, f"“{thing.title}”已经撤了。")


# --- posts of service ---------------------------------------------------------------------------
def may_keep_posts(actor: Actor, body: Organisation) -> Verdict:
    """Open posts of service in a body, and close them."""
    return _keeps(actor, body, "岗位") & _open(body)


def may_change_post(actor: Actor, post: ServicePost) -> Verdict:
    """Change or close a post, and give it to somebody."""
    return may_keep_posts(actor, post.organisation) & _running(post)


def may_choose(actor: Actor, post: ServicePost) -> Verdict:
    """Choose a post for oneself: who belongs to the body, or to the one that leads it."""
    belongs = any(actor.belongs_to(path) for path in homes_of(post.organisation))
    return (
        Verdict.of(post.kind != ServiceKind.WORK, "这是工作岗位，由组织来安排。")
        & Verdict.of(actor.person and belongs, f"这个岗位由{post.organisation.name}的人来选。")
        & _running(post)
        & _open(post.organisation)
    )


def may_answer(actor: Actor, holder: ServiceHolder) -> Verdict:
    """Agree that somebody takes the post he or she chose, or not."""
    if actor.is_person(holder.person):
        return Verdict.no("自己选的岗，要由别的负责人来同意。")
    return _leads(actor, holder.post.organisation, "选岗") & Verdict.of(
        holder.state == HolderState.ASKED, "这一条已经答复过了。"
    )


def _leads(actor: Actor, body: Organisation, what: str) -> Verdict:
    """The secretary, the deputy, and who acts for a body above."""
    return Verdict.of(
        actor.person and actor.holds(body.path, KEEPERS),
        f"{what}由{body.name}的书记、副书记或者上级来定。",
    )


def may_take_back(actor: Actor, holder: ServiceHolder) -> Verdict:
    """Choose otherwise before there is an answer."""
    return Verdict.of(actor.is_person(holder.person), "只有本人能收回自己选的岗。") & Verdict.of(
        holder.state == HolderState.ASKED, "这一条已经答复过了。"
    )


def may_end_holding(actor: Actor, holder: ServiceHolder) -> Verdict:
    """Leave a post: oneself, or who keeps the posts."""
    own = Verdict.of(actor.is_person(holder.person), "离岗由本人来说。")
    return (own | _keeps(actor, holder.post.organisation, "岗位")) & Verdict.of(
        holder.state == HolderState.HELD and holder.until is None, "这个人已经不在这个岗上了。"
    )


def may_carry_on(actor: Actor, thing: ServicePost | Rota, heir: Organisation) -> Verdict:
    """Carry a post or a rota of a body that ended on in one of its heirs."""
    heirs = Succession.objects.filter(_standing(), old=thing.organisation, heir=heir)
    return (
        _keeps(actor, heir, "接着办的事")
        & _open(heir)
        & _running(thing)
        & Verdict.of(heirs.exists(), f"{heir.name}不是从{thing.organisation.name}来的。")
        & Verdict.of(not hasattr(thing, "continued"), f"“{thing.title}”已经有组织接着办了。")
    )


# --- logs and deputies --------------------------------------------------------------------------
def may_see_checks(actor: Actor, holder: ServiceHolder) -> Verdict:
    """Read how somebody's log was found: that one, and the hands of the body."""
    return Verdict.of(
        actor.is_person(holder.person) or is_hand(actor, holder.post.organisation),
        "查日志的结果只给本人和本组织的书记、委员、记录员看。",
    )


def may_check_log(actor: Actor, holder: ServiceHolder) -> Verdict:
    """Check somebody else's log."""
    if actor.is_person(holder.person):
        return Verdict.no("自己的日志要由别人来查。")
    return (
        _keeps(actor, holder.post.organisation, "查日志")
        & Verdict.of(holder.person_id, "只查名册上的人的日志。")
        & Verdict.of(
            holder.state == HolderState.HELD and holder.until is None, "这个人不在这个岗上。"
        )
    )


def may_give_deputy(actor: Actor, holder: ServiceHolder) -> Verdict:
    """Give somebody an experienced colleague at the side, or end that."""
    return _leads(actor, holder.post.organisation, "找谁帮带") & Verdict.of(
        holder.state == HolderState.HELD and holder.until is None, "这个人不在这个岗上。"
    )


def may_take_find(actor: Actor, find: PatrolFind) -> Verdict:
    """Say that one has taken what a patrol handed over."""
    return Verdict.of(actor.is_person(find.to_person), "由接手的人自己来点。")


# --- rotas --------------------------------------------------------------------------------------
def may_keep_rotas(actor: Actor, body: Organisation) -> Verdict:
    """Draw up rotas of a body."""
    return _keeps(actor, body, "值班表") & _open(body)


def may_change_rota(actor: Actor, rota: Rota) -> Verdict:
    """Change the order, pause, swap, close."""
    return may_keep_rotas(actor, rota.organisation) & _running(rota)


def may_record_turn(actor: Actor, rota: Rota) -> Verdict:
    """Write down what was done in a turn: who belongs to the body, or keeps its rotas."""
    belongs = any(actor.belongs_to(path) for path in homes_of(rota.organisation))
    member = Verdict.of(
        actor.person and actor.hat and belongs, f"值班由{rota.organisation.name}的人来记。"
    )
    return _keeps(actor, rota.organisation, "值班") | member


# --- teams --------------------------------------------------------------------------------------
def may_form_team(actor: Actor, body: Organisation) -> Verdict:
    """Form a team in a body: who may found bodies in it and keep their rolls."""
    return may_shape_tree(actor, body) & may_keep_roll(actor, body)


# --- resources ----------------------------------------------------------------------------------
def may_keep_resources(actor: Actor, body: Organisation) -> Verdict:
    """Plan resources of a body, and note what came and what was used."""
    return _keeps(actor, body, "经费和物资")


def may_see_recipients(actor: Actor, body: Organisation) -> Verdict:
    """Read for whom something was used: the hands of the body; who gets help is private."""
    return Verdict.of(is_hand(actor, body), f"给了谁，只有{body.name}的书记、委员、记录员看得到。")
