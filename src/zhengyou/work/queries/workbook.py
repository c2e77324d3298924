"""Records as rows of a workbook."""

from collections.abc import Iterator
from itertools import batched

from django.db.models import QuerySet

from zhengyou.people.actor import Actor
from zhengyou.ui.text import long_date, number
from zhengyou.work.models import Attendance, Participant, Record, RecordKind, RecordState
from zhengyou.work.rules import free_names_for

TITLES = [
    "组织", "日期", "哪种", "名称", "地点", "内容", "议定的事", "到的人", "请假、缺席", "名册以外",
    "学时", "数量", "诉求", "算哪些任务", "谁记的", "状态",
]  # fmt: skip
WIDTHS = [20, 14, 14, 30, 20, 50, 40, 40, 24, 24, 8, 24, 40, 40, 20, 20]
BATCH = 200


def lines_of(actor: Actor, records: QuerySet[Record]) -> Iterator[list[str]]:
    """Yield a row of texts for each record as ``actor`` may read it, a batch at a time."""
    rows = records.select_related("by", "organisation").prefetch_related(
        "participants__person", "quantities", "wishes", "credits__duty"
    )
    for some in batched(rows.iterator(BATCH), BATCH):
        for record in some:
            yield _line(actor, record)


def _line(actor: Actor, record: Record) -> list[str]:
    people = sorted(record.participants.all(), key=lambda row: row.person.sort_key)
    here = [_said(row) for row in people if row.attendance == Attendance.PRESENT]
    away = [
        f"{row.person.name}（{Attendance(row.attendance).label}）"
        for row in people
        if row.attendance != Attendance.PRESENT
    ]
    state = RecordState(record.state).label
    duties = dict.fromkeys(row.duty.title for row in record.credits.all())
    return [
        record.organisation.name, long_date(record.on), str(RecordKind(record.kind).label),
        record.title, record.place,
        record.text, record.decisions, "、".join(here), "、".join(away),
        free_names_for(actor, record), number(record.hours) if record.hours else "",
        "，".join(f"{q.what} {number(q.amount)} {q.unit}" for q in record.quantities.all()),
        "；".join(f"{w.words}：{w.get_outcome_display()}，{w.answer}" for w in record.wishes.all()),
        "；".join(duties), record.by.name,
        f"{state}：{record.struck_reason}" if record.struck_reason else str(state),
    ]  # fmt: skip


def _said(row: Participant) -> str:
    own = [number(row.amount)] if row.amount is not None else []
    words = "，".join([*own, *([row.note] if row.note else [])])
    return f"{row.person.name}（{words}）" if words else row.person.name
