"""The periods of a duty: when it is to be done, so often as its cadence says.

A period belongs to one row of terms: where a duty changed, one period ends and another begins. A
period that is cut short (by the days of the campaign, of a phase, of the terms) is asked only if at
least half of it is left. What is done in term time only is not asked in the holidays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from zhengyou.campaigns.models import Campaign, CampaignState
from zhengyou.kernel import clock, periods
from zhengyou.work.models import Cadence, Duty, DutyTerms, OwnCadence

DAY = timedelta(days=1)
Span = tuple[date, date]
"""The days from the first up to, not including, the second."""


@dataclass(frozen=True, slots=True, order=True)
class Turn:
    """One period of a duty: the days from ``start`` up to, not including, ``end``.

    Args:
        unset: the body has not said yet how often (定期); nothing can be late.
    """

    start: date
    end: date
    label: str
    terms: DutyTerms = field(compare=False, repr=False)
    unset: bool = False

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> date:
        """The last day."""
        return self.end - DAY

    @property
    def middle(self) -> date:
        """The middle day, the last one of the first half: who comes later is asked next time."""
        return self.start + timedelta(days=((self.end - self.start).days - 1) // 2)

    @property
    def closes(self) -> date:
        """The last day on which it can be done without being late, the days of grace included."""
        return self.last + timedelta(days=self.terms.grace_days)

    @property
    def anytime(self) -> bool:
        """Whether it is done whenever it fits (适时)."""
        return self.terms.cadence == Cadence.ANYTIME

    @property
    def ends(self) -> date | None:
        """The first day that no longer counts. What is due once by a date may be done after it,
        late: None."""
        return None if self.terms.cadence == Cadence.ONCE else self.end

    def takes(self, day: date) -> bool:
        """Tell whether what was done for ``day`` counts here."""
        return self.start <= day and (self.ends is None or day < self.ends)

    def is_over(self, day: date) -> bool:
        """Tell whether it is too late on ``day``, the days of grace included."""
        return day > self.closes


def turns_of(duty: Duty, own: Sequence[OwnCadence] = (), *, day: date | None = None) -> list[Turn]:
    """Return all periods of ``duty`` in the days of its campaign, in order.

    No query where the campaign with its phases and the terms with theirs were fetched.

    Args:
        own: how often the body asked for does it, for 定期; see :class:`OwnCadence`.
        day: as seen on this day (default today). A campaign that has been ended early asks for no
            period that was not over.
    """
    rows = list(duty.terms.all())
    found = [turn for terms in rows for turn in _turns(duty, rows[0], terms, own)]
    stopped = _stopped_on(duty.campaign)
    if stopped is not None and stopped < (day or clock.today()):
        found = [turn for turn in found if turn.last <= stopped]
    return sorted(found)


def turns_on(turns: Sequence[Turn], day: date) -> list[Turn]:
    """Return the periods to look at on ``day``: those that hold it (phases may overlap), else the
    last one that is over; nothing before the first has begun."""
    return [turn for turn in turns if day in turn] or last_ended(turns, day)


def last_ended(turns: Sequence[Turn], day: date) -> list[Turn]:
    """Return the last period that had ended by ``day``, if there is one."""
    return [turn for turn in turns if turn.end <= day and not turn.unset][-1:]


def _stopped_on(campaign: Campaign) -> date | None:
    if campaign.state != CampaignState.CLOSED or campaign.closed_at is None:
        return None
    return campaign.closed_at.astimezone(clock.SHANGHAI).date()


def _turns(
    duty: Duty, first: DutyTerms, terms: DutyTerms, own: Sequence[OwnCadence]
) -> Iterator[Turn]:
    whole = _whole(duty.campaign, terms)
    span = _clip(whole, (terms.since, terms.until or whole[1]))
    cadence = Cadence(terms.cadence)
    if cadence == Cadence.ONCE:
        yield from _once(whole, first, terms)
    elif not _days(span):
        return
    elif cadence == Cadence.REGULAR:
        yield from _regular(duty.campaign, terms, span, own)
    elif cadence == Cadence.PHASE:
        yield from _phases(duty.campaign, terms, span)
    elif cadence.period is None:
        yield Turn(*span, str(cadence.label), terms)
    else:
        yield from _calendar(duty.campaign, terms, cadence, span)


def _whole(campaign: Campaign, terms: DutyTerms) -> Span:
    """Return the days of the campaign, or of the one phase that the duty belongs to."""
    whole = (campaign.starts_on, campaign.ends_on + DAY)
    if terms.phase is None:
        return whole
    return _clip(whole, (terms.phase.starts_on, terms.phase.ends_on + DAY))


def _once(whole: Span, first: DutyTerms, terms: DutyTerms) -> Iterator[Turn]:
    """Yield the one period up to the date, unless the terms ended before it came. A date that was
    moved does not make undone what was done before it was."""
    due = terms.due_on
    if due is None or (terms.until and terms.until <= due):
        return
    start = max(whole[0], first.since)
    if start <= due:
        yield Turn(start, due + DAY, f"{due.year}年{due.month}月{due.day}日前", terms)


def _phases(campaign: Campaign, terms: DutyTerms, span: Span) -> Iterator[Turn]:
    phases = [terms.phase] if terms.phase else list(campaign.phases.all())
    for phase in phases:
        days = _clip(span, (phase.starts_on, phase.ends_on + DAY))
        if _days(days):
            yield Turn(*days, phase.title, terms)


def _regular(
    campaign: Campaign, terms: DutyTerms, span: Span, own: Sequence[OwnCadence]
) -> Iterator[Turn]:
    """Yield the periods a body gave itself; in the days for which it has not, one that is unset."""
    free = span[0]
    for row in sorted(own, key=lambda row: row.since):
        days = _clip(span, (row.since, row.until or span[1]))
        if not _days(days):
            continue
        if free < days[0]:
            yield _unset(terms, free, days[0])
        yield from _calendar(campaign, terms, Cadence(row.cadence), days)
        free = max(free, days[1])
    if free < span[1]:
        yield _unset(terms, free, span[1])


def _unset(terms: DutyTerms, start: date, end: date) -> Turn:
    return Turn(start, end, str(Cadence.REGULAR.label), terms, unset=True)


def _calendar(campaign: Campaign, terms: DutyTerms, cadence: Cadence, span: Span) -> Iterator[Turn]:
    rows = campaign.term_rows
    kind = cadence.period
    if kind is None or (kind == periods.Kind.TERM and not rows):
        return
    for period in periods.periods_between(kind, *span, rows):
        days = _clip(span, (period.start, period.end))
        half = 2 * _asked_days(days, rows, terms) >= _days((period.start, period.end))
        if half:
            yield Turn(*days, period.label, terms)


def _asked_days(days: Span, rows: list[periods.Term], terms: DutyTerms) -> int:
    """Return how many of ``days`` count: of what is asked in term time, those of school terms."""
    if not terms.term_time or not rows:
        return _days(days)
    school = periods.periods_between(periods.Kind.TERM, *days, rows)
    return sum(_days(_clip(days, (each.start, each.end))) for each in school)


def _clip(span: Span, by: Span) -> Span:
    return max(span[0], by[0]), min(span[1], by[1])


def _days(span: Span) -> int:
    return max((span[1] - span[0]).days, 0)
