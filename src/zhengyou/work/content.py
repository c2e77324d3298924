"""What is written into a record: plain values, as a form reads them and a version keeps them."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from zhengyou.campaigns.models import Programme
from zhengyou.kernel.refs import Ref
from zhengyou.people.models import Person
from zhengyou.work.models import (
    Attendance,
    Part,
    Participant,
    Record,
    RecordKind,
    RecordSeries,
    WishOutcome,
)


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody of the roll: there or not, in which part, and the own amount where one counts."""

    person: Person
    attendance: Attendance = Attendance.PRESENT
    part: Part = Part.TAKER
    amount: Decimal | None = None
    note: str = ""

    @classmethod
    def of(cls, row: Participant) -> "Attendee":
        """Read it from a stored row, its person fetched."""
        return cls(row.person, Attendance(row.attendance), Part(row.part), row.amount, row.note)


@dataclass(frozen=True, slots=True)
class Amount:
    """So much of something."""

    what: str
    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Wished:
    """What somebody asked for, and what became of it."""

    words: str
    outcome: WishOutcome
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All of a record but who wrote it and when.

    ``due_to_attend`` and ``outside`` count people who are not on the roll; ``free_names`` are
    persons outside the roll, or the households that were visited.
    """

    kind: RecordKind
    on: date
    title: str = ""
    until: date | None = None
    begins_at: time | None = None
    ends_at: time | None = None
    counts_on: date | None = None
    place: str = ""
    scope: str = ""
    text: str = ""
    decisions: str = ""
    hours: Decimal | None = None
    characters: int | None = None
    score: Decimal | None = None
    free_names: tuple[str, ...] = ()
    outside: int | None = None
    due_to_attend: int | None = None
    series: RecordSeries | None = None
    people: tuple[Attendee, ...] = ()
    quantities: tuple[Amount, ...] = ()
    wishes: tuple[Wished, ...] = ()
    links: tuple[Ref, ...] = ()
    programmes: tuple[Programme, ...] = ()

    @property
    def present(self) -> list[Attendee]:
        """Those who were there."""
        return [row for row in self.people if row.attendance == Attendance.PRESENT]


PLAIN = (
    "title", "on", "until", "begins_at", "ends_at", "counts_on", "place", "scope", "text",
    "decisions", "hours", "characters", "score", "outside", "due_to_attend",
)  # fmt: skip
"""What a record's row holds as it is written."""


def content_of(record: Record) -> Content:
    """Read a stored record back. Five queries, none where the rows were fetched."""
    people = record.participants.select_related("person").order_by("person__sort_key", "person")
    return Content(
        kind=RecordKind(record.kind),
        series=record.series,
        free_names=tuple(record.free_names),
        people=tuple(Attendee.of(row) for row in people),
        quantities=tuple(Amount(q.what, q.amount, q.unit) for q in record.quantities.all()),
        wishes=tuple(
            Wished(w.words, WishOutcome(w.outcome), w.answer) for w in record.wishes.all()
        ),
        links=tuple(row.about for row in record.links.all()),
        programmes=tuple(record.programmes.all()),
        **{name: getattr(record, name) for name in PLAIN},
    )


def kept(content: Content) -> dict[str, Any]:
    """Return a content as JSON, for the version that keeps it."""
    plain = {name: _plain(getattr(content, name)) for name in PLAIN}
    return {
        "kind": content.kind.value,
        **plain,
        "free_names": list(content.free_names),
        "people": [
            [str(row.person.uid), row.person.name, row.attendance.value, row.part.value,
             _plain(row.amount), row.note]
            for row in content.people
        ],
        "quantities": [[q.what, str(q.amount), q.unit] for q in content.quantities],
        "wishes": [[w.words, w.outcome.value, w.answer] for w in content.wishes],
        "links": [[str(ref), ref.label] for ref in content.links],
        "programmes": [row.title for row in content.programmes],
    }  # fmt: skip


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (int, str)):
        return value
    return str(value)
