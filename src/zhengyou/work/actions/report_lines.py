"""Write over the lines of a report, add some, leave some out; and points in which one is stuck."""

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy
from zhengyou.kernel.verdict import Refused, Verdict
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.work.composing import Part
from zhengyou.work.models import Report, ReportPoint, ReportSection, Solution
from zhengyou.work.rules import reporting as rules

LONGEST = 1000
MOST = 60
"""Own lines of one report at most."""
OVERTAKEN = "您打开以后别人也改了这一条。您写的还在这一页上，请看看现在的文字，合到一起再保存。"


def write(actor: Actor, report: Report, part: Part, text: str, seen: int) -> bool:
    """Put ``text`` in the place of a line; the own words are kept over the records of now.

    Returns:
        Whether that changed anything.

    Raises:
        Refused: no right, or nothing or too much was written.
        Stale: somebody changed the line meanwhile, or the report was sent.
    """
    said = _said(text)
    if part.written and said == part.text and part.point is None:
        return False
    return _change(actor, report, part, seen, text=said, was=part.now, left_out=False)


def leave_out(actor: Actor, report: Report, part: Part, seen: int) -> None:
    """Leave a line out of the report; it can be taken up again.

    Raises:
        Refused, Stale: as :func:`write`.
    """
    words = part.point.text if part.point else ""
    _change(actor, report, part, seen, text=words, was=part.now, left_out=True)


def follow(actor: Actor, report: Report, part: Part, seen: int) -> None:
    """Let a line say again what the records say; take up again what was left out.

    Raises:
        Refused, Stale: as :func:`write`.
    """
    if part.point is None:
        return
    if part.line is None:
        _change(actor, report, part, seen, left_out=False)
        return
    with book.writing() as facts:
        _may(actor, report)
        if not report.points.filter(pk=part.point.pk, revision=seen).delete()[0]:
            raise Stale(OVERTAKEN)
        facts.record("report.write", by=actor, about=report.ref, data={"line": part.key})


def add(
    actor: Actor, report: Report, section: ReportSection, text: str, form: UUID | None = None
) -> ReportPoint:
    """Add a line of one's own.

    Args:
        form: number of the form; pressed twice is added once.

    Raises:
        Refused: no right, or nothing or too much was written.
    """
    said, key = _said(text), f"own:{form or uuid4()}"
    with book.writing() as facts:
        _may(actor, report)
        own = report.points.filter(key__startswith="own:")
        made = own.filter(key=key).first()
        if made is not None:
            return made
        Verdict.of(own.count() < MOST, f"一份汇报里自己写的最多 {MOST} 条。").require()
        point = ReportPoint.objects.create(
            report=report, section=ReportSection(section), key=key, text=said,
            order=1000 + own.count(), changed_by=actor.person, changed_at=clock.now(),
        )  # fmt: skip
        facts.record("report.write", by=actor, about=report.ref, data={"line": key})
    return point


def _change(actor: Actor, report: Report, part: Part, seen: int, **values: object) -> bool:
    values |= {"changed_by": actor.person, "changed_at": clock.now()}
    with book.writing() as facts:
        _may(actor, report)
        if part.point is None:
            _lay(report, part, seen, values)
        else:
            rows = report.points.filter(pk=part.point.pk, revision=seen)
            if not rows.update(revision=seen + 1, **values):
                raise Stale(OVERTAKEN)
        facts.record("report.write", by=actor, about=report.ref, data={"line": part.key})
    return True


def _lay(report: Report, part: Part, seen: int, values: dict[str, object]) -> None:
    """Lay down the first change of a derived line."""
    try:
        with transaction.atomic():
            if seen:
                raise IntegrityError
            ReportPoint.objects.create(
                report=report, section=part.section, key=part.key, carries=part.carries, **values
            )
    except IntegrityError:
        raise Stale(OVERTAKEN) from None


def _may(actor: Actor, report: Report) -> None:
    """Ask under the lock: nobody writes in what has just been sent."""
    row = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    report.state = row.state
    rules.may_write(actor, report).require()


def _said(text: str) -> str:
    said = tidy(text).strip()
    Verdict.of(said, "还没有写。").require()
    if len(said) > LONGEST:
        raise Refused(f"写了 {len(said)} 个字，一条最多 {LONGEST} 个，请写短些或者分成两条。")
    return said


# --- points in which one is stuck ---------------------------------------------------------------
def solve(actor: Actor, point: ReportPoint, *, solved_on: date, how: str, solver: str) -> Solution:
    """Note that one is stuck no longer: when, how, and who solved it.

    Raises:
        Refused: no right, nothing said, or a day that cannot be.
        Stale: somebody has noted it meanwhile.
    """
    said, who = tidy(how).strip(), tidy(solver).strip()
    with book.writing() as facts:
        rules.may_solve(actor, point).require()
        Verdict.of(said and who, "写一句怎么解决的、谁解决的。").require()
        Verdict.of(len(said) <= 500 and len(who) <= 60, "写得太长，请写短些。").require()
        raised = point.report.first_sent_on
        Verdict.of(solved_on <= clock.today(), "日期还没到，请写今天或者以前。").require()
        Verdict.of(
            raised is None or raised <= solved_on or point.report.since <= solved_on,
            "日期早于提出的时候，请改日期。",
        ).require()
        assert actor.person is not None and actor.hat is not None  # may_solve has asked
        try:
            with transaction.atomic():
                row = Solution.objects.create(
                    point=point, solved_on=solved_on, how=said, solver=who, by=actor.person,
                    hat=actor.hat.title, noted_at=clock.now(),
                )  # fmt: skip
        except IntegrityError:
            raise Stale("刚才已经有人记下解决了，请刷新后再看。") from None
        facts.record(
            "report_point.solve", by=actor, about=point.ref, data={"on": solved_on.isoformat()}
        )
    return row


def reopen(actor: Actor, point: ReportPoint, why: str) -> None:
    """Say that it was not solved after all; what was noted stays to be read.

    Raises:
        Refused: no right, or no reason.
        Stale: it is open.
    """
    said = tidy(why).strip()
    with book.writing() as facts:
        rules.may_solve(actor, point).require()
        Verdict.of(said and len(said) <= 500, "写一句为什么又卡住了，最多 500 个字。").require()
        rows = Solution.objects.filter(point=point, reopened_at=None)
        if not rows.update(reopened_at=clock.now(), reopened_by=actor.person, reopened_why=said):
            raise Stale("这一条没有记过解决，本来就还卡着。")
        facts.record("report_point.reopen", by=actor, about=point.ref)
