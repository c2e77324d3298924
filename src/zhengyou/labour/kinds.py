"""Kinds of signals, and the steps of cases with their days. As data: a line more is a kind more.

The days are working days: a request is taken up within 3 of them
(《企业劳动争议协商调解规定》第二十二条). A mediation ends within 15 days of the calendar,
which 10 working days exceed around long holidays only: then the fifteenth day goes before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhengyou.kernel.workdays import add_workdays
from zhengyou.labour.models import CaseKind, Level

KINDS: Mapping[str, str] = {
    "wages": "拖欠、克扣工资",
    "hours": "加班、轮班、调岗",
    "contract": "劳动合同签订、解除",
    "insurance": "社会保险、公积金",
    "injury": "工伤、职业病",
    "welfare": "福利、奖金分配",
    "layoff": "裁员、改制、搬迁",
    "petition": "集体来访、联名信",
    "stoppage": "停工、怠工的苗头",
    "treatment": "管理粗暴、处分不服",
    "other": "别的",
}
"""Kinds of signals and cases: code and words."""
WATCH: Mapping[Level, int] = {Level.BLUE: 5, Level.YELLOW: 2, Level.RED: 0}
"""Within how many working days somebody looks after a signal."""
LONGEST_MEDIATION = 15
"""Calendar days after the request within which a mediation ends, whatever working days say."""


@dataclass(frozen=True, slots=True)
class StepKind:
    """A step: code, title, within how many working days of the opening, what it rests on."""

    code: str
    title: str
    days: int
    basis: str = ""


_LAW = "《劳动争议调解仲裁法》第十四条"
STEPS: Mapping[CaseKind, tuple[StepKind, ...]] = {
    CaseKind.SINGLE: (
        StepKind("accept", "决定受理，告诉当事人", 3, "《企业劳动争议协商调解规定》第二十二条"),
        StepKind("learn", "两边了解情况", 5),
        StepKind("mediate", "调解", 10, _LAW),
    ),
    CaseKind.COLLECTIVE: (
        StepKind("report", "当天报本组织负责人和上级工会", 0),
        StepKind("scene", "到现场，请大家推选代表", 1, "《劳动争议调解仲裁法》第七条"),
        StepKind("accept_all", "决定受理，告诉代表", 3, "《企业劳动争议协商调解规定》第二十二条"),
        StepKind("mediate", "调解", 10, _LAW),
    ),
}
"""The steps of a case, in order."""
TITLES = {step.code: step.title for steps in STEPS.values() for step in steps}
BASIS = {step.code: step.basis for steps in STEPS.values() for step in steps}


def days_of(kind: CaseKind, opened: date) -> list[tuple[StepKind, date]]:
    """Return the steps of a case that was opened on ``opened``, each with its last day. What is to
    be done the same day is due that day, holiday or not."""
    found = []
    for step in STEPS[kind]:
        due = add_workdays(opened, step.days).day if step.days else opened
        if step.code == "mediate":
            due = min(due, opened + timedelta(days=LONGEST_MEDIATION))
        found.append((step, due))
    return found


def watch_until(level: Level, noted: date) -> date:
    """Return until when somebody looks after a signal."""
    days = WATCH[level]
    return add_workdays(noted, days).day if days else noted
