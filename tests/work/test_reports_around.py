"""Reports up: points in which one is stuck, who may what, tasks, length, the desk."""

from datetime import date

import pytest
from tests.work.reporting import begun, said, say, sent, week_of, weekly
from tests.work.scene import Autumn, record_of

from zhengyou.campaigns.actions import plans, tasks
from zhengyou.kernel import clock, refs
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.people.actions import merging
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.work import stuck
from zhengyou.work.actions import report_lines, reporting
from zhengyou.work.composing import compose, length
from zhengyou.work.models import (
    Duty,
    Report,
)
from zhengyou.work.queries import reports, reports_desk
from zhengyou.work.rules import reporting as rules

THURSDAY = date(2026, 9, 10)
FRIDAY = date(2026, 9, 11)
NEXT_FRIDAY = date(2026, 9, 18)


@pytest.fixture
def duty(season: Autumn) -> Duty:
    return weekly(season.campaign)


@pytest.fixture
def shen(season: Autumn) -> Actor:
    return acting_as(season.cast.shen, Role.SECRETARY)


@pytest.fixture
def gu(season: Autumn) -> Actor:
    return acting_as(season.cast.gu, Role.CAMPAIGN_OFFICE)


# --- stuck --------------------------------------------------------------------------------------
def test_a_stuck_point_is_carried_until_it_is_solved(season, duty, shen, gu):
    cast = season.cast
    week_of(shen, duty, cast.branch, FRIDAY, done="一。", stuck="多媒体教室不够用。")
    point = stuck.still_open().get()
    target = refs.resolve(point.ref, shen)
    assert (target.title, target.visible) == ("多媒体教室不够用。", True)
    with clock.at(NEXT_FRIDAY):
        report = begun(shen, duty, cast.branch)
        assert said(report, "stuck") == ["多媒体教室不够用（9月11日提出，还没有解决）。"]
        sent(shen, report)
        assert stuck.still_open().get() == point
        assert report.points.get(section="stuck").carries == point
        with pytest.raises(Refused, match="早于"):
            report_lines.solve(gu, point, solved_on=date(2026, 9, 1), how="借到了", solver="教育局")
        report_lines.solve(gu, point, solved_on=NEXT_FRIDAY, how="借到两间教室", solver="教育局")
        with pytest.raises(Stale):
            report_lines.solve(shen, point, solved_on=NEXT_FRIDAY, how="我也记", solver="学校")
        assert not stuck.still_open().exists()
    with clock.at(date(2026, 9, 25)):
        report_lines.reopen(shen, point, "教室又收回去了")
        report = begun(shen, duty, cast.branch)
        assert len(said(report, "stuck")) == 1
        report_lines.solve(
            shen, point, solved_on=date(2026, 9, 25), how="自己腾出一间", solver="后勤"
        )
        assert said(report, "stuck") == []
        assert said(report, "done") == ["9月25日解决了“多媒体教室不够用。”：自己腾出一间（后勤）。"]
        assert point.solutions.count() == 2


def test_who_goes_on_from_a_body_goes_on_with_what_it_was_stuck_in(season, duty, shen):
    cast = season.cast
    week_of(shen, duty, cast.branch, FRIDAY, done="一。", stuck="多媒体教室不够用。")
    point = stuck.still_open().get()
    wen = acting_as(cast.wen, Role.SECRETARY)
    assert not rules.may_solve(wen, point)
    with clock.at(date(2026, 9, 16)):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        merging.merge(office, [cast.branch, cast.nanhu], into=cast.nanhu)
    with clock.at(NEXT_FRIDAY):
        wen = acting_as(cast.wen, Role.SECRETARY)
        point = stuck.still_open().get()
        report = begun(wen, duty, wen.hat.organisation)
        assert said(report, "stuck") == ["多媒体教室不够用（9月11日提出，还没有解决）。"]
        assert stuck.points().filter(rules.visible_points(wen)).get() == point
        assert rules.may_solve(wen, point)


# --- who ----------------------------------------------------------------------------------------
def test_who_writes_sends_reads_and_answers(season, duty, shen):
    cast = season.cast
    with clock.at(FRIDAY):
        draft = begun(shen, duty, cast.branch)
        say(shen, draft, "done", "一。")
    people = {
        "shen": (Role.SECRETARY, "write send see"),
        "zhou": (Role.DEPUTY_SECRETARY, "write send see"),
        "su": (Role.COMMITTEE_MEMBER, "write see"),
        "tian": (Role.RECORDER, "write see"),
        "song": (Role.GROUP_LEADER, ""),
        "he": (None, ""),
        "gu": (Role.CAMPAIGN_OFFICE, ""),
        "yin": (Role.INSPECTOR, ""),
        "wen": (Role.SECRETARY, ""),
    }
    assert {who: _may(cast, who, role, draft) for who, (role, _) in people.items()} == {
        who: may for who, (_, may) in people.items()
    }
    with clock.at(FRIDAY):
        sent(shen, draft)
    after = {
        "shen": "take_back correct see", "zhou": "take_back correct see", "su": "see",
        "tian": "see", "song": "see", "he": "see", "gu": "answer see", "yin": "see", "wen": "",
    }  # fmt: skip
    assert {who: _may(cast, who, role, draft) for who, (role, _) in people.items()} == after


def _may(cast, who, role, report):
    actor = acting_as(getattr(cast, who), role)
    said = [
        name
        for name in ("write", "send", "take_back", "correct", "answer")
        if getattr(rules, f"may_{name}")(actor, report)
    ]
    seen = Report.objects.filter(rules.visible_reports(actor), pk=report.pk).exists()
    return " ".join([*said, *(["see"] if seen else [])])


# --- what else it says by itself ----------------------------------------------------------------
def test_tasks_of_the_phase_are_told_and_what_is_late_is_counted(season, duty, shen):
    phase = season.campaign.phases.get(code="learn")
    days = {"done": THURSDAY, "doing": date(2026, 9, 30), "next": NEXT_FRIDAY}
    days["late"] = date(2026, 9, 4)
    made = {
        code: phase.tasks.create(code=code, title=f"任务{code}", owner=Role.SECRETARY, due_on=day)
        for code, day in days.items()
    }
    with clock.at(date(2026, 9, 2)):
        plan = plans.adopt(shen, season.campaign, season.cast.branch)
    with clock.at(FRIDAY):
        tasks.report(shen, plan, made["done"], words="都学过了。", done_on=THURSDAY)
        tasks.report(shen, plan, made["doing"], words="学了一半。", done_on=None)
        report = begun(shen, duty, season.cast.branch)
        assert said(report, "done") == [
            "9月10日办完“任务done”：都学过了。",
            "正在办“任务doing”：学了一半。",
        ]
        assert said(report, "next") == [
            "9月18日前办完“任务next”（书记）。",
            "补上过期没登记的阶段任务 1 件。",
        ]


def test_a_report_that_is_too_long_says_so(season, duty, shen):
    with clock.at(FRIDAY):
        report = begun(shen, duty, season.cast.branch)
        say(shen, report, "done", "开了会。")
        assert length(compose(report))[1] == ""
        for _ in range(5):
            say(shen, report, "done", "长" * 900)
        assert "不宜超过 4,000 字" in length(compose(report))[1]


def test_the_desk_asks_for_a_report_and_shows_what_came_up(season, duty, shen, gu):
    branch = season.cast.branch

    def asked(day, actor=shen):
        with clock.at(day):
            rows = reports_desk.todo_for(actor)
        return [(row.kind, row.title[-10:-1]) for row in rows]

    assert asked(date(2026, 9, 1)) == [("todo", "2026年第36周")]
    assert asked(date(2026, 9, 4)) == [("due", "2026年第36周")]
    assert asked(date(2026, 9, 8)) == [("late", "2026年第36周"), ("todo", "2026年第37周")]
    report = week_of(shen, duty, branch, FRIDAY, done="一。")
    assert asked(FRIDAY) == [("late", "2026年第36周")]
    with clock.at(FRIDAY):
        assert [row.title for row in reports_desk.waiting_for(gu)] == [report.title]
        reporting.send_back(gu, report, "卡点没有写。")
        assert reports_desk.waiting_for(gu) == []
    assert ("back", "2026年第37周") in asked(FRIDAY)
    assert asked(FRIDAY, acting_as(season.cast.he)) == []


def test_who_has_met_need_not_report_where_a_meeting_counts_too(season, shen):
    branch, campaign = season.cast.branch, season.campaign
    weekly(campaign, code="either", records=["staff_meeting", "report"])
    record_of(branch, "staff_meeting", date(2026, 9, 3), season.cast.shen)
    with clock.at(FRIDAY):
        assert [row.label for row in reports_desk.todo_for(shen)] == ["快到期"]
        page = reports.body_page(shen, branch, False, None)
        assert [row.title for row in page["missing"]] == ["育新小学党支部周周回馈（2026年第37周）"]
        record_of(branch, "staff_meeting", THURSDAY, season.cast.shen)
        assert reports_desk.todo_for(shen) == []
        assert reports.my_page(shen)["due"] == []
