"""What of inspections stands in the calendar of a body: seeds, days of visits, replies."""

from datetime import date

from django.db.models import Q
from django.urls import reverse

from zhengyou.inspections.models import Inspection, InspectionState, Visit, VisitState
from zhengyou.kernel.agenda import Occasion
from zhengyou.people.models import Organisation

_PUBLIC = (InspectionState.FROZEN, InspectionState.UNDER_WAY, InspectionState.CLOSED)


def agenda_of(body: Organisation, since: date, until: date) -> list[Occasion]:
    """Return the days from ``since`` to ``until`` of inspections that ``body`` plans, or by which
    it is to reply. Two queries; nothing of what was found."""
    days = Q(starts_on__lte=until, ends_on__gte=since) | Q(
        draw__seed_on__gte=since, draw__seed_on__lte=until
    )
    rows = Inspection.objects.filter(days, organisation=body, state__in=_PUBLIC)
    found: list[Occasion] = []
    for row in rows.select_related("draw").order_by("starts_on", "pk"):
        found += _of_inspection(row, since, until)
    due = Visit.objects.filter(
        organisation=body, state=VisitState.HANDED, reply_by__gte=since, reply_by__lte=until
    )
    for visit in due.select_related("inspection").order_by("reply_by", "pk"):
        assert visit.reply_by is not None  # asked for
        url = reverse("inspections:visit", args=[visit.uid])
        found.append(Occasion(f"visit:{visit.uid}", f"答复督查意见：{visit.inspection.title}",
                              visit.reply_by, url=url))  # fmt: skip
    return found


def _of_inspection(row: Inspection, since: date, until: date) -> list[Occasion]:
    url = reverse("inspections:inspection", args=[row.uid])
    found = []
    if row.starts_on <= until and row.ends_on >= since:
        found.append(Occasion(f"inspection:{row.uid}", f"督查：{row.title}", row.starts_on,
                              last=row.ends_on, url=url))  # fmt: skip
    draw = getattr(row, "draw", None)
    if draw is not None and since <= draw.seed_on <= until:
        found.append(Occasion(f"draw:{draw.uid}", f"抽签：{row.title}", draw.seed_on,
                              words=draw.source_words, url=url))  # fmt: skip
    return found
