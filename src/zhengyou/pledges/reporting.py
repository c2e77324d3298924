"""What promises give a report: the progress that was noted in its days. See ``work.drafting``."""

from collections.abc import Iterator

from django.db.models import QuerySet

from zhengyou.climb.models import ClimbState
from zhengyou.pledges import words
from zhengyou.pledges.models import Progress
from zhengyou.ui.text import short_date
from zhengyou.work.drafting import Line
from zhengyou.work.models import Report, ReportSection

LONGEST = 40
"""Characters of a promise that are repeated."""


def progress(report: Report) -> Iterator[Line]:
    """Yield the last note on each promise of the body or the person; of a body also how often its
    members noted theirs."""
    notes = _notes(report)
    own = notes.filter(item__pledge__person=report.person)
    last = {note.item_id: note for note in own.order_by("noted_on", "pk")}
    for note in sorted(last.values(), key=lambda row: row.item.number):
        yield Line(ReportSection.DONE, f"item:{note.item.uid}", _said(note))
    if report.person_id is None:
        members = notes.exclude(item__pledge__person=None).count()
        if members:
            yield Line(ReportSection.DONE, "item:members", f"党员公布承诺进展 {members} 次。")


def _notes(report: Report) -> QuerySet[Progress]:
    return Progress.objects.filter(
        item__pledge__campaign=report.duty.campaign,
        item__pledge__organisation=report.organisation,
        item__state=ClimbState.PUBLISHED,
        noted_on__gte=report.since,
        noted_on__lt=report.until,
        correction=None,
    ).select_related("item")


def _said(note: Progress) -> str:
    """Return ``承诺第 1 条“……”：9月10日，现在 4 人。……``."""
    item, now = note.item, words.amount(note.value, note.item.unit)
    text = item.text if len(item.text) <= LONGEST else f"{item.text[:LONGEST]}……"
    said = [f"{short_date(note.noted_on)}" + (f"，现在 {now}" if now else ""), note.words]
    return f"承诺第 {item.number} 条“{text}”：" + "".join(f"{s.rstrip('。')}。" for s in said if s)
