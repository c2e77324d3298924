"""Two at once, on both databases: one record is made, one finishes it, the other is told."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from tests import cast as casting
from tests.cast import Cast
from tests.pledges.test_races import together

from zhengyou.kernel import clock
from zhengyou.people.actor import acting_as
from zhengyou.people.models import Role
from zhengyou.work.actions import recording
from zhengyou.work.content import Attendee, Content
from zhengyou.work.models import Participant, Record, RecordKind, RecordState

DAY = date(2026, 10, 12)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Iterator[Cast]:
    with clock.at(DAY):
        yield casting.build()


def test_pressed_twice_and_on_two_devices(cast) -> None:
    tian, shen = acting_as(cast.tian, Role.RECORDER), acting_as(cast.shen, Role.SECRETARY)
    content = Content(kind=RecordKind.STUDY, on=DAY, text="读书", people=(Attendee(cast.shen),))
    key = uuid4()

    def press() -> None:
        recording.begin(tian, cast.branch, content, key=key)

    assert together(DAY, press, press) == ["done", "done"]
    assert Record.objects.count() == 1 and Participant.objects.count() == 1
    draft = Record.objects.get()
    seen = draft.changed_at

    def finish(actor) -> None:
        recording.finish(actor, Record.objects.get(), content, seen=seen, key=uuid4())

    assert together(DAY, lambda: finish(tian), lambda: finish(shen)) == ["done", "stale"]
    draft.refresh_from_db()
    assert draft.state == RecordState.FINISHED and Participant.objects.count() == 1

    def strike(actor) -> None:
        recording.strike(actor, Record.objects.get(), "重了")

    outcome = together(DAY, lambda: strike(tian), lambda: strike(shen))
    assert outcome in (["done", "stale"], ["done", "refused"])
