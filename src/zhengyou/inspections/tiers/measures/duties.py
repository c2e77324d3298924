"""Duties of the last periods that are over: how many were done, how many are still missing."""

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse

from zhengyou.campaigns.models import Campaign
from zhengyou.inspections.facts import Question, Row
from zhengyou.people.models import Organisation
from zhengyou.work.queries.matrix import Cell, Grid, grid_of

Found = Mapping[int, Sequence[Row]]


def duties_of(campaign: Campaign) -> list[tuple[str, str]]:
    """Return the duties of a campaign, by code."""
    return list(campaign.duties.order_by("order", "id").values_list("code", "title"))


def done(question: Question) -> Found:
    """Count what was done of what was asked. Nobody is named: a row is a duty of a body."""
    return _rows(question, lambda cell: (cell.done, cell.asked))


def overdue(question: Question) -> Found:
    """Count what is over and was not done."""
    return _rows(question, lambda cell: (cell.overdue, cell.overdue))


def topics_of(campaign: Campaign) -> list[tuple[str, str]]:
    """Return what is to be laid open, by the code of its duty."""
    rows = campaign.duties.filter(topic__isnull=False).order_by("order", "id")
    return list(rows.values_list("code", "title"))


def laid_open(question: Question) -> Found:
    """Count what was to be laid open and is still missing. One query more than of duties."""
    topics = set(question.campaign.duties.filter(topic__isnull=False).values_list("pk", flat=True))
    return _rows(question, lambda cell: (cell.overdue, cell.overdue), topics)


def _rows(
    question: Question, of: Callable[[Cell], tuple[int, int]], only: set[int] | None = None
) -> Found:
    grid = grid_of(question.campaign, question.day, "last")
    bodies = [body for body in grid.rows if question.holders(body)]
    known = Organisation.objects.filter(pk__in=bodies).values_list("pk", "uid", "name")
    named = {pk: (uid, name) for pk, uid, name in known}
    rows: list[tuple[int | None, Row]] = []
    for body in bodies:
        uid, name = named[body]
        url = f"{reverse('work:body', args=[uid])}?day={question.day}"
        for duty in grid.duties:
            part, whole = of(grid.rows[body].get(duty.pk, Cell()))
            asked = question.of in ("", duty.code) and (only is None or duty.pk in only)
            if whole and asked:
                words, note = f"{name}：{duty.title}", _period(grid, duty.pk)
                rows.append((body, Row(words, part, whole, url=url, note=note)))
    return question.spread(rows)


def _period(grid: Grid, duty: int) -> str:
    return "、".join(dict.fromkeys(grid.periods.get(duty, [])))
