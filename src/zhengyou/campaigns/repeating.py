"""Who runs a campaign again, who says what was learnt."""

from datetime import date

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.campaigns.rules import keeps, may_create_campaign
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import KEEPERS


def may_run_again(actor: Actor, campaign: Campaign) -> Verdict:
    """Make the next run: once, of a campaign that runs or has ended."""
    return (
        keeps(actor, campaign)
        & may_create_campaign(actor, campaign.organisation)
        & Verdict.of(campaign.state != CampaignState.DRAFT, "活动还没有启动，不用再办。")
        & Verdict.of(not campaign.next_runs.exists(), "下一轮已经建好了，接着那一轮办。")
    )


def begins_later(campaign: Campaign, starts_on: date) -> Verdict:
    """The next run begins after this one began."""
    return Verdict.of(starts_on > campaign.starts_on, "下一轮要在这一轮之后开始，请改日期。")


def may_write_lesson(actor: Actor, campaign: Campaign, body: Organisation) -> Verdict:
    """Say what was learnt: a body that takes part, or the one that runs the campaign."""
    takes_part = campaign.covers_body(body) or body.pk == campaign.organisation_id
    return (
        Verdict.of(
            actor.holds_at(body.path, KEEPERS),
            f"经验教训由{body.name}的书记、副书记、活动办来写。",
        )
        & Verdict.of(takes_part, f"“{campaign.title}”没有覆盖{body.name}。")
        & Verdict.of(campaign.state != CampaignState.DRAFT, "活动还没有启动。")
    )
