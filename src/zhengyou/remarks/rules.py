"""Who lets remarks through, who answers them, who sees that they lie about.

Letting through is for those who lead a body: secretary, deputy, campaign office and the other
members of the committee, because it should be quick and several can do it. Not for the recorder:
to hold the public's words back is a decision that somebody with a say has to stand up for. The
answer is the body's word: secretary, deputy, campaign office. The keepers above may do both, since
they act for what is below them; and they must, where everybody at the body is concerned. Where
the body is no more, those who answer for it now stand in its place
(``people.rules.succession``).
"""

from django.db.models import Q

from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Role
from zhengyou.people.rules import KEEPERS, followed_by, follows
from zhengyou.remarks.models import HoldReason, Remark, RemarkState

MODERATORS = (*KEEPERS, Role.COMMITTEE_MEMBER)
NOBODY = Q(pk__in=[])


def visible_remarks(actor: Actor) -> Q:
    """Return which remarks exist for ``actor`` behind the public pages: of the body that the hat
    leads, and for keepers of the bodies below."""
    if actor.hat is None or actor.hat.role not in MODERATORS:
        return NOBODY
    body = actor.hat.organisation
    if actor.hat.role in KEEPERS:
        return paths.within("organisation__path", body.path) | said_to(body)
    return said_to(body)


def said_to(body: Organisation) -> Q:
    """Return the remarks that ``body`` looks after: those said to it, and those to bodies that are
    no more for which it answers now."""
    return Q(organisation=body) | followed_by(body, person="about")


def not_mine(actor: Actor) -> Q:
    """Return the remarks that are not about the own things of ``actor``."""
    return ~Q(about=actor.person) if actor.person else Q()


def may_see_queue(actor: Actor, body: Organisation) -> Verdict:
    """See all remarks to a body, the held back ones too."""
    return Verdict.of(
        actor.holds_at(body.path, MODERATORS) or actor.holds(body.path, KEEPERS),
        f"没公开的意见只给{body.name}的书记、副书记、委员、活动办和上级的书记、副书记、活动办看。",
    )


def may_see_below(actor: Actor) -> Verdict:
    """See which bodies below let remarks lie: the keepers above."""
    return Verdict.of(
        actor.hat and actor.hat.role in KEEPERS, "下级的答复情况给书记、副书记、活动办看。"
    )


def _may_look_after(actor: Actor, remark: Remark, ours: bool = False) -> Verdict:
    if _in_its_place(actor, remark, MODERATORS, ours):
        return Verdict.yes()
    return may_see_queue(actor, remark.organisation)


def _in_its_place(actor: Actor, remark: Remark, roles: tuple[Role, ...], ours: bool) -> bool:
    """Whether the body of the hat stands in the place of one that is no more."""
    if actor.hat is None or actor.hat.role not in roles or remark.organisation.is_open():
        return False
    return ours or follows(actor.hat.organisation, remark.organisation, remark.about)


def _not_own(actor: Actor, remark: Remark) -> Verdict:
    own = actor.person is not None and remark.about_id == actor.person.pk
    return Verdict.of(not own, "这条说的是您自己的承诺，要由别的书记、委员或者上级来办。")


def may_show(actor: Actor, remark: Remark, ours: bool = False) -> Verdict:
    """Let a remark through.

    Args:
        ours: it is known that the body of the hat stands in the place of one that is no more.
    """
    return (
        _may_look_after(actor, remark, ours)
        & _not_own(actor, remark)
        & Verdict.of(remark.state != RemarkState.SHOWN, "这条意见已经公开了。")
    )


def may_hold(actor: Actor, remark: Remark) -> Verdict:
    """Hold a remark back, or take a shown one down; the reason is one of the few that count."""
    return (
        _may_look_after(actor, remark)
        & _not_own(actor, remark)
        & Verdict.of(remark.state != RemarkState.HELD, "这条意见本来就没有公开。")
    )


def says_why(reason: str) -> Verdict:
    """Holding back needs a reason; to be criticised is none."""
    return Verdict.of(reason in HoldReason.values, "不公开要选一个理由；批评得重，不是理由。")


def may_answer(actor: Actor, remark: Remark, ours: bool = False) -> Verdict:
    """Answer a shown remark, or correct the answer.

    Args:
        ours: as in :func:`may_show`.
    """
    body = remark.organisation
    return (
        Verdict.of(
            actor.holds(body.path, KEEPERS) or _in_its_place(actor, remark, KEEPERS, ours),
            f"答复要由{body.name}或上级的书记、副书记、活动办来写。",
        )
        & _not_own(actor, remark)
        & Verdict.of(remark.state == RemarkState.SHOWN, "公开了的意见才答复。")
    )
