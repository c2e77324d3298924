"""Bulletins as pages show them: the list, one with its articles, who has read, how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from zhengyou.climb.history import end_of
from zhengyou.inspections import rules as of_findings
from zhengyou.inspections.models import Finding, FindingKind, Reply, VisitState
from zhengyou.inspections.models.bulletin import (
    Bulletin,
    BulletinArticle,
    BulletinReading,
    BulletinState,
)
from zhengyou.inspections.rules import bulletins as rules
from zhengyou.inspections.tiers.measures.mending import MENDED, Stood, standing
from zhengyou.kernel import clock, paths, refs
from zhengyou.kernel.refs import Ref
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation, Placement
from zhengyou.people.queries.tree import names_of
from zhengyou.problems.models import Problem, ProblemState
from zhengyou.problems.queries.of_source import BADGES as PROBLEM_BADGES

BADGES = {
    BulletinState.DRAFT: "todo", BulletinState.SUBMITTED: "wait", BulletinState.RETURNED: "back",
    BulletinState.APPROVED: "doing", BulletinState.PUBLISHED: "done", BulletinState.REPLACED: "off",
}  # fmt: skip
LINES = 30
HEADS = (
    (FindingKind.PRAISE, "做得好的"),
    (FindingKind.CRITICISM, "要改的"),
    (FindingKind.NOTE, "要注意的"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A bulletin in the list."""

    bulletin: Bulletin
    unread: bool

    @property
    def badge(self) -> tuple[str, str]:
        """Kind and words."""
        state = BulletinState(self.bulletin.state)
        return ("due", "待签收") if self.unread else (BADGES[state], str(state.label))


def list_page(actor: Actor, number: str | None) -> Page[Line]:
    """Return the bulletins that exist for ``actor``, the newest first. Three queries."""
    rows = Bulletin.objects.filter(rules.visible_bulletins(actor)).select_related(
        "organisation", "scope"
    )
    page: Any = Paginator(rows.order_by("-drafted_at", "-pk"), LINES).get_page(number)
    waiting = set(unread(actor).values_list("pk", flat=True))
    page.object_list = [Line(row, row.pk in waiting) for row in page.object_list]
    return page  # type: ignore[no-any-return]


def unread(actor: Actor) -> QuerySet[Bulletin]:
    """Return what the hat's body is still to sign for."""
    hat = actor.hat
    if actor.person is None or hat is None or hat.role not in rules.READERS:
        return Bulletin.objects.none()
    body = hat.organisation
    about = BulletinArticle.objects.filter(bulletin=OuterRef("pk"), organisation=body)
    to_us = Q(Exists(about))
    if body.kind in rules.SIGNING:
        line = [*paths.ancestors(body.path), body.path]
        to_us |= Q(scope__path__in=line, published_on__gte=body.founded_on)
    signed = BulletinReading.objects.filter(bulletin=OuterRef("pk"), organisation=body)
    return Bulletin.objects.filter(
        to_us, ~Q(organisation=body), ~Exists(signed), state=BulletinState.PUBLISHED
    )


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """One bulletin: its articles under heads."""

    bulletin: Bulletin
    parts: Sequence[tuple[str, list[BulletinArticle]]]
    badge: tuple[str, str]
    later: Bulletin | None
    said: str

    @property
    def before(self) -> int:
        """Which version it corrects."""
        return self.bulletin.version - 1


def articles_of(bulletin: Bulletin) -> list[BulletinArticle]:
    """Return the articles with findings and bodies. One query."""
    return list(bulletin.articles.select_related("finding__visit__inspection", "organisation"))


def bulletin_page(bulletin: Bulletin) -> BulletinPage:
    """Return what the page of a bulletin shows. Three queries."""
    rows = articles_of(bulletin)
    parts = [(head, [row for row in rows if row.kind == kind]) for kind, head in HEADS]
    state = BulletinState(bulletin.state)
    later = Bulletin.objects.filter(corrects=bulletin, published_on__isnull=False).first()
    last = bulletin.decisions.order_by("-decided_at", "-pk").first()
    said = last.reason if last and state == BulletinState.RETURNED else ""
    shown = [(head, own) for head, own in parts if own]
    return BulletinPage(bulletin, shown, (BADGES[state], str(state.label)), later, said)


def choosable(actor: Actor, body: Organisation, bulletin: Bulletin | None) -> list[Finding]:
    """Return the findings of the inspections of ``body`` that may be told, the newest first; those
    that stand in ``bulletin`` left out. One query."""
    rows = Finding.objects.filter(
        of_findings.visible_findings(actor), visit__state=VisitState.HANDED,
        visit__inspection__organisation=body,
    ).select_related("visit__inspection", "visit__organisation")  # fmt: skip
    if bulletin is not None:
        rows = rows.exclude(articles__bulletin=bulletin)
    return list(rows.order_by("-visit__handed_on", "visit__organisation__path", "pk")[:300])


# --- who has read ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Receipt:
    """A body to which it goes; ``read_on`` None: not read by that day."""

    name: str
    read_on: date | None
    hat: str = ""


def receipts(bulletin: Bulletin, day: date) -> list[Receipt]:
    """Return to whom it goes and who had read by ``day``, in the order of the tree. Four queries,
    however many bodies."""
    assert bulletin.published_on is not None  # only what is out is read
    about = set(bulletin.articles.values_list("organisation_id", flat=True))
    placed = Placement.objects.on(day).filter(
        Q(paths.within("path", bulletin.scope.path), organisation__kind__in=rules.SIGNING,
          organisation__founded_on__lte=bulletin.published_on) | Q(organisation__in=about)
    ).exclude(organisation=bulletin.organisation_id)  # fmt: skip
    bodies = list(placed.order_by("path").values_list("organisation", flat=True))
    signed = {row.organisation_id: row for row in bulletin.readings.filter(read_on__lte=day)}
    names = names_of(day, bodies)
    return [
        Receipt(names.get(pk, ""), signed[pk].read_on if pk in signed else None,
                signed[pk].hat if pk in signed else "")
        for pk in bodies
    ]  # fmt: skip


# --- how far it is --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Follow:
    """How far the mending of one criticism is."""

    body: str
    text: str
    deadline: date | None
    kind: str
    label: str
    mended: bool
    title: str = ""
    url: str = ""
    reply: str = ""


def follow_up(bulletin: Bulletin, day: date, actor: Actor) -> list[Follow]:
    """Return, derived from problems and replies, how far each criticism was on ``day``. Whoever is
    not of the issuer sees the own bodies only. A bounded number of queries."""
    rows = [row for row in articles_of(bulletin) if row.kind == FindingKind.CRITICISM]
    if not rules.may_follow(actor, bulletin):
        rows = [row for row in rows if _own(actor, row.organisation)]
    uids = [row.finding.uid for row in rows]
    raised: dict[Any, list[Stood]] = {}
    for problem in standing(Q(source_kind="finding", source_uid__in=uids), day):
        raised.setdefault(problem.source, []).append(problem)
    links = refs.resolve_all({Ref("problem", p.uid) for ps in raised.values() for p in ps}, actor)
    said = _replies([row.finding_id for row in rows], day)
    return [_follow(row, raised.get(row.finding.uid, []), links, said, day) for row in rows]


def _own(actor: Actor, body: Organisation) -> bool:
    return actor.holds(body.path, rules.READERS) or actor.belongs_to(body.path)


def _replies(findings: Sequence[int], day: date) -> dict[int, str]:
    rows = Reply.objects.filter(finding__in=findings, at__lt=end_of(day)).order_by("at", "pk")
    return {row.finding_id: row.text for row in rows}


def _follow(
    row: BulletinArticle, problems: list[Stood], links: Any, said: dict[int, str], day: date
) -> Follow:
    """Return one row: of several problems the one that is least far."""
    mended = bool(problems) and all(each.mended for each in problems)
    late = row.deadline is not None and row.deadline < day and not mended
    least = next((each for each in problems if not each.mended), problems[0] if problems else None)
    kind, label = "todo", "还没有列为问题"
    title = url = ""
    if least is not None:
        state = ProblemState(least.state)
        kind, label = PROBLEM_BADGES[state], str(state.label)
        target = links.get(Ref("problem", least.uid))
        if target and target.visible:
            title, url = target.title, target.url
    if late:
        kind, label = "late", f"过期，{label}"
    return Follow(row.organisation.name, row.words, row.deadline, kind, label, mended, title, url,
                  said.get(row.finding_id, ""))  # fmt: skip


def unmended(body: Organisation) -> QuerySet[BulletinArticle]:
    """Return the criticism in what ``body`` published whose day is over without being mended."""
    raised = Problem.objects.filter(source_kind="finding", source_uid=OuterRef("finding__uid"))
    open_ones = Q(~Exists(raised)) | Q(Exists(raised.exclude(state__in=MENDED)))
    return BulletinArticle.objects.filter(
        open_ones, kind=FindingKind.CRITICISM, deadline__lt=clock.today(),
        bulletin__organisation=body, bulletin__state=BulletinState.PUBLISHED,
    )  # fmt: skip
