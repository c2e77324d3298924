"""What ``work`` itself gives a report: records, tasks of phases, points in which one is stuck."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from zhengyou.campaigns.models import Plan
from zhengyou.campaigns.queries.task_rows import TaskRow, rows_of_plans
from zhengyou.campaigns.tasking import TaskState
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Organisation
from zhengyou.ui.text import number, short_date
from zhengyou.work import stuck
from zhengyou.work.drafting import Line
from zhengyou.work.models import (
    Attendance,
    Duty,
    DutyState,
    Quantity,
    Record,
    RecordFamily,
    RecordKind,
    Report,
    ReportSection,
    Whose,
)
from zhengyou.work.owing import asks_reports
from zhengyou.work.survey import Line as Asked
from zhengyou.work.survey import Survey, begun, duties_of
from zhengyou.work.turns import Turn

MONTH = 31
"""Of more days than these, records are told kind by kind, not one by one."""
NAMED = 6
"""Records of a kind named in one line."""
LONGEST = 80
GROUND = 100
"""Bodies inside one of which all duties are looked at for its report, at most."""
QUIET = (RecordFamily.TALK, RecordFamily.VISIT, RecordFamily.MEDIATION)
"""What is about somebody: only how often."""
TOGETHER = (
    RecordFamily.MEETING, RecordFamily.STUDY, RecordFamily.LECTURE, RecordFamily.TRAINING,
    RecordFamily.EVENT,
)  # fmt: skip
"""Where it matters how many came."""


# --- records ------------------------------------------------------------------------------------
def records(report: Report) -> Iterator[Line]:
    """Yield what the body, or the person, has on record for these days."""
    rows = list(_records(report))
    each = (report.until - report.since).days <= MONTH
    singly = [row for row in rows if each and not _quiet(RecordKind(row.kind))]
    for row in singly:
        yield Line(ReportSection.DONE, f"record:{row.uid}", _of_record(row))
    rest = sorted((row for row in rows if row not in singly), key=_by_kind)
    for kind, some in groupby(rest, key=lambda row: RecordKind(row.kind)):
        yield Line(ReportSection.DONE, f"kind:{kind}", _of_kind(kind, list(some)))


def _records(report: Report) -> QuerySet[Record]:
    present = Q(participants__attendance=Attendance.PRESENT)
    rows = _finished(report).prefetch_related("quantities")
    if report.person_id:
        mine = present & Q(participants__person=report.person)
        rows = rows.filter(pk__in=Record.objects.filter(mine).values("pk"))
    else:
        rows = rows.filter(organisation=report.organisation)
    return rows.annotate(came=Count("participants", filter=present)).order_by("on", "pk")


def _finished(report: Report) -> QuerySet[Record]:
    return (
        Record.objects.finished()
        .filter(on__gte=report.since, on__lt=report.until)
        .exclude(kind=RecordKind.REPORT)
    )


def _quiet(kind: RecordKind) -> bool:
    return kind.family in QUIET or kind == RecordKind.LOG_CHECK


def _by_kind(row: Record) -> tuple[int, object, int]:
    return list(RecordKind).index(RecordKind(row.kind)), row.on, row.pk


def _of_record(row: Record) -> str:
    """Return ``9月7日，工作例会：布置公开课。参加 9 人。议定：……``."""
    label = str(RecordKind(row.kind).label)
    said = [f"{short_date(row.on)}，{label}" + ("" if row.title == label else f"：{row.title}")]
    if row.came and row.family in TOGETHER:  # type: ignore[attr-defined]
        said.append(f"参加 {row.came} 人")  # type: ignore[attr-defined]
    if row.outside:
        said.append(f"外来 {row.outside} 人")
    said += _totals([row])
    if row.decisions:
        said.append(f"议定：{_short(row.decisions)}")
    return "".join(f"{part.rstrip('。')}。" for part in said)


def _of_kind(kind: RecordKind, rows: list[Record]) -> str:
    """Return ``支部党员大会 2 次：9月3日“……”、9月24日“……”。``."""
    said = f"{kind.label} {len(rows)} 次"
    if not _quiet(kind):
        named = "、".join(f"{short_date(row.on)}“{row.title}”" for row in rows[:NAMED])
        said += f"：{named}{'等' if len(rows) > NAMED else ''}"
    return "".join(f"{part}。" for part in (said, *_totals(rows)))


def _totals(rows: Iterable[Record]) -> list[str]:
    """Return what was given or made, added up: ``化肥 12 袋、图书 1,000 册``; none: nothing."""
    sums: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        for each in row.quantities.all():
            _add(sums, each)
    words = "、".join(f"{what} {number(total)} {unit}" for (what, unit), total in sums.items())
    return [words] if words else []


def _add(sums: dict[tuple[str, str], Decimal], row: Quantity) -> None:
    key = (row.what, row.unit)
    sums[key] = sums.get(key, Decimal(0)) + row.amount


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}……"


def below(report: Report) -> Iterator[Line]:
    """Yield how much the bodies below have on record, in one line."""
    if report.person_id:
        return
    rows = _finished(report).filter(paths.within("organisation__path", report.organisation.path))
    rows = rows.exclude(organisation=report.organisation).order_by()
    counts = dict(rows.values_list("kind").annotate(count=Count("pk")))
    named = [f"{kind.label} {counts[kind]} 次" for kind in RecordKind if kind in counts]
    if named:
        yield Line(ReportSection.DONE, "below:all", f"下面的组织：{'、'.join(named)}。")


# --- tasks of phases ----------------------------------------------------------------------------
def tasks(report: Report) -> Iterator[Line]:
    """Yield the tasks reported in these days, and as the next step those due in the days after;
    what is late is for the body itself to say, here it is counted."""
    late = 0
    for row in _task_rows(report):
        title = row.task.title
        if row.report and row.report.done_on:
            if report.since <= row.report.done_on < report.until:
                said = f"{short_date(row.report.done_on)}办完“{title}”：{row.report.words}"
                yield Line(ReportSection.DONE, f"task:{row.task.pk}", said)
        elif row.report and _noted_in(report, row):
            yield Line(
                ReportSection.DONE, f"task:{row.task.pk}", f"正在办“{title}”：{row.report.words}"
            )
        if row.state == TaskState.LATE:
            late += 1
        elif row.state != TaskState.DONE and row.due_on < _next_until(report):
            said = f"{short_date(row.due_on)}前办完“{title}”（{row.task.owner_label}）。"
            yield Line(ReportSection.NEXT, f"due:{row.task.pk}", said)
    if late:
        yield Line(ReportSection.NEXT, "due:late", f"补上过期没登记的阶段任务 {late} 件。")


def _task_rows(report: Report) -> list[TaskRow]:
    if report.person_id:
        return []
    plan = Plan.objects.filter(
        campaign=report.duty.campaign, organisation=report.organisation
    ).first()
    if plan is None:
        return []
    rows = rows_of_plans([plan])[plan.pk]
    return [row for row in rows if row.task.phase.starts_on < _next_until(report)]


def _noted_in(report: Report, row: TaskRow) -> bool:
    assert row.report is not None
    day = row.report.recorded_at.astimezone(clock.SHANGHAI).date()
    return report.since <= day < report.until


def _next_until(report: Report) -> date:
    """Return the day after the days that follow, as many again."""
    return report.until + min(report.until - report.since, timedelta(days=MONTH))


# --- points in which one is stuck ---------------------------------------------------------------
def solved(report: Report) -> Iterator[Line]:
    """Yield what was got out of in these days."""
    for row in stuck.solved_in(report):
        said = f"{short_date(row.solved_on)}解决了“{row.point.text}”：{row.how}（{row.solver}）。"
        yield Line(ReportSection.DONE, f"solved:{row.point.uid}", said)


def carried(report: Report) -> Iterator[Line]:
    """Yield what one is still stuck in, as it was first said."""
    for point in stuck.open_before(report):
        since = short_date(point.report.first_sent_on)
        said = f"{point.text.rstrip('。')}（{since}提出，还没有解决）。"
        yield Line(ReportSection.STUCK, f"stuck:{point.uid}", said, point)


# --- what is not done ---------------------------------------------------------------------------
def undone(report: Report) -> Iterator[Line]:
    """Yield the duties whose period ended in these days and that somebody of the body has not
    done, as the next step: how many, never who."""
    if report.person_id or not _surveyed(report):
        return
    missing: dict[tuple[Duty, Turn], int] = {}
    for line in _lines(report):
        if line.is_open and line.state != DutyState.UNSET:
            key = (line.duty, line.turn)
            missing[key] = missing.get(key, 0) + 1
    for (duty, turn), count in missing.items():
        persons = Whose(turn.terms.whose).of_persons
        said = f"还有 {count} 人没有做到，补上。" if persons else "还没有做，补上。"
        yield Line(
            ReportSection.NEXT,
            f"undone:{duty.uid}:{turn.start}",
            f"“{duty.title}”（{turn.label}）{said}",
        )


def _surveyed(report: Report) -> bool:
    """Whether it is a body of the ground: above it, the numbers stand on the page of duties."""
    body = report.organisation
    below = Organisation.objects.filter(paths.within("path", body.path), closed_on=None)
    return body.kind in report.duty.campaign.covers and below.count() <= GROUND


def _lines(report: Report) -> Iterator[Asked]:
    """Yield how the body, and who counts in it, stands with all duties but reports."""
    body, campaign = report.organisation, report.duty.campaign
    duties = [duty for duty in duties_of(campaign) if not asks_reports(duty)]

    def ended(turns: Sequence[Turn], day: date) -> list[Turn]:
        return [t for t in begun(turns, day) if report.since <= t.last < report.until]

    day = min(clock.today(), report.last)
    for line in Survey(campaign, day, body=body, duties=duties, choose=ended).lines():
        if line.body == body.pk:
            yield line
