"""For whom a case exists: who sat there when it came in, and who is named. No post reaches."""

from datetime import date

import pytest
from tests.labour.scene import DAY

from zhengyou.kernel import clock
from zhengyou.kernel.verdict import Refused
from zhengyou.labour import rules
from zhengyou.labour.actions import cases, seats
from zhengyou.labour.models import LabourCase, Mediator, Part, SeatPart, Signal
from zhengyou.people.actor import ANONYMOUS, Actor, acting_as
from zhengyou.people.models import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stand():
    with clock.at(DAY):
        yield


def sees(actor, case):
    return LabourCase.objects.filter(rules.visible_cases(actor), pk=case.pk).exists()


NOT = [
    ("zhou", Role.SECRETARY), ("zhou", Role.DEPUTY_SECRETARY), ("shen", Role.SECRETARY),
    ("shen", None), ("su", Role.COMMITTEE_MEMBER), ("tian", Role.RECORDER), ("he", None),
    ("wen", Role.SECRETARY), ("qin", Role.SECRETARY), ("gu", Role.CAMPAIGN_OFFICE),
    ("yin", Role.INSPECTOR), ("zhuo", Role.SYSTEM_ADMIN), ("jiang", None),
]  # fmt: skip


@pytest.mark.parametrize(("who", "role"), NOT)
def test_it_exists_for_no_post(labour, who, role):
    case, signal = labour.opened(), labour.warned()
    actor = labour.actor(who, role)
    assert not sees(actor, case)
    assert not Signal.objects.filter(rules.visible_signals(actor)).exists()
    assert not rules.may_note(actor, labour.union)
    for verdict in (
        rules.may_see_case(actor, case), rules.may_work(actor, case),
        rules.may_settle(actor, signal), rules.may_do(actor, case.steps.first()),
    ):  # fmt: skip
        assert not verdict and verdict.reason == "没有这一页。"


def test_nor_for_nobody(labour):
    case = labour.opened()
    assert not sees(ANONYMOUS, case) and not sees(Actor(), case)


@pytest.mark.parametrize(("who", "role"), [
    ("song", None), ("song", Role.GROUP_LEADER), ("wei", None), ("wei", Role.GROUP_LEADER),
    ("fang", None),
])  # fmt: skip
def test_it_exists_for_the_group_whatever_the_hat(labour, who, role):
    assert sees(labour.actor(who, role), labour.opened())


def test_who_comes_later_sees_what_came_later(labour):
    old = labour.opened()
    with clock.at(date(2026, 10, 20)):
        seats.seat(labour.actor("zhou", Role.SECRETARY), labour.union, labour.cast.su,
                   SeatPart.MEMBER)  # fmt: skip
        new = labour.opened(on=date(2026, 10, 20))
        su = labour.actor("su")
        assert [sees(su, case) for case in (old, new)] == [False, True]
        cases.name(labour.song, old, labour.cast.su, Part.NAMED)
        assert sees(su, old)


def test_who_goes_sees_nothing_any_more(labour):
    case = labour.opened()
    row = Mediator.objects.get(person=labour.cast.wei)
    seats.unseat(labour.actor("zhou", Role.SECRETARY), row)
    assert not sees(labour.actor("wei"), case)


def test_who_is_kept_away_has_no_case(labour):
    signal = labour.warned(kept_from=[labour.cast.wei])
    fang, wei = labour.actor("fang"), labour.actor("wei")
    visible = [Signal.objects.filter(rules.visible_signals(a)).exists() for a in (fang, wei)]
    assert visible == [True, False]
    case = labour.opened(signal=signal, kept_from=[labour.cast.fang])
    assert [sees(a, case) for a in (labour.song, fang, wei)] == [True, False, False]
    assert not Signal.objects.filter(rules.visible_signals(fang)).exists()  # goes with the case


def test_named_from_elsewhere_sees_this_one_only(labour):
    one, two = labour.opened(), labour.opened()
    cases.name(labour.song, one, labour.cast.he, Part.NAMED)
    he = labour.actor("he")
    assert [sees(he, case) for case in (one, two)] == [True, False]
    assert not rules.may_note(he, labour.union)
    cases.unname(labour.song, one, labour.cast.he)
    assert not sees(he, one)


SEATING = [
    ("zhou", Role.SECRETARY, 1), ("shen", Role.SECRETARY, 1), ("qin", Role.SECRETARY, 1),
    ("gu", Role.CAMPAIGN_OFFICE, 0), ("zhuo", Role.SYSTEM_ADMIN, 0), ("wen", Role.SECRETARY, 0),
    ("song", None, 0), ("tian", Role.RECORDER, 0),
]  # fmt: skip


@pytest.mark.parametrize(("who", "role", "may"), SEATING)
def test_who_says_who_sits_there(labour, who, role, may):
    verdict = rules.may_seat(labour.actor(who, role), labour.union)
    assert bool(verdict) == bool(may)


def test_nobody_gives_the_key_to_oneself(labour):
    with pytest.raises(Refused, match="不能把自己安排进去"):
        seats.seat(labour.actor("zhou", Role.SECRETARY), labour.union, labour.cast.zhou,
                   SeatPart.HEAD)  # fmt: skip
    with pytest.raises(Refused, match="已经在里面"):
        seats.seat(labour.actor("zhou", Role.SECRETARY), labour.union, labour.cast.song,
                   SeatPart.HEAD)  # fmt: skip
    assert not rules.may_have_group(labour.cast.low)
    assert not rules.may_name(labour.song, labour.opened(), labour.cast.song)
    assert acting_as(labour.cast.song).person == labour.cast.song
