"""A campaign, what its blueprint installed, and the plans that bodies adopt."""

from zhengyou.campaigns.models.campaign import Act, Campaign, CampaignState, NameStyle
from zhengyou.campaigns.models.group import SEAT_WORDS, GroupTemplate
from zhengyou.campaigns.models.phase import Phase, Task
from zhengyou.campaigns.models.plan import (
    CLEAR,
    Plan,
    PlanDecision,
    PlanGroup,
    PlanSection,
    SectionCode,
)
from zhengyou.campaigns.models.programme import Programme
from zhengyou.campaigns.models.standard import Criterion, Standard, Subject

__all__ = [
    "CLEAR",
    "SEAT_WORDS",
    "Act",
    "Campaign",
    "CampaignState",
    "Criterion",
    "GroupTemplate",
    "NameStyle",
    "Phase",
    "Plan",
    "PlanDecision",
    "PlanGroup",
    "PlanSection",
    "Programme",
    "SectionCode",
    "Standard",
    "Subject",
    "Task",
]
