"""A guarded move: whoever comes second is told so, and overwrites nothing."""

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from zhengyou.kernel.states import Stale, Transition, move

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letter() -> Iterator[type[models.Model]]:
    """A model with three states, for the length of one test."""
    with isolate_apps("zhengyou.kernel"):

        class Letter(models.Model):
            state = models.CharField(max_length=10, default="draft")
            note = models.CharField(max_length=20, blank=True)

            TRANSITIONS = (
                Transition("send", ("draft", "returned"), "sent", "寄出"),
                Transition("send_back", ("sent",), "returned", "退回"),
            )

            class Meta:
                app_label = "kernel"

    with connection.schema_editor() as editor:
        editor.create_model(Letter)
    yield Letter
    with connection.schema_editor() as editor:
        editor.delete_model(Letter)


def test_a_move_writes_state_and_changes_in_one_update(letter, django_assert_num_queries):
    row, bystander = letter.objects.create(), letter.objects.create()
    with django_assert_num_queries(1):
        move(row, "send", note="挂号")
    assert (row.state, row.note) == ("sent", "挂号")
    row.refresh_from_db()
    bystander.refresh_from_db()
    assert (row.state, row.note, bystander.state) == ("sent", "挂号", "draft")


def test_several_sources_lead_to_one_target(letter):
    row = letter.objects.create()
    for name in ("send", "send_back", "send"):
        move(row, name)
    assert letter.objects.get().state == "sent"


def test_who_comes_second_is_told_and_overwrites_nothing(letter):
    mine, theirs = letter.objects.create(), letter.objects.get()
    move(theirs, "send", note="先到")
    with pytest.raises(Stale) as stale:
        move(mine, "send", note="后到")
    assert "不能寄出" in stale.value.reason
    assert (mine.state, mine.note) == ("draft", "")
    assert letter.objects.get().note == "先到"


def test_a_transition_must_exist(letter):
    with pytest.raises(ValueError, match="burn"):
        move(letter.objects.create(), "burn")
