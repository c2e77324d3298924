"""Read models of talks: when and where, from the record where there is one."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from zhengyou.kernel import clock, refs
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.ui.text import long_date
from zhengyou.voices.models import Box, Meeting
from zhengyou.work.models import Record, RecordKind, RecordState
from zhengyou.work.rules import visible_records

TALKED = (
    RecordKind.CONSULTATION, RecordKind.DISCUSSION, RecordKind.VISIT, RecordKind.SURVEY,
    RecordKind.EVENT, RecordKind.SERVICE, RecordKind.CONTACT,
)  # fmt: skip
"""Kinds of records at which people outside were heard."""
LOOKS_BACK = 60


@dataclass(frozen=True, slots=True)
class Sat:
    """When and where people sat together, and how many of which kind."""

    who: str
    on: date
    at: time | None
    place: str
    number: int | None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """For the line of facts; what nobody wrote down is left out."""
        moment = f" {self.at.hour}:{self.at.minute:02}" if self.at else ""
        told = [
            ("时间", f"{long_date(self.on)}{moment}"),
            ("地点", self.place),
            ("来的人", self.who),
            ("人数", f"{self.number} 人" if self.number else ""),
        ]
        return [(name, value) for name, value in told if value]


def meeting_of(box: Box) -> Meeting | None:
    """Return the meeting of a box, None where nothing is written down yet."""
    return Meeting.objects.filter(box=box).first()


def sat(meeting: Meeting) -> Sat:
    """Return when and where; of a meeting on record as it stands there now."""
    record = _record(meeting)
    if record is None:
        day = meeting.on or clock.today()
        return Sat(meeting.who, day, meeting.at, meeting.place, meeting.number)
    number = record.outside or record.due_to_attend
    return Sat(meeting.who, record.on, record.begins_at, record.place, number)


def day_of(meeting: Meeting) -> date:
    """Return the day."""
    return sat(meeting).on


def _record(meeting: Meeting) -> Record | None:
    return Record.objects.filter(uid=meeting.record).first() if meeting.record else None


def record_of(meeting: Meeting, actor: Actor) -> tuple[str, str] | None:
    """Return title and page of the record of a meeting, as far as ``actor`` may see it."""
    target = refs.resolve(meeting.record_ref, actor) if meeting.record_ref else None
    return (target.title, target.url) if target and target.visible else None


def records_to_cite(actor: Actor, body: Organisation) -> list[Record]:
    """Return the finished records of the last weeks that a talk may be the notes of."""
    since = clock.today() - timedelta(days=LOOKS_BACK)
    rows = Record.objects.filter(
        visible_records(actor), organisation=body, kind__in=TALKED, on__gte=since,
        state=RecordState.FINISHED,
    )  # fmt: skip
    return list(rows.order_by("-on", "-id")[:40])
