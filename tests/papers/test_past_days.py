"""A summary of a past day says what was so on that day, not what has become of it."""

from datetime import date

import pytest
from tests.papers.conftest import MEND
from tests.remarks.saying import say

from zhengyou.campaigns.actions import tasks
from zhengyou.campaigns.models import Plan, Task
from zhengyou.kernel import clock
from zhengyou.papers import figures, history
from zhengyou.papers.summary import compose
from zhengyou.people.actions.people import enrol, release
from zhengyou.people.actions.tree import rename
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Person, StandingKind
from zhengyou.pledges.actions import writing
from zhengyou.pledges.models import PledgeItem
from zhengyou.remarks.actions import moderating
from zhengyou.remarks.models import HoldReason


def counts(scene, day, *codes):
    records = scene.records(day)
    return tuple(figures.FIGURES[code].count(records).value for code in codes)


STATES = ("items_draft", "items_submitted", "items_returned", "public")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 15), (0, 0, 0, 0)),
        (date(2026, 9, 16), (0, 3, 0, 0)),  # 宋知行 sends three in
        (date(2026, 9, 18), (0, 0, 1, 2)),  # one comes back
        (date(2026, 9, 21), (3, 0, 1, 2)),  # 方晓岚 drafts
        (date(2026, 9, 24), (3, 6, 1, 2)),  # 魏长青 and the branch wait
        (date(2026, 9, 25), (3, 3, 1, 5)),
    ],
)
def test_promises_stand_where_they_stood(scene, day, expected):
    assert counts(scene, day, *STATES) == expected


def test_a_promise_sent_again_was_returned_in_between(scene):
    item = scene.items("song")[0]
    with clock.at(date(2026, 10, 8)):
        actor = acting_as(scene.cast.song)
        content = {"kind": item.kind, "criterion": item.criterion, "due_on": item.due_on}
        writing.edit_item(actor, item, text="改好了的共性承诺。", **content)
        scene.submit("song")
    assert counts(scene, date(2026, 9, 17), "items_submitted", "items_returned") == (3, 0)
    assert counts(scene, date(2026, 10, 7), "items_returned") == (1,)
    assert counts(scene, date(2026, 10, 8), "items_returned") == (0,)


def test_progress_of_later_days_is_not_known_yet(scene):
    assert counts(scene, date(2026, 11, 3), "reached", "overdue") == (0, 1)
    assert counts(scene, date(2026, 10, 31), "reached", "overdue") == (0, 0)
    assert counts(scene, date(2026, 11, 4), "reached") == (1,)
    rows = scene.records(date(2026, 10, 15)).promises
    assert [str(row.value) for row in rows if row.item.number == 2 and row.who == "宋知行"] == [
        "4.00"
    ]


def test_a_withdrawn_promise_counted_until_it_was_withdrawn(scene):
    with clock.at(date(2026, 10, 10)):
        item = scene.items("song")[0]
        writing.remove_item(acting_as(scene.cast.song), item)
    assert counts(scene, date(2026, 10, 9), "items_returned") == (1,)
    assert counts(scene, date(2026, 10, 10), "items_returned") == (0,)


def test_who_came_later_is_not_on_the_roll_and_who_left_still_is(scene):
    with clock.at(date(2026, 10, 1)):
        new = Person(name="新来的")
        enrol(None, new, scene.cast.branch, standing=StandingKind.FULL)
        release(scene.secretary, scene.cast.wei, scene.cast.branch)
    before = scene.records(date(2026, 9, 30))
    after = scene.records(date(2026, 10, 1))
    assert {"魏长青"} == _names(before) - _names(after)
    assert {"新来的"} == _names(after) - _names(before)
    assert "新来的" in {member.person.name for member in after.unpledged}


def test_bodies_are_called_as_they_were(scene):
    with clock.at(date(2026, 10, 1)):
        rename(scene.office, scene.cast.branch, "育新实验小学党支部")
        rename(scene.secretary, scene.cast.low, "一二年级党小组")
    scene.cast.branch.refresh_from_db()
    then, now = scene.records(date(2026, 9, 30)), scene.records()
    assert compose(then).title.startswith("育新小学党支部“")
    assert compose(now).title.startswith("育新实验小学党支部“")
    assert {row.body for row in then.promises} == {"育新小学党支部"}
    group = figures.FIGURES["groups"]
    assert group.row(then, then.groups[0], None).cells[0] == "低段党小组"
    assert group.row(now, now.groups[0], None).cells[0] == "一二年级党小组"


class TestThePlan:
    def test_was_returned_and_not_public_yet(self, scene):
        text = scene.text(date(2026, 9, 10))
        assert "方案于2026年9月2日采用，其间退回修改1次" in text
        assert "本级方案退回，没有公开。" in text
        (row,) = scene.records(date(2026, 9, 10)).returns
        shown = figures.FIGURES["returns"].row(scene.records(), row, None)
        assert shown.cells == (MEND, "2026年9月9日")

    def test_had_not_been_adopted(self, scene):
        assert "本级还没有采用活动方案。" in scene.text(date(2026, 9, 1))

    def test_of_a_body_below_had_its_state_then(self, scene):
        states = [
            [row.state for row in scene.records(day, scene.cast.bureau).below]
            for day in (date(2026, 9, 1), date(2026, 9, 8), date(2026, 9, 14))
        ]
        assert states == [[None, None], ["submitted", None], ["published", None]]


@pytest.mark.pure
def test_every_move_of_plans_and_promises_has_its_verb():
    """The past is replayed from facts: a new transition must be known here."""
    for model, kind in ((Plan, "plan"), (PledgeItem, "pledge_item")):
        for arrow in model.TRANSITIONS:
            assert history.AFTER[f"{kind}.{arrow.name}"] == arrow.target


def test_the_replay_of_today_is_what_the_rows_say(scene):
    items = PledgeItem.objects.all()
    replayed = history.item_states(items, clock.today())
    assert replayed == {item.uid: item.state for item in items}
    plans = history.plan_states(Plan.objects.all(), clock.today())
    assert plans == {plan.uid: plan.state for plan in Plan.objects.all()}


def _names(records):
    return {member.person.name for member in records.members}


def test_what_is_held_back_later_was_public_on_its_day_but_its_words_are_gone(scene):
    with clock.at(date(2026, 10, 5)):
        said = say(scene.plan, "某某老师家里的事。")
    with clock.at(date(2026, 10, 7)):
        moderating.show(scene.secretary, [said])
    with clock.at(date(2026, 10, 14)):
        moderating.hold(scene.secretary, [said], HoldReason.PRIVACY)
    codes = ("remarks", "remarks_shown", "remarks_held")
    assert counts(scene, date(2026, 10, 6), *codes) == (1, 0, 0)
    assert counts(scene, date(2026, 10, 8), *codes) == (1, 1, 0)
    assert counts(scene, date(2026, 10, 14), *codes) == counts(scene, None, *codes) == (1, 0, 1)
    assert "某某老师" not in str(compose(scene.records(date(2026, 10, 8))).blocks)


def test_a_tasks_own_date_holds_from_the_day_it_was_set(scene):
    task = Task.objects.select_related("phase").get(phase__campaign=scene.campaign, code="launch")
    earlier = task.phase.starts_on

    def due(day=None):
        rows = scene.records(day).following.tasks
        return next(row.due_on for row in rows if row.task == task)

    with clock.at(date(2026, 10, 1)):
        tasks.set_due(scene.secretary, scene.plan, task, earlier)
    with clock.at(date(2026, 10, 8)):
        tasks.set_due(scene.secretary, scene.plan, task, None)
    days = [date(2026, 9, 30), date(2026, 10, 1), date(2026, 10, 7), date(2026, 10, 8), None]
    assert [due(day) for day in days] == [
        task.due_on, earlier, earlier, task.due_on, task.due_on
    ]  # fmt: skip
