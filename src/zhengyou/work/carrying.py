"""What goes on into the next run of a campaign: exemptions without an end, intervals that bodies
gave themselves, and what is enrolled. Duties are told apart by their codes.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from zhengyou.campaigns.models import Campaign
from zhengyou.work.models import Duty, DutyExemption, DutyTerms, Enrolment, OwnCadence, Whose

CARRIED = (
    (DutyExemption, "没有写到哪天为止的免做 {} 条，下一轮接着算"),
    (OwnCadence, "各组织自己定的“多久一次” {} 条，下一轮接着用"),
    (Enrolment, "登记了任务的结对、岗位、值班表等 {} 个，下一轮接着登记"),
)
Row = DutyExemption | OwnCadence | Enrolment


def to_take_over(old: Campaign) -> list[str]:
    """Say how many rows of each kind go on."""
    counts = [(_open(model, old).count(), words) for model, words in CARRIED]
    return [words.format(count) for count, words in counts if count]


def take_over(old: Campaign, new: Campaign) -> list[str]:
    """Bring along into ``new`` what has no end in ``old``."""
    duties = {duty.code: duty for duty in new.duties.prefetch_related("terms")}
    said = []
    for model, words in CARRIED:
        rows: list[Any] = list(_anew(model, old, new, duties))
        model._default_manager.bulk_create(rows)
        said += [words.format(len(rows))] if rows else []
    return said


def _open(model: type[Row], old: Campaign) -> QuerySet:
    """Return the rows without an end, of bodies and enrolments that are still there."""
    rows = model._default_manager.filter(duty__campaign=old, until=None).select_related("duty")
    if model is DutyExemption:
        return rows.filter(enrolment=None)
    return rows.filter(organisation__closed_on=None)


def _anew(model: type[Row], old: Campaign, new: Campaign, duties: dict[str, Duty]) -> Iterator[Row]:
    for row in _open(model, old):
        duty = duties.get(row.duty.code)
        if duty is None or not _fits(row, duty):
            continue
        row.pk, row.duty, row.since = None, duty, new.starts_on
        row._state.adding = True
        if not isinstance(row, OwnCadence):
            row.uid = row._meta.get_field("uid").get_default()
        yield row


def _fits(row: Row, duty: Duty) -> bool:
    """Tell whether the duty of the next run still enrols such a thing."""
    if not isinstance(row, Enrolment):
        return True
    return any(_enrols(terms, row) for terms in duty.terms.all())


def _enrols(terms: DutyTerms, row: Enrolment) -> bool:
    return terms.whose == Whose.ENROLLED and terms.enrols == row.about_kind
