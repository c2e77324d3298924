"""Records on the desk: what I began and have not finished, and what is done again and again and
whose day has come. Nobody is told by name who left what: a series is its body's."""

from django.db.models import Max, Q
from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Role
from zhengyou.people.rules import LEADERS
from zhengyou.ui.text import short_date
from zhengyou.work.kinds import OWN_WORK, QUIET
from zhengyou.work.models import Record, RecordSeries, RecordState
from zhengyou.work.queries.series import day_after, words_of
from zhengyou.work.rules.recording import BOOKKEEPERS, OF_GROUPS, books_of

MOST = 10
WRITERS = (Role.RECORDER, Role.SECRETARY, *OF_GROUPS)
"""Who is told that the day of a series has come; others who keep the book see it there."""


def todo_for(actor: Actor) -> list[Errand]:
    """Return the drafts of ``actor`` and the series of the hat's body whose day has come. Two
    queries."""
    return [*_drafts(actor), *_series(actor)]


def waiting_for(actor: Actor) -> list[Errand]:
    """Nothing about records waits for a decision."""
    return []


def _drafts(actor: Actor) -> list[Errand]:
    if actor.person is None:
        return []
    rows = Record.objects.filter(_written_on(actor), by=actor.person, state=RecordState.DRAFT)
    return [
        Errand(
            kind="doing", label="没写完", title=row.title,
            why=f"{row.organisation.name}，写到一半的纪实", when=short_date(row.on),
            url=reverse("work:write", args=[row.uid]), button="接着写", due=row.on,
            outside="一条没写完的纪实",
        )
        for row in rows.select_related("organisation").order_by("on", "pk")[:MOST]
    ]  # fmt: skip


def _written_on(actor: Actor) -> Q:
    """Return the drafts that ``actor`` may still finish: who has left a body is not asked to."""
    homes = [body.pk for body in actor.memberships]
    found = Q(kind__in=OWN_WORK, organisation__in=homes)
    if actor.hat and actor.hat.role in (*BOOKKEEPERS, *OF_GROUPS):
        found |= books_of(actor.hat.organisation)
    return found


def _series(actor: Actor) -> list[Errand]:
    if actor.hat is None or actor.hat.role not in WRITERS:
        return []
    body, today = actor.hat.organisation, clock.today()
    standing = ~Q(records__state=RecordState.STRUCK)
    rows = RecordSeries.objects.on(today).filter(organisation=body)
    if actor.hat.role not in LEADERS:
        rows = rows.exclude(kind__in=QUIET)
    found = []
    for row in rows.annotate(last=Max("records__on", filter=standing)):
        on = day_after(row, row.last)
        if on <= today:
            url = reverse("work:new", args=[body.uid, row.kind])
            found.append(Errand(
                kind="due", label="该记了", title=row.title, why=f"{words_of(row)}，打开就填好大半",
                when=short_date(on), url=f"{url}?series={row.uid}", button="记这一次", due=on,
                outside="一次谈话该记了" if row.kind in QUIET else "",
            ))  # fmt: skip
    return found
