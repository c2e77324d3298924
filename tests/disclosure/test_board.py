"""What is there, not yet due and missing, as of any day: the state is the duty's."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhengyou.disclosure.actions import publishing
from zhengyou.disclosure.content import Words
from zhengyou.disclosure.queries.board import board_of
from zhengyou.disclosure.queries.late import closes_of
from zhengyou.disclosure.queries.pages import item_page
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.work.actions import exempting
from zhengyou.work.models import DutyState
from zhengyou.work.queries.compliance import standing_of_body

pytestmark = pytest.mark.django_db

IN, GRACE, MISSING = date(2026, 11, 10), date(2027, 1, 10), date(2027, 1, 16)


def cell(openness, day, code="affairs", year=2026, public=True):
    """Return the cell of the last quarter of 2026, as of ``day``."""
    with clock.at(max(day, clock.today())):
        board = board_of(openness.cast.branch, day, year, public=public)
    line = next(each for each in board.lines if each.topic.code == code)
    return next(each for each in line.cells if each.start == date(2026, 10, 1))


STATES = [
    # laid open on, looked at on, badge, words, missing since
    (None, IN, ("todo", "还没到期"), "2027年1月15日前公开", None),
    (None, GRACE, ("due", "还没公开"), "2027年1月15日前公开", None),
    (None, MISSING, ("late", "没有公开"), "2027年1月15日到期，过了 1 天", MISSING),
    (IN, MISSING, ("done", "已公开"), "", None),
    (GRACE, MISSING, ("done", "已公开"), "", None),
    (date(2027, 2, 1), MISSING, ("late", "没有公开"), "2027年1月15日到期，过了 1 天", MISSING),
    (date(2027, 2, 1), date(2027, 2, 1), ("done", "晚了，已补上"), "", None),
]


@pytest.mark.parametrize(("on", "day", "badge", "words", "since"), STATES)
def test_how_a_period_stands(openness, on, day, badge, words, since):
    if on:
        openness.published(on=on)
    found = cell(openness, day)
    assert (found.badge, found.words, found.since) == (badge, words, since)
    assert len(found.shown) == (1 if on and on <= day else 0)


def test_it_is_the_state_of_the_duty(openness):
    openness.published(on=GRACE)
    with clock.at(MISSING):
        lines = standing_of_body(openness.cast.branch)
        states = {line.duty.code: line.state for line in lines if line.turn.start.year == 2027}
        assert states == dict.fromkeys(states, DutyState.DUE) and len(states) == 3
        past = standing_of_body(openness.cast.branch, date(2026, 12, 31))
        assert {line.state for line in past} == {DutyState.DUE}


def test_one_topic_does_not_fulfil_another(openness):
    openness.published("affairs", on=IN)
    assert cell(openness, MISSING, "affairs").badge[0] == "done"
    assert cell(openness, MISSING, "money").badge == ("late", "没有公开")


def test_what_was_taken_off_is_missing_again_and_says_why(openness):
    item = openness.published(on=IN)
    with clock.at(date(2026, 12, 1)):
        publishing.withdraw(openness.shen, item, "写了学生的名字")
    found = cell(openness, MISSING)
    assert found.badge == ("late", "没有公开")
    assert [each.words for each in found.shown] == ["12月1日撤下：写了学生的名字"]
    assert "都在这里" not in str(found)


def test_an_exempted_period_is_not_missing(openness):
    with clock.at(IN):
        office = acting_as(openness.cast.gu, Role.CAMPAIGN_OFFICE)
        duty = openness.topics["affairs"].duty
        first, last = date(2026, 10, 1), date(2026, 12, 31)
        exempting.exempt(office, duty, openness.cast.branch, None, first, last, "学校停课")
    assert cell(openness, MISSING).badge == ("off", "这一期免")


def test_a_past_day_shows_the_words_of_that_day(openness):
    item = openness.published(on=IN)
    with clock.at(date(2026, 12, 1)):
        publishing.correct(
            openness.shen, item, Words("四季度收费和食堂（改）", "新的。"), "漏了一项"
        )
    assert [each.title for each in cell(openness, IN).shown] == ["四季度收费和食堂"]
    then = cell(openness, date(2026, 12, 1)).shown[0]
    assert (then.title, then.words) == (
        "四季度收费和食堂（改）", "11月10日公开，12月1日更正过"
    )  # fmt: skip


def test_what_is_for_the_own_people_is_nowhere_in_public(openness):
    openness.published("staff", on=IN)
    with clock.at(MISSING):
        public = board_of(openness.cast.branch, MISSING, 2026)
        inside = board_of(openness.cast.branch, MISSING, 2026, public=False)
    assert [shelf.title for shelf in public.shelves] == ["财务公开", "校务公开"]
    assert [shelf.title for shelf in inside.shelves] == [
        "财务公开", "校务公开", "教职工关心的事"
    ]  # fmt: skip


def test_how_late_it_was(openness):
    item = openness.published(on=date(2027, 2, 1))
    page = item_page(item, closes_of(item))
    assert page.late == "1月15日到期，晚了 17 天才公开"
    assert item_page(openness.published(on=GRACE), closes_of(item)).late == ""


def test_one_and_thirty_items_take_the_same_queries(openness):
    openness.published(on=IN)

    def count() -> int:
        with clock.at(MISSING), CaptureQueriesContext(connection) as queries:
            board_of(openness.cast.branch, MISSING, 2026)
        return len(queries)

    one = count()
    for _ in range(29):
        openness.published(on=IN)
    assert count() == one == 20
