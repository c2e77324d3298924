"""Cycles inside a campaign: dated rows from the calendar, and the section that declares them."""

from datetime import date
from itertools import pairwise

import pytest
from tests.campaigns.conftest import SMALL

from zhengyou.campaigns.blueprint import Flawed, check
from zhengyou.campaigns.cycles import counted, turns
from zhengyou.campaigns.models import Campaign, Cycle

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("months", "from_day", "days", "expected"),
    [
        # From April, counted from July: the first quarter joins the first year.
        (12, "07-01", ("2026-04-01", "2028-06-30"), ["2026-04-01", "2027-07-01"]),
        # From January, half a year before July stands alone; so does the half at the end.
        (12, "07-01", ("2026-01-01", "2027-12-31"), ["2026-01-01", "2026-07-01", "2027-07-01"]),
        # 30 months from its first day.
        (12, "", ("2026-03-15", "2028-09-14"), ["2026-03-15", "2027-03-15", "2028-03-15"]),
        (12, "", ("2026-03-15", "2028-07-14"), ["2026-03-15", "2027-03-15"]),
        # Shorter than half a cycle: one turn all the same.
        (12, "07-01", ("2026-09-01", "2026-10-31"), ["2026-09-01"]),
        (6, "01-01", ("2026-07-01", "2027-06-30"), ["2026-07-01", "2027-01-01"]),
        (3, "", ("2026-01-31", "2026-07-30"), ["2026-01-31", "2026-05-01"]),
    ],
)
def test_turns_follow_from_the_days(months, from_day, days, expected):
    first, last = map(date.fromisoformat, days)
    campaign = Campaign(starts_on=first, ends_on=last)
    rows = turns(Cycle(code="x", title="年度评比", months=months, from_day=from_day), campaign)
    assert [row.starts_on.isoformat() for row in rows] == expected
    assert rows[-1].ends_on == last
    assert all((b.starts_on - a.ends_on).days == 1 for a, b in pairwise(rows))


@pytest.mark.parametrize(
    ("title", "months", "number", "words"),
    [
        ("年度评比", 12, 2, "第二年评比周期"),
        ("星级评定", 6, 3, "第三个半年星级评定周期"),
        ("季度之星", 3, 11, "第十一个季度之星周期"),
    ],
)
def test_a_turn_is_called_as_people_say(title, months, number, words):
    from zhengyou.campaigns.cycles import name

    assert name(Cycle(title=title, months=months), number) == words


def test_numbers_are_chinese():
    assert [counted(n) for n in (1, 10, 11, 20, 25)] == ["一", "十", "十一", "二十", "二十五"]


CYCLE = '\n[cycle.yearly]\ntitle = "年度评比"\nevery = "每年"\nfrom = "07-01"\n'


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"每年"', '"每月"', "看不懂“每月”"),
        ('"07-01"', '"7月1日"', "看不懂“7月1日”"),
        ('"07-01"', '"02-29"', "看不懂“02-29”"),
        ("from ", "form ", "不认识“form”"),
    ],
)
def test_slips_are_told_with_their_line(old, new, told):
    with pytest.raises(Flawed) as caught:
        check(SMALL + CYCLE.replace(old, new))
    (problem,) = caught.value.problems
    assert told in str(problem) and problem.line


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('consult = "一周"', "看不懂“一周”"),
        ('consult = "0个工作日"', "看不懂“0个工作日”"),
        ('basis = [""]', "“basis”是空的"),
    ],
)
def test_slips_at_the_top_are_told(line, told):
    with pytest.raises(Flawed, match=told):
        check(SMALL.replace("[phase.learn]", f"{line}\n[phase.learn]", 1))


@pytest.mark.django_db
def test_what_is_written_comes_back(cast, office, mid_september):
    from tests.campaigns.conftest import BEGINS

    from zhengyou.campaigns.actions import campaigns
    from zhengyou.campaigns.blueprint import dump
    from zhengyou.campaigns.cycles import cycle_rows

    top = 'basis = ["县教党〔2026〕12号"]\nconsult = "5个工作日"\nanswer = "10个工作日"\n'
    text = SMALL.replace("[phase.learn]", f"{top}[phase.learn]", 1) + CYCLE
    made = campaigns.create(office, cast.bureau, text, BEGINS)

    assert (made.basis, made.consult_days) == (["县教党〔2026〕12号"], 5)
    assert made.answer_days == 10
    assert [row.title for row in cycle_rows(made)] == ["第一年评比周期"]
    first, again = check(text), check(dump(made))
    assert (again.header, again.data["cycle"]) == (first.header, first.data["cycle"])
    assert "方案送审前要征求意见 5 个工作日" in dict(first.summary())["总的"]
