"""Begin a report, send it up, take it back, answer it, correct what was sent."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from zhengyou.climb.models import Answer
from zhengyou.kernel import clock, states
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import count_characters, tidy
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.work import owing
from zhengyou.work.composing import Composed, compose, plain
from zhengyou.work.crediting import credit
from zhengyou.work.models import (
    Part,
    Participant,
    Record,
    RecordKind,
    RecordLink,
    RecordState,
    RecordVersion,
    Report,
    ReportDecision,
    ReportPoint,
    ReportVersion,
)
from zhengyou.work.rules import reporting as rules

LONGEST = 1000
"""Characters of a line, a word or a reason at most."""
CHANGED = "您打开以后这份汇报又变了（有人改过，或者记录里有了新的）。请看过现在的样子再送。"


def begin(actor: Actor, owed: owing.Owed) -> Report:
    """Begin the report that is asked for (see ``owing.find``), or return the one that is being
    written.

    Raises:
        Refused: no right, or the period has all its reports.
        Stale: somebody else has just begun it.
    """
    with book.writing() as facts:
        rules.may_begin(actor, owed).require()
        there = owing.reports_for([owed])[owed]
        writing = next((report for report in there if not report.settled), None)
        if writing is not None:
            return writing
        Verdict.of(
            owing.asks_more(owed.turn, there), f"{owed.turn.label}的汇报已经送出了。"
        ).require()
        report = _create(actor, owed, len(there) + 1)
        facts.record(
            "report.begin",
            by=actor,
            about=report.ref,
            data={"duty": owed.duty.uid, "since": report.since, "organisation": owed.body.uid},
        )
    return report


def _create(actor: Actor, owed: owing.Owed, number: int) -> Report:
    assert actor.person is not None  # may_begin has asked
    try:
        with transaction.atomic():
            return Report.objects.create(
                duty=owed.duty,
                organisation=owed.body,
                person=owed.person,
                since=owed.turn.start,
                until=owed.turn.end,
                label=owed.turn.label[:60],
                number=number,
                due_on=owed.turn.closes,
                begun_by=actor.person,
                begun_at=clock.now(),
                by_hand=owed.person is not None and not actor.is_person(owed.person),
            )
    except IntegrityError:
        raise Stale("别人刚开了头，请刷新后接着那一份写。") from None


# --- up -----------------------------------------------------------------------------------------
def send(actor: Actor, report: Report, seen: str) -> None:
    """Send it up as it now reads: every line is laid down, and a finished record is made of it.

    Args:
        seen: the digest of the report as it was looked at.

    Raises:
        Refused: no right, or there is nothing in it.
        Stale: it reads otherwise than it was seen, or somebody has sent it.
    """
    with book.writing() as facts:
        _lock(report)
        rules.may_send(actor, report).require()
        whole = compose(report)
        Verdict.of(whole.count, "一条都没有，写上一条再送。").require()
        if whole.digest != seen:
            raise Stale(CHANGED)
        _lay_down(report, whole)
        assert actor.person is not None and actor.hat is not None  # may_send has asked
        first = report.first_sent_on or clock.today()
        record = _record(actor, report, whole, first)
        states.move(
            report, "send", sent_by=actor.person, sent_hat=actor.hat.title, sent_at=clock.now(),
            first_sent_on=first, record=record, by_hand=record.by_hand,
        )  # fmt: skip
        facts.record(
            "report.send",
            by=actor,
            about=report.ref,
            data={"record": record.uid, "lines": whole.count, "late": report.late},
        )


def _lock(report: Report) -> None:
    """Take the row and read where it stands; who comes second finds what the first has done."""
    row = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    report.state, report.first_sent_on = row.state, row.first_sent_on
    report.record_id, report.sent_by_id = row.record_id, row.sent_by_id
    report.sent_at, report.published_on = row.sent_at, row.published_on


def _lay_down(report: Report, whole: Composed) -> None:
    """Keep every line as a row, in its order. What nobody wrote over has ``was`` as its text."""
    for order, part in enumerate(whole.parts):
        if part.point is None:
            ReportPoint.objects.create(
                report=report, section=part.section, key=part.key, text=part.text, was=part.text,
                carries=part.carries, order=order,
            )  # fmt: skip
        else:
            ReportPoint.objects.filter(pk=part.point.pk).update(order=order, carries=part.carries)


def _record(actor: Actor, report: Report, whole: Composed, first: date) -> Record:
    assert actor.person is not None and actor.hat is not None
    now = clock.now()
    record = Record.objects.create(
        organisation=report.organisation,
        kind=RecordKind.REPORT,
        title=report.title[:100],
        on=first,
        counts_on=report.last if report.last < first else None,
        text=whole.text,
        characters=count_characters(whole.text),
        state=RecordState.FINISHED,
        by=actor.person,
        hat=actor.hat.title,
        by_hand=report.person is not None and not actor.is_person(report.person),
        begun_at=report.begun_at,
        changed_at=now,
        finished_at=now,
    )
    about = report.duty.ref
    RecordLink.objects.create(
        record=record, about_kind=about.kind, about_uid=about.uid, label=about.label
    )
    if report.person:
        Participant.objects.create(record=record, person=report.person, part=_part(report))
    credit(record)
    return record


def _part(report: Report) -> str:
    """Return the part that the duty asks for; who reports takes it."""
    terms = report.duty.terms.filter(since__lte=report.last).order_by("-since").first()
    return terms.part if terms and terms.part else Part.TAKER


def take_back(actor: Actor, report: Report) -> None:
    """Take it back to write on.

    Raises:
        Refused: no right.
        Stale: somebody above has answered, or it was taken back already.
    """
    with book.writing() as facts:
        _lock(report)
        rules.may_take_back(actor, report).require()
        _come_back(actor, report, "take_back", "收回再改")
        facts.record("report.take_back", by=actor, about=report.ref)


def _come_back(actor: Actor, report: Report, verb: str, why: str) -> None:
    """Keep how it read, strike out its record, and let the lines follow the records again."""
    _keep_version(actor, report, why)
    record = report.record
    states.move(report, verb, record=None)
    if record is not None:
        states.move(record, "strike", struck_reason=why[:200], changed_at=clock.now())
        credit(record)
    laid = report.points.exclude(key__startswith="own:").filter(left_out=False)
    laid.filter(text=F("was")).delete()


def _keep_version(actor: Actor, report: Report, why: str) -> None:
    assert actor.person is not None
    ReportVersion.objects.create(
        report=report,
        content=compose(report).content,
        why=why,
        by=actor.person,
        replaced_at=clock.now(),
    )


# --- answers from above -------------------------------------------------------------------------
def acknowledge(actor: Actor, report: Report, words: str = "") -> None:
    """Say that it was read, with a word or without; where the duty says so it goes public.

    Raises:
        Refused: no right.
        Stale: it was answered or taken back meanwhile.
    """
    with book.writing() as facts:
        _lock(report)
        rules.may_answer(actor, report).require()
        said = _said(words)
        public = clock.today() if _is_public(report) else None
        states.move(report, "acknowledge", published_on=report.published_on or public)
        _decide(actor, report, Answer.APPROVE, said)
        facts.record(
            "report.acknowledge", by=actor, about=report.ref, data={"public": public is not None}
        )


def _is_public(report: Report) -> bool:
    """Whether the terms that its period was asked by want it public."""
    rows = report.duty.terms.filter(since__lte=report.last).order_by("-since")
    return any(rows.values_list("publish", flat=True)[:1])


def send_back(actor: Actor, report: Report, reason: str) -> None:
    """Return it with a reason; it counts no longer until it is sent again.

    Raises:
        Refused: no right, or no reason.
        Stale: it was answered or taken back meanwhile.
    """
    with book.writing() as facts:
        _lock(report)
        rules.may_answer(actor, report).require()
        said = _said(reason)
        Verdict.of(said, "退回要写清楚哪里要改。").require()
        _come_back(actor, report, "send_back", f"退回：{said}"[:500])
        _decide(actor, report, Answer.RETURN, said)
        facts.record("report.send_back", by=actor, about=report.ref)


def _decide(actor: Actor, report: Report, answer: Answer, words: str) -> None:
    ReportDecision.objects.create(
        report=report, answer=answer, reason=words, **ReportDecision.signed(actor)
    )


def _said(words: str) -> str:
    said = tidy(words).strip()
    if len(said) > LONGEST:
        raise Refused(f"写了 {len(said)} 个字，最多 {LONGEST} 个，请写短些。")
    return said


# --- what was sent and is not right -------------------------------------------------------------
def correct(
    actor: Actor, report: Report, point: ReportPoint, text: str, why: str, seen: int
) -> None:
    """Put other words in the place of a line that was sent; the report and its record keep how
    they read before.

    Raises:
        Refused: no right, nothing written, or no reason.
        Stale: somebody has changed the line meanwhile.
    """
    with book.writing() as facts:
        _lock(report)
        rules.may_correct(actor, report).require()
        said, reason = _said(text), _said(why)
        Verdict.of(said and reason, "改成什么、为什么改，都要写。").require()
        _keep_version(actor, report, reason)
        changed = report.points.filter(pk=point.pk, revision=seen).update(
            text=said, revision=seen + 1, changed_by=actor.person, changed_at=clock.now()
        )
        if not changed:
            raise Stale("您打开以后别人改了这一条，请看看现在怎么写的。")
        _amend(actor, report, reason)
        facts.record(
            "report.correct", by=actor, about=report.ref, data={"point": point.uid, "to": seen + 1}
        )


def _amend(actor: Actor, report: Report, why: str) -> None:
    """Let the record say what the report says; it keeps its old words, too."""
    record, text = report.record, plain(compose(report).content)
    assert record is not None and actor.person is not None  # it is settled
    RecordVersion.objects.create(
        record=record, content={"text": record.text}, why=why[:200], by=actor.person,
        replaced_at=clock.now(),
    )  # fmt: skip
    record.text, record.characters, record.changed_at = text, count_characters(text), clock.now()
    record.save(update_fields=["text", "characters", "changed_at"])
    credit(record)
