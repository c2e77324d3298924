"""What rotas put into the calendar of a body: whose turn begins when; persons are not named."""

from datetime import date

from django.urls import reverse

from zhengyou.kernel.agenda import Occasion
from zhengyou.people.models import Organisation
from zhengyou.work.queries.rotas import rows
from zhengyou.work.rotas import Book


def agenda_of(body: Organisation, since: date, until: date) -> list[Occasion]:
    """Return the turns that begin from ``since`` to ``until`` (both included). Seven queries."""
    return [
        Occasion(
            f"rota:{rota.uid}:{turn.first}",
            f"{rota.title}：{turn.who}" if turn.taker and not turn.taker.person_id else rota.title,
            turn.first, rota.task, last=turn.last, url=reverse("work:rota", args=[rota.uid]),
        )
        for rota in rows().filter(organisation=body, until=None)
        for turn in Book.of(rota).turns(since, until)
        if turn.taker is not None and since <= turn.first
    ]  # fmt: skip
