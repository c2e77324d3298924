"""What a duty asks for as plain data, from a file or a form; and as rows, from a day on."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhengyou.campaigns.blueprint.phases import read_due
from zhengyou.campaigns.blueprint.schedule import due_day
from zhengyou.campaigns.models import Campaign, Phase
from zhengyou.kernel.verdict import Refused
from zhengyou.work.models import Cadence, Duty, DutyTerms, Measure, Whose

TERM_TIME = "学期里"
"""The word for what is not asked in the holidays."""
PLAIN = (
    "whose", "enrols", "min_age", "max_age", "retired", "part", "times", "measure", "least", "each",
    "cadence", "due", "term_time", "grace_days", "exempt", "publish", "hint", "basis",
)  # fmt: skip
"""Fields that are the same in data and rows."""
LISTS = ("kinds", "standings", "roles", "without_roles", "records", "scopes", "below")
"""Fields that are tuples in data and lists in rows."""


@dataclass(frozen=True, slots=True)
class DutyData:
    """A duty as the file has it; fields as in :class:`DutyTerms`, ``group`` and ``phase`` codes."""

    code: str
    title: str
    whose: Whose
    cadence: Cadence
    records: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    group: str = ""
    standings: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    enrols: str = ""
    min_age: int | None = None
    max_age: int | None = None
    retired: bool | None = None
    without_roles: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    part: str = ""
    below: tuple[str, ...] = ()
    times: int = 1
    measure: Measure = Measure.TIMES
    least: Decimal = Decimal(0)
    each: bool = False
    due: str = ""
    phase: str = ""
    term_time: bool = False
    grace_days: int = 0
    exempt: str = ""
    publish: bool = False
    hint: str = ""
    basis: str = ""


def install(campaign: Campaign, data: DutyData, since: date, order: int) -> Duty:
    """Make a duty of ``campaign`` that asks for ``data`` from ``since`` on.

    Raises:
        Refused: it is due before the campaign begins, or after it ends.
    """
    duty = Duty.objects.create(campaign=campaign, code=data.code, title=data.title, order=order)
    terms_for(duty, data, since).save()
    return duty


def terms_for(duty: Duty, data: DutyData, since: date) -> DutyTerms:
    """Return unsaved terms of ``duty`` that ask for ``data`` from ``since`` on.

    Raises:
        Refused: as :func:`install`.
    """
    campaign = duty.campaign
    phase = campaign.phases.get(code=data.phase) if data.phase else None
    return DutyTerms(
        duty=duty,
        since=since,
        group=campaign.groups.get(code=data.group) if data.group else None,
        phase=phase,
        due_on=_due_on(campaign, phase, data),
        **{name: getattr(data, name) for name in PLAIN},
        **{name: list(getattr(data, name)) for name in LISTS},
    )


def _due_on(campaign: Campaign, phase: Phase | None, data: DutyData) -> date | None:
    if data.cadence != Cadence.ONCE:
        return None
    due = read_due(data.due)
    first, last = _days(campaign, phase)
    day = due_day(due, first, last)
    if not first <= day <= last:
        raise Refused(
            f"任务“{data.title}”的期限 {day:%Y-%m-%d} 不在{_named(phase)}里"
            f"（{first:%Y-%m-%d} 到 {last:%Y-%m-%d}），请改期限。"
        )
    return day


def due_in(campaign: Campaign, phase: Phase | None, due: str) -> date:
    """Return the day that a written ``due`` is now, within the days that there are."""
    first, last = _days(campaign, phase)
    return min(max(due_day(read_due(due), first, last), first), last)


def _days(campaign: Campaign, phase: Phase | None) -> tuple[date, date]:
    if phase is not None:
        return phase.starts_on, phase.ends_on
    return campaign.starts_on, campaign.ends_on


def _named(phase: Phase | None) -> str:
    return f"阶段“{phase.title}”" if phase else "活动"


def of_terms(terms: DutyTerms) -> DutyData:
    """Return a row as data."""
    values: dict[str, Any] = {name: getattr(terms, name) for name in PLAIN}
    values |= {name: tuple(getattr(terms, name)) for name in LISTS}
    values["due"] = due_words(terms)
    return DutyData(
        code=terms.duty.code,
        title=terms.duty.title,
        group=terms.group.code if terms.group else "",
        phase=terms.phase.code if terms.phase else "",
        **values,
    )


def due_words(terms: DutyTerms) -> str:
    """Return the date by which something is due once, as it is written, else the day itself."""
    return terms.due or (terms.due_on.isoformat() if terms.due_on else "")


def still_asked(duty: Duty, day: date) -> DutyTerms | None:
    """Return the terms that hold on ``day``, else the first that are to come; None where the duty
    is ended by then."""
    rows = [row for row in duty.terms.all() if row.until is None or row.until > max(day, row.since)]
    return next((row for row in sorted(rows, key=lambda row: (row.since, row.pk))), None)
