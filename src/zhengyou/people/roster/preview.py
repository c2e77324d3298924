"""Checks a whole file and keeps what the preview page shows. Nothing is written to the roll."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from zhengyou.kernel import identity
from zhengyou.people.models.roster import Choice, RosterFinding, RosterImport, RosterMatch
from zhengyou.people.roster.matching import Match
from zhengyou.people.roster.reading import Chunk
from zhengyou.people.roster.rows import Entry, Finding, Notebook, Place

SAMPLE = 8  # new people that the preview shows as they would be read
ADD, UPDATE, TRANSFER, SAME, FAULTY = "add", "update", "transfer", "same", "faulty"


class Preview:
    """Collects chunks; ``keep`` writes a chunk's findings and matches.

    Args:
        earlier: choices made in the preview before this one; kept where the question is the same.
    """

    def __init__(self, roster: RosterImport, earlier: dict[tuple[Place, int, str], str]) -> None:
        self._roster, self._earlier = roster, earlier
        self._outcome: dict[Place, str] = {}
        self._findings: Counter[bool] = Counter()
        self.sample: list[dict[str, str]] = []

    def keep(self, chunk: Chunk) -> None:
        """Write what a chunk brought."""
        findings = list(chunk.earlier)
        matches = []
        for entry, notes, match in chunk.rows:
            findings.extend(sorted(notes.findings, key=_column))
            self._outcome[entry.place] = outcome_of(notes, match)
            if match is not None and match.is_news and not notes.faulty:
                matches.append(self._row_of(match))
            elif self._outcome[entry.place] == ADD and len(self.sample) < SAMPLE:
                self.sample.append(as_shown(entry))
        self._write_findings(findings)
        RosterMatch.objects.bulk_create(matches, batch_size=500)
        self._repeated_above(chunk.earlier)

    def _write_findings(self, findings: Iterable[Finding]) -> None:
        rows = []
        for one in findings:
            self._findings[one.is_error] += 1
            rows.append(
                RosterFinding(
                    roster=self._roster,
                    sheet=one.place.sheet[:100],
                    row=one.place.row,
                    column=one.column,
                    title=one.title[:60],
                    value=one.value[:60],
                    problem=one.problem[:300],
                    remedy=one.remedy[:500],
                    is_error=one.is_error,
                )
            )
        RosterFinding.objects.bulk_create(rows, batch_size=500)

    def _row_of(self, match: Match) -> RosterMatch:
        place, person = match.entry.place, match.known.person
        choice = self._earlier.get((place, person.pk, match.ground.value), match.default.value)
        return RosterMatch(
            roster=self._roster,
            sheet=place.sheet,
            row=place.row,
            person=person,
            ground=match.ground,
            source=match.source,
            target=match.entry.branch[:100],
            name=match.entry.name,
            changes=[change.as_list() for change in match.changes],
            choice=choice,
        )

    def _repeated_above(self, earlier: list[Finding]) -> None:
        """Turn rows of earlier chunks that proved to be repeated into faulty ones."""
        for finding in earlier:
            self._outcome[finding.place] = FAULTY
            self._roster.matches.filter(sheet=finding.place.sheet, row=finding.place.row).delete()

    def counts(self) -> dict[str, int]:
        """Return the numbers of the preview."""
        outcomes = Counter(self._outcome.values())
        return {
            "rows": len(self._outcome),
            **{name: outcomes[name] for name in (ADD, UPDATE, TRANSFER, SAME, FAULTY)},
            "errors": self._findings[True],
            "hints": self._findings[False],
        }


def _column(finding: Finding) -> tuple[int, str]:
    return len(finding.column), finding.column


def outcome_of(notes: Notebook, match: Match | None) -> str:
    """Return what would become of a row if everything proposed were agreed to."""
    if notes.faulty:
        return FAULTY
    if match is None:
        return ADD
    if match.source is not None:
        return TRANSFER
    return UPDATE if match.is_news else SAME


def as_shown(entry: Entry) -> dict[str, str]:
    """Return an entry by column key as a page may show it, numbers masked."""
    return {
        "row": str(entry.place.row),
        "name": entry.name,
        "id_number": identity.mask_id(entry.id_number) if entry.id_number else "",
        "gender": entry.sex.label if entry.sex else "",
        "born": str(entry.birth or ""),
        "standing": entry.standing.label if entry.standing else "",
        "branch": entry.branch,
        "joined": str(entry.joined or ""),
        "full": str(entry.full or ""),
        "phone": identity.mask_phone(entry.phone) if entry.phone else "",
    }


def choices_of(roster: RosterImport) -> dict[tuple[Place, int, str], str]:
    """Return what has been chosen so far, by row, person and ground."""
    rows: Any = roster.matches.exclude(choice=Choice.OPEN).values_list(
        "sheet", "row", "person", "ground", "choice"
    )
    return {
        (Place(sheet, row), person, ground): choice for sheet, row, person, ground, choice in rows
    }
