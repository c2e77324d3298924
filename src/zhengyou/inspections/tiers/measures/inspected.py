"""What inspections criticised, until it is mended."""

from collections.abc import Mapping, Sequence

from django.db.models import Q

from zhengyou.inspections.facts import Question, Row
from zhengyou.inspections.models.visit import Finding
from zhengyou.inspections.models.vocabulary import FindingKind, VisitState
from zhengyou.inspections.tiers.measures.mending import standing
from zhengyou.ui.text import short_date

Found = Mapping[int, Sequence[Row]]


def criticised(question: Question) -> Found:
    """Count criticism handed over in inspections of the campaign, but what was mended of it: all
    problems raised from it are verified or explained. Two queries."""
    findings = Finding.objects.filter(
        kind=FindingKind.CRITICISM,
        visit__inspection__campaign=question.campaign,
        visit__state=VisitState.HANDED,
        visit__handed_on__lte=question.day,
    ).select_related("visit")
    raised: dict[object, list[bool]] = {}
    for problem in standing(Q(source_kind="finding"), question.day):
        raised.setdefault(problem.source, []).append(problem.mended)
    rows: list[tuple[int | None, Row]] = []
    for row in findings.order_by("visit__handed_on", "pk"):
        states = raised.get(row.uid, [])
        if not states or not all(states):
            note = f"{short_date(row.visit.handed_on)}交的意见"
            rows.append((row.visit.organisation_id, Row("一条督查批评", 1, ref=row.ref, note=note)))
    return question.spread(rows)
