"""Compares what verbs keep of rolls with what one gets by counting, for days without end."""

from datetime import date, timedelta

from zhengyou.kernel import clock
from zhengyou.people.models import Membership, Organisation, Placement, Standing
from zhengyou.people.queries import numbers


def check_numbers(*, each_body: bool = False) -> None:
    """From today on, numbers read are numbers counted: of the whole tree, or asked body by body."""
    today = clock.today()
    for day in (today, *sorted(_days_to_come(today))):
        tops = Placement.objects.on(day)
        if not each_body:
            tops = tops.filter(parent=None)
        for path in tops.values_list("path", flat=True):
            read, counted = numbers._read(day, path), numbers.count_on(day, path)
            assert read is not None, "a body is not counted at all"
            assert +read.people == counted.people, day
            assert (read.bodies, +read.standings) == (counted.bodies, counted.standings), day


def _days_to_come(today: date) -> set[date]:
    """Return the days on which something begins or ends, and the one before each."""
    days: set[date] = set()
    for model in (Membership, Standing, Placement, Organisation):
        since, until = ("founded_on", "closed_on") if model is Organisation else ("since", "until")
        for ends in model.objects.values_list(since, until).distinct():  # type: ignore[attr-defined]
            days.update(day for day in ends if day and day > today)
    return days | {day - timedelta(days=1) for day in days}
