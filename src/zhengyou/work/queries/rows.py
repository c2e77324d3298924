"""One duty of one body, period by period, with the records that count: what a cell is made of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.work import rules
from zhengyou.work.models import Credit, Duty, Record
from zhengyou.work.queries.body_page import Period, periods_of
from zhengyou.work.survey import Subject, Survey, begun

SHOWN = 12
"""So many periods are shown, the latest first."""


@dataclass(slots=True)
class Part:
    """A period with the records that count in it, as far as the reader may see them; ``more``:
    how many others count."""

    period: Period
    records: list[Record] = field(default_factory=list)
    more: int = 0


def rows_of(duty: Duty, body: Organisation, day: date, actor: Actor) -> tuple[list[Part], int]:
    """Return the last periods of ``duty`` in ``body`` that had begun by ``day``, the latest first,
    and how many there are in all. A constant number of queries."""
    campaign = duty.campaign
    deep = body.kind in campaign.covers
    survey = Survey(campaign, day, body=body, deep=deep, duties=[duty], choose=begun)
    lines = [
        line
        for line in survey.lines()
        if line.body == body.pk or line.subject == Subject("organisation", body.pk)
    ]
    periods = sorted(periods_of(lines, day), key=lambda period: period.turn, reverse=True)
    parts = [Part(period) for period in periods[:SHOWN]]
    _fill(parts, duty, survey, day, actor)
    return parts, len(periods)


def _fill(parts: list[Part], duty: Duty, survey: Survey, day: date, actor: Actor) -> None:
    """Give each period its records."""
    subjects = {entry.line.subject for part in parts for entry in part.period.entries}
    credits_ = _credits(duty, subjects, survey, day)
    seen = Record.objects.filter(rules.visible_records(actor))
    known = {row.pk: row for row in seen.filter(pk__in={record for _, record in credits_})}
    found: dict[int, list[int]] = defaultdict(list)
    for on, record in credits_:
        for place, part in enumerate(parts):
            if part.period.turn.takes(on) and record not in found[place]:
                found[place].append(record)
    for place, part in enumerate(parts):
        part.records = [known[pk] for pk in found[place] if pk in known]
        part.more = len(found[place]) - len(part.records)


def _credits(
    duty: Duty, subjects: Iterable[Subject], survey: Survey, day: date
) -> list[tuple[date, int]]:
    """Return (day it counts for, record) of what was done for ``subjects``, and before by the
    bodies they came out of, the earliest first."""
    where = Q(pk__in=[])
    for kind in ("person", "organisation", "enrolment"):
        pks = {subject.pk for subject in subjects if subject.kind == kind}
        if kind == "organisation":
            back = survey.chronicle.line_back
            pks |= {old for pk in set(pks) for old, _ in back(pk)}
        if pks:
            where |= Q(**{f"{kind}__in": pks})
    rows = Credit.objects.filter(where, duty=duty, done_on__lte=day).order_by("on", "record")
    return list(rows.values_list("on", "record"))
