"""Criteria of the bureau, by which it tells the branches below it apart."""

from typing import Any

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections.actions import tiers
from zhengyou.inspections.actions.tiers import Setting
from zhengyou.inspections.tiers.words import Is, Side
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation


def tiers_of(office: Actor, campaign: Campaign, body: Organisation) -> dict[str, Any]:
    """Return the body that tells apart and the code of its one criterion."""
    with clock.at(campaign.starts_on):
        setting = Setting(Side.LAGGING, "problems_overdue", Is.MORE, 0)
        row = tiers.add(office, campaign, body, setting, "先看整改")
    return {"bureau": body, "tier_code": row.code}
