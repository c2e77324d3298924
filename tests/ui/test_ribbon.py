"""Phases from dates: in a line while they follow one another, in lanes where they overlap."""

from datetime import date

import pytest
from django.template import Context, Template

from zhengyou.ui.ribbon import lay_out, settle

pytestmark = pytest.mark.pure

ONE = ("动员学习", date(2026, 3, 1), date(2026, 3, 31))
TWO = ("践诺提升", date(2026, 4, 1), date(2026, 12, 31))
BESIDE = ("评议", date(2026, 12, 1), date(2027, 1, 31))


def drawn(ribbon):
    return Template("{% ribbon ribbon %}").render(Context({"ribbon": ribbon}))


def test_phases_in_a_line_know_what_is_over_and_what_runs():
    ribbon = lay_out("行动", [TWO, ONE], date(2026, 4, 11))
    assert [(p["title"], p["state"]) for p in ribbon["phases"]] == [
        ("动员学习", "done"),
        ("践诺提升", "now"),
    ]
    assert not ribbon["lanes"]
    assert ribbon["span"] == "2026年3月1日—2026年12月31日"
    now = ribbon["phases"][1]
    assert now["dates"] == "4月1日—12月31日，还有 264 天"
    assert now["pct"] == "3.64"  # 10 of 275 days


def test_the_last_day_still_belongs_to_the_phase():
    last = lay_out("行动", [ONE], date(2026, 3, 31))["phases"][0]
    assert (last["state"], last["dates"]) == ("now", "3月1日—3月31日，今天是最后一天")
    assert lay_out("行动", [ONE], date(2026, 4, 1))["phases"][0]["state"] == "done"


def test_one_shared_day_makes_lanes_and_today_stands_at_one_place():
    ribbon = lay_out("行动", [ONE, TWO, BESIDE], date(2026, 12, 15))
    assert ribbon["lanes"]
    html = drawn(ribbon)
    assert html.count('aria-current="step"') == 2
    strokes = {part.split('"')[1] for part in html.split('class="today" x1=')[1:]}
    assert len(strokes) == 1
    assert html.count("今天 12月15日") == 1


def test_a_day_more_than_a_year_away_is_told_with_its_year():
    phases = [
        ("动员学习", date(2026, 7, 1), date(2026, 8, 31)),
        ("全面争创", date(2026, 9, 1), date(2028, 6, 30)),
        ("总结", date(2028, 7, 1), date(2028, 12, 31)),
    ]
    marks = [("重温誓词", date(2027, 7, 1)), ("好做法摆出来", date(2028, 7, 1))]
    ribbon = lay_out("行动", phases, date(2026, 11, 25), marks=marks)
    assert [phase["dates"] for phase in ribbon["phases"]] == [
        "7月1日—8月31日",
        "9月1日—2028年6月30日，还有 583 天",
        "2028年7月1日—12月31日",
    ]
    assert [mark["day"] for mark in ribbon["marks"]] == ["7月1日", "2028年7月1日"]


@pytest.mark.parametrize("today", [date(2026, 2, 1), date(2028, 1, 1)])
def test_before_and_after_no_mark_is_drawn(today):
    assert "今天" not in drawn(lay_out("行动", [ONE, TWO, BESIDE], today))
    assert "今天" not in drawn(lay_out("行动", [ONE, TWO], today))


def test_nothing_planned_yet():
    assert "行动" in drawn(lay_out("行动", [], date(2026, 2, 1)))


def test_a_ribbon_by_hand_says_today_once():
    now = {"title": "a", "state": "now", "pct": 50, "today": "今天"}
    ribbon = settle({"title": "行动", "phases": [now, now, {"title": "b"}]})
    assert [p["today"] for p in ribbon["phases"]] == ["今天", "", ""]


@pytest.mark.parametrize(("day", "anchor"), [(2, "at-start"), (16, ""), (30, "at-end")])
def test_the_words_of_today_stay_inside_the_card(day, anchor):
    phases = [ONE] if day != 16 else [ONE, TWO]
    ribbon = settle(lay_out("行动", phases, date(2026, 3, day)))
    assert ribbon["phases"][0]["anchor"] == anchor


def test_cycles_are_written_out_and_the_one_that_runs_is_said():
    cycles = [
        ("第一年评比周期", date(2026, 3, 1), date(2026, 6, 30)),
        ("第二年评比周期", date(2026, 7, 1), date(2027, 1, 31)),
    ]
    ribbon = lay_out("行动", [ONE, TWO, BESIDE], date(2026, 8, 1), cycles=cycles)
    assert [(each["title"], each["state"]) for each in ribbon["cycles"]] == [
        ("第一年评比周期", "done"),
        ("第二年评比周期", "now"),
    ]
    page = drawn(ribbon)
    assert "2026年7月1日—2027年1月31日，现在" in page and "2026年6月30日，过了" in page
    assert "评比周期" not in drawn(lay_out("行动", [ONE], date(2026, 3, 1)))
