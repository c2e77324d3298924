"""What pages, the desk and papers show of the documents of superiors."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from zhengyou.campaigns import receiving, rules
from zhengyou.campaigns.models import (
    Campaign,
    Citation,
    Directive,
    Passing,
    Plan,
    Study,
    passed_to,
    received_by,
)
from zhengyou.campaigns.queries.buttons import Button
from zhengyou.campaigns.queries.history import StoryLine, story_of
from zhengyou.files.models import Attachment
from zhengyou.files.queries import attachments_of
from zhengyou.kernel import clock, paths
from zhengyou.kernel.errands import Errand
from zhengyou.kernel.verdict import Verdict
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.ui.text import short_date

SOON, MOST, PAGE = 7, 5, 50
"""Days in which something counts as due; documents on the desk one by one; rows of a page."""


@dataclass(frozen=True, slots=True)
class Received:
    """A document as one body has it."""

    directive: Directive
    since: date  # when it came
    source: str  # from whom: whoever passed it, or nothing where it was entered here
    study_by: date | None
    study: Study | None
    asked: bool  # whether it came from above and waits to be studied

    @property
    def badge(self) -> tuple[str, str]:
        """State badge and words."""
        if not self.directive.in_force:
            return "off", "已撤下"
        if self.study:
            return "done", "学过了"
        if not self.asked:
            return "todo", "没登记"
        return _by(self.study_by)

    @property
    def why(self) -> str:
        """Number, issuer and who passed it down, in a line."""
        row = self.directive
        came = f"{self.source}转发" if self.source else ""
        return "，".join(filter(None, [row.number, row.issuer_name, came]))


def inbox(body: Organisation, number: Any = 1) -> Page[Received]:
    """Return the documents of ``body``, latest first. Four queries, however many there are."""
    page = Paginator(_with_passings(received_by(body), body), PAGE).get_page(number)
    studies = {
        row.directive_id: row
        for row in Study.objects.filter(organisation=body, directive__in=[d.pk for d in page])
    }
    rows = [_received(row, body, studies.get(row.pk)) for row in page]
    return Page(rows, page.number, page.paginator)  # type: ignore[arg-type]


def _with_passings(found: Q, body: Organisation) -> QuerySet[Directive]:
    here = Passing.objects.filter(passed_to(body)).select_related("by").distinct()
    return (
        Directive.objects.filter(found)
        .select_related("organisation")
        .prefetch_related(Prefetch("passings", here, to_attr="here"))
    )


def _received(directive: Directive, body: Organisation, study: Study | None) -> Received:
    passings: list[Passing] = directive.here  # type: ignore[attr-defined]
    own = directive.organisation_id == body.pk
    asked = [row for row in passings if not row.to_all or row.passed_on >= body.founded_on]
    days = [row.study_by for row in asked if row.study_by]
    if directive.study_by:
        days.append(directive.study_by)
    return Received(
        directive=directive,
        since=directive.received_on if own or not passings else passings[0].passed_on,
        source="" if own or not passings else passings[0].by.name,
        study_by=min(days, default=None),
        study=study,
        asked=bool(asked) and not own,
    )


def _by(last: date | None) -> tuple[str, str]:
    """Return badge and words of what is to be studied; without a day it is never overdue."""
    if last is None:
        return "todo", "要传达学习"
    left = (last - clock.today()).days
    if left < 0:
        return "late", f"过期 {-left} 天"
    if left <= SOON:
        return "due", "今天到期" if not left else f"还有 {left} 天"
    return "todo", "要传达学习"


# --- the desk -----------------------------------------------------------------------------------
def to_study(actor: Actor) -> list[Errand]:
    """Return what was passed down to the hat's body and is not studied yet. Two queries."""
    if actor.hat is None or actor.hat.role not in rules.WRITERS:
        return []
    body = actor.hat.organisation
    waiting = Q(pk__in=Passing.objects.filter(passed_to(body)).values("directive"))
    found = _with_passings(waiting & Q(withdrawn_at__isnull=True), body)
    studied = Study.objects.filter(organisation=body).values("directive")
    rows = [_received(row, body, None) for row in found.exclude(pk__in=studied)]
    asked = sorted((row for row in rows if row.asked), key=lambda row: row.study_by or date.max)
    errands = [_errand(row) for row in asked[:MOST]]
    return [*errands, _rest(len(asked) - MOST)] if len(asked) > MOST else errands


def _errand(row: Received) -> Errand:
    kind, label = row.badge
    return Errand(
        kind=kind,
        label=label,
        title=f"传达学习{row.directive}",
        why=f"{row.source}转发，学过了登记哪天、怎么学的",
        when=f"{short_date(row.study_by)}前" if row.study_by else "",
        url=reverse("campaigns:directive", args=[row.directive.uid]),
        button="去看",
        due=row.study_by,
    )


def _rest(count: int) -> Errand:
    return Errand(
        kind="todo",
        label="要传达学习",
        title=f"还有 {count} 份文件没有登记传达学习",
        why="都在收文里",
        when="",
        url=reverse("campaigns:inbox"),
        button="去看",
    )


# --- one document -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class StudyRow:
    """One body that was asked to study, and whether it has."""

    name: str
    above: str
    studied_on: date | None
    how: str


@dataclass(frozen=True, slots=True)
class Studies:
    """Who has studied and who has not, within what the actor oversees."""

    total: int
    done: int
    page: Page[Any]
    rows: list[StudyRow]
    state: str

    @property
    def segments(self) -> list[dict[str, Any]]:
        """The choice between all, done and not yet."""
        left = self.total - self.done
        rows = (("", "全部", self.total), ("done", "学过了", self.done), ("todo", "还没有", left))
        return [
            {"title": title, "count": count, "current": value == self.state,
             "url": f"?state={value}#studies" if value else "?#studies"}
            for value, title, count in rows
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DirectivePage:
    """One document as ``actor`` sees it."""

    facts: list[tuple[str, object]]
    files: list[Attachment]
    passings: list[Passing]
    own: Received | None  # as the hat's body has it
    may_study: Verdict
    buttons: list[Button]
    studies: Studies | None
    story: list[StoryLine] = field(default_factory=list)


def directive_page(
    actor: Actor, directive: Directive, *, state: str = "", number: Any = 1
) -> DirectivePage:
    """Return what the document's page shows.

    Args:
        state: of the list of bodies: "", done, todo; number: its page.
    """
    body = actor.hat.organisation if actor.hat else None
    top = receiving.studies_top(actor)
    keeps = bool(receiving.may_edit_directive(actor, directive))
    return DirectivePage(
        facts=_facts(directive),
        files=attachments_of(directive.ref),
        passings=list(directive.passings.select_related("by").prefetch_related("chosen")),
        own=_own(directive, body) if body else None,
        may_study=receiving.may_mark_studied(actor, directive),
        buttons=_buttons(actor, directive) if directive.in_force else [],
        studies=_studies(directive, body, top, state, number),
        story=story_of(directive.ref) if keeps else [],
    )


def _facts(directive: Directive) -> list[tuple[str, object]]:
    def day(given: date | None) -> str:
        return f"{given.year}年{given.month}月{given.day}日" if given else ""

    return [
        ("文号", directive.number),
        ("发文机关", directive.issuer_name),
        ("成文日期", day(directive.issued_on)),
        ("收文", f"{directive.organisation.name}，{day(directive.received_on)}"),
        ("要求学习", f"{day(directive.study_by)}前" if directive.study_by else "没有定日期"),
    ]


def _own(directive: Directive, body: Organisation) -> Received | None:
    found = _with_passings(received_by(body), body).filter(pk=directive.pk).first()
    if found is None:
        return None
    return _received(found, body, found.studies.filter(organisation=body).first())


def _buttons(actor: Actor, directive: Directive) -> list[Button]:
    def to(name: str) -> str:
        return reverse(f"campaigns:{name}", args=[directive.uid])

    found = [("转发", "pass_directive", receiving.may_pass(actor, directive))]
    found.append(("改", "edit_directive", receiving.may_edit_directive(actor, directive)))
    found.append(("撤下", "withdraw_directive", receiving.may_withdraw_directive(actor, directive)))
    return [Button(label, to(name), verdict) for label, name, verdict in found if verdict]


def _studies(
    directive: Directive, body: Organisation | None, top: str | None, state: str, number: Any
) -> Studies | None:
    """Return who has studied below the hat's body; of itself alone there is no list."""
    found = studies_of(directive, top, state, number) if top else None
    alone = (
        found is not None
        and found.total == 1
        and [row.name for row in found.rows] == [body.name if body else ""]
    )
    return None if alone else found


def studies_of(directive: Directive, top: str, state: str, number: Any) -> Studies | None:
    """Return who within ``top`` was asked to study and has or has not; None: nobody was asked."""
    asked = Q(pk__in=[])
    for passing in directive.passings.select_related("by"):
        asked |= passing.asked()
    within = paths.within("path", top)
    bodies = Organisation.objects.filter(asked, within).select_related("parent")
    total = bodies.count()
    if not total:
        return None
    studied = Study.objects.filter(directive=directive)
    done = bodies.filter(pk__in=studied.values("organisation"))
    shown = {"done": done, "todo": bodies.exclude(pk__in=studied.values("organisation"))}
    page = Paginator(shown.get(state, bodies).order_by("path"), PAGE).get_page(number)
    by_body = {row.organisation_id: row for row in studied.filter(organisation__in=list(page))}
    return Studies(
        total=total,
        done=done.count(),
        page=page,
        rows=[_study_row(body, by_body.get(body.pk)) for body in page],
        state=state if state in shown else "",
    )


def _study_row(body: Organisation, study: Study | None) -> StudyRow:
    return StudyRow(
        name=body.name,
        above=body.parent.name if body.parent else "",
        studied_on=study.studied_on if study else None,
        how=study.how if study else "",
    )


# --- what a campaign or a plan rests on ---------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Ground:
    """One 依据 in words: a document, or a line of the blueprint."""

    words: str
    uid: str = ""  # of the document
    withdrawn: bool = False


def basis_of(owner: Campaign | Plan) -> list[Ground]:
    """Return what a campaign or a plan rests on. One query."""
    key = {"plan": owner} if isinstance(owner, Plan) else {"campaign": owner}
    cited = Citation.objects.filter(**key).select_related("directive").order_by("order", "pk")
    found = [
        Ground(words_of(row.directive), str(row.directive.uid), not row.directive.in_force)
        for row in cited
    ]
    if isinstance(owner, Campaign):
        found += [Ground(words) for words in owner.basis]
    return found


def words_of(directive: Directive) -> str:
    """Return ``县教育局党委《…通知》（县教党〔2026〕12号）``, as papers cite it."""
    return f"{directive.issuer_name}{directive}"


def choices(body: Organisation, kept: list[int]) -> list[Directive]:
    """Return the documents that ``body`` may cite, those cited already (``kept``) among them."""
    may = received_by(body) & Q(withdrawn_at__isnull=True)
    return list(Directive.objects.filter(may | Q(pk__in=kept)).order_by("-issued_on", "pk"))
