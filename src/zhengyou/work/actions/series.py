"""Things that are done again and again: begin a series, change it, end it."""

from datetime import date, time

from zhengyou.kernel import clock
from zhengyou.kernel.states import Stale
from zhengyou.kernel.texts import tidy_line
from zhengyou.kernel.verdict import Refused
from zhengyou.ledger import book
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.work import rules
from zhengyou.work.models import Cadence, Record, RecordSeries

OFTEN = (Cadence.WEEK, Cadence.MONTH)


def start(actor: Actor, record: Record, cadence: Cadence) -> RecordSeries:
    """Make a series of a record: it is the first of it.

    Raises:
        Refused: no right, or it belongs to one already.
    """
    with book.writing() as facts:
        Organisation.objects.select_for_update(no_key=True).get(pk=record.organisation_id)
        rules.may_record(actor, record.organisation).require()
        if record.series_id:
            raise Refused("这条纪实已经在一个系列里了。")
        if cadence not in OFTEN:
            raise Refused("选每周或者每月。")
        made = RecordSeries.objects.create(
            organisation=record.organisation,
            kind=record.kind,
            title=record.title,
            place=record.place,
            cadence=cadence,
            day=record.on.isoweekday() if cadence == Cadence.WEEK else record.on.day,
            at=record.begins_at,
            since=record.on,
        )
        Record.objects.filter(pk=record.pk).update(series=made)
        record.series = made
        facts.record("record_series.start", by=actor, about=made.ref,
                     data={"record": record.uid, "cadence": cadence})  # fmt: skip
    return made


def change(
    actor: Actor, series: RecordSeries, *, title: str, place: str, day: int, at: time | None
) -> None:
    """Change what the next record begins with; those that are written stay.

    Raises:
        Refused: no right, no title, or no such day.
    """
    with book.writing() as facts:
        rules.may_keep_series(actor, series).require()
        most = 7 if series.cadence == Cadence.WEEK else 31
        if not tidy_line(title):
            raise Refused("写上名称。")
        if not 1 <= day <= most:
            raise Refused(f"写 1 到 {most}。")
        rows = RecordSeries.objects.filter(pk=series.pk, until=None)
        if not rows.update(title=tidy_line(title), place=tidy_line(place), day=day, at=at):
            raise Stale("这个系列刚才已经结束了。")
        series.refresh_from_db()
        facts.record("record_series.change", by=actor, about=series.ref)


def end(actor: Actor, series: RecordSeries) -> None:
    """End a series; what was recorded stays.

    Raises:
        Refused: no right. Stale: it has ended already.
    """
    with book.writing() as facts:
        rules.may_keep_series(actor, series).require()
        day: date = max(clock.today(), series.since)
        if not RecordSeries.objects.filter(pk=series.pk, until=None).update(until=day):
            raise Stale("这个系列刚才已经结束了。")
        series.refresh_from_db()
        facts.record("record_series.end", by=actor, about=series.ref)
