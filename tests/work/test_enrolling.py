"""What rotas, pairs and posts are given to do: entered, taken out, counted in its periods."""

from datetime import date
from uuid import uuid4

import pytest
from tests.work.scene import a_duty, record_of

from zhengyou.kernel.refs import Ref
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.ledger.models import Fact
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.work.actions import enrolling
from zhengyou.work.models import DutyState, Enrolment
from zhengyou.work.queries.compliance import standing_of_person

SINCE = date(2026, 10, 1)


@pytest.fixture
def pair():
    return Ref("pair", uuid4(), "沈老师带周老师")


def enrol(cast, duty, about, person, since=SINCE) -> Enrolment:
    with book.writing() as facts:
        actor = acting_as(cast.shen, Role.SECRETARY)
        return enrolling.enrol(facts, actor, duty, about, cast.branch, person, since)


def withdraw(cast, about, on, duty=None) -> int:
    with book.writing() as facts:
        return enrolling.withdraw(facts, acting_as(cast.shen, Role.SECRETARY), about, on, duty)


def test_who_is_enrolled_is_asked_until_withdrawn(season, pair) -> None:
    cast, visit = season.cast, season["visit"]
    enrol(cast, visit, pair, cast.zhou)

    def states(day: date) -> list[DutyState]:
        lines = standing_of_person(cast.zhou, day)
        return [line.state for line in lines if line.duty == visit]

    assert states(date(2026, 10, 20)) == [DutyState.DUE]
    record_of(cast.branch, "visit", date(2026, 10, 22), cast.zhou, about=pair)
    assert states(date(2026, 10, 25)) == [DutyState.DONE]
    assert withdraw(cast, pair, date(2026, 11, 10)) == 1
    assert states(date(2026, 11, 30)) == []
    assert states(date(2026, 10, 31)) == [DutyState.DONE]
    assert withdraw(cast, pair, date(2026, 11, 10)) == 0
    verbs = Fact.objects.filter(about_uid=pair.uid).values_list("verb", flat=True)
    assert sorted(verbs) == ["duty.enrol", "duty.withdraw"]


def test_the_same_again_changes_nothing_and_another_is_refused(season, pair) -> None:
    cast, visit = season.cast, season["visit"]
    first = enrol(cast, visit, pair, cast.zhou)
    assert enrol(cast, visit, pair, cast.zhou) == first
    with pytest.raises(Refused, match="已经登记过任务“走访结对户”"):
        enrol(cast, visit, pair, cast.shen)
    withdraw(cast, pair, date(2026, 12, 1), visit)
    assert enrol(cast, visit, pair, cast.shen, date(2026, 12, 1)).person == cast.shen


def test_a_duty_enrols_one_kind_only(season) -> None:
    cast = season.cast
    a_duty(season.campaign, "watch", whose="enrolled", enrols="rota", cadence="week",
           records=["duty_week"])  # fmt: skip
    with pytest.raises(Refused, match="不登记这种对象"):
        enrol(cast, season["visit"], Ref("rota", uuid4(), "值周"), None)
