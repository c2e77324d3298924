"""Who writes what is laid open, who publishes it, for whom it exists.

Whoever keeps a body's books writes; the body's word is given by who leads it (with whom a branch
leads the unit). What is for the body's own people is seen by them and by who looks from above, and
is nowhere in public.
"""

from django.db.models import Q

from zhengyou.campaigns.models import CampaignState
from zhengyou.disclosure.models import Audience, DisclosedItem, DisclosureTopic, ItemState
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import HEADS, KEEPERS
from zhengyou.work.rules import books_of, may_record
from zhengyou.work.rules.recording import BOOKKEEPERS, LOOKERS, OF_GROUPS

SPEAKERS = tuple(dict.fromkeys((*KEEPERS, *HEADS)))
"""Who gives the body's word."""
OUT = (ItemState.PUBLISHED, ItemState.WITHDRAWN)
NOBODY = Q(pk__in=[])


# --- what exists for somebody ---------------------------------------------------------------------
def in_public() -> Q:
    """Return the items that everybody sees; of what was taken off, that it was."""
    return Q(state__in=OUT, topic__audience=Audience.PUBLIC) & ~Q(
        topic__duty__campaign__state=CampaignState.DRAFT
    )


def visible_items(actor: Actor) -> Q:
    """Return the items that exist for ``actor``.

    What is public for all; what is for the body's people for these and for who looks from above;
    drafts for who keeps the body's books.
    """
    seen = in_public()
    for body in actor.memberships:
        inside = Q(organisation__path__in=[body.path, *paths.ancestors(body.path)])
        seen |= inside & Q(state__in=OUT)
    if actor.hat is None or actor.hat.role is None:
        return seen
    path, role = actor.hat.organisation.path, actor.hat.role
    seen |= Q(organisation__path=path, state__in=OUT)
    if role in (*BOOKKEEPERS, *OF_GROUPS):
        seen |= books_of(actor.hat.organisation)
    if role in LOOKERS:
        seen |= paths.within("organisation__path", path) & Q(state__in=OUT)
    return seen


def may_see_board(actor: Actor, body: Organisation) -> Verdict:
    """See from within what a body lays open, what is for its own people included."""
    return Verdict.of(
        actor.belongs_to(body.path)
        or (actor.hat and actor.hat.organisation.path == body.path)
        or actor.holds(body.path, LOOKERS)
        or may_record(actor, body),
        f"{body.name}内部公开的，给本单位的人和上级看；对外公开的，公开页上都有。",
    )


# --- writing --------------------------------------------------------------------------------------
def may_draft(actor: Actor, body: Organisation) -> Verdict:
    """Write what ``body`` lays open."""
    return may_record(actor, body)


def may_edit(actor: Actor, item: DisclosedItem) -> Verdict:
    """Go on with a draft."""
    return may_draft(actor, item.organisation) & Verdict.of(
        item.state == ItemState.DRAFT,
        {
            ItemState.READY: "已经请人核对，要改请先退回来。",
            ItemState.PUBLISHED: "已经公开，说出去的不能改；写错了就更正，写明为什么。",
        }.get(ItemState(item.state), "已经撤下，不能再改。"),
    )


def may_submit(actor: Actor, item: DisclosedItem) -> Verdict:
    """Ask somebody else to look at a draft."""
    return may_edit(actor, item)


def may_send_back(actor: Actor, item: DisclosedItem) -> Verdict:
    """Return a draft, or take it back: who may publish it, and who wrote it."""
    own = Verdict.of(actor.is_person(item.by), "这一份不是您写的。")
    return (_speaks(actor, item.organisation) | own) & Verdict.of(
        item.state == ItemState.READY, "请人核对了的才能退回。"
    )


def may_publish(actor: Actor, item: DisclosedItem) -> Verdict:
    """Publish; where two have to look, not one's own."""
    return (
        _speaks(actor, item.organisation)
        & _two(actor, item)
        & Verdict.of(item.state in (ItemState.DRAFT, ItemState.READY), "已经公开过了。")
    )


def may_correct(actor: Actor, item: DisclosedItem) -> Verdict:
    """Put corrected words beside the published ones."""
    return _speaks(actor, item.organisation) & Verdict.of(
        item.state == ItemState.PUBLISHED, "公开了的才更正。"
    )


def may_withdraw(actor: Actor, item: DisclosedItem) -> Verdict:
    """Take off what should never have been shown; that it was there stays in sight."""
    return _speaks(actor, item.organisation) & Verdict.of(
        item.state == ItemState.PUBLISHED, "公开着的才能撤下。"
    )


def may_discard(actor: Actor, item: DisclosedItem) -> Verdict:
    """Throw a draft away."""
    return may_draft(actor, item.organisation) & Verdict.of(
        item.state == ItemState.DRAFT, "请人核对了的先退回来，公开了的不能删。"
    )


def says_why(words: str, what: str) -> Verdict:
    """Correcting, returning and taking off say why."""
    return Verdict.of(words.strip(), f"写一句为什么{what}。")


def _speaks(actor: Actor, body: Organisation) -> Verdict:
    """Whoever leads the body, or keeps the books of the unit that the own branch leads."""
    leads = actor.hat is not None and actor.hat.role in SPEAKERS
    return Verdict.of(
        leads and may_record(actor, body),
        f"公开、更正、撤下要由{body.name}的负责人或者活动办来办。",
    ) & Verdict.of(actor.person and actor.hat, "公开要用本人的账号。")


def _two(actor: Actor, item: DisclosedItem) -> Verdict:
    topic: DisclosureTopic = item.topic
    return Verdict.of(
        not topic.second or not actor.is_person(item.by),
        "这一项要两个人看过：您写的，请另一位负责人来公开。",
    )
