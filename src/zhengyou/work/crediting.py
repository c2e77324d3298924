"""Which duties a record counts for: worked out when it is finished, changed or struck out.

Whether somebody *has* a duty in a period is asked when it is read (``work.queries``); here only is
decided what a record is good for. So a record stays good for people who move, and rows of
:class:`Credit` never depend on the roll.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, Q

from zhengyou.campaigns.models import Campaign
from zhengyou.kernel import clock, paths
from zhengyou.people.models import Organisation, Placement
from zhengyou.people.models.dated import holds_on
from zhengyou.work.models import (
    MADE_ELSEWHERE,
    Attendance,
    Credit,
    DutyTerms,
    Enrolment,
    Measure,
    Participant,
    Record,
    RecordKind,
    RecordState,
    Whose,
)

NOTHING = Decimal(0)
NEEDED = (
    "whose", "kinds", "group", "records", "scopes", "part", "below", "measure", "least", "each",
    "enrols", "duty__uid", "duty__campaign__organisation",
)  # fmt: skip
"""What is asked of terms here; a campaign carries its whole blueprint."""


def credit(record: Record) -> list[Credit]:
    """Write anew what ``record`` counts for, and return it. Drafts and what was struck out count
    for nothing. Runs in the caller's transaction, which writes a fact about the record, or about
    the report it is of: kept numbers follow by that (``queries.matrix``).
    """
    Credit.objects.filter(record=record).delete()
    if record.state != RecordState.FINISHED:
        return []
    found = _credits(record)
    _write(found)
    return found


def credit_anew(campaign: Campaign, since: date, kinds: Iterable[str]) -> None:
    """Work out again what records of ``kinds`` of the days from ``since`` on count for: where a
    campaign starts, or asks for something else, after they were written."""
    if since > clock.today():
        return
    rows = Record.objects.filter(
        Q(on__gte=since) | Q(counts_on__gte=since),
        paths.within("organisation__path", campaign.organisation.path),
        kind__in=set(kinds), state=RecordState.FINISHED,
    ).select_related("organisation")  # fmt: skip
    for record in rows.prefetch_related("participants", "links").iterator(chunk_size=500):
        credit(record)


def _write(found: list[Credit]) -> None:
    """Write the rows at once: for a meeting of thirty a fraction of what ``bulk_create`` takes."""
    fields = [field for field in Credit._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(field.column or "") for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    ready: dict[tuple[str, object], Any] = {}  # most values are the same in all rows

    def prepared(field: Field[Any, Any], value: object) -> Any:
        key = field.attname, value
        if key not in ready:
            ready[key] = field.get_db_prep_save(value, connection)
        return ready[key]

    rows = [[prepared(field, getattr(row, field.attname)) for field in fields] for row in found]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO work_credit ({columns}) VALUES ({marks})", rows)


def _credits(record: Record) -> list[Credit]:
    line = line_on(record.on, record.organisation)
    present = [row for row in record.participants.all() if row.attendance == Attendance.PRESENT]
    found = []
    for terms in fitting(record, line):
        for credit in _for_terms(record, terms, line, present):
            amount = credit.amount
            if not terms.each or amount >= terms.least:
                found.append(credit)
    return found


def line_on(day: date, body: Organisation) -> list[Organisation]:
    """Return ``body`` and what stood above it on ``day``, the nearest first. Two queries.

    A body that did not exist on ``day`` stands where it stands today.
    """
    placed = Placement.objects.on(day).filter(organisation=body).values_list("path", flat=True)
    path = placed.first() or body.path
    rows = Placement.objects.on(day).filter(path__in=paths.ancestors(path))
    above = [row.organisation for row in rows.select_related("organisation").order_by("-path")]
    return [body, *above]


def fitting(record: Record, line: list[Organisation]) -> list[DutyTerms]:
    """Return the terms, in force on the record's day, of the duties of campaigns in its line that
    ask for such a record."""
    rows = DutyTerms.objects.filter(
        holds_on(day_of(record)), duty__campaign__organisation__in=line
    ).select_related("duty__campaign")
    rows = rows.only(*NEEDED)
    meant = meant_for(record)
    if meant or record.kind == RecordKind.DISCLOSURE:
        rows = rows.filter(duty__uid__in=meant)
    return [
        terms
        for terms in rows.order_by("duty__campaign", "duty__order", "duty")
        if record.kind in terms.records and (not terms.scopes or record.scope in terms.scopes)
    ]


def meant_for(record: Record) -> set[UUID]:
    """Return the duties that a report was written for, or something was laid open for: a year's
    review is no weekly feedback, though both are reports. Empty for all other records: they count
    wherever they fit."""
    if record.kind not in MADE_ELSEWHERE:
        return set()
    links = record.links.filter(about_kind="duty")
    return set(links.values_list("about_uid", flat=True))


def day_of(record: Record) -> date:
    """Return the day that a record counts for."""
    return record.counts_on or record.on


def _for_terms(
    record: Record, terms: DutyTerms, line: list[Organisation], present: list[Participant]
) -> Iterator[Credit]:
    whose = Whose(terms.whose)
    if whose.of_persons:
        for row in present:
            if not terms.part or row.part == terms.part:
                yield _credit(record, terms, row.amount, person_id=row.person_id)
    elif whose == Whose.ENROLLED:
        for enrolled in _enrolled(record, terms):
            yield _credit(record, terms, None, enrolment=enrolled)
    else:
        body = _body(record, terms, line)
        if body is not None:
            yield _credit(record, terms, None, organisation=body)


def _body(record: Record, terms: DutyTerms, line: list[Organisation]) -> Organisation | None:
    """Return the body for which a body below it, or itself, did what is recorded."""
    if terms.whose == Whose.GROUPS:
        group = getattr(record.organisation, "plan_group", None)
        fits = group is not None and group.template_id == terms.group_id
        return record.organisation if fits else None
    own, *above = _within(line, terms.duty.campaign.organisation_id)
    if own.kind in terms.kinds:
        return own
    if own.kind not in terms.below:
        return None
    return next((body for body in above if body.kind in terms.kinds), None)


def _within(line: Iterable[Organisation], top: int) -> list[Organisation]:
    """Return the part of a line up to the body ``top``."""
    found = []
    for body in line:
        found.append(body)
        if body.pk == top:
            break
    return found


def _enrolled(record: Record, terms: DutyTerms) -> Iterable[Enrolment]:
    links = [row for row in record.links.all() if row.about_kind == terms.enrols]
    if not links:
        return []
    return Enrolment.objects.on(day_of(record)).filter(
        duty=terms.duty, about_kind=terms.enrols, about_uid__in=[row.about_uid for row in links]
    )


def _credit(record: Record, terms: DutyTerms, own: Decimal | None, **subject: object) -> Credit:
    return Credit(
        duty=terms.duty,
        record=record,
        on=day_of(record),
        done_on=record.on,
        entered_on=_entered_on(record),
        amount=_amount(record, Measure(terms.measure), own),
        **subject,
    )


def _entered_on(record: Record) -> date:
    at = record.finished_at or clock.now()
    return at.astimezone(clock.SHANGHAI).date()


def _amount(record: Record, measure: Measure, own: Decimal | None) -> Decimal:
    """Return how much it was in ``measure``: one's own where it was noted, else the record's."""
    if measure == Measure.TIMES:
        return Decimal(1)
    if own is not None:
        return own
    values = {
        Measure.HOURS: record.hours,
        Measure.CHARACTERS: record.characters,
        Measure.SCORE: record.score,
    }
    return Decimal(values[measure] or 0)
