"""Records of both branches for the table of access: finished, drafted, and a series."""

from typing import Any

from tests.files.samples import PNG

from zhengyou.files.actions import store
from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Person
from zhengyou.work.actions import recording, series
from zhengyou.work.content import Attendee, Content
from zhengyou.work.models import Cadence, RecordKind


def records_of(side: str, lead: Actor, body: Organisation, others: list[Person]) -> dict[str, Any]:
    """Return a staff meeting that is the first of a series, and the draft of another."""
    assert lead.person is not None
    people = tuple(Attendee(person) for person in (lead.person, *others))
    content = Content(
        kind=RecordKind.STAFF_MEETING, on=clock.today(), title="周一例会", text="排了护学岗。",
        people=people,
    )  # fmt: skip
    record = recording.enter(lead, body, content)
    return {
        f"record_{side}": record,
        f"record_file_{side}": store(PNG, "现场.png", record.ref, lead.ledger_uid),
        f"draft_record_{side}": recording.begin(lead, body, content),
        f"record_series_{side}": series.start(lead, record, Cadence.WEEK),
    }
