"""What records read like to the search: those that count. Found from within only."""

from collections.abc import Collection, Iterator
from itertools import batched
from uuid import UUID

from django.db.models import Q

from zhengyou.search import index
from zhengyou.search.sources import Document
from zhengyou.work.kinds import QUIET, form_of
from zhengyou.work.models import Attendance, Participant, Record, RecordKind, RecordState

KIND = "record"
BATCH = 500


def documents(uids: Collection[UUID] | None = None) -> Iterator[Document]:
    """Return the documents of these records, or of all that count. What is confidential is not to
    be found by its words."""
    which = Q() if uids is None else Q(uid__in=uids)
    rows = (
        Record.objects.filter(which, state=RecordState.FINISHED)
        .select_related("organisation")
        .prefetch_related("participants__person")
        .order_by("pk")
    )
    for row in rows.iterator(BATCH):
        yield _document(row)


def follow(record: Record) -> None:
    """Make a record findable as it is now, or not any more, in the verb's transaction."""
    index.sync(KIND, [record.uid], documents([record.uid]))


def follow_names(bodies: Collection[int], persons: Collection[int]) -> None:
    """Make the records of these bodies and persons findable by their names of now."""
    theirs = Participant.objects.filter(person__in=persons).values("record")
    rows = Record.objects.filter(
        Q(organisation__in=bodies) | Q(pk__in=theirs), state=RecordState.FINISHED
    )
    for some in batched(rows.order_by("pk").values_list("uid", flat=True), index.BATCH):
        index.sync(KIND, some, documents(some))


def _outside(row: Record) -> list[str]:
    """Return who is named besides the roll; whom one visited at home nobody finds by a search."""
    return [] if form_of(RecordKind(row.kind)).households else list(row.free_names)


def _document(row: Record) -> Document:
    people = [each for each in row.participants.all() if each.attendance == Attendance.PRESENT]
    said = () if row.kind in QUIET else (row.text, row.decisions, row.place)
    return Document(
        uid=row.uid,
        words=(row.title, row.get_kind_display(), row.organisation.name, *said),
        names=(*(each.person.name for each in people), *_outside(row)),
        place=row.organisation_id,
    )
