"""What a body promised, answered and laid open in public."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery

from zhengyou.campaigns.models import Plan
from zhengyou.campaigns.queries.past import plan_states
from zhengyou.climb.history import end_of
from zhengyou.climb.models import ClimbState
from zhengyou.inspections.facts import Question, Row
from zhengyou.kernel import clock
from zhengyou.people.models import Organisation
from zhengyou.pledges.models import Confirmation, Outcome, PledgeItem
from zhengyou.remarks.models import Remark, RemarkState
from zhengyou.remarks.queries.desk import queue_url
from zhengyou.ui.text import long_date, short_date

Found = Mapping[int, Sequence[Row]]


def kept(question: Question) -> Found:
    """Count public promises whose day has come: kept is what the branch confirmed as kept."""
    until = end_of(question.day)
    last = Confirmation.objects.filter(fulfilment__item=OuterRef("pk"), decided_at__lt=until)
    rows = PledgeItem.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gte=until),
        campaign=question.campaign,
        published_at__lt=until,
        due_on__lte=question.day,
    ).annotate(
        confirmed=Subquery(last.order_by("-decided_at", "-pk").values("outcome")[:1]),
        pledge_uid=F("pledge__uid"),
    )
    found: list[tuple[int | None, Row]] = []
    for row in rows.select_related("pledge").order_by("due_on", "pk"):
        part, note = int(row.confirmed == Outcome.FULFILLED), f"{short_date(row.due_on)}到期"
        words = f"一条承诺（第 {row.number} 条）"
        found.append((row.organisation_id, Row(words, part, ref=row.pledge.ref, note=note)))
    return question.spread(found)


def unanswered(question: Question) -> Found:
    """Count shown remarks whose day for an answer is over without one."""
    rows = Remark.objects.filter(
        Q(answered_on=None) | Q(answered_on__gt=question.day),
        state=RemarkState.SHOWN,
        within=question.campaign.uid,
        shown_on__lte=question.day,
        due_on__lt=question.day,
    ).select_related("organisation")
    found: list[tuple[int | None, Row]] = []
    for row in rows.order_by("due_on", "uid"):
        url = f"{queue_url(row.organisation)}?show=unanswered"
        note = f"{long_date(row.due_on)}前该答复"
        found.append((row.organisation_id, Row("一条群众意见", 1, url=url, note=note)))
    return question.spread(found)


def plans(question: Question) -> Found:
    """Count the bodies asked about that have no public plan."""
    bodies = Organisation.objects.filter(pk__in=_inside(question))
    covered = bodies.filter(kind__in=question.campaign.covers).order_by("path")
    has = _published(question)
    rows: list[tuple[int | None, Row]] = [
        (body.pk, Row(f"{body.name}的方案", 1, ref=body.ref, note="还没有公开"))
        for body in covered
        if body.pk not in has
    ]
    return question.spread(rows)


def _inside(question: Question) -> list[int]:
    return [body for body in question.places if question.holders(body)]


def _published(question: Question) -> set[int]:
    rows = list(Plan.objects.filter(campaign=question.campaign))
    states = _states(rows, question.day)
    return {row.organisation_id for row in rows if states.get(row.uid) == ClimbState.PUBLISHED}


def _states(rows: list[Plan], day: date) -> Mapping[UUID, ClimbState]:
    if day < clock.today():
        return plan_states(rows, day)
    return {row.uid: ClimbState(row.state) for row in rows}
