"""Early warnings, cases and who may know of them."""

from zhengyou.labour.models.case import (
    SOLVED,
    CaseClosing,
    CaseKind,
    CaseMember,
    CaseState,
    CaseStep,
    LabourCase,
    MediationNote,
    Outcome,
    Part,
)
from zhengyou.labour.models.sealed import SealedTextField
from zhengyou.labour.models.seat import Mediator, SeatPart
from zhengyou.labour.models.signal import Level, Signal, SignalState, Source

__all__ = [
    "SOLVED",
    "CaseClosing",
    "CaseKind",
    "CaseMember",
    "CaseState",
    "CaseStep",
    "LabourCase",
    "Level",
    "MediationNote",
    "Mediator",
    "Outcome",
    "Part",
    "SealedTextField",
    "SeatPart",
    "Signal",
    "SignalState",
    "Source",
]
