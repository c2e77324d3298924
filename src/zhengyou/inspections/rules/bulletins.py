"""Who drafts, signs, publishes and reads bulletins. Whoever wrote one does not sign it. Bodies are
criticised, never persons."""

from collections.abc import Iterable

from django.db.models import Q

from zhengyou.inspections.bulletins.wording import NUMBER, named_in
from zhengyou.inspections.models.bulletin import (
    OUT,
    WRITABLE,
    Bulletin,
    BulletinArticle,
    BulletinState,
)
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Family, Kind, Organisation, Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import KEEPERS, LEADERS

DRAFTERS = (*KEEPERS, Role.INSPECTOR)
"""Who drafts, and sees who has read and how far the mending is."""
READERS = (*KEEPERS, Role.COMMITTEE_MEMBER, Role.GROUP_LEADER, Role.RECORDER, *SEATS)
"""Who signs for a body that it has read."""
_NOBODY = Q(pk__in=[])


# --- seeing -------------------------------------------------------------------------------------
def visible_bulletins(actor: Actor) -> Q:
    """Return the bulletins that exist for ``actor``: drafts for those who draft them; what is out
    for everybody within its scope and who leads above, and for all where it is public."""
    if not actor.signed_in and actor.person is None:
        return _NOBODY
    homes = {body.path for body in actor.memberships}
    seen, out = _NOBODY, Q(state__in=OUT)
    if actor.hat and actor.hat.role in DRAFTERS:
        own = actor.hat.organisation.path
        seen |= Q(organisation__path=own)
        seen |= out & paths.within("organisation__path", own)
    if actor.hat:
        homes.add(actor.hat.organisation.path)
    line = {above for home in homes for above in (home, *paths.ancestors(home))}
    return seen | out & (Q(public=True) | Q(scope__path__in=line))


def is_drafter(actor: Actor, body: Organisation) -> bool:
    """Tell whether the hat worn drafts bulletins of ``body``."""
    return bool(actor.person) and actor.holds_at(body.path, DRAFTERS)


def may_follow(actor: Actor, bulletin: Bulletin) -> Verdict:
    """See who has read it, and how far all bodies are: those who draft for the issuer."""
    return Verdict.of(
        is_drafter(actor, bulletin.organisation),
        f"签收和整改的情况给{bulletin.organisation.name}的书记、副书记、活动办、督查员看。",
    ) & Verdict.of(bulletin.state in OUT, "印发以后才有人签收、整改。")


# --- doing --------------------------------------------------------------------------------------
def may_draft(actor: Actor, body: Organisation) -> Verdict:
    """Begin a bulletin of ``body``."""
    return Verdict.of(
        is_drafter(actor, body), f"{body.name}的通报由它的书记、副书记、活动办、督查员来起草。"
    ) & Verdict.of(body.is_open(), f"{body.name}已经撤销。")


def _state(bulletin: Bulletin, *states: BulletinState, then: str) -> Verdict:
    label = BulletinState(bulletin.state).label
    return Verdict.of(bulletin.state in states, f"通报{label}，{then}")


def may_edit(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Write it: as long as it was not sent in, or after it was sent back."""
    return may_draft(actor, bulletin.organisation) & _state(
        bulletin, *WRITABLE, then="起草中或者退回的才能改。印发了的，出一版更正。"
    )


def may_submit(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Send it to whoever signs."""
    return may_edit(actor, bulletin)


def may_take_back(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Take it back as long as nobody has signed."""
    return may_draft(actor, bulletin.organisation) & _state(
        bulletin, BulletinState.SUBMITTED, then="待签发的才能收回。"
    )


def may_sign(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Sign it, or send it back: a secretary or deputy who has not written on it."""
    body = bulletin.organisation
    return (
        Verdict.of(actor.holds_at(body.path, LEADERS), f"通报由{body.name}的书记或者副书记签发。")
        & Verdict.of(
            not any(actor.is_person(one) for one in (bulletin.drafted_by, bulletin.submitted_by)),
            "这份通报是您起草或者送签的，要由别的书记、副书记来签发。",
        )
        & Verdict.of(
            not bulletin.articles.filter(by=actor.person).exists(),
            "这份通报里有您改过的文字，要由别的书记、副书记来签发。",
        )
        & _state(bulletin, BulletinState.SUBMITTED, then="待签发的才能签发、退回。")
    )


def says_why(reason: str, what: str) -> Verdict:
    """Sending back and correcting say why."""
    return Verdict.of(reason.strip(), f"{what}要写明为什么。")


def may_publish(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Publish what was signed."""
    return may_draft(actor, bulletin.organisation) & _state(
        bulletin, BulletinState.APPROVED, then="签发以后才能印发。"
    )


def may_correct(actor: Actor, bulletin: Bulletin) -> Verdict:
    """Begin another version of what is out."""
    open_one = Bulletin.objects.filter(corrects=bulletin).exists()
    return (
        may_draft(actor, bulletin.organisation)
        & _state(bulletin, BulletinState.PUBLISHED, then="印发了的才更正。")
        & Verdict.of(not open_one, "已经有一版更正在起草了。")
    )


def may_sign_for(actor: Actor, bulletin: Bulletin, body: Organisation) -> Verdict:
    """Sign for a body to which it goes that it has read it."""
    return (
        Verdict.of(
            bool(actor.person) and actor.holds_at(body.path, READERS),
            f"{body.name}任职的人来签收。",
        )
        & _state(bulletin, BulletinState.PUBLISHED, then="不用签收。")
        & Verdict.of(goes_to(bulletin, body), f"这份通报不用{body.name}签收。")
    )


def goes_to(bulletin: Bulletin, body: Organisation) -> bool:
    """Tell whether ``body`` is to sign that it has read: a party body within the scope that is no
    group, and each body of which it speaks."""
    if body.pk == bulletin.organisation_id:
        return False
    inside = paths.is_within(body.path, bulletin.scope.path) and body.kind in SIGNING
    return inside or bulletin.articles.filter(organisation=body).exists()


SIGNING = tuple(kind for kind in Kind if kind.family == Family.PARTY and kind != Kind.PARTY_GROUP)
"""Kinds of bodies that sign."""


# --- what stands in it --------------------------------------------------------------------------
def is_whole(bulletin: Bulletin, articles: list[BulletinArticle]) -> Verdict:
    """It has articles, a proper number, and a day for whatever is to be mended."""
    late = [row for row in articles if row.kind == "criticism" and row.deadline is None]
    return (
        Verdict.of(articles, "还没有选督查发现，至少选一条。")
        & Verdict.of(
            NUMBER.fullmatch(bulletin.number),
            "文号要写成“云教督通〔2026〕3号”的样子：年份用六角括号，序号前不加 0。",
        )
        & Verdict.of(not late, f"有 {len(late)} 条批评没有写整改期限。")
    )


def names_nobody(texts: Iterable[str], names: Iterable[str]) -> Verdict:
    """Bodies are criticised, never a person by name."""
    found = named_in(texts, names)
    return Verdict.of(not found, f"通报只对单位，不点个人的名字。请去掉：{'、'.join(found[:3])}。")
