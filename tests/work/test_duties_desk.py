"""Duties on 工作台 and in calendars: what is late or ends within a week."""

from datetime import date

import pytest
from tests.cast import account_of
from tests.work.scene import a_duty, exempted, record_of

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.work.models import RecordSeries
from zhengyou.work.queries.agenda import agenda_of
from zhengyou.work.queries.duties_desk import todo_for


def rows(person, role=None) -> list[tuple[str, str, str]]:
    return [(each.label, each.title, each.button) for each in todo_for(acting_as(person, role))]


@pytest.fixture
def campaign(season):
    season.campaign.duties.all().delete()
    a_duty(season.campaign, "party-day", title="主题党日", whose="bodies", kinds=["branch"],
           cadence="month", records=["theme_day"])  # fmt: skip
    a_duty(season.campaign, "notes", title="学习笔记", whose="members", standings=["full"],
           cadence="month", records=["notes"])  # fmt: skip
    return season.campaign


def test_it_speaks_up_in_the_last_week_and_once_late(season, campaign):
    shen = season.cast.shen
    with clock.at(date(2026, 10, 10)):
        record_of(season.cast.branch, "theme_day", date(2026, 9, 16))
        assert not [row for row in rows(shen, Role.SECRETARY) if "党日" in row[1]]
    with clock.at(date(2026, 10, 28)):
        assert ("快到期", "育新小学党支部主题党日", "记一笔") in rows(shen, Role.SECRETARY)
    with clock.at(date(2026, 11, 2)):
        assert ("过期没做", "育新小学党支部主题党日", "记一笔") in rows(shen, Role.SECRETARY)
        record_of(season.cast.branch, "theme_day", date(2026, 10, 30))
        assert not [row for row in rows(shen, Role.SECRETARY) if "党日" in row[1]]


def test_mine_is_told_to_me_and_others_are_one_row_without_names(season, campaign):
    cast = season.cast
    with clock.at(date(2026, 10, 28)):
        assert ("快到期", "学习笔记", "记一笔") in rows(cast.he)
        assert rows(cast.he)[0] not in rows(cast.fang), "a probationary member is not asked"
        below = [row for row in rows(cast.shen, Role.SECRETARY) if row[0] == "还有人没做"]
        assert below == [("还有人没做", "“小学创先争优活动”有 1 项任务还差人", "看任务")]
        said = str(todo_for(acting_as(cast.shen, Role.SECRETARY)))
        assert cast.he.name not in said


def test_above_the_body_nobody_is_told(season, campaign):
    with clock.at(date(2026, 11, 5)):
        told = rows(season.cast.gu, Role.CAMPAIGN_OFFICE)
    assert not [row for row in told if "育新" in row[1] or row[0] == "还有人没做"]


def test_who_is_exempt_is_left_in_peace(season, campaign):
    duty = campaign.duties.get(code="notes")
    exempted(duty, season.cast.he, date(2026, 9, 1))
    with clock.at(date(2026, 10, 28)):
        assert rows(season.cast.he) == []


def test_a_series_speaks_for_the_duty_that_it_brings_about(season, campaign):
    cast = season.cast
    RecordSeries.objects.create(organisation=cast.branch, kind="theme_day", title="每月党日",
                                cadence="month", day=29, since=date(2026, 10, 1))  # fmt: skip
    record_of(cast.branch, "theme_day", date(2026, 9, 16))
    with clock.at(date(2026, 10, 28)):
        assert not [row for row in rows(cast.shen, Role.SECRETARY) if "主题党日" in row[1]]
    with clock.at(date(2026, 11, 2)):
        assert [row for row in rows(cast.shen, Role.SECRETARY) if "主题党日" in row[1]]


def test_the_calendar_has_last_days_of_duties_and_days_of_series(season, campaign):
    cast = season.cast
    account_of(cast.shen)
    RecordSeries.objects.create(organisation=cast.branch, kind="staff_meeting", title="周周回馈",
                                cadence="week", day=1, place="小会议室", since=date(2026, 9, 1),
                                until=date(2026, 10, 1))  # fmt: skip
    found = agenda_of(cast.branch, date(2026, 9, 10), date(2026, 11, 30))
    duties = [row.day for row in found if row.title == "主题党日"]
    series = [(row.day, row.place) for row in found if row.title == "周周回馈"]

    assert duties == [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)]
    assert series == [(date(2026, 9, day), "小会议室") for day in (14, 21, 28)]
    assert len({row.key for row in found}) == len(found)
    assert not [row for row in agenda_of(cast.bureau, date(2026, 9, 1), date(2027, 8, 31))
                if row.title == "主题党日"]  # fmt: skip
