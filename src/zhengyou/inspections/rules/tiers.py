"""Who tells bodies apart, and who sees it: the office of the body that set the criteria, and of
each body its own posts. Nobody else, above or beside."""

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Role
from zhengyou.people.models.post import SEATS
from zhengyou.people.rules import KEEPERS, LEADERS

OWN = (*LEADERS, Role.CAMPAIGN_OFFICE, Role.COMMITTEE_MEMBER, Role.GROUP_LEADER, *SEATS)
"""Posts of a body that see where their own body stands."""


def may_see_board(actor: Actor, body: Organisation) -> Verdict:
    """See all groups that ``body`` tells apart."""
    return Verdict.of(
        actor.holds_at(body.path, KEEPERS),
        f"各组织在哪一档，只给{body.name}的书记、副书记、活动办看；本组织的看自己那一页。",
    )


def may_see_tier(actor: Actor, body: Organisation, keeper: Organisation) -> Verdict:
    """See where ``body`` stands, as ``keeper`` tells it: its own posts, and those who keep it."""
    return may_see_board(actor, keeper) | Verdict.of(
        actor.holds_at(body.path, OWN), f"只给{body.name}自己和定标准的{keeper.name}看。"
    )


def may_set_criteria(actor: Actor, campaign: Campaign, body: Organisation) -> Verdict:
    """Set by what ``body`` tells apart those below it."""
    return (
        Verdict.of(
            actor.holds_at(body.path, KEEPERS),
            f"{body.name}的分档标准由它自己的书记、副书记、活动办来定。",
        )
        & Verdict.of(body.is_open(), f"{body.name}已经撤销。")
        & Verdict.of(
            paths.is_within(body.path, campaign.organisation.path),
            f"“{campaign.title}”不归{body.name}管。",
        )
        & Verdict.of(campaign.state != CampaignState.CLOSED, "活动已经结束，标准不能再改。")
    )


def says_why(reason: str) -> Verdict:
    """A change of criteria says why; whoever is told apart reads it."""
    return Verdict.of(reason.strip(), "写明为什么这样定，下级看得到。")
