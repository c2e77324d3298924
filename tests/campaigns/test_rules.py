"""Who may do what with campaigns and plans, as truth tables over the named cast.

Columns are people in a hat; rows not listed are refused, with a reason in words.
"""

from datetime import date

import pytest
from tests.campaigns.conftest import SMALL, fresh

from zhengyou.campaigns import rules
from zhengyou.campaigns.actions import campaigns, plans
from zhengyou.campaigns.models import Act, Campaign, Plan
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions.posts import appoint
from zhengyou.people.actor import ANONYMOUS, acting_as
from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db

HATS = {
    "admin": ("zhuo", Role.SYSTEM_ADMIN),
    "committee": ("qin", Role.SECRETARY),
    "office": ("gu", Role.CAMPAIGN_OFFICE),
    "inspector": ("yin", Role.INSPECTOR),
    "secretary": ("shen", Role.SECRETARY),
    "deputy": ("zhou", Role.DEPUTY_SECRETARY),
    "organiser": ("su", Role.COMMITTEE_MEMBER),
    "recorder": ("tian", Role.RECORDER),
    "leader": ("song", Role.GROUP_LEADER),
    "member": ("fang", None),
    "neighbour": ("wen", Role.SECRETARY),
    "village": ("bai", Role.SECRETARY),
}
BUREAU = {"committee", "office"}
OWN = {"secretary", "deputy"}
WRITE = {*OWN, "recorder"}


@pytest.fixture
def actors(cast, mid_september):
    worn = {key: acting_as(cast.persons[who], role) for key, (who, role) in HATS.items()}
    return {**worn, "public": ANONYMOUS}


def yes(actors, rule):
    """Return who is answered with a yes; every no carries a reason that ends as a sentence."""
    answers = {key: rule(actor) for key, actor in actors.items()}
    assert all(answer.reason.endswith("。") for answer in answers.values() if not answer)
    return {key for key, answer in answers.items() if answer}


def seeing(actors, rows, rule):
    return {key for key, actor in actors.items() if rows.filter(rule(actor)).exists()}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("bureau", BUREAU),
        ("branch", {*BUREAU, *OWN}),
        ("nanhu", {*BUREAU, "neighbour"}),
        ("village", {"village"}),
        ("county", set()),
    ],
)
def test_campaigns_are_begun_by_keepers_for_their_body_and_below(actors, cast, body, expected):
    body = getattr(cast, body)
    assert yes(actors, lambda actor: rules.may_create_campaign(actor, body)) == expected


def test_a_draft_is_kept_by_the_keepers_of_its_body(actors, draft):
    for rule in (
        rules.may_edit_campaign,
        rules.may_open_campaign,
        rules.may_replace_blueprint,
    ):
        assert yes(actors, lambda actor, rule=rule: rule(actor, draft)) == BUREAU
    assert yes(actors, lambda actor: rules.may_close_campaign(actor, draft)) == set()


def test_a_running_campaign_is_reworded_and_ended_but_keeps_its_file(actors, running):
    for rule in (rules.may_edit_campaign, rules.may_close_campaign):
        assert yes(actors, lambda actor, rule=rule: rule(actor, running)) == BUREAU
    for rule in (rules.may_open_campaign, rules.may_replace_blueprint):
        assert yes(actors, lambda actor, rule=rule: rule(actor, running)) == set()


def test_an_ended_campaign_is_left_alone(actors, running, office):
    running.close(office)
    for rule in (
        rules.may_edit_campaign,
        rules.may_open_campaign,
        rules.may_close_campaign,
        rules.may_replace_blueprint,
    ):
        assert yes(actors, lambda actor, rule=rule: rule(actor, running)) == set()


def test_who_sees_a_campaign(actors, draft, office):
    rows = Campaign.objects.all()
    assert seeing(actors, rows, rules.visible_campaigns) == BUREAU
    draft.open(office)
    # The bureau, what is below it, and the administrator of the county above; not the village.
    assert seeing(actors, rows, rules.visible_campaigns) == set(actors) - {"village", "public"}


def test_who_takes_a_blueprint_home(actors, running):
    keepers = {*BUREAU, *OWN, "neighbour", "village"}
    assert yes(actors, lambda actor: rules.may_save_blueprint(actor, running)) == keepers


def test_who_adopts(actors, running, cast):
    assert yes(actors, lambda actor: rules.may_adopt(actor, running, cast.branch)) == OWN
    nanhu = yes(actors, lambda actor: rules.may_adopt(actor, running, cast.nanhu))
    assert nanhu == {"neighbour"}
    assert yes(actors, lambda actor: rules.may_adopt(actor, running, cast.village)) == set()


def test_a_draft_plan(actors, plan):
    assert yes(actors, lambda actor: rules.may_edit_plan(actor, plan)) == WRITE
    assert yes(actors, lambda actor: rules.may_submit_plan(actor, plan)) == OWN
    assert yes(actors, lambda actor: rules.may_seat(actor, plan)) == OWN
    for rule in (rules.may_review_plan, rules.may_take_back_plan, rules.may_publish_plan):
        assert yes(actors, lambda actor, rule=rule: rule(actor, plan)) == set()
    inside = {*WRITE, "organiser"}
    assert seeing(actors, Plan.objects.all(), rules.visible_plans) == inside


def test_a_submitted_plan(actors, submitted):
    assert yes(actors, lambda actor: rules.may_review_plan(actor, submitted)) == BUREAU
    assert yes(actors, lambda actor: rules.may_take_back_plan(actor, submitted)) == OWN
    for rule in (rules.may_edit_plan, rules.may_submit_plan, rules.may_publish_plan):
        assert yes(actors, lambda actor, rule=rule: rule(actor, submitted)) == set()
    seen = {*WRITE, "organiser", *BUREAU, "inspector", "admin"}
    assert seeing(actors, Plan.objects.all(), rules.visible_plans) == seen


def test_a_returned_plan_is_written_again(actors, submitted, office):
    submitted.send_back(office, {"steps": "写清日期"}, revision=submitted.revision)
    back = fresh(submitted)
    assert yes(actors, lambda actor: rules.may_edit_plan(actor, back)) == WRITE
    assert yes(actors, lambda actor: rules.may_submit_plan(actor, back)) == OWN
    assert yes(actors, lambda actor: rules.may_review_plan(actor, back)) == set()


def test_an_approved_plan_is_published_by_the_body(actors, submitted, office):
    submitted.approve(office, revision=submitted.revision)
    approved = fresh(submitted)
    assert yes(actors, lambda actor: rules.may_publish_plan(actor, approved)) == OWN
    for rule in (rules.may_edit_plan, rules.may_submit_plan, rules.may_review_plan):
        assert yes(actors, lambda actor, rule=rule: rule(actor, approved)) == set()


def test_a_published_plan_is_for_all_who_are_signed_in(actors, submitted, office, secretary):
    submitted.approve(office, revision=submitted.revision)
    submitted.publish(secretary)
    assert seeing(actors, Plan.objects.all(), rules.visible_plans) == set(actors) - {"public"}


def test_nobody_reviews_the_plan_that_he_submitted_in_another_post(cast, submitted):
    appoint(None, cast.shen, cast.bureau, Role.COMMITTEE_MEMBER, portfolio="宣传")
    appoint(None, cast.shen, cast.bureau, Role.CAMPAIGN_OFFICE)
    above = acting_as(cast.shen, Role.CAMPAIGN_OFFICE)
    verdict = rules.may_review_plan(above, submitted)
    assert verdict.reason == "这是您自己送审的方案，要由别人来审。"


def test_nor_does_the_deputy_of_the_body_that_it_comes_from(cast, submitted):
    appoint(None, cast.zhou, cast.bureau, Role.CAMPAIGN_OFFICE)
    above = acting_as(cast.zhou, Role.CAMPAIGN_OFFICE)
    assert rules.may_review_plan(above, submitted).reason.startswith("这是您自己送审的")


def test_the_body_cannot_approve_itself(submitted, secretary):
    assert rules.may_review_plan(secretary, submitted).reason == (
        "方案要由上级来审，本组织不能自己审自己。"
    )


@pytest.fixture
def of_the_county(cast, mid_september):
    """The plan of the root itself, submitted by its secretary."""
    appoint(None, cast.qin, cast.county, Role.SECRETARY)
    appoint(None, cast.gu, cast.county, Role.DEPUTY_SECRETARY)
    head = acting_as(cast.qin, Role.SECRETARY)
    assert head.hat and head.hat.organisation == cast.county
    text = SMALL.replace('["党支部"]', '["党委"]')
    run = campaigns.create(head, cast.county, text, date(2026, 9, 1))
    run.open(head)
    plan = plans.adopt(head, run, cast.county)
    pledges = (
        "县委今年给每个支部办成一件实事，十二月底前逐件对账，"
        "对账结果贴出来请群众看，办没办到都写明白。"
    )
    plans.write(head, plan, {"pledges": pledges}, plan.revision)
    plan = fresh(plan)
    plan.submit(head)
    return fresh(plan)


def test_where_nobody_is_above_another_keeper_of_the_body_reviews(cast, of_the_county):
    head = acting_as(cast.qin, Role.SECRETARY)
    deputy = acting_as(cast.gu, Role.DEPUTY_SECRETARY)
    assert not rules.may_review_plan(head, of_the_county)
    assert rules.may_review_plan(deputy, of_the_county)
    of_the_county.approve(deputy, revision=of_the_county.revision)
    assert fresh(of_the_county).state == ClimbState.APPROVED


# What the phases open, by day.
@pytest.mark.parametrize(
    ("day", "act", "answer"),
    [
        (date(2026, 8, 31), Act.SUBMIT_PLAN, "2026年9月1日进入“动员学习”后才能提交方案。"),
        (date(2026, 9, 1), Act.SUBMIT_PLAN, ""),
        (date(2026, 9, 30), Act.SUBMIT_PLAN, ""),
        (date(2026, 10, 1), Act.SUBMIT_PLAN, "提交方案到2026年9月30日已经截止。"),
        (date(2026, 9, 30), Act.MAKE_PLEDGE, "2026年10月1日进入“践诺提升”后才能作出承诺。"),
        (date(2026, 10, 1), Act.MAKE_PLEDGE, ""),
        (date(2027, 5, 31), Act.REPORT_PROGRESS, ""),
        (date(2027, 6, 1), Act.REPORT_PROGRESS, "公布进展到2027年5月31日已经截止。"),
    ],
)
def test_phases_open_acts_by_the_clock(running, day, act, answer):
    verdict = running.allows(act, day)
    assert bool(verdict) == (answer == "")
    assert answer in verdict.reason


def test_no_phase_opens_anything_before_the_start_and_after_the_end(draft, running, office):
    assert draft.pk == running.pk
    running.close(office)
    with clock.at(date(2026, 9, 15)):
        assert running.allows(Act.SUBMIT_PLAN).reason == (
            "“小学创先争优活动”已结束，不能提交方案。"
        )


def test_a_plan_is_submitted_in_its_phase_but_a_returned_one_may_come_late(plan, secretary, office):
    with clock.at(date(2026, 10, 5)):
        verdict = rules.may_submit_plan(secretary, plan)
        assert "已经截止" in verdict.reason
        with pytest.raises(Refused):
            plan.submit(secretary)
    plan.submit(secretary)
    fresh(plan).send_back(office, {"steps": "写清日期"}, revision=plan.revision)
    with clock.at(date(2026, 10, 5)):
        assert rules.may_submit_plan(secretary, fresh(plan))
