"""Read models of the pages of reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse

from zhengyou.climb.models import Answer
from zhengyou.kernel import clock, paths
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Role
from zhengyou.ui.text import long_date, short_date
from zhengyou.work import owing
from zhengyou.work.composing import Composed, LineStanding, Part, compose, length
from zhengyou.work.models import (
    DutyTerms,
    Report,
    ReportDecision,
    ReportSection,
    ReportState,
    ReportVersion,
)
from zhengyou.work.owing import Owed
from zhengyou.work.rules import reporting as rules
from zhengyou.work.survey import begun

PAGE = 30
BADGES = {
    ReportState.DRAFT: "doing",
    ReportState.SENT: "wait",
    ReportState.RETURNED: "back",
    ReportState.ACKNOWLEDGED: "done",
}
"""State badges of the kit."""
PLACEHOLDERS = {
    ReportSection.DONE: "记录里没有的，自己加一条",
    ReportSection.STUCK: "卡在哪里，缺什么，要谁帮",
    ReportSection.NEXT: "接下来要做的事，一件一条",
}
LINES = {
    LineStanding.EDITED: ("doing", "改过"),
    LineStanding.OVERTAKEN: ("due", "改过，记录又变了"),
    LineStanding.OWN: ("doing", "自己写的"),
}
"""Badges of lines; what says what the records say has none."""


def loaded(rows: QuerySet[Report]) -> QuerySet[Report]:
    """Return reports with what pages name of them."""
    return rows.select_related("duty__campaign", "organisation__parent", "person", "sent_by")


# --- rows of lists ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Row:
    """A report, or one that nobody has begun, in a list."""

    kind: str
    label: str
    title: str
    why: str
    url: str
    button: str
    post: bool = False
    start: str = ""
    person: str = ""


def row_of(report: Report, above: bool = False) -> Row:
    """Return a report as a row of a list; ``above``: of bodies below: nobody is named late."""
    state = ReportState(report.state)
    when = f"{long_date(report.first_sent_on)}送出" if report.first_sent_on else "还没有送出"
    told = report.late and not (above and report.person_id)
    late = f"，迟了（应在{short_date(report.due_on)}前）" if told else ""
    return Row(
        BADGES[state],
        str(state.label),
        report.title,
        f"{when}{late}",
        reverse("work:report", args=[report.uid]),
        "接着写" if not report.settled else "看汇报",
    )


def _missing(owed: Owed) -> Row:
    """Return a report that nobody has begun as a row."""
    over, turn = owed.turn.is_over(clock.today()), owed.turn
    by = "适时写，不算过期" if turn.anytime else f"{short_date(turn.closes)}前送出"
    return Row(
        "late" if over and not turn.anytime else "todo",
        "过期没写" if over and not turn.anytime else "没写",
        owed.title,
        by,
        reverse("work:begin_report", args=[owed.duty.uid, owed.body.uid]),
        "写汇报",
        True,
        turn.start.isoformat(),
        str(owed.person.uid) if owed.person else "",
    )


def due_rows(owed: Iterable[Owed]) -> list[Row]:
    """Return of what is asked the reports that were not sent, begun or not. One query."""
    rows = list(owed)
    found, done = [], owing.done_otherwise(rows)
    for each, reports in owing.reports_for(rows).items():
        found += [row_of(report) for report in reports if not report.settled]
        if (
            each not in done
            and owing.asks_more(each.turn, reports)
            and not (each.turn.anytime and reports)
        ):
            found.append(_missing(each))
    return found


# --- my page ------------------------------------------------------------------------------------
def my_page(actor: Actor) -> dict[str, Any]:
    """Return what ``actor`` has to write, what waits to be read, and what was sent last."""
    owed = owing.by_person(actor.person, owing.recent) if actor.person else []
    body = actor.hat.organisation if actor.hat else None
    if body is not None and rules.may_write_for(actor, body, None):
        owed += owing.by_body(body, owing.recent)
    wait = loaded(Report.objects.filter(rules.answered_by(actor), state=ReportState.SENT))
    mine = Report.objects.filter(person=actor.person) if actor.person else Report.objects.none()
    if body is not None:
        mine |= Report.objects.filter(organisation=body, person=None)
    seen = mine.filter(rules.visible_reports(actor), first_sent_on__isnull=False)
    return {
        "due": due_rows(owed),
        "waiting": [
            row_of(row, above=row.organisation != body) for row in wait.order_by("sent_at")[:PAGE]
        ],
        "sent": [row_of(row) for row in loaded(seen).order_by("-since", "-pk")[:PAGE]],
        "body": body,
    }


def body_page(actor: Actor, body: Organisation, below: bool, number: str | None) -> dict[str, Any]:
    """Return the reports of ``body`` and of persons in it, or of the bodies below it."""
    own = Report.objects.filter(organisation=body)
    under = Report.objects.filter(paths.within("organisation__path", body.path)).exclude(
        organisation=body
    )
    seen = rules.visible_reports(actor)
    url = reverse("work:body_reports", args=[body.uid])
    rows = (under if below else own).filter(seen)
    page = Paginator(rows.order_by("-since", "-pk").values_list("pk", flat=True), PAGE)
    sheet = page.get_page(number)
    found = loaded(Report.objects.filter(pk__in=list(sheet.object_list)))
    return {
        "page": sheet,
        "rows": [row_of(row, below) for row in found.order_by("-since", "-pk")],
        "segments": [
            {"title": "本组织", "url": url, "current": not below, "count": None},
            {"title": "下面的组织", "url": f"{url}?below=1", "current": below, "count": None},
        ],
        "missing": _unwritten(actor, body) if not below else [],
    }


def _unwritten(actor: Actor, body: Organisation) -> list[Row]:
    """Return, for who writes them, all periods of the body without a report, the latest first."""
    if not rules.may_write_for(actor, body, None):
        return []
    owed = owing.by_body(body, begun)
    rows, done = owing.reports_for(owed), owing.done_otherwise(owed)
    missing = [each for each in reversed(owed) if not rows[each] and each not in done]
    return [_missing(each) for each in missing[:PAGE]]


# --- one report ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LineView:
    """A line of a report on its page."""

    part: Part
    badge: tuple[str, str] | None
    edit_url: str
    point_url: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One of the three questions with its lines."""

    section: ReportSection
    lines: list[LineView]
    placeholder: str
    form_key: str

    @property
    def field_id(self) -> str:
        """Of the box in which a line is added."""
        return f"add-{self.section}"


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report for the one who looks at it."""

    report: Report
    whole: Composed
    sections: list[SectionView]
    left: list[LineView]
    badge: tuple[str, str]
    facts: list[tuple[str, str]]
    decisions: list[tuple[ReportDecision, bool]]
    versions: list[ReportVersion]
    length: tuple[int, str]
    late: bool
    above: str
    public: bool
    hint: str
    may_write: Verdict
    may_send: Verdict
    may_take_back: Verdict
    may_answer: Verdict
    may_correct: Verdict

    @property
    def returned(self) -> str:
        """Why it was returned, as long as it is to be mended."""
        last = self.decisions[0] if self.decisions else None
        back = self.report.state == ReportState.RETURNED and last is not None
        return last[0].reason if back and last else ""

    @property
    def writes(self) -> bool:
        """Whether the page is for writing."""
        return bool(self.may_write)


def report_page(actor: Actor, report: Report) -> ReportPage:
    """Return all that the page of ``report`` shows."""
    whole = compose(report)
    may_write, may_correct = rules.may_write(actor, report), rules.may_correct(actor, report)
    edits = bool(may_write or may_correct)
    state = ReportState(report.state)
    inside = rules.may_write_for(actor, report.organisation, report.person)
    answers, terms = rules.may_answer(actor, report), _terms(report)
    late = report.late and not (report.person_id and _looks_down(actor, report))
    return ReportPage(
        report=report,
        whole=whole,
        sections=[_section(report, whole, section, edits) for section in ReportSection],
        left=[_line(report, part, edits) for part in whole.left],
        badge=(BADGES[state], str(state.label)),
        facts=_facts(report, late),
        late=late,
        decisions=[
            (row, row.answer == Answer.RETURN)
            for row in report.decisions.select_related("decided_by").order_by("-pk")
        ],
        versions=list(report.versions.select_related("by")) if inside or answers else [],
        length=length(whole),
        above=_above(report),
        public=bool(terms and terms.publish),
        hint=terms.hint if terms else "",
        may_write=may_write,
        may_send=rules.may_send(actor, report),
        may_take_back=rules.may_take_back(actor, report),
        may_answer=answers,
        may_correct=may_correct,
    )


def _section(report: Report, whole: Composed, section: ReportSection, edits: bool) -> SectionView:
    lines = [_line(report, part, edits) for part in whole.of(section)]
    return SectionView(section, lines, PLACEHOLDERS[section], str(uuid4()))


def _line(report: Report, part: Part, edits: bool) -> LineView:
    point = part.stuck
    badge = None if report.settled else LINES.get(part.standing)
    return LineView(
        part,
        badge,
        reverse("work:report_line", args=[report.uid, part.key]) if edits else "",
        reverse("work:point", args=[point.uid]) if point else "",
    )


def _looks_down(actor: Actor, report: Report) -> bool:
    """Whether somebody reads it from above the body: that a person was late is not told there."""
    own = actor.is_person(report.person)
    return not own and actor.holds_above(report.organisation.path, list(Role))


def _facts(report: Report, late: bool) -> list[tuple[str, str]]:
    facts = [
        ("哪几天", f"{short_date(report.since)}到{short_date(report.last)}"),
        ("最晚", short_date(report.due_on)),
    ]
    if report.first_sent_on:
        words = "，迟了" if late else ""
        facts.append(("送出", f"{short_date(report.first_sent_on)}{words}"))
    if report.sent_by and report.settled:
        mark = "（代录）" if report.by_hand else ""
        facts.append(("谁送的", f"{report.sent_hat} {report.sent_by.name}{mark}"))
    if report.published_on:
        facts.append(("公开", short_date(report.published_on)))
    return facts


def _above(report: Report) -> str:
    """Return who gets it, in words."""
    if report.person_id:
        return report.organisation.name
    above = report.organisation.parent
    return above.name if above else "本级的书记、副书记、活动办"


def _terms(report: Report) -> DutyTerms | None:
    """Return the terms that its period was asked by."""
    return report.duty.terms.filter(since__lte=report.last).order_by("-since").first()
