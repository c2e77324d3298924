"""A campaign, what its blueprint installed, and the plans that bodies adopt."""

from zhengyou.campaigns.models.campaign import (
    Act,
    Campaign,
    CampaignState,
    GroupTemplate,
    NameStyle,
    Phase,
    Programme,
    Task,
)
from zhengyou.campaigns.models.plan import Plan, PlanDecision, PlanSection, SectionCode
from zhengyou.campaigns.models.standard import Criterion, Standard, Subject

__all__ = [
    "Act",
    "Campaign",
    "CampaignState",
    "Criterion",
    "GroupTemplate",
    "NameStyle",
    "Phase",
    "Plan",
    "PlanDecision",
    "PlanSection",
    "Programme",
    "SectionCode",
    "Standard",
    "Subject",
    "Task",
]
