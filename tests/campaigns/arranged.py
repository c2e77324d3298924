"""The small blueprint with key dates and publicity, adopted by two branches, seats given."""

from datetime import date

from tests.campaigns.conftest import BEGINS, SMALL

from zhengyou.campaigns.actions import campaigns, groups, plans
from zhengyou.campaigns.models import Campaign, Plan, Task
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role

ARRANGED = (
    SMALL
    + """
[phase.learn.milestone.flag]
title = "升旗仪式上讲初心"
day   = "第10天"

[publicity.board]
title   = "方案上公开栏"
channel = "公开栏"
phase   = "learn"
who     = { post = "书记" }

[publicity.radio]
title   = "红领巾广播站讲身边党员"
channel = "广播"
period  = "每月"
who     = { group = "study" }
focus   = "讲真事，不念稿"
"""
)
NOW = date(2026, 9, 15)


def begin(cast) -> tuple[Campaign, Plan, Plan]:
    """Return the campaign that runs, the plans of 育新 (苏映雪 heads its study group) and 南湖."""
    with clock.at(NOW):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        campaign = campaigns.create(office, cast.bureau, ARRANGED, BEGINS)
        campaign.open(office)
        shen = secretary(cast)
        mine = plans.adopt(shen, campaign, cast.branch)
        theirs = plans.adopt(acting_as(cast.wen, Role.SECRETARY), campaign, cast.nanhu)
        for group in mine.groups.select_related("plan__organisation", "template", "organisation"):
            if group.template.code == "study":
                groups.seat(shen, group, cast.su, Role.SEAT_HEAD)
    return campaign, plan(mine.pk), plan(theirs.pk)


def plan(pk: int) -> Plan:
    """Return a plan as a view would find it."""
    return (
        Plan.objects.select_related("campaign__organisation", "organisation")
        .prefetch_related("groups")
        .get(pk=pk)
    )


def task(campaign: Campaign, code: str) -> Task:
    """Return a task of the campaign with its phase."""
    rows = Task.objects.select_related("phase", "owner_group")
    return rows.get(phase__campaign=campaign, code=code)


def secretary(cast) -> Actor:
    """沈若兰 as secretary."""
    return acting_as(cast.shen, Role.SECRETARY)
