"""Progress: a number, words, or both; the last note can be corrected, nothing is lost."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.pledges.conftest import DOING

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger.models import Fact
from zhengyou.pledges import goals
from zhengyou.pledges.actions.progress import correct, note
from zhengyou.pledges.models import PledgeItem, Progress
from zhengyou.pledges.queries.reading import item_view

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(world):
    """A public item of 宋知行, from 11 to 3, on a day in October."""
    item = world.published("song").items.first()
    with clock.at(DOING):
        yield item


def test_a_note_moves_the_item_and_leaves_a_fact(world, item) -> None:
    new = note(world.actor("song"), item, noted_on=DOING, value=Decimal(6), words="  又过了 2 人。")

    item.refresh_from_db()
    assert (item.now_value, item.now_on, item.latest) == (Decimal(6), DOING, new)
    assert (item.share, item.reached, new.words) == (62, False, "又过了 2 人。")
    assert not new.entered_for
    assert Fact.objects.get(verb="progress.note").data["value"] == "6"


def test_words_alone_keep_the_last_value(world, item) -> None:
    song = world.actor("song")
    note(song, item, noted_on=date(2026, 9, 1), value=Decimal(6))
    note(song, item, noted_on=DOING, words="这个月考试，没来得及。")

    item.refresh_from_db()
    assert (item.now_value, item.now_on) == (Decimal(6), date(2026, 9, 1))
    assert item.latest.words.startswith("这个月考试")


def test_the_recorder_notes_for_others_marked(world, item) -> None:
    assert note(world.recorder, item, noted_on=DOING, value=Decimal(5)).entered_for


@pytest.mark.parametrize(
    ("day", "words", "reason"),
    [
        (date(2026, 10, 17), "好", "日期还没到"),
        (date(2026, 4, 19), "好", "不能早于公开那天（2026-04-20）"),
        (DOING, "  ", "写一个现在的数，或者写一句"),
    ],
)
def test_a_note_that_cannot_be(world, item, day, words, reason) -> None:
    with pytest.raises(Refused) as refused:
        note(world.actor("song"), item, noted_on=day, words=words)
    assert reason in refused.value.reason


def test_notes_go_forward(world, item) -> None:
    note(world.actor("song"), item, noted_on=date(2026, 9, 1), words="好")

    with pytest.raises(Refused, match="早于上一次进展"):
        note(world.actor("song"), item, noted_on=date(2026, 8, 31), words="好")


def test_two_who_note_at_once_the_second_is_told(world, item) -> None:
    note(world.actor("song"), item, noted_on=DOING, value=Decimal(6), seen=None)

    with pytest.raises(Stale, match="刚才已经有人记了"):
        note(world.recorder, item, noted_on=DOING, value=Decimal(6), seen=None)

    assert Progress.objects.count() == 1


def test_a_correction_keeps_what_stood_there(world, item) -> None:
    song = world.actor("song")
    first = note(song, item, noted_on=date(2026, 9, 1), value=Decimal(9), words="开头")
    wrong = note(song, item, noted_on=DOING, value=Decimal(2), words="到了")
    item.refresh_from_db()
    assert item.reached

    right = correct(song, wrong, noted_on=DOING, value=Decimal(5), words="数错了")

    item.refresh_from_db()
    assert (item.latest, item.now_value, item.reached) == (right, Decimal(5), False)
    assert list(Progress.objects.standing()) == [right, first]
    shown = item_view(item).notes
    assert [row["note"] for row in shown] == [right, first]
    assert shown[0]["earlier"] == [{"value": "2 人", "words": "到了"}]
    assert Fact.objects.get(verb="progress.correct").data["instead_of"] == str(wrong.uid)


def test_only_the_last_note_and_only_once(world, item) -> None:
    song = world.actor("song")
    first = note(song, item, noted_on=date(2026, 9, 1), value=Decimal(9))
    last = note(song, item, noted_on=DOING, value=Decimal(8))

    with pytest.raises(Refused, match="只能更正最近一次"):
        correct(song, first, noted_on=DOING, value=Decimal(7))
    correct(song, last, noted_on=DOING, value=Decimal(7))
    with pytest.raises(Stale, match="已经更正过"):
        correct(song, Progress.objects.get(pk=last.pk), noted_on=DOING, value=Decimal(6))


def test_a_correction_may_take_the_value_away(world, item) -> None:
    song = world.actor("song")
    only = note(song, item, noted_on=DOING, value=Decimal(2))

    correct(song, only, noted_on=DOING, words="还没有数")

    item.refresh_from_db()
    assert item.now_value is None and not item.reached


amounts = st.none() | st.decimals(min_value=-50, max_value=50, places=1)
dates = st.none() | st.dates(min_value=date(2026, 10, 1), max_value=date(2026, 10, 20))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(amounts, amounts, amounts, dates, dates)
def test_the_database_and_the_arithmetic_agree(item, baseline, target, value, now, due) -> None:
    rows = PledgeItem.objects.filter(pk=item.pk)
    rows.update(baseline=baseline, target=target, now_value=value, now_on=now, due_on=due)

    said = goals.reached(baseline, target, value, now, due)

    assert rows.filter(goals.is_reached()).exists() is said
    assert rows.filter(~goals.is_reached()).exists() is not said, "the filters are complements"
