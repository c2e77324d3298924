"""How references to campaigns and plans resolve, and how this app's facts read."""

from typing import cast
from uuid import UUID

from django.urls import reverse

from zhengyou.campaigns import rules
from zhengyou.campaigns.models import Campaign, Plan
from zhengyou.kernel.refs import Target
from zhengyou.people.actor import Actor

VERBS = {
    "campaign.create": "新建活动",
    "campaign.replace_blueprint": "换用蓝图",
    "campaign.edit": "修改活动",
    "campaign.move_phases": "调整阶段日期",
    "campaign.reword_standard": "修改标准",
    "campaign.discard": "删去筹备中的活动",
    "campaign.open": "启动活动",
    "campaign.close": "结束活动",
    "plan.adopt": "采用活动，起草方案",
    "plan.write": "修改方案",
    "plan.set_up_groups": "设立领导小组",
    "plan.submit": "送审方案",
    "plan.take_back": "收回方案",
    "plan.send_back": "退回方案",
    "plan.approve": "同意方案",
    "plan.publish": "公开方案",
}
"""Ledger verbs of this app and their words."""


def resolve_campaign(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a campaign, or None where it is gone."""
    campaign = Campaign.objects.filter(uid=uid).first()
    if campaign is None:
        return None
    visible = Campaign.objects.filter(rules.visible_campaigns(cast(Actor, viewer)), pk=campaign.pk)
    return Target(campaign.title, reverse("campaigns:campaign", args=[uid]), visible.exists())


def resolve_plan(uid: UUID, viewer: object) -> Target | None:
    """Return the page of a plan, or None where it is gone."""
    plan = Plan.objects.filter(uid=uid).first()
    if plan is None:
        return None
    visible = Plan.objects.filter(rules.visible_plans(cast(Actor, viewer)), pk=plan.pk)
    return Target(plan.title, reverse("campaigns:plan", args=[uid]), visible.exists())


RESOLVERS = {"campaign": resolve_campaign, "plan": resolve_plan}
