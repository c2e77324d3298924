"""Duties, records, and which record counts for which duty."""

from zhengyou.work.models.duty import (
    Credit,
    Duty,
    DutyExemption,
    DutyTerms,
    Enrolment,
    OwnCadence,
)
from zhengyou.work.models.record import (
    Participant,
    Quantity,
    Record,
    RecordLink,
    RecordSeries,
    RecordVersion,
)
from zhengyou.work.models.vocabulary import (
    FAMILY_OF,
    Attendance,
    Cadence,
    Measure,
    Part,
    RecordFamily,
    RecordKind,
    RecordState,
    Scope,
    Whose,
)

__all__ = [
    "FAMILY_OF",
    "Attendance",
    "Cadence",
    "Credit",
    "Duty",
    "DutyExemption",
    "DutyTerms",
    "Enrolment",
    "Measure",
    "OwnCadence",
    "Part",
    "Participant",
    "Quantity",
    "Record",
    "RecordFamily",
    "RecordKind",
    "RecordLink",
    "RecordSeries",
    "RecordState",
    "RecordVersion",
    "Scope",
    "Whose",
]
