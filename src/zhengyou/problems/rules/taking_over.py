"""Who takes over what was not finished in an earlier campaign."""

from django.db.models import Q

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import KEEPERS
from zhengyou.problems.models import SETTLED, ProblemState
from zhengyou.problems.rules.seeing import HANDS, answering, handled_by, visible_problems

UNFINISHED = ~Q(state__in=(*SETTLED, ProblemState.VERIFIED))
"""What goes on: neither struck off, explained nor verified."""


def may_take_over(actor: Actor, body: Organisation, campaign: Campaign) -> Verdict:
    """Go on with it in ``campaign``: the hands of the body, and the keepers above."""
    here = any(actor.holds_at(path, HANDS) for path in {body.path, answering(body)})
    return (
        Verdict.of(
            here or actor.holds_above(answering(body), KEEPERS),
            f"由{body.name}的书记、副书记、委员、组长或记录员来接。",
        )
        & Verdict.of(actor.person and actor.hat, "接问题要用本人的账号。")
        & Verdict.of(campaign.state == CampaignState.OPEN, f"“{campaign.title}”没有在办。")
        & Verdict.of(
            paths.is_within(body.path, campaign.organisation.path),
            f"{body.name}不在“{campaign.title}”里。",
        )
    )


def left_over(actor: Actor, body: Organisation) -> Q:
    """Return the problems that ``body`` may take over: unfinished, of campaigns that are over, or
    of none."""
    over = Q(campaign=None) | ~Q(campaign__state=CampaignState.OPEN)
    return visible_problems(actor) & handled_by(body) & UNFINISHED & over


def unfinished_of(campaign: Campaign) -> Q:
    """Return what ``campaign`` leaves unfinished."""
    return Q(campaign=campaign) & UNFINISHED & Q(organisation__closed_on=None)
