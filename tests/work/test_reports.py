"""Reports up: derived, written over, sent, answered; they count as every record does."""

from datetime import date

import pytest
from tests.work.reporting import YEARLY, begun, said, say, sent, week_of, weekly
from tests.work.scene import Autumn, a_duty, record_of

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role
from zhengyou.work import owing, stuck
from zhengyou.work.actions import report_lines, reporting
from zhengyou.work.composing import LineStanding, compose, document
from zhengyou.work.crediting import credit
from zhengyou.work.models import (
    Credit,
    Duty,
    RecordState,
    Report,
    ReportPoint,
    ReportState,
)
from zhengyou.work.queries.compliance import standing_of_body, standing_of_person
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


def states_of(body, duty, day):
    return [line.state for line in standing_of_body(body, day) if line.duty.pk == duty.pk]


# --- the draft ----------------------------------------------------------------------------------
def test_the_draft_says_what_is_on_record_in_the_days_of_the_period(season, duty, shen):
    cast = season.cast
    record_of(cast.branch, "staff_meeting", date(2026, 9, 7), cast.shen, cast.zhou,
              title="布置公开课", decisions="每人备一节公开课")  # fmt: skip
    record_of(cast.branch, "staff_meeting", date(2026, 8, 31), cast.shen, title="上一周的")
    record_of(cast.branch, "talk", THURSDAY, cast.shen, cast.song, title="和宋知行谈心")
    record_of(cast.low, "group_meeting", THURSDAY, cast.song, title="低段的会")
    with clock.at(FRIDAY):
        report = begun(shen, duty, cast.branch)
        assert said(report, "done") == [
            "9月7日，工作例会：布置公开课。参加 2 人。议定：每人备一节公开课。",
            "谈心谈话 1 次。",
            "下面的组织：党小组会 1 次。",
        ]
        assert said(report, "stuck") == said(report, "next") == []
        assert (report.label, report.due_on) == ("2026年第37周", date(2026, 9, 14))


def test_a_long_period_is_told_kind_by_kind(season, shen):
    cast = season.cast
    quarterly = weekly(season.campaign, code="quarterly", cadence="quarter", title="季度检查")
    for day in (10, 12):
        record_of(cast.branch, "visit", date(2026, 10, day), cast.shen, title=f"走访{day}")
        record_of(cast.branch, "theme_day", date(2026, 10, day), cast.shen, title=f"义诊{day}")
    with clock.at(date(2026, 12, 30)):
        report = begun(shen, quarterly, cast.branch)
        assert said(report, "done") == [
            "主题党日 2 次：10月10日“义诊10”、10月12日“义诊12”。",
            "走访 2 次。",
        ]


def test_own_words_stay_whatever_becomes_of_the_records(season, duty, shen):
    cast = season.cast
    row = record_of(cast.branch, "staff_meeting", THURSDAY, cast.shen, title="例会")
    other = record_of(cast.branch, "launch", THURSDAY, cast.shen, title="动员")
    with clock.at(FRIDAY):
        report = begun(shen, duty, cast.branch)
        part = compose(report).find(f"record:{row.uid}")
        assert report_lines.write(shen, report, part, "开了例会，定了公开课。", part.seen)
        part = compose(report).find(f"record:{other.uid}")
        report_lines.leave_out(shen, report, part, part.seen)
        say(shen, report, "next", "下周一家长开放。")
        row.title = "例会（改过）"
        row.save()
        record_of(cast.branch, "study", FRIDAY, cast.shen, title="学习")
        whole = compose(report)
        assert said(report, "done") == [
            "开了例会，定了公开课。",
            "9月11日，集中学习：学习。参加 1 人。",
        ]
        edited = whole.find(f"record:{row.uid}")
        assert (edited.standing, "改过" in edited.now) == (LineStanding.OVERTAKEN, True)
        assert [part.key for part in whole.left] == [f"record:{other.uid}"]
        report_lines.follow(shen, report, edited, edited.seen)
        report_lines.follow(shen, report, whole.left[0], whole.left[0].seen)
        assert len(said(report, "done")) == 3
        assert said(report, "next") == ["下周一家长开放。"]


def test_two_who_write_the_same_line_do_not_overwrite_each_other(season, duty, shen):
    row = record_of(season.cast.branch, "staff_meeting", THURSDAY, season.cast.shen, title="例会")
    zhou = acting_as(season.cast.zhou, Role.DEPUTY_SECRETARY)
    with clock.at(FRIDAY):
        report = begun(shen, duty, season.cast.branch)
        assert begun(zhou, duty, season.cast.branch) == report
        mine, theirs = (compose(report).find(f"record:{row.uid}") for _ in range(2))
        report_lines.write(shen, report, mine, "沈写的。", mine.seen)
        with pytest.raises(Stale):
            report_lines.write(zhou, report, theirs, "周写的。", theirs.seen)
        assert said(report, "done") == ["沈写的。"]


# --- up and back --------------------------------------------------------------------------------
def test_sending_makes_a_record_that_counts_for_this_duty_alone(season, duty, shen):
    cast = season.cast
    other = weekly(season.campaign, code="monthly", cadence="month", title="月报")
    with clock.at(FRIDAY):
        assert states_of(cast.branch, duty, FRIDAY) == ["due"]
        report = begun(shen, duty, cast.branch)
        with pytest.raises(Refused, match="一条都没有"):
            reporting.send(shen, report, compose(report).digest)
        say(shen, report, "done", "开了一次会。")
        sent(shen, report)
        assert (report.state, report.late) == (ReportState.SENT, False)
        assert report.record.text == "做了什么\n1．开了一次会。\n卡在哪里\n1．无。\n下一步\n1．无。"
        assert (report.record.on, report.record.counts_on) == (FRIDAY, None)
        credited = Credit.objects.filter(record=report.record).values_list("duty", "organisation")
        assert list(credited) == [(duty.pk, cast.branch.pk)]
        assert states_of(cast.branch, duty, FRIDAY) == ["done"]
        assert states_of(cast.branch, other, FRIDAY) == ["due"]


def test_sent_later_it_counts_for_its_period_and_is_marked(season, duty, shen):
    cast = season.cast
    with clock.at(date(2026, 9, 16)):
        report = begun(shen, duty, cast.branch, start=date(2026, 9, 7))
        say(shen, report, "done", "补写的。")
        sent(shen, report)
        assert report.late
        assert report.record.counts_on == date(2026, 9, 13)
        assert Credit.objects.get(record=report.record).on == date(2026, 9, 13)
        assert any("迟了" in getattr(b, "text", "") for b in document(compose(report)).blocks)


def test_what_was_sent_stands_still_until_it_is_taken_back(season, duty, shen):
    cast = season.cast
    record_of(cast.branch, "staff_meeting", THURSDAY, cast.shen, title="例会")
    with clock.at(FRIDAY):
        report = begun(shen, duty, cast.branch)
        point = say(shen, report, "stuck", "多媒体教室不够用。")
        sent(shen, report)
        first = report.record
        record_of(cast.branch, "study", FRIDAY, cast.shen, title="学习")
        assert len(said(report, "done")) == 1
        with pytest.raises(Refused, match="已经送出"):
            say(shen, report, "next", "再加一条。")
        reporting.take_back(shen, report)
        first.refresh_from_db()
        assert first.state == RecordState.STRUCK
        assert not Credit.objects.filter(duty=duty).exists()
        assert len(said(report, "done")) == 2
        sent(shen, report)
        assert report.record != first
        assert ReportPoint.objects.get(pk=point.pk).uid == point.uid
        assert report.versions.get().content["stuck"] == ["多媒体教室不够用。"]


def test_nothing_goes_up_that_was_not_seen(season, duty, shen):
    cast = season.cast
    with clock.at(FRIDAY):
        report = begun(shen, duty, cast.branch)
        say(shen, report, "done", "一。")
        seen = compose(report).digest
        record_of(cast.branch, "study", FRIDAY, cast.shen, title="学习")
        with pytest.raises(Stale, match="又变了"):
            reporting.send(shen, report, seen)


def test_of_two_who_send_one_is_second(season, duty, shen):
    zhou = acting_as(season.cast.zhou, Role.DEPUTY_SECRETARY)
    with clock.at(FRIDAY):
        report = begun(shen, duty, season.cast.branch)
        say(shen, report, "done", "一。")
        other = Report.objects.select_related("duty__campaign", "organisation").get(pk=report.pk)
        digest = compose(report).digest
        sent(shen, report)
        with pytest.raises(Refused, match="已经送出"):
            reporting.send(zhou, other, digest)
        assert Credit.objects.filter(duty=duty).count() == 1


def test_acknowledged_with_a_word_and_public_where_the_duty_says_so(season, shen, gu):
    duty = weekly(season.campaign, publish=True)
    with clock.at(FRIDAY):
        report = week_of(shen, duty, season.cast.branch, FRIDAY, done="一。")
        stale = Report.objects.select_related("duty__campaign", "organisation").get(pk=report.pk)
        with pytest.raises(Refused, match="上级的书记"):
            reporting.acknowledge(shen, report, "好")
        reporting.acknowledge(gu, report, "公开课的事抓紧。")
        assert (report.state, report.published_on) == (ReportState.ACKNOWLEDGED, FRIDAY)
        with pytest.raises(Refused, match="还没看"):
            reporting.take_back(shen, stale)
        with pytest.raises(Refused, match="批阅过"):
            reporting.send_back(gu, stale, "再写")
        assert report.decisions.get().reason == "公开课的事抓紧。"


def test_returned_with_a_reason_it_counts_no_longer_and_is_not_late_for_that(
    season, duty, shen, gu
):
    cast = season.cast
    report = week_of(shen, duty, cast.branch, FRIDAY, done="一。")
    with clock.at(date(2026, 9, 15)):
        with pytest.raises(Refused, match="哪里要改"):
            reporting.send_back(gu, report, " ")
        reporting.send_back(gu, report, "卡点没有写。")
        assert not Credit.objects.filter(duty=duty).exists()
        with pytest.raises(Refused, match="还没有送上来"):
            reporting.acknowledge(gu, report)
        say(shen, report, "stuck", "教室不够。")
        sent(shen, report)
        assert (report.late, report.record.on) == (False, FRIDAY)
        assert states_of(cast.branch, duty, date(2026, 9, 13)) == ["done"]


def test_a_correction_keeps_what_it_corrects(season, duty, shen, gu):
    report = week_of(shen, duty, season.cast.branch, FRIDAY, done="听课 12 节。")
    with clock.at(NEXT_FRIDAY):
        reporting.acknowledge(gu, report)
        point = report.points.get()
        with pytest.raises(Refused, match="为什么改"):
            reporting.correct(shen, report, point, "听课 11 节。", "", point.revision)
        reporting.correct(shen, report, point, "听课 11 节。", "数错了", point.revision)
        with pytest.raises(Stale):
            reporting.correct(shen, report, point, "听课 10 节。", "又数错", point.revision)
        assert said(report, "done") == ["听课 11 节。"]
        assert report.versions.get().content["done"] == ["听课 12 节。"]
        assert "11 节" in report.record.text
        assert "12 节" in report.record.versions.get().content["text"]
        assert report.state == ReportState.ACKNOWLEDGED


# --- persons ------------------------------------------------------------------------------------
def test_holders_of_posts_report_for_themselves_and_the_recorder_for_them(season, gu):
    cast = season.cast
    duty = a_duty(season.campaign, "yearly", **YEARLY)
    shen = acting_as(cast.shen, Role.SECRETARY)
    tian = acting_as(cast.tian, Role.RECORDER)
    with clock.at(date(2026, 12, 30)):
        assert [owed.duty for owed in owing.by_person(cast.shen)] == [duty]
        assert owing.by_person(cast.song) == []
        report = begun(tian, duty, cast.branch, cast.zhou)
        assert report.by_hand
        say(tian, report, "done", "讲了一次党课。")
        sent(tian, report)
        assert report.record.by_hand
        line = next(x for x in standing_of_person(cast.zhou) if x.duty.pk == duty.pk)
        assert line.state == "done"
        song = acting_as(cast.song)
        assert not rules.may_answer(song, report)
        assert not rules.may_answer(shen, report)  # leaders of a body are answered above it
        reporting.acknowledge(gu, report, "好。")


def test_facts_name_nobody(season, duty, shen, gu):
    report = week_of(shen, duty, season.cast.branch, FRIDAY, done="一。", stuck="卡住。")
    with clock.at(FRIDAY):
        reporting.acknowledge(gu, report, "好")
        report_lines.solve(
            gu, stuck.still_open().get(), solved_on=FRIDAY, how="沈若兰解决", solver="沈若兰"
        )
    verbs = {"report.begin", "report.write", "report.send", "report.acknowledge"}
    facts = Fact.objects.filter(verb__startswith="report")
    assert {*verbs, "report_point.solve"} == set(facts.values_list("verb", flat=True))
    assert not any("沈若兰" in str(fact.data) for fact in facts)


def test_a_plain_record_of_a_report_counts_wherever_it_fits(season, duty):
    other = weekly(season.campaign, code="monthly", cadence="month", title="月报")
    row = record_of(season.cast.branch, "report", FRIDAY, season.cast.shen)
    assert {each.duty_id for each in credit(row)} == {duty.pk, other.pk}
