"""Turns and states as truth tables: periods of each cadence, and what a record does to them."""

from datetime import date
from decimal import Decimal

import pytest
from tests.work.scene import a_duty, own_cadence, record_of

from zhengyou.work.models import DutyTerms
from zhengyou.work.reckoning import Act, reckon, state_of
from zhengyou.work.survey import Survey
from zhengyou.work.turns import Turn, turns_of

D = date


def turns(season, **terms):
    duty = a_duty(season.campaign, f"t{season.campaign.duties.count()}", whose="bodies", **terms)
    return [(turn.start, turn.last, turn.label) for turn in turns_of(duty)]


@pytest.mark.parametrize(
    ("terms", "count", "first", "last"),
    [
        ({"cadence": "month"}, 12, (D(2026, 9, 1), D(2026, 9, 30)),
         (D(2027, 8, 1), D(2027, 8, 31))),
        # 2026-09-01 is a Tuesday: six of seven days are left of the first week, two of the last
        ({"cadence": "week"}, 52, (D(2026, 9, 1), D(2026, 9, 6)),
         (D(2027, 8, 23), D(2027, 8, 29))),
        # September alone is less than half a quarter; July and August are two thirds of one
        ({"cadence": "quarter"}, 4, (D(2026, 10, 1), D(2026, 12, 31)),
         (D(2027, 7, 1), D(2027, 8, 31))),
        ({"cadence": "half-year"}, 2, (D(2026, 9, 1), D(2026, 12, 31)),
         (D(2027, 1, 1), D(2027, 6, 30))),
        ({"cadence": "year"}, 1, (D(2027, 1, 1), D(2027, 8, 31)), (D(2027, 1, 1), D(2027, 8, 31))),
        ({"cadence": "term"}, 2, (D(2026, 9, 1), D(2027, 1, 25)),
         (D(2027, 2, 15), D(2027, 7, 10))),
        ({"cadence": "phase"}, 2, (D(2026, 9, 1), D(2026, 11, 30)),
         (D(2026, 12, 1), D(2027, 8, 31))),
        ({"cadence": "campaign"}, 1, (D(2026, 9, 1), D(2027, 8, 31)),
         (D(2026, 9, 1), D(2027, 8, 31))),
        ({"cadence": "once", "due_on": D(2026, 10, 1)}, 1, (D(2026, 9, 1), D(2026, 10, 1)),
         (D(2026, 9, 1), D(2026, 10, 1))),
        ({"cadence": "anytime"}, 1, (D(2026, 9, 1), D(2027, 8, 31)),
         (D(2026, 9, 1), D(2027, 8, 31))),
        # from the 17th on less than half of September is left, from the 16th on just half
        ({"cadence": "month", "since": D(2026, 9, 17)}, 11, (D(2026, 10, 1), D(2026, 10, 31)),
         (D(2027, 8, 1), D(2027, 8, 31))),
        ({"cadence": "month", "since": D(2026, 9, 16), "until": D(2026, 10, 1)}, 1,
         (D(2026, 9, 16), D(2026, 9, 30)), (D(2026, 9, 16), D(2026, 9, 30))),
        # only in term time: 1 to 25 January is most of it, 15 to 28 February half, ten of July no
        ({"cadence": "month", "term_time": True}, 10, (D(2026, 9, 1), D(2026, 9, 30)),
         (D(2027, 6, 1), D(2027, 6, 30))),
        # the week of 25 January has one day of school, that of 15 February seven
        ({"cadence": "week", "term_time": True}, 42, (D(2026, 9, 1), D(2026, 9, 6)),
         (D(2027, 7, 5), D(2027, 7, 11))),
        # a date that was moved before it came is not asked for
        ({"cadence": "once", "due_on": D(2026, 10, 1), "until": D(2026, 9, 20)}, 0, None, None),
    ],
)  # fmt: skip
def test_periods(season, terms, count, first, last):
    found = turns(season, **terms)
    assert len(found) == count
    if found:
        assert (found[0][:2], found[-1][:2]) == (first, last)


def test_a_phase_limits_and_a_body_sets_its_own(season):
    learn = season.campaign.phases.get(code="learn")
    assert len(turns(season, cadence="month", phase=learn)) == 3
    hearing, branch = season["hearing"], season.cast.branch
    own = [own_cadence(hearing, branch, "month", D(2026, 11, 1), D(2027, 1, 1))]
    found = turns_of(hearing, own)
    assert [turn.unset for turn in found] == [True, False, False, True]
    assert [turn.label for turn in found[1:3]] == ["2026年11月", "2026年12月"]


def october(**terms):
    given = {"cadence": "month", "times": 1, "measure": "times", "grace_days": 0} | terms
    return Turn(D(2026, 10, 1), D(2026, 11, 1), "10月", DutyTerms(**given))


def act(on, done=None, entered=None, amount=1):
    done = done or on
    return Act(on, done, entered or done, Decimal(amount))


IN, AFTER, BEFORE = D(2026, 10, 16), D(2026, 11, 2), D(2026, 9, 30)


@pytest.mark.parametrize(
    ("terms", "acts", "day", "state", "marks"),
    [
        ({}, [], IN, "due", ""),
        ({}, [], D(2026, 10, 31), "due", ""),
        ({}, [], D(2026, 11, 1), "overdue", ""),
        ({"grace_days": 3}, [], D(2026, 11, 3), "due", ""),
        ({"grace_days": 3}, [], D(2026, 11, 4), "overdue", ""),
        ({"cadence": "anytime"}, [], AFTER, "whenever", ""),
        ({}, [act(IN)], IN, "done", ""),
        ({}, [act(IN)], D(2026, 10, 15), "due", ""),
        ({}, [act(BEFORE)], IN, "due", ""),
        ({}, [act(AFTER)], AFTER, "overdue", ""),
        ({}, [act(IN, entered=AFTER)], AFTER, "done", "entered"),
        ({"grace_days": 3}, [act(IN, entered=AFTER)], AFTER, "done", ""),
        # a report about October that was sent in November
        ({}, [act(D(2026, 10, 31), done=AFTER)], D(2026, 11, 1), "overdue", ""),
        ({}, [act(D(2026, 10, 31), done=AFTER)], AFTER, "done", "late"),
        ({"cadence": "once"}, [act(AFTER)], AFTER, "done", "late"),
        ({"times": 2}, [act(IN)], AFTER, "overdue", ""),
        ({"times": 2}, [act(IN), act(IN)], AFTER, "done", ""),
        ({"measure": "characters", "least": 5000}, [act(IN, amount=4999)], IN, "due", ""),
        ({"measure": "characters", "least": 5000},
         [act(IN, amount=3000), act(IN, amount=2000)], IN, "done", ""),
        # where each is measured only long ones were credited: so many are enough
        ({"measure": "hours", "least": 2, "each": True}, [act(IN, amount=2)], IN, "done", ""),
    ],
)  # fmt: skip
def test_states(terms, acts, day, state, marks):
    turn = october(**terms)
    done = reckon(turn, acts, day)
    assert state_of(turn, done=done.done, exempt=False, day=day) == state
    assert (done.late, done.entered_late) == (marks == "late", marks == "entered")
    assert state_of(turn, done=done.done, exempt=True, day=day) == "exempt"


def test_a_body_below_does_it_for_the_one_above(season):
    duty = a_duty(season.campaign, "for-above", whose="bodies", kinds=["branch"], cadence="month",
                  records=["group_meeting"], below=["party_group"])  # fmt: skip
    record_of(season.cast.low, "group_meeting", IN)
    survey = Survey(season.campaign, IN, body=season.cast.bureau, duties=[duty])
    states = {line.subject.pk: line.state for line in survey.lines()}
    assert states == {season.cast.branch.pk: "done", season.cast.nanhu.pk: "due"}
