"""Run again: dates and titles that move along, who may, whose seats, what was learnt."""

from datetime import date

import pytest
from tests.campaigns.conftest import BEGINS

from zhengyou.campaigns import repeating as rules
from zhengyou.campaigns.actions import again, groups, plans
from zhengyou.campaigns.blueprint import check
from zhengyou.campaigns.blueprint.moving import move, moved, next_title
from zhengyou.campaigns.models import Campaign, Plan
from zhengyou.campaigns.queries.again import last_time, preview, runs_around, seat_offers
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions.people import transfer
from zhengyou.people.actor import Actor, acting_as
from zhengyou.people.models import Role

NEXT = date(2027, 9, 1)


# --- dates and titles, pure ---------------------------------------------------------------------
@pytest.mark.pure
@pytest.mark.parametrize(
    ("day", "old", "new", "expected"),
    [
        ("2026-12-31", "2026-09-01", "2027-09-01", "2027-12-31"),  # the same day, years later
        ("2028-02-29", "2028-02-01", "2029-02-01", "2029-02-28"),
        ("2026-12-31", "2026-09-01", "2027-09-06", "2028-01-05"),  # as many days
        ("2026-09-01", "2026-09-01", "2026-10-01", "2026-10-01"),
    ],
)
def test_dates_move_along(day, old, new, expected):
    days = [date.fromisoformat(each) for each in (day, old, new, expected)]
    assert move(*days[:3]) == days[3]
    values = {"phase": {"x": {"from": day, "until": days[0], "title": f"到{day}"}}, "n": [day, 3]}
    assert moved(values, *days[1:3]) == {
        "phase": {"x": {"from": expected, "until": days[3], "title": f"到{day}"}},
        "n": [expected, 3],
    }


@pytest.mark.pure
@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2026年创先争优活动", "2027年创先争优活动"),
        ("2026—2027学年创先争优", "2027—2028学年创先争优"),
        ("育新先锋行动", "育新先锋行动"),
    ],
)
def test_a_year_in_the_title_becomes_the_next(title, expected):
    assert next_title(title, BEGINS, NEXT) == expected


# --- who ----------------------------------------------------------------------------------------
pytestmark = pytest.mark.django_db


def hat(cast, who: str, role: Role | None) -> Actor:
    return acting_as(cast.persons[who], role)


@pytest.mark.parametrize(
    ("who", "role", "may"),
    # run it again; write the lesson of the hat's body
    [
        ("gu", Role.CAMPAIGN_OFFICE, "11"),
        ("qin", Role.SECRETARY, "11"),
        ("yin", Role.INSPECTOR, "00"),
        ("shen", Role.SECRETARY, "01"),
        ("tian", Role.RECORDER, "00"),
        ("he", None, "00"),
        ("bai", Role.SECRETARY, "00"),
    ],
)
def test_who_may_what(cast, running, who, role, may):
    actor = hat(cast, who, role)
    asked = (
        rules.may_run_again(actor, running),
        rules.may_write_lesson(actor, running, actor.hat.organisation),
    )
    assert "".join(str(int(bool(verdict))) for verdict in asked) == may
    assert all(verdict.reason for verdict in asked if not verdict)


def test_once_and_later_and_not_before_it_runs(office, draft):
    with pytest.raises(Refused, match="还没有启动"):
        again.run_again(office, draft, "再来", NEXT)
    draft.open(office)
    with pytest.raises(Refused, match="之后开始"):
        again.run_again(office, draft, "再来", BEGINS)
    made, _ = again.run_again(office, draft, "再来", NEXT)
    with pytest.raises(Refused, match="下一轮已经建好了"):
        again.run_again(office, draft, "又来", NEXT)
    assert (made.previous, made.state, made.title) == (draft, "draft", "再来")
    assert check(made.blueprint).header.title == "再来", "the file kept is the file it runs on"


def test_the_preview_is_what_is_made(office, running):
    seen = preview(running, "再来", NEXT)
    made, _ = again.run_again(office, running, "再来", NEXT)
    days = [(row.title, row.starts_on, row.ends_on) for row in made.phases.all()]
    assert (seen.days, seen.ends_on) == (days, made.ends_on)


# --- seats --------------------------------------------------------------------------------------
@pytest.fixture
def seated(cast, secretary, plan) -> Plan:
    """The branch's plan with five in the leading group and one in the study group."""
    leading = plan.groups.get(template__code="leading")
    study = plan.groups.get(template__code="study")
    for who, role, duty in (
        ("shen", Role.SEAT_HEAD, "总的"),
        ("zhou", Role.SEAT_DEPUTY, ""),
        ("su", Role.SEAT_MEMBER, ""),
        ("song", Role.SEAT_MEMBER, "低段"),
        ("fang", Role.SEAT_MEMBER, ""),
    ):
        groups.seat(secretary, leading, cast.persons[who], role, duty)
    groups.seat(secretary, study, cast.persons["wei"], Role.SEAT_HEAD)
    return plan


def adopt_next(office: Actor, secretary: Actor, old: Campaign) -> Plan:
    made, _ = again.run_again(office, old, "再来", NEXT)
    made.open(office)
    return plans.adopt(secretary, made, secretary.hat.organisation)


def test_seats_are_offered_to_who_is_still_there_and_taken_with_one_press(
    cast, office, secretary, running, seated
):
    with clock.at(date(2027, 7, 20)):
        running.close(office)
        transfer(office, cast.fang, cast.branch, cast.nanhu)
    with clock.at(NEXT):
        plan = adopt_next(office, secretary, Campaign.objects.get(pk=running.pk))
        leading = plan.groups.get(template__code="leading")
        groups.seat(secretary, leading, cast.he, Role.SEAT_HEAD)  # the head is another one now
        offered = [offer.words for offer in seat_offers(plan)]
        posts = groups.take_over(secretary, plan)
        with pytest.raises(Refused, match="没有可以沿用"):
            groups.take_over(secretary, plan)

    assert offered == [
        "周启明，活动领导小组副组长",
        "宋知行，活动领导小组成员，低段",
        "苏映雪，活动领导小组成员",
        "魏长青，学习组组长",
    ]
    assert [(post.person.name, post.duty, post.since) for post in posts][1] == (
        "宋知行",
        "低段",
        NEXT,
    )
    assert Fact.objects.get(verb="plan.take_over_seats").data == {"seats": 4}


def test_seats_of_a_run_that_still_runs_are_those_of_today(cast, office, secretary, seated):
    post = seated.groups.get(template__code="study").organisation.posts.get()
    with clock.at(date(2026, 12, 1)):
        groups.unseat(secretary, seated.groups.get(template__code="study"), post)
    with clock.at(NEXT):
        plan = adopt_next(office, secretary, seated.campaign)
        assert len(seat_offers(plan)) == 5


# --- lessons ------------------------------------------------------------------------------------
def test_lessons_stand_beside_the_next_drafting(cast, office, secretary, running, plan):
    with pytest.raises(Refused, match="1 到 2000 个字"):
        again.write_lesson(secretary, running, cast.branch, "  ")
    again.write_lesson(office, running, cast.bureau, "方案批得太慢。")
    again.write_lesson(secretary, running, cast.branch, "开放周放在期中不好。")
    again.write_lesson(secretary, running, cast.branch, "开放周改在九月。")
    again.write_lesson(hat(cast, "wen", Role.SECRETARY), running, cast.nanhu, "南湖的教训。")
    with clock.at(NEXT):
        seen = last_time(adopt_next(office, secretary, running))
    assert [row.text for row in seen.lessons] == ["方案批得太慢。", "开放周改在九月。"]
    assert last_time(plan) is None


def test_each_run_knows_the_others(cast, office, running):
    made, _ = again.run_again(office, running, "再来", NEXT)
    assert runs_around(office, running).next == made
    assert runs_around(office, made).previous == running
    secretary = hat(cast, "shen", Role.SECRETARY)
    assert runs_around(secretary, running).next is None, "a draft is the keepers' affair"
