"""What duties, series and rotas put into the calendar of a body. Persons are not named."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.agenda import Occasion
from zhengyou.people.models import Organisation
from zhengyou.work.asked import body_has
from zhengyou.work.kinds import QUIET
from zhengyou.work.models import Cadence, OwnCadence, RecordSeries
from zhengyou.work.queries import rota_agenda
from zhengyou.work.queries.compliance import with_duties
from zhengyou.work.queries.series import day_after
from zhengyou.work.survey import duties_of
from zhengyou.work.turns import Turn, turns_of


def agenda_of(body: Organisation, since: date, until: date) -> list[Occasion]:
    """Return what falls from ``since`` to ``until`` (both included): last days of the body's own
    duties, the days of its series, the turns of its rotas."""
    rows = [*_duties(body, since, until), *_series(body, since, until)]
    return [*rows, *rota_agenda.agenda_of(body, since, until)]


def _duties(body: Organisation, since: date, until: date) -> Iterator[Occasion]:
    url = reverse("work:body", args=[body.uid])
    for campaign in with_duties(clock.today(), [body.pk]).select_related("organisation"):
        for duty in duties_of(campaign):
            own = OwnCadence.objects.held().filter(duty=duty, organisation=body)
            mine = own if any(t.cadence == Cadence.REGULAR for t in duty.terms.all()) else ()
            for turn in turns_of(duty, list(mine)):
                if _ends_within(turn, since, until) and body_has(turn.terms, campaign, body):
                    key, words = f"duty:{duty.uid}:{turn.start}", f"{turn.label}，今天到期"
                    yield Occasion(key, duty.title, turn.last, words, url=url)


def _ends_within(turn: Turn, since: date, until: date) -> bool:
    return not turn.unset and not turn.anytime and since <= turn.last <= until


def _series(body: Organisation, since: date, until: date) -> Iterator[Occasion]:
    # With whom somebody talks each month is not for everybody who has the link.
    for series in RecordSeries.objects.held().filter(organisation=body).exclude(kind__in=QUIET):
        url = reverse("work:series", args=[series.uid])
        day = day_after(series, None)
        while day <= until and (series.until is None or day < series.until):
            if day >= since:
                key = f"series:{series.uid}:{day}"
                yield Occasion(key, series.title, day, at=series.at, place=series.place, url=url)
            day = day_after(series, day)
