"""Every obligation of meetings, reports, lectures, visits, rotas and checks of the nine systems
stands in a blueprint, and is due, overdue and done when it should be."""

from datetime import date

import pytest
from django.conf import settings
from tests.cast import client_as
from tests.work.nine import ANYTIME, BEGINS, OWN, ROWS, Nine, Row

from zhengyou.campaigns.blueprint import check, dump, whole
from zhengyou.kernel import clock
from zhengyou.people.models import Organisation, Person, Role
from zhengyou.work.models import Cadence, Duty, DutyState, Enrolment, Measure
from zhengyou.work.survey import Subject, Survey, begun

DUE, DONE, OVERDUE = DutyState.DUE, DutyState.DONE, DutyState.OVERDUE


def state(nine: Nine, duty: Duty, subject: object, asked: date, day: date) -> DutyState:
    """Return how it stands on ``day`` with the first period that could be met on ``asked``."""
    kinds = {Person: "person", Organisation: "organisation", Enrolment: "enrolment"}
    wanted = Subject(kinds[type(subject)], subject.pk)
    body = duty.campaign.organisation
    survey = Survey(duty.campaign, day, body=body, duties=[duty], choose=begun)
    lines = [row for row in survey.lines() if row.subject == wanted and row.turn.closes >= asked]
    return min(lines, key=lambda row: row.turn.start).state


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.blueprint}-{row.code}")
def test_an_obligation_is_due_overdue_and_done(nine: Nine, row: Row) -> None:
    duty = nine.duty(row)
    subject = nine.subject(row, duty)
    asked, late = date.fromisoformat(row.asked), date.fromisoformat(row.late)
    open_, missed = (DutyState.WHENEVER,) * 2 if row.must == ANYTIME else (DUE, OVERDUE)

    def now(day: date) -> DutyState:
        return state(nine, duty, subject, asked, day)

    if row.must == OWN:
        assert now(asked) == DutyState.UNSET
        nine.set_own(row, duty)
    assert (now(asked), now(late)) == (open_, missed)
    near = row.near or ("publicity", row.did[-1][1])
    nine.enter(row, duty, subject, near)
    for did in row.did[:-1]:
        nine.enter(row, duty, subject, did)
    assert now(late) == missed
    nine.enter(row, duty, subject, row.did[-1])
    assert now(late) == DONE


@pytest.mark.parametrize("blueprint", BEGINS)
def test_the_table_is_what_the_blueprint_asks(nine: Nine, blueprint: str) -> None:
    asked = {
        duty.code: (
            str(Cadence((terms := duty.terms.get()).cadence).label),
            terms.times,
            str(Measure(terms.measure).label),
        )
        for duty in nine.campaigns[blueprint].duties.all()
    }
    assert asked == {row.code: row.must for row in ROWS if row.blueprint == blueprint}


@pytest.mark.parametrize("blueprint", BEGINS)
def test_what_is_dumped_is_what_was_read(nine: Nine, blueprint: str) -> None:
    text = (settings.BLUEPRINT_FOLDER / f"{blueprint}.toml").read_text("utf-8")
    campaign = nine.campaigns[blueprint]
    with clock.at(campaign.starts_on):
        again = check(dump(campaign))
    assert again.data == check(text).data


def test_all_are_there_and_can_be_chosen(nine: Nine) -> None:
    assert {row.name for row in whole.shipped()} == set(BEGINS)
    page = client_as(nine.cast.gu, Role.CAMPAIGN_OFFICE).get("/campaigns/new/").content.decode()
    for name in BEGINS:
        assert f'value="{name}"' in page
