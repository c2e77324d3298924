"""Rotas: whose turn it is follows from order, pauses and changes; a turn is done by its records."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, client_as
from tests.stage import shared
from tests.work.scene import Autumn, a_duty

from zhengyou.desk.queries import desk_of
from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.people.actions import tree
from zhengyou.people.actions.people import release
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Membership, Role
from zhengyou.work.actions import rotas as verbs
from zhengyou.work.actions.rotas import Found
from zhengyou.work.models import (
    Credit,
    Enrolment,
    FindState,
    PatrolFind,
    RecordKind,
    Rota,
    RotaTurn,
    Whom,
)
from zhengyou.work.queries.rotas import rota_page, rows, turns_between
from zhengyou.work.rotas import Book, TurnState
from zhengyou.work.rules import service as rules

MONDAY = date(2026, 10, 12)  # the first working Monday after the holidays of October
CLASSES = ["七（1）班", "七（2）班", "八（1）班"]
WEEK = timedelta(days=7)


@shared(on="autumn_of_duties")
def rota_scene(autumn_of_duties: Autumn) -> tuple[Cast, Rota]:
    """A duty that asks each rota for its week, and the school's rota of three classes."""
    a_duty(
        autumn_of_duties.campaign, "duty_week", title="值周", whose="enrolled", enrols="rota",
        cadence="week", records=["duty_week"],
    )  # fmt: skip
    with clock.at(MONDAY):
        lead = acting_as(autumn_of_duties.cast.shen, Role.SECRETARY)
        rota = verbs.open_rota(
            lead,
            autumn_of_duties.cast.school,
            title="值周",
            record=RecordKind.DUTY_WEEK,
            order=CLASSES,
        )
    return autumn_of_duties.cast, rota


def shen(cast: Cast) -> Any:
    return acting_as(cast.shen, Role.SECRETARY)


def who(rota: Rota, first: date, last: date) -> list[str]:
    return [turn.who or turn.pause for turn in Book.of(rows().get(pk=rota.pk)).turns(first, last)]


def turn(rota: Rota, day: date) -> Any:
    return Book.of(rows().get(pk=rota.pk)).turn_on(day)


def test_turns_go_round_and_a_pause_shifts_them(rota_scene) -> None:
    cast, rota = rota_scene
    assert who(rota, MONDAY, MONDAY + 4 * WEEK) == [*CLASSES, *CLASSES[:2]]

    with clock.at(MONDAY):
        verbs.pause(shen(cast), rota, MONDAY + WEEK, MONDAY + WEEK + timedelta(4), "期中考试")

    assert who(rota, MONDAY, MONDAY + 3 * WEEK) == [
        "七（1）班",
        "期中考试",
        "七（2）班",
        "八（1）班",
    ]


def test_another_order_begins_with_the_next_turn_and_leaves_the_past(rota_scene) -> None:
    cast, rota = rota_scene
    with clock.at(MONDAY + WEEK):
        verbs.reorder(shen(cast), rota, ["九（1）班", "九（2）班"])
        assert who(rota, MONDAY, MONDAY + 3 * WEEK) == [*CLASSES[:2], "九（1）班", "九（2）班"]
        with pytest.raises(Refused, match="过去的轮次"):
            verbs.reorder(shen(cast), rota, CLASSES, since=MONDAY)


def test_a_turn_is_swapped_stood_in_for_and_restored_but_not_in_the_past(rota_scene) -> None:
    cast, rota = rota_scene
    with clock.at(MONDAY + WEEK):
        now, after = turn(rota, MONDAY + WEEK), turn(rota, MONDAY + 2 * WEEK)
        verbs.swap(shen(cast), rota, now, after, "期中考试")
        assert who(rota, MONDAY, MONDAY + 2 * WEEK) == ["七（1）班", "八（1）班", "七（2）班"]
        verbs.stand_in(shen(cast), rota, turn(rota, MONDAY + WEEK), "教师志愿队", "春游")
        verbs.restore(shen(cast), rota, turn(rota, MONDAY + 2 * WEEK), "又改回来")
        assert who(rota, MONDAY, MONDAY + 2 * WEEK) == ["七（1）班", "教师志愿队", "八（1）班"]
        for reason, day in (("", MONDAY + WEEK), ("晚了", MONDAY)):
            with pytest.raises(Refused):
                verbs.stand_in(shen(cast), rota, turn(rota, day), "谁", reason)
    assert RotaTurn.objects.filter(rota=rota).count() == 4
    assert not Fact.objects.filter(verb="rota.turn", data__icontains="教师志愿队").exists()


def test_a_rota_that_begins_late_in_the_week_begins_with_the_next(rota_scene) -> None:
    cast, _ = rota_scene
    with clock.at(MONDAY + timedelta(4)):  # Friday
        late = verbs.open_rota(
            shen(cast), cast.school, title="升旗", record=RecordKind.DUTY_WEEK, order=CLASSES
        )
        assert turn(late, clock.today()) is None
    assert who(late, MONDAY, MONDAY + WEEK) == ["七（1）班"]


def test_a_record_fulfils_the_turn_and_the_duty_that_enrols_rotas(rota_scene) -> None:
    cast, rota = rota_scene
    assert Enrolment.objects.filter(about_uid=rota.uid, duty__code="duty_week").count() == 1
    with clock.at(MONDAY + timedelta(2)):
        verbs.record_turn(acting_as(cast.song), rota, on=clock.today(), text="升旗，查卫生，都好。")
    this, coming = turns_between(rows().get(pk=rota.pk), MONDAY, MONDAY + WEEK)
    assert this.state(MONDAY + timedelta(1)) == TurnState.NOW
    assert this.state(MONDAY + timedelta(2)) == TurnState.DONE
    assert coming.state(MONDAY + timedelta(2)) == TurnState.COMING
    assert coming.state(MONDAY + 2 * WEEK) == TurnState.MISSED
    credit = Credit.objects.get(duty__code="duty_week")
    assert (credit.enrolment.about_uid, credit.on) == (rota.uid, MONDAY + timedelta(2))


def test_daily_means_every_working_day_and_who_sees_that_it_is_not(rota_scene) -> None:
    cast, _ = rota_scene
    holidays = date(2026, 9, 28)  # the week of 1 October has three working days
    with clock.at(holidays):
        patrol = verbs.open_rota(
            shen(cast), cast.school, title="每日巡查", record=RecordKind.PATROL, daily=True,
            order=[cast.song, cast.su], whom=Whom.PERSONS,
        )  # fmt: skip
    for gone in range(3):
        with clock.at(holidays + timedelta(gone)):
            errands = desk_of(acting_as(cast.song)).todo
            assert [row.title for row in errands if row.label in ("轮到您", "今天值完")] == [
                "每日巡查"
            ]
            verbs.record_turn(acting_as(cast.song), patrol, on=clock.today(), text="都好。")
            assert not [
                row for row in desk_of(acting_as(cast.song)).todo if row.title == "每日巡查"
            ]
    with clock.at(MONDAY + 2 * timedelta(1)):
        page = rota_page(shen(cast), rows().get(pk=patrol.pk))
        assert [line.label for line in page.lines[:3]] == ["记全了", "没记全", "正在值"]
        assert (page.over, page.whole) == (2, 1)
        seen = {
            name: rota_page(actor, rows().get(pk=patrol.pk)).lines[1].label
            for name, actor in (
                ("herself", acting_as(cast.su)),
                ("a colleague", acting_as(cast.he)),
                ("from above", acting_as(cast.gu, Role.CAMPAIGN_OFFICE)),
            )
        }
    assert seen == {"herself": "没记全", "a colleague": "过去了", "from above": "过去了"}


def test_what_a_patrol_finds_is_handed_over_at_once_and_taken(rota_scene) -> None:
    cast, rota = rota_scene
    with clock.at(MONDAY):
        verbs.record_turn(
            acting_as(cast.song), rota, on=MONDAY, text="二楼有一处要修。",
            finds=[Found("二楼水管漏水", "二楼东头", cast.he), Found("灯坏了", to="后勤组值班室")],
        )  # fmt: skip
        find = PatrolFind.objects.get(to_person=cast.he)
        assert [row.title for row in desk_of(acting_as(cast.he)).todo if row.label == "交给您"] == [
            "二楼水管漏水"
        ]
        with pytest.raises(Refused):
            verbs.take_find(acting_as(cast.song), find)
        verbs.take_find(acting_as(cast.he), find)
        assert not [row for row in desk_of(acting_as(cast.he)).todo if row.label == "交给您"]
        with pytest.raises(Refused, match="交给谁"):
            verbs.record_turn(acting_as(cast.song), rota, on=MONDAY, text="有", finds=[Found("坏")])
    assert find.state == FindState.TAKEN
    assert [row.what for row in PatrolFind.objects.order_by("pk")] == ["二楼水管漏水", "灯坏了"]


@pytest.mark.parametrize(
    ("actor", "keeps", "records"),
    [
        (("shen", Role.SECRETARY), True, True),
        (("su", Role.COMMITTEE_MEMBER), True, True),
        (("tian", Role.RECORDER), True, True),
        (("gu", Role.CAMPAIGN_OFFICE), True, True),
        (("he", None), False, True),
        (("yin", Role.INSPECTOR), False, False),
        (("wen", Role.SECRETARY), False, False),
        (("xu", None), False, False),
    ],
)
def test_who_keeps_a_rota_and_who_writes_down_a_turn(rota_scene, actor, keeps, records) -> None:
    cast, rota = rota_scene
    name, role = actor
    someone = acting_as(cast.persons[name], role)
    assert bool(rules.may_change_rota(someone, rota)) == keeps
    assert bool(rules.may_record_turn(someone, rota)) == records


def test_a_split_carries_the_rota_on_with_the_next_turn(rota_scene) -> None:
    cast, _ = rota_scene
    wednesday = MONDAY + timedelta(2)
    with clock.at(MONDAY - timedelta(14)):
        rota = verbs.open_rota(
            shen(cast), cast.branch, title="支部值班", record=RecordKind.DUTY_WEEK, order=CLASSES
        )
    with clock.at(wednesday):
        into = {"育新第一支部": [], "育新第二支部": []}
        staff = [cast[name] for name in _members(cast)]
        into["育新第一支部"], into["育新第二支部"] = staff[:4], staff[4:]
        below = {"育新第一支部": [cast.school, cast.low, cast.high, cast.logistics]}
        heir = None
        office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
        for team in (cast.low, cast.high, cast.logistics):
            _empty(cast, team)
        heir, _other = tree.split(office, [cast.branch], into, wednesday, below=below)
        assert who(rota, MONDAY, wednesday) == ["八（1）班"]
        new = verbs.carry_on(office, Rota.objects.get(pk=rota.pk), heir)
        with pytest.raises(Refused):
            verbs.carry_on(office, Rota.objects.get(pk=rota.pk), heir)
    assert who(rota, MONDAY - 2 * WEEK, MONDAY + WEEK) == CLASSES[:2]
    assert who(new, MONDAY - 2 * WEEK, MONDAY + WEEK) == ["八（1）班", "七（1）班"]
    held = Enrolment.objects.filter(duty__code="duty_week", about_uid__in=[rota.uid, new.uid])
    assert [(row.organisation.name, row.since, row.until) for row in held.order_by("since")] == [
        ("育新小学党支部", MONDAY - timedelta(14), wednesday), ("育新第一支部", wednesday, None)
    ]  # fmt: skip


def _members(cast: Cast) -> list[str]:
    names = ["shen", "zhou", "su", "tian", "song", "wei", "he", "fang", "jiang"]
    return [cast.persons[name].name for name in names]


def _empty(cast: Cast, team: Any) -> None:
    """Take everybody out of a group, so that a branch can be split across it."""
    office = acting_as(cast.gu, Role.CAMPAIGN_OFFICE)
    for row in Membership.objects.on(clock.today()).filter(organisation=team):
        release(office, row.person, team)


def test_one_rota_and_thirty_take_the_same_queries(
    rota_scene, django_assert_num_queries: Any
) -> None:
    cast, _ = rota_scene
    with clock.at(MONDAY):
        client = client_as(cast.shen, Role.SECRETARY)
        url = f"/rotas/of/{cast.school.uid}/"
        client.get(url)
        for count in (0, 29):
            for number in range(count):
                verbs.open_rota(
                    shen(cast), cast.school, title=f"第{number}张", record=RecordKind.PATROL,
                    order=CLASSES,
                )  # fmt: skip
            with django_assert_num_queries(14):
                assert client.get(url).status_code == 200
