"""A campaign, what its blueprint installed, and the plans that bodies adopt."""

from zhengyou.campaigns.models.campaign import Act, Campaign, CampaignState, NameStyle
from zhengyou.campaigns.models.consultation import (
    PUT_OUT,
    Consultation,
    OpinionAnswer,
    Outcome,
    SignedOpinion,
)
from zhengyou.campaigns.models.cycle import Cycle
from zhengyou.campaigns.models.directive import (
    RECEIVERS,
    Citation,
    Directive,
    Passing,
    Study,
    is_receiver,
    passed_to,
    received_by,
)
from zhengyou.campaigns.models.group import SEAT_WORDS, GroupTemplate
from zhengyou.campaigns.models.lesson import Lesson
from zhengyou.campaigns.models.manuscript import CampaignChange, Manuscript
from zhengyou.campaigns.models.phase import Milestone, Phase, Task
from zhengyou.campaigns.models.plan import (
    CLEAR,
    Plan,
    PlanDecision,
    PlanGroup,
    PlanSection,
    SectionCode,
)
from zhengyou.campaigns.models.programme import Programme
from zhengyou.campaigns.models.publicity import (
    Channel,
    Posting,
    PublicityItem,
    PublicityLine,
)
from zhengyou.campaigns.models.standard import Criterion, Standard, Subject
from zhengyou.campaigns.models.task_report import TaskDue, TaskReport

__all__ = [
    "CLEAR",
    "PUT_OUT",
    "RECEIVERS",
    "SEAT_WORDS",
    "Act",
    "Campaign",
    "CampaignChange",
    "CampaignState",
    "Channel",
    "Citation",
    "Consultation",
    "Criterion",
    "Cycle",
    "Directive",
    "GroupTemplate",
    "Lesson",
    "Manuscript",
    "Milestone",
    "NameStyle",
    "OpinionAnswer",
    "Outcome",
    "Passing",
    "Phase",
    "Plan",
    "PlanDecision",
    "PlanGroup",
    "PlanSection",
    "Posting",
    "Programme",
    "PublicityItem",
    "PublicityLine",
    "SectionCode",
    "SignedOpinion",
    "Standard",
    "Study",
    "Subject",
    "Task",
    "TaskDue",
    "TaskReport",
    "is_receiver",
    "passed_to",
    "received_by",
]
