"""Pages of suggestions: how many queries they take, and what stands on the desk."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.cast import client_as
from tests.voices.calling import SCREENED, Call, call, words

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.voices.actions import adopting, screening, suggesting
from zhengyou.voices.models import Said
from zhengyou.voices.queries import ideas_desk

__all__ = ["call"]


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with clock.at(SCREENED):
        yield


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    return len(taken)


def more(call: Call, count: int) -> None:
    """Let the low 学段 have ``count`` more, made by a member."""
    member = acting_as(call.cast.tian)
    with clock.at(call.box.opens_on):
        for number in range(count):
            text = f"第 {number} 条：楼道的灯换成声控的，省电。"
            suggesting.suggest(member, call.box, call.cast.branch, words(text=text))


def test_lists_take_the_same_queries_for_two_and_for_thirty(call: Call) -> None:
    more(call, 2)  # two alike: a hint costs one query more, whatever their number
    keeper = client_as(call.cast.shen, Role.SECRETARY)
    pages = {
        "call": f"/boxes/{call.box.uid}/call/",
        "screen": f"/boxes/{call.box.uid}/call/screen/",
        "printed": f"/boxes/{call.box.uid}/call/printed/",
    }
    few = {name: queries(keeper, address) for name, address in pages.items()}
    more(call, 30)
    many = {name: queries(keeper, address) for name, address in pages.items()}
    assert few == many == {"call": 15, "screen": 14, "printed": 11}


def test_adopted_ones_take_the_same_queries_for_one_and_for_five(call: Call) -> None:
    rows = call.chosen()
    keeper = client_as(call.cast.shen, Role.SECRETARY)
    pages = {
        "adopted": f"/suggestions/of/{call.cast.branch.uid}/",
        "results": f"/say/box/{call.box.uid}/results/",
    }
    task = adopting.Task(call.cast.su, clock.days_from_today(20), "先试两周。")
    adopting.adopt(call.keeper, rows[0], task)
    few = {name: queries(keeper, address) for name, address in pages.items()}
    for row in rows[1:]:
        adopting.adopt(call.keeper, row, task)
    many = {name: queries(keeper, address) for name, address in pages.items()}
    assert few == many == {"adopted": 8, "results": 9}


def test_the_desk_says_what_waits_with_three_queries(
    call: Call, django_assert_num_queries: object
) -> None:
    made, leader = call.gathered(), call.leader
    assert [row.title for row in ideas_desk.waiting_for(leader)] == [
        "“我为教育献一计”有 6 条建议等您筛"
    ]
    screening.screen(call.leader, made[:1], Said.RETURNED, "写清楚怎么做。")
    with django_assert_num_queries(2):  # type: ignore[operator]
        todo = ideas_desk.todo_for(leader)
    assert [row.button for row in todo] == ["去补"]
    with django_assert_num_queries(1):  # type: ignore[operator]
        waiting = ideas_desk.waiting_for(leader)
    assert waiting[0].title == "“我为教育献一计”有 5 条建议等您筛"
    days = ideas_desk.agenda_of(call.cast.low, SCREENED, clock.days_from_today(30))
    assert [each.title for each in days] == ["“我为教育献一计”的 5 条建议要答复"]


def test_what_is_late_is_late(call: Call) -> None:
    call.gathered()
    with clock.at(clock.days_from_today(40)):
        assert ideas_desk.waiting_for(call.leader)[0].kind == "late"
