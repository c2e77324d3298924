"""Who fills in a self-check, and for whom it exists. A person's is nobody else's business."""

from django.db.models import Exists, OuterRef, Q

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Kind, Organisation, Person, Post, Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import LEADERS, OVERSEERS
from zhengyou.problems.models import CheckState
from zhengyou.problems.rules.seeing import (
    HANDS,
    LOOKERS,
    NOBODY,
    answering,
    handled_by,
    right_below,
)

SCRIBES = (*LEADERS, Role.RECORDER)
"""Who enters somebody's sheet of paper for him or her (代录)."""


def visible_checks(actor: Actor) -> Q:
    """Return the self-checks that exist for ``actor``.

    A body's: its members and posts, and those who look into it from above. A person's: that person,
    and the leaders of the body; of one who leads it, the leaders above. One that is being filled
    in: whoever fills it in.
    """
    if actor.person is None:
        return NOBODY
    done, of_body = Q(state=CheckState.DONE), Q(person=None)
    seen = Q(person=actor.person) | Q(state=CheckState.LOOKING, by=actor.person)
    homes = {body.pk for body in actor.memberships}
    homes |= {b.parent_id for b in actor.memberships if b.kind == Kind.PARTY_GROUP and b.parent_id}
    seen |= done & of_body & Q(organisation__in=homes)
    if actor.hat is None or actor.hat.role is None:
        return seen
    body, role = actor.hat.organisation, actor.hat.role
    here = handled_by(body, "person")
    if role in HANDS:
        seen |= of_body & here
    if role in (*OVERSEERS, *SEATS):
        seen |= done & of_body & here
    if role in LOOKERS:
        seen |= done & of_body & paths.within("organisation__path", body.path)
    if role in LEADERS:
        seen |= done & here & ~of_body & ~_leads()
        seen |= done & right_below(body) & ~of_body & _leads()
    return seen


def _leads() -> Q:
    posts = Post.objects.on(clock.today()).filter(role__in=LEADERS)
    return Q(Exists(posts.filter(person=OuterRef("person"), organisation=OuterRef("organisation"))))


def may_look(
    actor: Actor, campaign: Campaign, body: Organisation, person: Person | None
) -> Verdict:
    """Go through the catalogue: a person the own, a body its hands. A recorder or leader of the
    body enters what somebody filled in on paper."""
    runs = Verdict.of(
        campaign.state == CampaignState.OPEN and body.is_open(),
        f"“{campaign.title}”没有在办，现在不用查摆。",
    )
    return _whose(actor, body, person) & _signed(actor) & runs


def _whose(actor: Actor, body: Organisation, person: Person | None) -> Verdict:
    if person is None:
        here = any(actor.holds_at(path, HANDS) for path in {body.path, answering(body)})
        return Verdict.of(here, f"由{body.name}的书记、副书记、委员、组长或记录员来填。")
    own = actor.is_person(person)
    scribe = any(actor.holds_at(path, SCRIBES) for path in {body.path, answering(body)})
    return Verdict.of(
        own or scribe, f"由本人来填；在纸上填的，由{body.name}的书记、副书记或记录员代录。"
    )


def _signed(actor: Actor) -> Verdict:
    return Verdict.of(actor.person and actor.hat, "查摆要用本人的账号。")


def may_see_who_looked(actor: Actor, body: Organisation) -> Verdict:
    """See by name who has looked and who has not: who leads or keeps the books of the body."""
    here = any(actor.holds_at(path, HANDS) for path in {body.path, answering(body)})
    return Verdict.of(here, f"谁查过、谁还没查，只给{body.name}的书记、委员、组长看。")
