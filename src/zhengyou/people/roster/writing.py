"""Writes checked rows to the roll, a chunk at a time, all inside the caller's one transaction."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from zhengyou.people.models import Circumstance, Membership, Person, Standing
from zhengyou.people.models.roster import Choice, ImportedRow, RosterImport
from zhengyou.people.roster import snapshots
from zhengyou.people.roster.dated_rows import DatedRows
from zhengyou.people.roster.known import DATES, PLAIN_FIELDS
from zhengyou.people.roster.matching import Match
from zhengyou.people.roster.preview import ADD, SAME, outcome_of
from zhengyou.people.roster.reading import Chunk
from zhengyou.people.roster.rows import Entry, Place
from zhengyou.people.roster.updating import apply, update_dated_rows, update_fields

BATCH = 500
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
        persons = Person.objects.bulk_create(map(new_person, entries), batch_size=BATCH)
        memberships: list[Membership] = []
        standings: list[Standing] = []
        circumstances: list[Circumstance] = []
        for person, entry in zip(persons, entries, strict=True):
            memberships += self.rows.memberships(person.pk, entry)
            standings += self.rows.standings(person.pk, entry)
            circumstances += self.rows.circumstances(person.pk, entry)
        Membership.objects.bulk_create(memberships, batch_size=BATCH)
        Standing.objects.bulk_create(standings, batch_size=BATCH)
        Circumstance.objects.bulk_create(circumstances, batch_size=BATCH)
        self._keep_rows([person.pk for person in persons], {})

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
        self._keep_rows(pks, before)

    def _keep_rows(self, pks: list[int], before: dict[int, Any]) -> None:
        """Keep what undo needs."""
        after = snapshots.take(pks)
        ImportedRow.objects.bulk_create(
            [
                ImportedRow(
                    roster=self.roster,
                    person_id=pk,
                    added=pk not in before,
                    before=snapshots.seal(before[pk]) if pk in before else "",
                    after=snapshots.digest(after[pk]),
                )
                for pk in pks
            ],
            batch_size=BATCH,
        )


def new_person(entry: Entry) -> Person:
    """Return an unsaved person as an entry describes it."""
    person = Person()
    apply(entry, person, _ALL_FIELDS)
    return person
