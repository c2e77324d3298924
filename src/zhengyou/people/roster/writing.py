"""Writes a plan to the roll, a part at a time, all inside the caller's one transaction."""

from collections import defaultdict
from dataclasses import dataclass

from django.db import models

from zhengyou.people.actions import rolls
from zhengyou.people.models import Circumstance, Membership, Person, Standing
from zhengyou.people.models.roster import ImportedRow, RosterImport
from zhengyou.people.roster import snapshots
from zhengyou.people.roster.dated_rows import DatedRows
from zhengyou.people.roster.inserting import (
    Values,
    insert,
    insert_values,
    keys_of,
    place_of,
    values_of,
)
from zhengyou.people.roster.matching import Match
from zhengyou.people.roster.planning import Newcomer, Part
from zhengyou.people.roster.updating import update_dated_rows, update_fields

_DATED: dict[str, type[models.Model]] = {
    model.__name__: model for model in (Membership, Standing, Circumstance)
}


@dataclass(slots=True)
class Writer:
    """Writes the parts of a plan."""

    roster: RosterImport
    rows: DatedRows

    def write(self, part: Part) -> None:
        """Write one part."""
        self._add(part.new)
        self._update(part.known)

    def _add(self, new: list[Newcomer]) -> None:
        if not new:
            return
        insert_values(Person, [one.values for one in new])
        keys = keys_of(Person, [one.uid for one in new])
        dated: dict[str, list[Values]] = defaultdict(list)
        for one in new:
            for name, values in one.dated:
                values[place_of(_DATED[name], "person_id")] = keys[one.uid]
                dated[name].append(values)
        for name, rows in dated.items():
            insert_values(_DATED[name], rows)
        home = place_of(Membership, "organisation_id")
        rolls.follow(bodies={values[home] for values in dated[Membership.__name__]})
        insert_values(
            ImportedRow,
            [values_of(self._kept(keys[one.uid], added=True, after=one.after)) for one in new],
        )

    def _update(self, matches: list[Match]) -> None:
        if not matches:
            return
        pks = sorted(match.known.person.pk for match in matches)
        before = snapshots.take(pks)
        update_fields(matches)
        for match in matches:
            update_dated_rows(match, self.rows)
        rolls.follow(persons=pks)
        insert(
            [
                self._kept(
                    pk,
                    added=False,
                    before=snapshots.seal(before[pk]),
                    after=snapshots.digest(left),
                )
                for pk, left in snapshots.take(pks).items()
            ]
        )

    def _kept(self, person: int, *, added: bool, after: str, before: str = "") -> ImportedRow:
        """Return what undo needs."""
        return ImportedRow(
            roster=self.roster, person_id=person, added=added, before=before, after=after
        )
