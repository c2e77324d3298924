"""Where what is still to be done is written down: the next step beside each duty."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.work import rules
from zhengyou.work.models import DutyState, Enrolment, RecordKind
from zhengyou.work.survey import Line
from zhengyou.work.turns import Turn

if TYPE_CHECKING:
    from zhengyou.work.queries.body_page import Entry, Period


def way(actor: Actor, body: Organisation, turn: Turn, about: Ref | None = None) -> str:
    """Return the page on which ``actor`` writes down for ``body`` what ``turn`` asks for, "" where
    that is for others to do.

    Args:
        about: what was enrolled, where the duty is of that; it is linked from the start.
    """
    kinds = [RecordKind(kind) for kind in turn.terms.records]
    if RecordKind.REPORT in kinds:
        return ""  # has a page and rows of its own, as has a rota
    if about and (about.kind == "rota" or RecordKind.LOG_CHECK in kinds):
        page = "work:rota" if about.kind == "rota" else "work:post"
        return reverse(page, args=[about.uid])
    if RecordKind.DISCLOSURE in kinds:
        return laid_open(body) if rules.may_record(actor, body) else ""
    allowed = [kind for kind in kinds if rules.may_record_kind(actor, body, kind)]
    if len(allowed) != 1 and about is None:
        return reverse("work:choose", args=[body.uid]) if allowed else ""
    asked = f"?about={about}" if about else ""
    return reverse("work:new", args=[body.uid, allowed[0].value]) + asked if allowed else ""


def laid_open(body: Organisation) -> str:
    """Return the page on which ``body`` lays open what it must; the same in every house."""
    return f"/orgs/{body.uid}/disclosure/"


def lead_on(actor: Actor, body: Organisation, periods: Iterable["Period"]) -> None:
    """Say beside each period of today's page of ``body`` where it is written down; of what was
    enrolled beside each of it. One query at most."""
    periods = list(periods)
    about = _about(entry.line for period in periods for entry in period.entries)
    for period in periods:
        open_ = [entry for entry in period.entries if _wants(entry.line)]
        if not open_ or period.day != clock.today():
            continue
        if open_[0].line.subject.kind != "enrolment":
            period.way = way(actor, body, period.turn)
            continue
        for entry in open_:
            entry.way = way(actor, body, period.turn, about.get(entry.line.subject.pk))
        if len(period.entries) == 1:
            period.way = open_[0].way


def lead_on_own(actor: Actor, entries: Iterable["Entry"]) -> None:
    """The same on one's own page, for the body in which each is asked."""
    entries = [each for each in entries if each.day == clock.today() and _wants(each.line)]
    bodies = {body.pk: body for body in actor.memberships}
    if actor.hat:
        bodies[actor.hat.organisation.pk] = actor.hat.organisation
    about = _about(entry.line for entry in entries)
    for entry in entries:
        line = entry.line
        if line.body in bodies:
            ref = about.get(line.subject.pk) if line.subject.kind == "enrolment" else None
            entry.way = way(actor, bodies[line.body], line.turn, ref)


def _wants(line: Line) -> bool:
    return line.state in (DutyState.DUE, DutyState.OVERDUE, DutyState.WHENEVER)


def _about(lines: Iterable[Line]) -> dict[int, Ref]:
    pks = {line.subject.pk for line in lines if line.subject.kind == "enrolment"}
    return {row.pk: row.about for row in Enrolment.objects.filter(pk__in=pks)} if pks else {}
