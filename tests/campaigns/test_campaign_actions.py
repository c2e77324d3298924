"""Campaigns made, changed, started and ended: what is written, and what is recorded."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.campaigns.conftest import BEGINS, SMALL, fresh

from zhengyou.campaigns.actions import campaigns, groups, plans
from zhengyou.campaigns.blueprint import Flawed, shipped
from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions.tree import found
from zhengyou.people.models import Kind, Role

pytestmark = pytest.mark.django_db


def facts(verb: str) -> list[Fact]:
    return list(Fact.objects.filter(verb=verb))


def test_a_campaign_has_what_its_blueprint_says(draft, cast):
    assert draft.organisation == cast.bureau
    assert (draft.starts_on, draft.ends_on) == (BEGINS, date(2027, 5, 31))
    learn, act = draft.phases.all()
    assert (learn.starts_on, learn.ends_on) == (BEGINS, date(2026, 9, 30))
    assert (act.starts_on, act.ends_on) == (date(2026, 10, 1), date(2027, 5, 31))
    launch, test = learn.tasks.all()
    assert (launch.owner_label, launch.due_on) == ("书记", date(2026, 9, 7))
    assert (test.owner_label, test.due_on) == ("学习组", date(2026, 9, 23))
    leading, study = draft.groups.all()
    assert leading.kind == Kind.LEADING_GROUP
    assert leading.limits(Role.SEAT_DEPUTY) == (1, 2)
    assert leading.limits(Role.SEAT_MEMBER) == (3, None)
    assert (study.under, study.kind) == (leading, Kind.WORKING_GROUP)
    assert [row.title for row in draft.standards.all()] == ["五个好", "教师党员三条"]
    (fact,) = facts("campaign.create")
    assert fact.data["blueprint"] == draft.blueprint_digest
    assert fact.hat == f"campaign_office@{cast.bureau.uid}"


def test_a_file_with_mistakes_makes_nothing(cast, office, mid_september):
    with pytest.raises(Flawed):
        campaigns.create(office, cast.bureau, SMALL.replace("党支部", "党支布"), BEGINS)
    assert not Campaign.objects.exists()
    assert not facts("campaign.create")


def test_a_first_day_after_a_fixed_date_makes_nothing(cast, office, mid_september):
    fixed = SMALL.replace('lasts = "1个月"', 'from = 2026-08-01\nlasts = "1个月"')
    with pytest.raises(Refused, match="早于活动的开始日期"):
        campaigns.create(office, cast.bureau, fixed, BEGINS)
    assert not Campaign.objects.exists()


def test_another_file_takes_the_place_of_everything(draft, office):
    other = SMALL.replace("[programme.lessons]", "[programme.care]").replace("高效课堂", "课后看护")
    campaigns.replace_blueprint(office, draft, other, date(2026, 10, 1))
    draft = Campaign.objects.get(pk=draft.pk)
    assert [row.title for row in draft.programmes.all()] == ["课后看护"]
    assert draft.phases.first().starts_on == date(2026, 10, 1)
    assert draft.blueprint == other


@pytest.mark.parametrize("blueprint", shipped(), ids=lambda blueprint: blueprint.name)
def test_a_shipped_blueprint_can_be_replaced_and_thrown_away(blueprint, draft, office):
    campaigns.replace_blueprint(office, draft, blueprint.text, BEGINS)
    campaigns.replace_blueprint(office, draft, blueprint.text, date(2026, 9, 10))
    campaigns.discard(office, draft)
    assert not Campaign.objects.exists()
    assert facts("campaign.discard")


def test_starting_takes_the_same_statements_for_three_bodies_and_for_three_hundred(
    cast, office, mid_september
):
    def statements(schools: int) -> int:
        for number in range(schools):
            found(
                None, name=f"第{schools}片{number}小学党支部", kind=Kind.BRANCH, parent=cast.bureau
            )
        campaign = campaigns.create(office, cast.bureau, SMALL, BEGINS)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            campaign.open(office)
        return len(queries)

    assert statements(1) == statements(297)


def test_starting_and_ending_are_facts_and_happen_once(draft, office):
    twin = Campaign.objects.get(pk=draft.pk)
    draft.open(office)
    with pytest.raises(Stale):
        twin.open(office)
    draft.close(office)
    assert draft.state == CampaignState.CLOSED
    assert len(facts("campaign.open")) == len(facts("campaign.close")) == 1


def test_leading_groups_end_with_the_campaign(plan, secretary, office, cast):
    group = plan.groups.select_related("plan", "template", "organisation").first()
    groups.seat(secretary, group, cast.shen, Role.SEAT_HEAD)
    plan.campaign.close(office)
    for row in plan.groups.select_related("organisation"):
        assert not row.organisation.is_open()
        assert row.organisation.placements.get().until == clock.today()
    assert group.organisation.posts.get().until == clock.today()
    assert cast.branch.is_open()
    assert facts("campaign.close")[0].data == {"groups": 2}


def test_words_are_changed_with_a_reason_that_the_ledger_keeps(running, office):
    given = {
        "title": running.title, "theme": "新主题", "aims": running.aims, "carriers": ["周周回馈"],
    }  # fmt: skip
    with pytest.raises(Refused, match="改动要写明理由"):
        campaigns.edit(office, running, **given, reason=" ")
    assert campaigns.edit(office, running, **given, reason="老师们提的") == ["theme", "carriers"]
    (fact,) = facts("campaign.edit")
    assert fact.data == {"fields": ["theme", "carriers"]}
    words = json.loads(fact.payload)  # free words may name somebody, so they can be erased
    assert words["from"]["theme"] == "三尺讲台见初心"
    assert words["to"]["theme"] == "新主题"
    assert words["reason"] == "老师们提的"
    assert campaigns.edit(office, running, **given) == []
    assert len(facts("campaign.edit")) == 1


def test_a_draft_changes_without_a_reason(draft, office):
    assert campaigns.move_phases(office, draft, {"learn": (BEGINS, date(2026, 10, 10))})


def test_tasks_move_with_their_phase(running, office):
    later = (date(2026, 9, 8), date(2026, 10, 7))
    campaigns.move_phases(office, running, {"learn": later}, reason="推迟一周")
    launch, test = running.phases.get(code="learn").tasks.all()
    assert launch.due_on == date(2026, 9, 14)
    assert test.due_on == date(2026, 9, 30)
    (fact,) = facts("campaign.move_phases")
    assert fact.data["to"] == {"learn": ["2026-09-08", "2026-10-07"]}


def test_a_phase_too_short_for_its_tasks_keeps_them_inside(running, office):
    short = (date(2026, 9, 1), date(2026, 9, 4))
    campaigns.move_phases(office, running, {"learn": short}, reason="压缩")
    launch, test = running.phases.get(code="learn").tasks.all()
    assert launch.due_on == date(2026, 9, 4)
    # Seven days before the end is before the beginning: due at once, and saved as that.
    assert (test.due_on, test.due) == (date(2026, 9, 1), "第1天")


def test_the_end_of_the_campaign_follows_its_phases(running, office):
    longer = (date(2026, 10, 1), date(2027, 7, 31))
    campaigns.move_phases(office, running, {"act": longer}, reason="延长")
    assert Campaign.objects.get(pk=running.pk).ends_on == date(2027, 7, 31)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((date(2026, 9, 20), date(2026, 9, 1)), "结束日期早于开始日期"),
        ((date(2026, 8, 1), date(2026, 9, 30)), "不能早于活动的开始日期 2026-09-01"),
    ],
)
def test_days_that_cannot_be_are_refused(running, office, days, said):
    with pytest.raises(Refused, match=said):
        campaigns.move_phases(office, running, {"learn": days}, reason="试")
    assert running.phases.get(code="learn").ends_on == date(2026, 9, 30)


def test_a_standard_is_reworded_as_long_as_nobody_promised_against_it(running, office):
    row = running.standards.get(code="member")
    changed = campaigns.reword_standard(
        office, row, title="教师党员三条", criteria={"lessons": "课上得细"}, reason="老师们提的"
    )
    assert changed
    (fact,) = facts("campaign.reword_standard")
    assert fact.data == {"standard": "member", "criteria": ["lessons"]}
    assert json.loads(fact.payload)["to"]["lessons"] == "课上得细"


def test_plans_adopted_already_keep_their_words(plan, office):
    campaigns.edit(
        office, plan.campaign, title="改名", theme="换主题", aims=["甲"], carriers=["乙"],
        reason="统一",
    )  # fmt: skip
    assert fresh(plan).texts["theme"] == "三尺讲台见初心"


def test_the_draft_of_a_plan_is_filled_from_the_campaign(running, secretary, cast):
    plan = plans.adopt(secretary, running, cast.branch)
    texts = plan.texts
    assert texts["theme"] == "三尺讲台见初心"
    assert texts["carriers"] == "1. 周周回馈\n2. 家长开放周"
    assert "党员“教师党员三条”：\n1. 课上得实" in texts["conditions"]
    assert "1. 动员大会（书记，2026年9月7日前）" in texts["steps"]
    assert "活动领导小组：定方案，听意见，书记任组长。" in texts["safeguards"]
    assert texts["pledges"] == ""
    assert texts == plan.given
