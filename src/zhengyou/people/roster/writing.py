"""Writes checked rows to the roll, a chunk at a time, all inside the caller's one transaction."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import models

from zhengyou.people.models import Person
from zhengyou.people.models.roster import Choice, ImportedRow, RosterImport
from zhengyou.people.roster import snapshots
from zhengyou.people.roster.dated_rows import DatedRows
from zhengyou.people.roster.inserting import insert, insert_with_keys
from zhengyou.people.roster.known import DATES, PLAIN_FIELDS
from zhengyou.people.roster.matching import Match
from zhengyou.people.roster.preview import ADD, SAME, outcome_of
from zhengyou.people.roster.reading import Chunk
from zhengyou.people.roster.rows import Entry, Place
from zhengyou.people.roster.snapshots import Snapshot
from zhengyou.people.roster.updating import apply, update_dated_rows, update_fields

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


@dataclass(slots=True)
class Writer:
    """Writes chunks and counts what it did."""

    roster: RosterImport
    rows: DatedRows
    agreed: Agreed
    counts: Counter[str] = field(default_factory=Counter)

    def write(self, chunk: Chunk) -> None:
        """Write one chunk.

        Raises:
            Changed: a row is not what the preview showed.
        """
        new: list[Entry] = []
        known: list[Match] = []
        for entry, notes, match in chunk.rows:
            if notes.faulty:
                raise Changed
            choice = self.agreed.choice_for(entry, match)
            if choice == Choice.UPDATE and match is not None:
                known.append(match)
                self.counts[outcome_of(notes, match)] += 1
            elif choice == Choice.NEW:
                new.append(entry)
                self.counts[ADD] += 1
            else:
                self.counts[SKIPPED if match and match.is_news else SAME] += 1
        self._add(new)
        self._update(known)

    def _add(self, entries: list[Entry]) -> None:
        if not entries:
            return
        persons = [new_person(entry) for entry in entries]
        insert_with_keys(persons)
        after: dict[int, Snapshot] = {}
        dated: dict[type[models.Model], list[models.Model]] = defaultdict(list)
        for person, entry in zip(persons, entries, strict=True):
            rows = self.rows.of(person.pk, entry)
            after[person.pk] = snapshots.of_new(person, rows)
            for row in rows:
                dated[type(row)].append(row)
        for made in dated.values():
            insert(made)
        self._keep_rows({}, after)

    def _update(self, matches: list[Match]) -> None:
        if not matches:
            return
        pks = sorted(match.known.person.pk for match in matches)
        locked = Person.objects.select_for_update(no_key=True).filter(pk__in=pks)
        list(locked.order_by("pk").values_list("pk"))
        before = snapshots.take(pks)
        update_fields(matches)
        for match in matches:
            update_dated_rows(match, self.rows)
        self._keep_rows(before, snapshots.take(pks))

    def _keep_rows(self, before: dict[int, Snapshot], after: dict[int, Snapshot]) -> None:
        """Keep what undo needs."""
        insert(
            [
                ImportedRow(
                    roster=self.roster,
                    person_id=pk,
                    added=pk not in before,
                    before=snapshots.seal(before[pk]) if pk in before else "",
                    after=snapshots.digest(left),
                )
                for pk, left in after.items()
            ]
        )


def new_person(entry: Entry) -> Person:
    """Return an unsaved person as an entry describes it."""
    person = Person()
    apply(entry, person, _ALL_FIELDS)
    return person
