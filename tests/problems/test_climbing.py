"""Overdue problems climb level by level, by working days, around National Day with its 调休."""

from datetime import date

import pytest
from tests.campaigns.conftest import BEGINS, SMALL
from tests.cast import client_as

from zhengyou.campaigns.actions import campaigns
from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Organisation, Role
from zhengyou.problems import climbing
from zhengyou.problems.actions.raising import raise_problem
from zhengyou.problems.climbing import Standing, climbs
from zhengyou.problems.models import GatheredProblem, Privacy, Problem, ProblemState
from zhengyou.problems.queries import climbing_desk
from zhengyou.problems.queries.risen import climb_words, risen_page
from zhengyou.problems.rules import visible_problems

FOUND = date(2026, 9, 16)


def late(cast, body: Organisation, due: date, **more) -> Problem:
    """A problem of ``body`` that is being mended, due by ``due``."""
    lead = {cast.branch: cast.shen, cast.nanhu: cast.wen}[body]
    with clock.at(FOUND):
        row = raise_problem(
            acting_as(lead, Role.SECRETARY), body, title="台账补记", source=body.ref, **more
        )
    row.state, row.deadline, row.owner = ProblemState.UNDER_WAY, due, row.owner or lead
    row.save()
    return Problem.objects.select_related("organisation__parent__parent").get(pk=row.pk)


@pytest.mark.parametrize(
    ("due", "day", "over", "levels"),
    [
        # Due on the last working day before the holidays of 2026 (1 to 7 October).
        (date(2026, 9, 30), date(2026, 9, 30), None, None),
        (date(2026, 9, 30), date(2026, 10, 1), 0, 0),
        (date(2026, 9, 30), date(2026, 10, 7), 0, 0),
        (date(2026, 9, 30), date(2026, 10, 8), 1, 0),
        (date(2026, 9, 30), date(2026, 10, 10), 3, 0),  # the Saturday works
        (date(2026, 9, 30), date(2026, 10, 11), 3, 0),
        (date(2026, 9, 30), date(2026, 10, 12), 4, 0),
        (date(2026, 9, 30), date(2026, 10, 13), 5, 1),
        (date(2026, 9, 30), date(2026, 10, 19), 9, 1),
        (date(2026, 9, 30), date(2026, 10, 20), 10, 2),
        (date(2026, 9, 30), date(2026, 12, 31), 62, 2),  # there is nobody above the county
        # Due before the Sunday that works (20 September) and Mid-Autumn (25 to 27).
        (date(2026, 9, 18), date(2026, 9, 19), 0, 0),
        (date(2026, 9, 18), date(2026, 9, 20), 1, 0),
        (date(2026, 9, 18), date(2026, 9, 24), 5, 1),
        (date(2026, 9, 18), date(2026, 9, 30), 8, 1),
        (date(2026, 9, 18), date(2026, 10, 9), 10, 2),
    ],
)
def test_it_climbs_a_level_for_every_five_working_days(cast, due, day, over, levels) -> None:
    row = late(cast, cast.branch, due)
    with clock.at(day):
        found = climbs([Standing.today(row)], day).get(row.pk)
    assert (found and found.over, found and found.levels) == (over, levels)
    if levels is not None:
        top = ["", cast.bureau.path, cast.county.path][levels]
        assert found.path == top


def test_a_campaign_says_after_how_many_days_and_more_time_moves_it(cast) -> None:
    with clock.at(BEGINS):
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        text = SMALL + '\n[problems]\nclimb_after = "3个工作日"\n'
        campaign = campaigns.create(office, cast.bureau, text, BEGINS)
    row = late(cast, cast.branch, date(2026, 9, 30), campaign=campaign)
    day = date(2026, 10, 10)
    assert climbs([Standing.today(row)], day)[row.pk].levels == 1
    row.deadline = date(2026, 10, 9)
    assert climbs([Standing.today(row)], day)[row.pk].levels == 0
    row.deadline = day
    assert climbs([Standing.today(row)], day) == {}


def test_what_is_nobody_elses_business_does_not_climb(cast) -> None:
    due, day = date(2026, 9, 18), date(2026, 11, 2)
    own = late(cast, cast.branch, due, subject=cast.zhou)
    quiet = late(cast, cast.branch, due, privacy=Privacy.HANDLERS)
    held, common = late(cast, cast.branch, due), late(cast, cast.branch, due)
    Problem.objects.filter(pk=common.pk).update(organisation=cast.bureau)
    GatheredProblem.objects.create(
        gathered=common, member=held, by=cast.qin, hat="书记", at=clock.now()
    )
    found = climbs(map(Standing.today, (own, quiet, held)), day)
    assert [found[row.pk].levels for row in (own, quiet, held)] == [0, 1, 0]
    assert climbing.next_rise(due, found[own.pk]) is None
    Problem.objects.filter(pk=common.pk).update(state=ProblemState.CLOSED)
    assert climbs([Standing.today(held)], day)[held.pk].levels == 2


def test_each_level_has_before_its_eyes_what_has_climbed_to_it(cast) -> None:
    late(cast, cast.branch, date(2026, 9, 30))
    late(cast, cast.nanhu, date(2026, 10, 19))
    gu = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    for day, bureau, county in (
        (date(2026, 10, 12), 0, 0),
        (date(2026, 10, 13), 1, 0),
        (date(2026, 10, 20), 1, 1),
        (date(2026, 10, 26), 2, 1),
    ):
        with clock.at(day):
            seen = visible_problems(gu)
            assert climbing.risen(cast.bureau, seen).count() == bureau
            assert climbing.risen(cast.county, seen).count() == county
            rows = climbing_desk.waiting_for(gu)
            assert [row.title for row in rows] == [f"{bureau} 个下级的问题过期没有改好"] * bool(
                bureau
            )
            assert climbing_desk.waiting_for(acting_as(cast.shen, Role.SECRETARY)) == []


def test_the_ledger_of_any_day_says_to_which_level(cast) -> None:
    """What climbs is derived of the day asked for."""
    late(cast, cast.branch, date(2026, 9, 30))
    url = f"/orgs/{cast.branch.uid}/problems/"
    client = client_as(cast.shen, Role.SECRETARY)
    with clock.at(date(2026, 10, 20)):
        assert f"升到{cast.county.name}" in client.get(url).content.decode()
    with clock.at(date(2026, 10, 13)):
        assert f"升到{cast.bureau.name}" in client.get(url).content.decode()
    with clock.at(date(2026, 10, 10)):
        assert "升到" not in client.get(url).content.decode()


def test_it_is_said_in_words(cast) -> None:
    row = late(cast, cast.branch, date(2026, 9, 30))
    with clock.at(date(2026, 10, 13)):
        assert climb_words(row, clock.today()) == (
            f"过期 5 个工作日，已经上升到{cast.bureau.name}；2026年10月20日还没有办好就再上升一级。"
        )
    with clock.at(date(2026, 9, 30)):
        assert climb_words(row, clock.today()) == ""


def test_the_list_takes_the_same_queries_for_1_and_30(cast, django_assert_num_queries) -> None:
    late(cast, cast.branch, date(2026, 9, 30))
    gu = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    with clock.at(date(2026, 10, 13)):
        with django_assert_num_queries(7):
            risen_page(gu, cast.bureau, "1")
        for _ in range(29):
            late(cast, cast.nanhu, date(2026, 9, 29))
        with django_assert_num_queries(7):
            lines, _ = risen_page(gu, cast.bureau, "1")
        assert len(lines) == 30
