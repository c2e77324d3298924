"""What people put into the boxes of a campaign, and nobody has answered in time."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache

from django.db.models import Exists, OuterRef

from zhengyou.climb.history import end_of
from zhengyou.inspections.facts import Question, Row
from zhengyou.kernel.workdays import add_workdays
from zhengyou.ui.text import long_date
from zhengyou.voices.models import BoxKind, Voice, VoiceOutcome

Found = Mapping[int, Sequence[Row]]
WEEK = timedelta(days=6)


def unanswered(question: Question) -> Found:
    """Count voices of which nothing had come by the day for an answer, counted from the end of the
    week in which they came in. Complaints about burden are the superior's to answer. No voice is
    shown: there is nothing to be learnt here of who said what. One query."""
    due = cache(lambda week, days: add_workdays(week + WEEK, days).day)
    told = VoiceOutcome.objects.filter(voice=OuterRef("pk"), at__lt=end_of(question.day))
    voices = Voice.objects.filter(~Exists(told), box__campaign=question.campaign)
    rows: list[tuple[int | None, Row]] = []
    asked = voices.filter(week__lte=question.day).exclude(box__kind=BoxKind.BURDEN)
    fields = ("box__organisation", "week", "box__answer_days")
    for body, week, days in asked.order_by("week").values_list(*fields):
        last = due(week, days)
        if last < question.day:
            rows.append((body, Row("一条意见建议", 1, note=f"{long_date(last)}前该答复")))
    return question.spread(rows)
