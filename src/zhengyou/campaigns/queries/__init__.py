"""Read models: what pages, the desk and papers show of campaigns and plans. Nothing here writes."""

from zhengyou.campaigns.queries.campaigns import (
    CampaignRow,
    campaign_rows,
    covering,
    marks_of,
    ribbon_of,
)
from zhengyou.campaigns.queries.coverage import Coverage, coverage
from zhengyou.campaigns.queries.desk import todo_for, waiting_for
from zhengyou.campaigns.queries.plans import PlanSummary, plan_summary

__all__ = [
    "CampaignRow",
    "Coverage",
    "PlanSummary",
    "campaign_rows",
    "coverage",
    "covering",
    "marks_of",
    "plan_summary",
    "ribbon_of",
    "todo_for",
    "waiting_for",
]
