"""Makes the dated rows that a roster's entry stands for. Nothing is saved here."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from zhengyou.kernel.partial_dates import PartialDate
from zhengyou.people.models import (
    Circumstance,
    CircumstanceKind,
    Membership,
    Standing,
    StandingKind,
)
from zhengyou.people.roster.branches import Branches
from zhengyou.people.roster.rows import Entry


@dataclass(frozen=True, slots=True)
class DatedRows:
    """Makes rows.

    Args:
        since: from when the roster counts; what the roster dates itself is dated so.
        branches: where people may be put.
    """

    since: date
    branches: Branches

    def of(self, person: int, entry: Entry) -> list[Model]:
        """Return all rows of somebody new."""
        return [
            *self.memberships(person, entry),
            *self.standings(person, entry),
            *self.circumstances(person, entry),
        ]

    def membership(self, person: int, body: int) -> Membership:
        """Return a membership from ``since``, or from when the body was founded."""
        since = max(self.since, self.branches.by_pk[body].founded_on)
        return Membership(person_id=person, organisation_id=body, since=since)

    def memberships(self, person: int, entry: Entry) -> list[Membership]:
        """Return the memberships in branch and group."""
        bodies = filter(None, (entry.branch_pk, entry.group_pk))
        return [self.membership(person, body) for body in bodies]

    def standings(self, person: int, entry: Entry) -> list[Standing]:
        """Return the standing, if the entry names one."""
        if entry.standing is None:
            return []
        row = Standing(person_id=person, kind=entry.standing)
        row.known_since = self.standing_since(entry)
        return [row]

    def standing_since(self, entry: Entry) -> PartialDate:
        """Return since when the entry's 人员类别 holds, as far as the roster tells."""
        told = {StandingKind.FULL: entry.full, StandingKind.PROBATIONARY: entry.joined}
        known = told.get(entry.standing) if entry.standing else None
        return known or PartialDate(self.since)

    def circumstances(self, person: int, entry: Entry) -> list[Circumstance]:
        """Return 党籍状态 other than 正常, 失联 and 流动."""
        rows = []
        if isinstance(entry.status, CircumstanceKind):
            rows.append(self.circumstance(person, entry.status))
        if entry.lost:
            rows.append(self.circumstance(person, CircumstanceKind.LOST, entry.lost_on))
        if entry.mobile:
            kind, detail = CircumstanceKind.MOBILE, entry.destination
            rows.append(self.circumstance(person, kind, detail=detail))
        return rows

    def circumstance(
        self,
        person: int,
        kind: CircumstanceKind,
        known_since: PartialDate | None = None,
        detail: str = "",
    ) -> Circumstance:
        """Return one circumstance."""
        row = Circumstance(person_id=person, kind=kind, detail=detail)
        row.known_since = known_since or PartialDate(self.since)
        return row
