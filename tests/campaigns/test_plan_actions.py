"""A plan on its way: adopted, written, decided, public. What is kept, and what is recorded."""

from datetime import timedelta

import pytest
from tests.campaigns.conftest import PLEDGES, fresh

from zhengyou.campaigns.actions import groups, plans
from zhengyou.campaigns.models import Plan
from zhengyou.campaigns.queries.plans import groups_of, sections_of
from zhengyou.climb.models import Answer, ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Family, Kind, Role

pytestmark = pytest.mark.django_db


def test_adopting_founds_the_groups_as_dated_bodies(plan, cast):
    leading, study = (group.organisation for group in plan.groups.all())
    assert (leading.name, leading.kind, leading.family) == (
        "活动领导小组", Kind.LEADING_GROUP, Family.WORKING,
    )  # fmt: skip
    assert leading.parent == cast.branch
    assert study.parent == leading
    assert leading.founded_on == clock.today()
    assert plan.leading_group == leading


def test_a_body_adopts_once(plan, secretary, cast):
    with pytest.raises(Refused, match="已经采用了"):
        plans.adopt(secretary, plan.campaign, cast.branch)
    assert Plan.objects.count() == 1


def test_a_second_campaign_names_its_groups_apart(plan, office, secretary, cast):
    from tests.campaigns.conftest import BEGINS, SMALL

    from zhengyou.campaigns.actions import campaigns

    other = campaigns.create(office, cast.bureau, SMALL.replace("创先争优活动", "读书月"), BEGINS)
    other.open(office)
    again = plans.adopt(secretary, other, cast.branch)
    assert again.leading_group.name == "活动领导小组（小学读书月）"


def test_writing_counts_drafts_and_is_a_fact(plan, secretary):
    first = plan.revision
    assert plans.write(secretary, plan, {"theme": "新主题 \n"}, first) == ["theme"]
    assert plan.revision == first + 1
    assert fresh(plan).texts["theme"] == "新主题"
    assert plans.write(secretary, plan, {"theme": "新主题"}, plan.revision) == []
    assert Fact.objects.filter(verb="plan.write").last().data["sections"] == ["theme"]


def test_writing_over_somebody_elses_words_is_refused(plan, secretary):
    old = plan.revision
    plans.write(secretary, plan, {"theme": "先写的"}, old)
    with pytest.raises(Stale, match="别人也改了这份方案"):
        plans.write(secretary, fresh(plan), {"theme": "后写的"}, old)


def test_a_section_has_its_limit(plan, secretary):
    with pytest.raises(Refused, match="有 10001 个字，最多 10000 个"):
        plans.write(secretary, plan, {"steps": "长" * 10_001}, plan.revision)
    assert fresh(plan).revision == plan.revision


def test_the_decision_keeps_who_in_which_post_and_the_words_seen(submitted, office):
    row = submitted.send_back(
        office, {"steps": " 写清日期 ", "aims": " "}, reason="整体不错", revision=submitted.revision
    )
    assert row.answer == Answer.RETURN
    assert row.section_reasons == {"steps": "写清日期"}
    assert row.sections_seen["pledges"] == PLEDGES
    assert row.hat == "澜阳县教育局党委活动办"
    fact = Fact.objects.get(verb="plan.send_back")
    assert fact.data["sections"] == ["steps"]
    assert len(fact.data["text"]) == 64


def test_a_plan_does_not_go_back_without_a_word_on_a_section(submitted, office):
    with pytest.raises(Refused, match="至少写一节"):
        submitted.send_back(office, {"steps": " "}, reason="不行", revision=submitted.revision)
    assert fresh(submitted).state == ClimbState.SUBMITTED
    assert not submitted.decisions.exists()


def test_only_the_draft_that_was_read_is_decided(submitted, secretary, office):
    read = submitted.revision
    submitted.take_back(secretary)
    plans.write(secretary, fresh(submitted), {"theme": "又改了"}, read)
    again = fresh(submitted)
    again.submit(secretary)
    with pytest.raises(Stale, match="不是最新的一稿"):
        fresh(submitted).approve(office, revision=read)
    assert fresh(submitted).state == ClimbState.SUBMITTED


def test_what_was_decided_is_not_decided_again(submitted, office, cast):
    other = fresh(submitted)
    submitted.approve(office, revision=submitted.revision)
    committee = acting_as(cast.qin, Role.SECRETARY)
    with pytest.raises(Stale):
        other.send_back(committee, {"theme": "改"}, revision=other.revision)
    assert submitted.decisions.count() == 1


def test_all_steps_are_facts_in_order(submitted, office, secretary):
    submitted.send_back(office, {"theme": "写具体"}, revision=submitted.revision)
    plan = fresh(submitted)
    plans.write(secretary, plan, {"theme": "写具体的主题"}, plan.revision)
    plan = fresh(plan)
    plan.submit(secretary)
    plan.approve(office, revision=plan.revision)
    plan.publish(secretary)
    verbs = Fact.objects.filter(about_kind="plan").order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == [
        "plan.adopt", "plan.write", "plan.submit", "plan.send_back", "plan.write", "plan.submit",
        "plan.approve", "plan.publish",
    ]  # fmt: skip
    assert fresh(plan).published_at


def test_the_resubmission_shows_what_changed_against_what_was_seen(submitted, office, secretary):
    submitted.send_back(office, {"pledges": "先办哪个年级"}, revision=submitted.revision)
    plan = fresh(submitted)
    texts = {"pledges": PLEDGES.replace("每个年级", "一年级")}
    plans.write(secretary, plan, texts, plan.revision)
    views = {view.code: view for view in sections_of(fresh(plan))}
    assert views["pledges"].reason == "先办哪个年级"
    assert [(part.gone, part.new) for part in views["pledges"].changes if not part.same] == [
        ("每个", "一")
    ]
    assert views["theme"].changes == ()
    assert views["theme"].reason == ""


def seat_of(plan, code):
    return plan.groups.select_related("plan__organisation", "template", "organisation").get(
        template__code=code
    )


def test_seats_have_limits_in_words(plan, secretary, cast):
    leading = seat_of(plan, "leading")
    groups.seat(secretary, leading, cast.shen, Role.SEAT_HEAD, "抓总")
    with pytest.raises(Refused, match="组长最多 1 人，已经有 1 人，请先免去一位再加"):
        groups.seat(secretary, leading, cast.zhou, Role.SEAT_HEAD)
    with pytest.raises(Refused, match="一个人在一个组里只占一个席位"):
        groups.seat(secretary, leading, cast.shen, Role.SEAT_DEPUTY)
    with pytest.raises(Refused, match="不设副组长"):
        groups.seat(secretary, seat_of(plan, "study"), cast.zhou, Role.SEAT_DEPUTY)
    with pytest.raises(Refused, match="闻立诚不是育新小学党支部的人"):
        groups.seat(secretary, leading, cast.wen, Role.SEAT_MEMBER)
    view = groups_of(plan)[0]
    assert view.lacks == ["副组长还差 1 人", "成员还差 3 人"]
    assert view.free == [Role.SEAT_DEPUTY, Role.SEAT_MEMBER]


def test_whoever_leaves_a_seat_makes_room(plan, secretary, cast):
    leading = seat_of(plan, "leading")
    post = groups.seat(secretary, leading, cast.shen, Role.SEAT_HEAD)
    with clock.at(clock.today() + timedelta(days=3)):
        groups.unseat(secretary, leading, post)
        groups.seat(secretary, leading, cast.zhou, Role.SEAT_HEAD)
        assert [seat.post.person for seat in groups_of(plan)[0].seats] == [cast.zhou]


def test_a_secretary_is_not_put_out_of_office_as_if_it_were_a_seat(plan, secretary, cast):
    office_post = cast.branch.posts.get(role=Role.SECRETARY)
    with pytest.raises(Refused, match="不是活动领导小组的席位"):
        groups.unseat(secretary, seat_of(plan, "leading"), office_post)
