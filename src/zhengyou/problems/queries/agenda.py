"""What problems put into the calendar of a body: until when how many are to be mended. What was
found is not said, and nobody is named: whoever has the link reads it."""

from datetime import date

from django.db.models import Count
from django.urls import reverse

from zhengyou.kernel.agenda import Occasion
from zhengyou.people.models import Organisation
from zhengyou.problems.models import MENDING, Problem
from zhengyou.problems.rules import handled_by


def agenda_of(body: Organisation, since: date, until: date) -> list[Occasion]:
    """Return the deadlines from ``since`` to ``until`` (both included), a day each. One query."""
    rows = Problem.objects.filter(
        handled_by(body), subject=None, state__in=MENDING, deadline__range=(since, until)
    )
    days = rows.order_by("deadline").values_list("deadline").annotate(count=Count("pk"))
    url = reverse("problems:ledger", args=[body.uid])
    return [
        Occasion(f"problems:{body.uid}:{day}", f"{count} 个问题到整改期限", day, url=url)
        for day, count in days
    ]
