"""A report as it reads: what the records say, with what people wrote in its place.

Untouched lines follow the records. A line that somebody wrote over keeps its words whatever
happens to the records; that they have changed is shown beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import models

from zhengyou import documents
from zhengyou.kernel import clock
from zhengyou.kernel.texts import count_characters
from zhengyou.people.models import Organisation
from zhengyou.ui.text import long_date
from zhengyou.work.drafting import Line, derived
from zhengyou.work.models import Report, ReportPoint, ReportSection


class LineStanding(models.TextChoices):
    """How a line of a report stands to the records."""

    RECORDED = "recorded", "按记录"
    EDITED = "edited", "改过"
    OVERTAKEN = "overtaken", "改过，记录又变了"
    OWN = "own", "自己写的"
    LEFT = "left", "不写"


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a report for the page.

    Args:
        line: what the records say now; None where they say nothing (any more).
        point: what people wrote, or what was laid down when it was sent.
    """

    section: ReportSection
    key: str
    line: Line | None
    point: ReportPoint | None

    @property
    def text(self) -> str:
        """How it reads."""
        if self.point and (self.point.text or self.line is None):
            return self.point.text
        return self.line.text if self.line else ""

    @property
    def now(self) -> str:
        """What the records say now; empty where nothing."""
        return self.line.text if self.line else ""

    @property
    def seen(self) -> int:
        """The number of the change that holds: who saw another was overtaken."""
        return self.point.revision if self.point else 0

    @property
    def carries(self) -> ReportPoint | None:
        """The point in which one is stuck since an earlier report."""
        return self.point.carries if self.point and self.point.carries_id else self._said_before

    @property
    def _said_before(self) -> ReportPoint | None:
        return self.line.carries if self.line else None

    @property
    def stuck(self) -> ReportPoint | None:
        """The point that stays open until it is solved, where this line is one that was sent."""
        if self.section != ReportSection.STUCK:
            return None
        if self.carries:
            return self.carries
        sent = self.point and self.point.report.first_sent_on
        return self.point if sent else None

    @property
    def standing(self) -> LineStanding:
        """How it stands to the records."""
        if self.point is None:
            return LineStanding.RECORDED
        if self.point.left_out:
            return LineStanding.LEFT
        if self.point.own:
            return LineStanding.OWN
        if self.point.was != self.now:
            return LineStanding.OVERTAKEN
        return LineStanding.EDITED

    @property
    def written(self) -> bool:
        """Whether it stands in the report."""
        return self.standing != LineStanding.LEFT


@dataclass(frozen=True, slots=True)
class Composed:
    """A whole report."""

    report: Report
    parts: tuple[Part, ...]

    def of(self, section: ReportSection) -> list[Part]:
        """Return the lines of a section that stand in the report."""
        return [part for part in self.parts if part.section == section and part.written]

    @property
    def left(self) -> list[Part]:
        """What is not written."""
        return [part for part in self.parts if not part.written]

    @property
    def count(self) -> int:
        """How many lines it has."""
        return sum(part.written for part in self.parts)

    @property
    def digest(self) -> str:
        """Tells whether it still reads as somebody has seen it."""
        lines = "\n".join(f"{p.section}\t{p.key}\t{p.text}" for p in self.parts if p.written)
        return sha256(lines.encode()).hexdigest()[:16]

    @property
    def content(self) -> dict[str, list[str]]:
        """The lines by section, for what is kept."""
        return {str(section): [part.text for part in self.of(section)] for section in ReportSection}

    @property
    def text(self) -> str:
        """The whole as plain text, as its record holds it."""
        return plain(self.content)

    def find(self, key: str) -> Part | None:
        """Return the line of that key."""
        return next((part for part in self.parts if part.key == key), None)


def plain(content: dict[str, list[str]]) -> str:
    """Return the lines of all sections as plain text."""
    said = []
    for section in ReportSection:
        lines = content.get(section, []) or ["无。"]
        said += [str(section.label), *(f"{n}．{line}" for n, line in enumerate(lines, 1))]
    return "\n".join(said)


def compose(report: Report) -> Composed:
    """Return ``report`` as it reads: as it was sent, or what the records say today with what was
    written over it."""
    points = list(report.points.select_related("carries__report", "report"))
    if report.settled:
        return Composed(report, tuple(_settled(points)))
    return Composed(report, tuple(_drafted(derived(report), points)))


def _settled(points: Sequence[ReportPoint]) -> Iterator[Part]:
    for section in ReportSection:
        for point in points:
            if point.section == section and not point.left_out:
                yield Part(section, point.key, None, point)


def _drafted(lines: Sequence[Line], points: Iterable[ReportPoint]) -> Iterator[Part]:
    written = {point.key: point for point in points}
    for section in ReportSection:
        for line in lines:
            if line.section == section:
                yield Part(section, line.key, line, written.pop(line.key, None))
        for point in list(written.values()):
            if point.section == section:
                yield Part(section, point.key, None, written.pop(point.key))


# --- on paper -----------------------------------------------------------------------------------
def document(whole: Composed) -> documents.Document:
    """Return a report as an official document; a draft says that it is one, a late one that it
    came late."""
    report = whole.report
    above = report.organisation if report.person_id else report.organisation.parent
    return documents.Document(
        title=report.title,
        addressee=documents.clean_text(above.name) if above else None,
        blocks=tuple(_blocks(whole)),
        signatory=_signatory(report),
        signed_on=report.first_sent_on or clock.today(),
        sealed=report.person_id is None,
        remark=None if report.settled else "草稿，还没有送出",
    )


def _blocks(whole: Composed) -> Iterator[documents.Block]:
    for section in ReportSection:
        yield documents.Heading(1, str(section.label))
        lines = whole.of(section)
        if not lines:
            yield documents.Paragraph("无。")
        for number, part in enumerate(lines, 1):
            first, *rest = documents.paragraphs(part.text)
            yield documents.Paragraph(f"{number}.{first.plain}")
            yield from rest
    if whole.report.late and whole.report.person_id is None:  # nobody is named late on paper
        sent, due = whole.report.first_sent_on, whole.report.due_on
        yield documents.Note(f"注：应在{long_date(due)}前送出，{long_date(sent)}送出，迟了。")


def _signatory(report: Report) -> str:
    body: Organisation = report.organisation
    return f"{body.name}　{report.person.name}" if report.person else body.name


def length(whole: Composed) -> tuple[int, str]:
    """Return 字数 and a warning where it is longer than a report should be, else ""."""
    warning = documents.length_warning(document(whole), "专项")
    return count_characters(whole.text), warning or ""
