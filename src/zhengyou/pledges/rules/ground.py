"""What the rules of pledges stand on: whose posts count, and whether the campaign runs at all."""

from collections.abc import Iterable

from django.db.models import Q

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Role
from zhengyou.people.rules import KEEPERS, followed_by, follows
from zhengyou.pledges.models import Pledge

BRANCH = (*KEEPERS, Role.COMMITTEE_MEMBER, Role.SEAT_HEAD, Role.SEAT_DEPUTY)
"""Who leads a body: sees its pledges, what was returned and who has none yet."""
ABOVE = (*KEEPERS, Role.INSPECTOR)
"""Who looks at the pledges of the bodies below, but not at what was returned and why."""

NOBODY = Q(pk__in=[])


def may_go_on(campaign: Campaign) -> Verdict:
    """Say whether the campaign runs at all."""
    label = CampaignState(campaign.state).label
    return Verdict.of(
        campaign.state == CampaignState.OPEN, f"“{campaign.title}”{label}，不能再动承诺。"
    )


def leads(actor: Actor, pledge: Pledge, roles: Iterable[Role]) -> bool:
    """Tell whether the hat is one of ``roles`` at the body that answers for ``pledge``: its own, or
    where that is no more the one that goes on from it; same as :func:`led`."""
    if actor.holds_at(pledge.organisation.path, roles):
        return True
    hat = actor.hat
    return bool(
        hat
        and hat.role in tuple(roles)
        and follows(hat.organisation, pledge.organisation, pledge.person)
    )


def led(actor: Actor, prefix: str = "") -> Q:
    """Return the rows of pledges for which the body of the hat answers, whatever the hat.

    Args:
        prefix: relation from a row to its pledge.
    """
    if actor.hat is None:
        return NOBODY
    body = actor.hat.organisation
    here = Q(**{f"{prefix}organisation__path": body.path})
    return here | followed_by(body, f"{prefix}organisation", f"{prefix}person")
