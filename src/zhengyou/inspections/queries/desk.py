"""What inspections ask of somebody: a seed whose day has come, visits to make, replies to write."""

from collections import Counter

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from zhengyou.inspections import rules
from zhengyou.inspections.models import (
    Finding,
    FindingKind,
    Inspection,
    InspectionState,
    Reply,
    Visit,
    VisitState,
)
from zhengyou.inspections.rules.seeing import in_team
from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.ui.text import short_date


def todo_for(actor: Actor) -> list[Errand]:
    """Return what is due from ``actor``. Three queries at most."""
    if actor.person is None:
        return []
    return [*_replies(actor), *_visits(actor)]


def waiting_for(actor: Actor) -> list[Errand]:
    """Return what only the hat worn can bring on: seeds whose day has come. One query."""
    rows = Inspection.objects.filter(
        rules.planned_by(actor), state=InspectionState.FROZEN, draw__seed_on__lte=clock.today()
    )
    return [
        Errand(
            "due", "待抽签", row.title, f"种子来源：{row.draw.source_words}",
            f"{short_date(row.draw.seed_on)}产生种子", reverse("inspections:seed", args=[row.uid]),
            "录入种子", row.draw.seed_on,
        )
        for row in rows.select_related("draw")
    ]  # fmt: skip


def unanswered(actor: Actor) -> QuerySet[Finding]:
    """Return the criticism that was handed over to bodies for which the hat worn answers, and to
    which nobody has replied."""
    visits = Visit.objects.filter(rules.led_by(actor), state=VisitState.HANDED)
    rows = Finding.objects.filter(visit__in=visits.order_by().values("pk"))
    rows = rows.filter(kind=FindingKind.CRITICISM)
    return rows.exclude(Exists(Reply.objects.filter(finding=OuterRef("pk"))))


def _replies(actor: Actor) -> list[Errand]:
    rows = unanswered(actor).select_related("visit__inspection", "visit__organisation")
    visits = {row.visit_id: row.visit for row in rows}
    counts = Counter(row.visit_id for row in rows)
    today = clock.today()
    found = []
    for key, visit in visits.items():
        assert visit.reply_by is not None  # a constraint of what was handed over
        late = visit.reply_by < today
        found.append(
            Errand(
                "late" if late else "due", "过期没答复" if late else "待答复",
                f"{visit.inspection.title}：{counts[key]} 条批评要答复", visit.organisation.name,
                f"{short_date(visit.reply_by)}前", reverse("inspections:visit", args=[visit.uid]),
                "去答复", visit.reply_by, outside="有督查意见要答复",
            )
        )  # fmt: skip
    return found


def _visits(actor: Actor) -> list[Errand]:
    rows = Visit.objects.filter(
        in_team(actor, "inspection"), inspection__state=InspectionState.UNDER_WAY,
        state__in=[VisitState.PLANNED, VisitState.UNDER_WAY],
    )  # fmt: skip
    by: dict[int, list[Visit]] = {}
    for row in rows.select_related("inspection", "organisation"):
        if not rules.has_conflict(actor, row.organisation):
            by.setdefault(row.inspection_id, []).append(row)
    today = clock.today()
    found = []
    for visits in by.values():
        inspection = visits[0].inspection
        late = inspection.ends_on < today
        begun = inspection.starts_on <= today
        names = "、".join(visit.organisation.name for visit in visits[:3])
        found.append(
            Errand(
                "late" if late else "doing" if begun else "todo",
                "过期没查完" if late else "要去检查",
                f"{inspection.title}：还有 {len(visits)} 个单位", names,
                f"{short_date(inspection.ends_on)}前",
                reverse("inspections:inspection", args=[inspection.uid]), "去检查",
                inspection.ends_on,
            )
        )  # fmt: skip
    return found
