"""What a confirmed import will write, worked out row by row while others may still write.

The plan waits in a file beside the upload (both hold what the roll holds), a chunk at a time, so
that memory stays small however long the roster is; it goes as soon as it was written or given up.
"""

import pickle
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, NamedTuple
from uuid import UUID

from zhengyou.people.models import Person
from zhengyou.people.models.roster import Choice, RosterImport
from zhengyou.people.roster import snapshots, store
from zhengyou.people.roster.dated_rows import DatedRows
from zhengyou.people.roster.inserting import Values, values_of
from zhengyou.people.roster.known import DATES, PLAIN_FIELDS
from zhengyou.people.roster.matching import Match
from zhengyou.people.roster.preview import ADD, SAME, outcome_of
from zhengyou.people.roster.reading import Chunk
from zhengyou.people.roster.rows import Entry, Place
from zhengyou.people.roster.updating import apply

SKIPPED = "skipped"
_ALL_FIELDS = {*PLAIN_FIELDS, *DATES, "id_number", "phone", "address"}


class Changed(Exception):
    """The roll is no longer what the preview showed; nothing may be written."""


class _Seen(NamedTuple):
    """What the preview showed of a match."""

    person: int
    ground: str
    source: int | None
    changes: list[list[str]]


class Agreed:
    """What the user saw and chose, by row."""

    def __init__(self, roster: RosterImport) -> None:
        rows = roster.matches.values_list(
            "sheet", "row", "choice", "person", "ground", "source", "changes"
        )
        self._choices = {
            Place(sheet, row): (choice, _Seen(*seen)) for sheet, row, choice, *seen in rows
        }

    def choice_for(self, entry: Entry, match: Match | None) -> str:
        """Return what was chosen for a row: new, update or skip.

        Raises:
            Changed: the row means something else now than it did in the preview.
        """
        choice, seen = self._choices.get(entry.place, ("", None))
        now = None if match is None or not match.is_news else _seen(match)
        if now != seen or (now is not None and choice == Choice.OPEN):
            raise Changed
        if now is not None:
            return choice
        return Choice.NEW if match is None else Choice.SKIP


def _seen(match: Match) -> _Seen:
    return _Seen(
        match.known.person.pk,
        match.ground.value,
        match.source.pk if match.source else None,
        [change.as_list() for change in match.changes],
    )


class Newcomer(NamedTuple):
    """Somebody to be added.

    Args:
        values: of the person's row, as they are inserted.
        dated: name of the model and values of each dated row; the person is filled in later.
        after: digest of the person as the import leaves it.
    """

    uid: UUID
    values: Values
    dated: list[tuple[str, Values]]
    after: str


class Part(NamedTuple):
    """What one chunk of the file brings: who is added, who is changed, of how many rows."""

    new: list[Newcomer]
    known: list[Match]
    rows: int


@dataclass(slots=True)
class Plan:
    """Collects what is to be written, and reads it back in order.

    Args:
        roster: the import; agreed: what was chosen.
        rows: makes the dated rows.
        file: an empty temporary file.
    """

    roster: RosterImport
    rows: DatedRows
    agreed: Agreed
    file: IO[bytes]
    counts: Counter[str] = field(default_factory=Counter)
    touched: set[int] = field(default_factory=set)

    def add(self, chunk: Chunk) -> None:
        """Work out what one chunk brings.

        Raises:
            Changed: a row is not what the preview showed.
        """
        new: list[Newcomer] = []
        known: list[Match] = []
        for entry, notes, match in chunk.rows:
            if notes.faulty:
                raise Changed
            choice = self.agreed.choice_for(entry, match)
            if choice == Choice.UPDATE and match is not None:
                known.append(match)
                self.counts[outcome_of(notes, match)] += 1
            elif choice == Choice.NEW:
                new.append(self._newcomer(entry))
                self.counts[ADD] += 1
            else:
                self.counts[SKIPPED if match and match.is_news else SAME] += 1
        self.touched.update(match.known.person.pk for match in known)
        pickle.dump(Part(new, known, len(chunk.rows)), self.file, pickle.HIGHEST_PROTOCOL)

    def _newcomer(self, entry: Entry) -> Newcomer:
        person = new_person(entry)
        rows = self.rows.of(0, entry)
        after = snapshots.digest(snapshots.of_new(person, rows))
        dated = [(type(row).__name__, values_of(row)) for row in rows]
        return Newcomer(person.uid, values_of(person), dated, after)

    def parts(self) -> Iterator[Part]:
        """Yield what was added, from the beginning."""
        self.file.flush()
        end = self.file.tell()
        self.file.seek(0)
        while self.file.tell() < end:
            part: Any = pickle.load(self.file)  # written by this very process, nobody else can
            yield part


def spool() -> IO[bytes]:
    """Open a temporary file without a name, beside the uploads: only this process can read it."""
    return tempfile.TemporaryFile(dir=store.folder())


def new_person(entry: Entry) -> Person:
    """Return an unsaved person as an entry describes it."""
    person = Person()
    apply(entry, person, _ALL_FIELDS)
    return person
