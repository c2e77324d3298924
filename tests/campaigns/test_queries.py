"""Read models: who has what to do, how far the bodies are, in a fixed number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from tests.campaigns.conftest import BEGINS, PLEDGES, SMALL, fresh
from tests.cast import client_as

from zhengyou.campaigns import queries
from zhengyou.campaigns.actions import campaigns, plans
from zhengyou.campaigns.queries.coverage import all_rows, coverage
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock, refs
from zhengyou.kernel.refs import Ref
from zhengyou.ledger.book import verb_label
from zhengyou.ledger.models import Fact
from zhengyou.people.actions.people import enrol
from zhengyou.people.actions.posts import appoint
from zhengyou.people.actions.tree import found
from zhengyou.people.actor import acting_as, actor_for
from zhengyou.people.models import Kind, Person, Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mid_september")]


def titles(errands):
    return [errand.title for errand in errands]


# --- 工作台 ------------------------------------------------------------------------------------
def test_a_draft_waits_to_be_started(draft, office, secretary):
    (errand,) = queries.todo_for(office)
    assert (errand.label, errand.title) == ("没有启动", "小学创先争优活动")
    assert errand.kind == "due"  # Its first day has come.
    assert queries.todo_for(secretary) == []


def test_a_running_campaign_is_to_be_adopted_by_a_day(running, secretary, cast):
    (errand,) = queries.todo_for(secretary)
    assert errand.title == "采用“小学创先争优活动”，写出本组织的方案"
    assert (errand.due, errand.when) == (date(2026, 9, 30), "9月30日前")
    assert errand.url == f"/campaigns/{running.uid}/"
    # The recorder writes, but adopting is for the secretary.
    assert queries.todo_for(acting_as(cast.tian, Role.RECORDER)) == []
    assert queries.todo_for(acting_as(cast.fang)) == []


@pytest.mark.parametrize(
    ("day", "kind", "label"),
    [
        (date(2026, 9, 20), "todo", "没开始"),
        (date(2026, 9, 25), "due", "还有 5 天"),
        (date(2026, 9, 30), "due", "今天到期"),
        (date(2026, 10, 3), "late", "过期 3 天"),
    ],
)
def test_the_day_comes_nearer(running, secretary, day, kind, label):
    with clock.at(day):
        (errand,) = queries.todo_for(secretary)
    assert (errand.kind, errand.label) == (kind, label)


def test_nothing_is_asked_before_the_phase_begins(draft, office, secretary):
    campaigns.move_phases(office, draft, {"learn": (date(2026, 9, 20), date(2026, 9, 30))})
    draft.open(office)
    assert queries.todo_for(secretary) == []


def test_the_desk_follows_the_plan_up_and_back(running, secretary, office, cast):
    plan = plans.adopt(secretary, running, cast.branch)
    (errand,) = queries.todo_for(secretary)
    assert errand.why == "四个明确还差：承诺内容"
    assert errand.url == f"/plans/{plan.uid}/edit/"
    assert titles(queries.todo_for(acting_as(cast.tian, Role.RECORDER))) == [errand.title]

    plans.write(secretary, plan, {"pledges": PLEDGES}, plan.revision)
    (errand,) = queries.todo_for(secretary)
    assert (errand.button, errand.url) == ("去送审", f"/plans/{plan.uid}/")

    fresh(plan).submit(secretary)
    assert queries.todo_for(secretary) == []
    with clock.at(date(2026, 9, 18)):
        (waits,) = queries.waiting_for(office)
    assert (waits.title, waits.when) == ("育新小学党支部的方案", "等了 3 天")
    assert waits.url == f"/plans/{plan.uid}/review/"

    plan = fresh(plan)
    plan.send_back(office, {"steps": "写清日期", "aims": "太多"}, revision=plan.revision)
    assert queries.waiting_for(office) == []
    (errand,) = queries.todo_for(secretary)
    assert (errand.kind, errand.title) == ("back", "“小学创先争优活动”方案要改 2 节")
    assert errand.when == "9月15日退回"

    fresh(plan).submit(secretary)
    fresh(plan).approve(office, revision=fresh(plan).revision)
    (errand,) = queries.todo_for(secretary)
    assert errand.title == "“小学创先争优活动”方案可以公开了"
    fresh(plan).publish(secretary)
    assert queries.todo_for(secretary) == []


def test_a_plan_waits_for_the_nearest_party_body_above_only(submitted, cast):
    appoint(None, cast.qin, cast.county, Role.SECRETARY)
    above = acting_as(cast.qin, Role.SECRETARY)
    assert above.hat.organisation == cast.county
    assert queries.waiting_for(above) == []
    assert titles(queries.waiting_for(acting_as(cast.gu, Role.CAMPAIGN_OFFICE))) == [
        "育新小学党支部的方案"
    ]


def test_the_plan_of_the_campaigns_own_body_waits_above_it(cast, secretary, mid_september):
    own = campaigns.create(secretary, cast.branch, SMALL, BEGINS)
    own.open(secretary)
    plan = plans.adopt(secretary, own, cast.branch)
    plans.write(secretary, plan, {"pledges": PLEDGES}, plan.revision)
    fresh(plan).submit(secretary)
    assert titles(queries.waiting_for(acting_as(cast.gu, Role.CAMPAIGN_OFFICE))) == [
        "育新小学党支部的方案"
    ]


def test_nobody_is_shown_his_own_plan_to_decide(submitted, cast):
    appoint(None, cast.shen, cast.bureau, Role.CAMPAIGN_OFFICE)
    above = acting_as(cast.shen, Role.CAMPAIGN_OFFICE)
    assert queries.waiting_for(above) == []


# --- coverage ----------------------------------------------------------------------------------
def test_a_body_is_covered_by_its_own_campaigns_and_those_above_by_kind(running, cast):
    assert queries.covering(cast.branch) == [running]
    assert queries.covering(cast.nanhu) == [running]
    assert queries.covering(cast.bureau) == []  # a committee; the campaign covers branches
    assert queries.covering(cast.low) == []  # a group
    assert queries.covering(cast.village) == []  # another part of the tree
    found(None, name="实验小学党支部", kind=Kind.BRANCH, parent=cast.bureau)
    assert coverage(running, cast.bureau.path).total == 3


def test_coverage_counts_bodies_without_rows(running, plan, cast):
    got = coverage(running, cast.bureau.path)
    assert (got.total, got.counts["none"], got.counts[ClimbState.DRAFT]) == (2, 1, 1)
    assert [(row.name, row.label) for row in got.rows] == [
        ("育新小学党支部", "起草中"),
        ("南湖小学党支部", "还没有采用"),
    ]
    assert got.headline == "2 个组织，1 个还没有采用"
    assert [row.name for row in coverage(running, cast.bureau.path, state="none").rows] == [
        "南湖小学党支部"
    ]
    assert [row.name for row in coverage(running, cast.branch.path).rows] == ["育新小学党支部"]
    assert [row.label for row in all_rows(running, cast.county.path)] == ["起草中", "还没有采用"]


def test_another_campaigns_plan_does_not_count(running, plan, office, cast):
    other = campaigns.create(office, cast.bureau, SMALL, BEGINS)
    other.open(office)
    assert coverage(other, cast.bureau.path).counts["none"] == 2


def more_branches(cast, running, count: int) -> None:
    """Found ``count`` branches with a secretary and a submitted plan each."""
    for number in range(count):
        name = f"第{number}小学党支部"
        body = found(None, name=name, kind=Kind.BRANCH, parent=cast.bureau, on=BEGINS)
        person = Person(name=f"支书{number}")
        enrol(None, person, body, since=BEGINS)
        appoint(None, person, body, Role.SECRETARY, since=BEGINS)
        head = acting_as(person, Role.SECRETARY)
        plan = plans.adopt(head, running, body)
        plans.write(head, plan, {"pledges": PLEDGES}, plan.revision)
        fresh(plan).submit(head)


def test_the_pages_take_the_same_queries_for_one_plan_and_for_thirty(running, submitted, cast):
    gu = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    shen = client_as(cast.shen, Role.SECRETARY)
    pages = [
        (gu, "/campaigns/"),
        (gu, f"/campaigns/{running.uid}/"),
        (gu, f"/plans/{submitted.uid}/review/"),
        (shen, f"/campaigns/{running.uid}/"),
        (shen, f"/plans/{submitted.uid}/"),
        (shen, f"/plans/{submitted.uid}/groups/"),
    ]

    def counts() -> list[int]:
        found = []
        for client, url in pages:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(url).status_code == 200
            found.append(len(captured))
        return found

    counts()  # the first visit fills caches of content types and the like
    before = counts()
    more_branches(cast, running, 29)
    assert counts() == before
    assert max(before) <= 33


def test_the_desk_takes_the_same_queries_for_one_and_thirty(running, submitted, office, cast):
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.todo_for(office)
            queries.waiting_for(office)
        return len(captured)

    before = count()
    more_branches(cast, running, 29)
    assert count() == before
    assert len(queries.waiting_for(office)) == 30


def test_more_than_thirty_are_summed_up(running, office, cast):
    more_branches(cast, running, 32)
    errands = queries.waiting_for(office)
    assert len(errands) == 31
    assert errands[-1].title == "还有 2 份方案"


# --- for others --------------------------------------------------------------------------------
def test_the_ribbon_is_plain_data(running):
    ribbon = queries.ribbon_of(running, date(2026, 9, 15))
    assert [phase["state"] for phase in ribbon["phases"]] == ["now", "next"]
    assert ribbon["next"] == "下一步：践诺提升，10月1日开始"


def test_the_summary_of_a_plan(running, submitted, office, cast):
    submitted.send_back(office, {"steps": "写清日期"}, revision=submitted.revision)
    summary = queries.plan_summary(running, cast.branch)
    assert (summary.label, summary.returns) == ("退回", 1)
    assert summary.clear[3] == ("承诺内容", PLEDGES)
    assert summary.groups == ["活动领导小组", "学习组"]
    assert queries.plan_summary(running, cast.nanhu).label == "还没有采用"


def test_references_lead_to_pages_for_who_may_see_them(plan, running, cast):
    shen = acting_as(cast.shen, Role.SECRETARY)
    bai = acting_as(cast.bai, Role.SECRETARY)
    target = refs.resolve(Ref("plan", plan.uid), shen)
    assert (target.title, target.url, target.visible) == (plan.title, f"/plans/{plan.uid}/", True)
    assert not refs.resolve(Ref("plan", plan.uid), bai).visible
    assert refs.resolve(Ref("campaign", running.uid), shen).visible
    assert not refs.resolve(Ref("campaign", running.uid), actor_for(None)).visible
    assert refs.resolve(Ref("campaign", plan.uid), shen) is None


def test_every_fact_of_this_room_reads_in_chinese(submitted, office):
    submitted.approve(office, revision=submitted.revision)
    for fact in Fact.objects.filter(verb__regex=r"^(campaign|plan)\."):
        assert verb_label(fact.verb) != fact.verb


def test_sorting_and_filtering_come_from_the_address(running, plan, office, cast):
    from zhengyou.campaigns.queries.campaign_page import campaign_page

    page = campaign_page(office, running, QueryDict("sort=-name&state=nonsense"))
    names = [line[0][1].text for line in page.table.lines]
    assert names == ["南湖小学党支部", "育新小学党支部"]
    assert [segment["count"] for segment in page.segments] == [2, 1, 1]


def test_the_workbook_has_every_body(running, plan, cast, tmp_path):
    from python_calamine import CalamineWorkbook

    gu = client_as(cast.gu, Role.CAMPAIGN_OFFICE)
    answer = gu.get(f"/campaigns/{running.uid}/bodies.xlsx")
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"".join(answer.streaming_content))
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    assert rows[2:] == [
        ["育新小学党支部", "澜阳县教育局党委", "起草中"],
        ["南湖小学党支部", "澜阳县教育局党委", "还没有采用"],
    ]
    member = client_as(cast.fang)
    assert member.get(f"/campaigns/{running.uid}/bodies.xlsx").status_code == 404
