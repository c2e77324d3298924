"""A small blueprint, and a campaign of the bureau that runs on it."""

from collections.abc import Iterator
from datetime import date

import pytest

from zhengyou.campaigns.actions import campaigns, plans
from zhengyou.campaigns.models import Campaign, Plan
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role

BEGINS = date(2026, 9, 1)

SMALL = """
format   = 1
version  = "1"
title    = "小学创先争优活动"
theme    = "三尺讲台见初心"
aims     = ["课上得更好", "家长更放心"]
carriers = ["周周回馈", "家长开放周"]
covers   = ["党支部"]

[phase.learn]
title = "动员学习"
lasts = "1个月"
opens = ["提交方案"]

[phase.learn.task.launch]
title = "动员大会"
owner = { post = "书记" }
due   = "第1周"

[phase.learn.task.test]
title = "集中测试"
owner = { group = "study" }
due   = "结束前7天"

[phase.act]
title = "践诺提升"
after = "learn"
lasts = "8个月"
opens = ["作出承诺", "公布进展"]

[group.leading]
title = "活动领导小组"
duty  = "定方案，听意见"
seats = { head = "1", deputy = "1至2", member = "3以上" }

[group.study]
title = "学习组"
under = "leading"
duty  = "安排学习"
seats = { head = "1", member = "不限" }

[programme.lessons]
title = "高效课堂"

[standard.branch]
title    = "五个好"
for      = "党组织"
criteria = { team = "领导班子好", members = "党员队伍好" }

[standard.member]
title    = "教师党员三条"
for      = "党员"
criteria = { lessons = "课上得实", pupils = "关心每个孩子", clean = "不收礼" }
"""

PLEDGES = (
    "支部今年办成三件事：每周开一次周周回馈会，10月底前办好家长开放周，"
    "12月底前把课后看护办到每个年级。党员每人至少共性、岗位、实事各一条。"
)


@pytest.fixture
def office(cast) -> Actor:
    """顾明川, campaign office of the bureau: keeps the campaign, reviews the plans."""
    return acting_as(cast.gu, Role.CAMPAIGN_OFFICE)


@pytest.fixture
def secretary(cast) -> Actor:
    """沈若兰, secretary of the branch."""
    return acting_as(cast.shen, Role.SECRETARY)


@pytest.fixture
def mid_september() -> Iterator[None]:
    """Stand at 15 September 2026, in the first phase."""
    with clock.at(date(2026, 9, 15)):
        yield


@pytest.fixture
def draft(cast, office, mid_september) -> Campaign:
    """A campaign of the bureau in preparation."""
    return campaigns.create(office, cast.bureau, SMALL, BEGINS)


@pytest.fixture
def running(draft, office) -> Campaign:
    """The same, started."""
    draft.open(office)
    return draft


@pytest.fixture
def plan(running, cast, secretary) -> Plan:
    """The branch's plan, adopted, with its pledges written, ready to be submitted."""
    plan = plans.adopt(secretary, running, cast.branch)
    plans.write(secretary, plan, {"pledges": PLEDGES}, plan.revision)
    return fresh(plan)


@pytest.fixture
def submitted(plan, secretary) -> Plan:
    """The same, sent to the bureau."""
    plan.submit(secretary)
    return fresh(plan)


def fresh(plan: Plan) -> Plan:
    """Return the plan as it is stored, as a view would find it."""
    return Plan.objects.select_related("campaign__organisation", "organisation").get(pk=plan.pk)
