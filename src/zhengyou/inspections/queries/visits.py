"""One visit, what was found there, and what a body sees of all that was found with it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from zhengyou.files.models import Attachment
from zhengyou.files.queries import attachments_of
from zhengyou.inspections import rules
from zhengyou.inspections.actions.visits import FREE, latest
from zhengyou.inspections.checklist import Item
from zhengyou.inspections.models import Finding, FindingKind, Grade, Reply, Sheet, Visit
from zhengyou.inspections.queries.inspections import FINDING_BADGES
from zhengyou.kernel import onward
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation

PER_PAGE = 30
GRADE_BADGES = {Grade.YES: "done", Grade.PARTLY: "doing", Grade.NO: "due", Grade.NONE: "off"}


@dataclass(frozen=True, slots=True)
class Answered:
    """What one inspector says to one item."""

    badge: str
    grade: str
    words: str
    who: str


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as a row."""

    finding: Finding
    badge: str
    kind: str
    about: str
    reply: Reply | None


@dataclass(slots=True)
class VisitPage:
    """What the page of a visit shows.

    Args:
        answers: the items with what inspectors say to each; for the team and the planners.
        older: forms that were sent and written on since; nothing of them is lost.
    """

    visit: Visit
    findings: list[Found]
    answers: list[tuple[Item, list[Answered]]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    older: list[Sheet] = field(default_factory=list)
    open_items: int = 0


def visit_page(actor: Actor, visit: Visit, inside: bool) -> VisitPage:
    """Return the page. A fixed number of queries.

    Args:
        inside: whether answers and notes of the team are shown.
    """
    page = VisitPage(visit, found_in(visit))
    if not inside:
        return page
    sheets = latest(visit)
    kept = {sheet.pk for sheet in sheets}
    page.older = [sheet for sheet in visit.sheets.select_related("by") if sheet.pk not in kept]
    page.answers = [(item, _answers(item.code, sheets)) for item in visit.inspection.checklist]
    page.notes = [(sheet.by.name, sheet.note) for sheet in sheets if sheet.note]
    page.open_items = sum(not any(row.grade for row in rows) for _, rows in page.answers)
    return page


def _answers(code: str, sheets: Iterable[Sheet]) -> list[Answered]:
    found = []
    for sheet in sheets:
        said = sheet.answers.get(code)
        if said and (said["grade"] or said["words"]):
            grade = Grade(said["grade"]) if said["grade"] else None
            found.append(
                Answered(
                    GRADE_BADGES[grade] if grade else "todo",
                    str(grade.label) if grade else "", said["words"], sheet.by.name,
                )
            )  # fmt: skip
    return found


def older_words(sheet: Sheet, items: Iterable[Item]) -> list[tuple[str, str]]:
    """Return what stood on a form that was written on since: where, and the words."""
    names = {item.code: item.what for item in items}
    names |= dict.fromkeys(FREE, "另外看到的")
    return [(names.get(slot, slot), said["words"]) for slot, said in sheet.answers.items()
            if said["words"]]  # fmt: skip


# --- findings -----------------------------------------------------------------------------------
_WITH = Prefetch("replies", queryset=Reply.objects.select_related("by").order_by("-at", "-pk"))


def found_in(visit: Visit) -> list[Found]:
    """Return the findings of a visit, criticism first. Two queries."""
    rows = visit.findings.prefetch_related(_WITH)
    items = {item.code: item.what for item in visit.inspection.checklist}
    found = [found_row(row, items) for row in rows]
    return sorted(found, key=lambda row: _ORDER[FindingKind(row.finding.kind)])


_ORDER = {FindingKind.CRITICISM: 0, FindingKind.PRAISE: 1, FindingKind.NOTE: 2}


def found_row(row: Finding, items: dict[str, str]) -> Found:
    """Return a finding as a row; its replies were fetched, the newest first."""
    kind = FindingKind(row.kind)
    replies = list(row.replies.all())
    return Found(row, FINDING_BADGES[kind], str(kind.label), items.get(row.item, ""),
                 replies[0] if replies else None)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FindingPage:
    """What the page of a finding shows."""

    finding: Finding
    about: str
    badge: str
    replies: list[Reply]
    photos: list[Attachment]
    things: onward.Onward
    remarks: list[dict[str, Any]]


def finding_page(actor: Actor, finding: Finding) -> FindingPage:
    """Return the page."""
    replies = list(finding.replies.select_related("by"))
    items = {item.code: item.what for item in finding.visit.inspection.checklist}
    remarks = [
        {"who": finding.visit.organisation.name, "role": row.hat, "when": row.at, "text": row.text}
        for row in replies
    ]
    return FindingPage(
        finding, items.get(finding.item, ""), FINDING_BADGES[FindingKind(finding.kind)], replies,
        attachments_of(finding.ref), onward.of(finding.ref, actor), remarks,
    )  # fmt: skip


def of_body(actor: Actor, body: Organisation) -> QuerySet[Visit]:
    """Return the visits of a body that were handed over and exist for ``actor``, newest first."""
    rows = Visit.objects.filter(rules.visible_visits(actor), organisation=body, state="handed")
    return rows.select_related("inspection__organisation", "organisation").order_by(
        "-handed_on", "-pk"
    )


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A visit as the body sees it: how many findings, how many of them it has replied to."""

    visit: Visit
    praise: int
    criticism: int
    unanswered: int


def body_page(
    actor: Actor, body: Organisation, number: str
) -> tuple[Page[Visit], list[BodyLine]]:  # fmt: skip
    """Return a page of what inspections found with a body. Three queries whatever it holds."""
    page = Paginator(of_body(actor, body), PER_PAGE).get_page(number)
    keys = [visit.pk for visit in page]
    found: dict[int, list[Finding]] = {}
    for row in Finding.objects.filter(visit__in=keys).prefetch_related("replies"):
        found.setdefault(row.visit_id, []).append(row)
    return page, [_body_line(visit, found.get(visit.pk, [])) for visit in page]


def _body_line(visit: Visit, rows: list[Finding]) -> BodyLine:
    blamed = [row for row in rows if row.kind == FindingKind.CRITICISM]
    return BodyLine(
        visit, sum(row.kind == FindingKind.PRAISE for row in rows), len(blamed),
        sum(not row.replies.all() for row in blamed),
    )  # fmt: skip
