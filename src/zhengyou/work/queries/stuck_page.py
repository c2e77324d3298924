"""Who is stuck on what, and since when: lists of a body and what is below it, one point."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from zhengyou.kernel import clock
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.ui.text import long_date
from zhengyou.work import stuck
from zhengyou.work.models import ReportPoint, Solution
from zhengyou.work.rules import reporting as rules

PAGE = 30


@dataclass(frozen=True, slots=True)
class StuckRow:
    """A point in a list."""

    kind: str
    label: str
    title: str
    why: str
    when: str
    url: str


def loaded(rows: QuerySet[ReportPoint]) -> QuerySet[ReportPoint]:
    """Return points with what became of them."""
    solutions = Solution.objects.select_related("by", "reopened_by")
    return rows.prefetch_related(Prefetch("solutions", solutions))


def standing(point: ReportPoint) -> Solution | None:
    """Return the solution that holds."""
    return next((row for row in point.solutions.all() if row.reopened_at is None), None)


def days_stuck(point: ReportPoint, day: date | None = None) -> int:
    """Return since how many days somebody is stuck, or was until it was solved."""
    since = point.report.first_sent_on or clock.today()
    solved = standing(point)
    until = solved.solved_on if solved else day or clock.today()
    return max((until - since).days, 0)


def stuck_row(point: ReportPoint) -> StuckRow:
    """Return a point as a row of a list."""
    solved, report = standing(point), point.report
    since = f"{long_date(report.first_sent_on)}提出"
    if solved:
        why = f"{report.who}，{since}，{long_date(solved.solved_on)}解决：{solved.how}"
    else:
        why = f"{report.who}，{since}"
    days = days_stuck(point)
    return StuckRow(
        "done" if solved else "due",
        "解决了" if solved else "还卡着",
        point.text,
        why,
        f"卡了 {days} 天" if days else "当天解决" if solved else "今天提出",
        reverse("work:point", args=[point.uid]),
    )


def stuck_page(
    actor: Actor, body: Organisation, solved: bool, number: str | None
) -> dict[str, Any]:
    """Return the points of ``body`` and of what is below it: the open ones, the oldest first, or
    those that were solved."""
    points = stuck.points().filter(stuck.within(body), rules.visible_points(actor))
    still = stuck.still_open().filter(stuck.within(body), rules.visible_points(actor))
    rows = points.exclude(pk__in=still.values("pk")) if solved else still
    order = ("-report__first_sent_on", "-pk") if solved else ("report__first_sent_on", "pk")
    keys = rows.order_by(*order).values_list("pk", flat=True)
    page = Paginator(keys, PAGE).get_page(number)
    found = loaded(stuck.points().filter(pk__in=list(page.object_list))).order_by(*order)
    url = reverse("work:stuck", args=[body.uid])
    return {
        "page": page,
        "rows": [stuck_row(point) for point in found],
        "solved": solved,
        "segments": [
            {"title": "还卡着", "url": url, "current": not solved, "count": None},
            {"title": "解决了", "url": f"{url}?solved=1", "current": solved, "count": None},
        ],
    }


def said_again(point: ReportPoint) -> list[ReportPoint]:
    """Return how it was said in the reports after, the latest first; drafts left out."""
    rows = point.carried.filter(report__first_sent_on__isnull=False, left_out=False)
    return list(rows.select_related("report__duty", "report__organisation").order_by("-pk"))
