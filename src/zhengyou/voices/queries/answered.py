"""What came of suggestions: what can stand in a piece, where adopted ones went, what is public."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from zhengyou.campaigns.models import Plan, Task
from zhengyou.campaigns.rules import visible_plans
from zhengyou.kernel import clock
from zhengyou.kernel.refs import Ref
from zhengyou.people.actor import Actor
from zhengyou.ui.text import number
from zhengyou.voices.actions.climbing import CHOSEN_HERE
from zhengyou.voices.models import Adoption, Box, Contributor, Suggestion
from zhengyou.voices.queries.authors import contributors_of_all
from zhengyou.voices.queries.funnel import funnel_of, shape_of
from zhengyou.voices.queries.ideas import Stage, adopted, adopted_row


# --- pieces -------------------------------------------------------------------------------------
def to_compose(box: Box, stage: Stage) -> QuerySet[Suggestion]:
    """Return what was chosen at a stage and stands in no piece."""
    rows = Suggestion.objects.filter(
        box=box, level=stage.level, holder=stage.body, state__in=CHOSEN_HERE, composite=False
    )
    return rows.exclude(stands_in__until=None, stands_in__isnull=False).order_by("pk")


def free_for(piece: Suggestion) -> QuerySet[Suggestion]:
    """Return what could stand in ``piece`` and does not."""
    rows = Suggestion.objects.filter(
        box=piece.box, level=piece.began_at, holder=piece.home, state__in=CHOSEN_HERE,
        composite=False,
    )  # fmt: skip
    return rows.exclude(stands_in__until=None, stands_in__isnull=False).order_by("pk")


def parts_of(piece: Suggestion) -> list[Suggestion]:
    """Return what stands in a piece, in its order."""
    rows = piece.parts.filter(until=None).select_related("suggestion").order_by("order")
    return [row.suggestion for row in rows]


# --- adopted ------------------------------------------------------------------------------------
def places_of(actor: Actor, adoption: Adoption) -> list[Ref]:
    """Return the plans of the body, and the tasks of their campaigns, as far as one sees them."""
    rows = Plan.objects.filter(visible_plans(actor), organisation=adoption.organisation)
    plans = list(rows.select_related("campaign", "organisation").distinct())
    tasks = Task.objects.filter(phase__campaign__in=[plan.campaign_id for plan in plans])
    found = [plan.ref for plan in plans]
    for task in tasks.select_related("phase").order_by("phase__starts_on", "order"):
        plan = next(each for each in plans if each.campaign_id == task.phase.campaign_id)
        found.append(Ref("plan", plan.uid, f"{plan.campaign.title}的任务“{task.title}”"[:120]))
    return found


def totals(rows: Iterable[Adoption]) -> list[tuple[str, str]]:
    """Return what was gained in all, unit by unit; only what was done and could be counted."""
    sums: dict[str, Decimal] = {}
    for row in rows:
        for gain in row.benefits.all():
            sums[gain.unit] = sums.get(gain.unit, Decimal(0)) + gain.amount
    return [(unit, number(amount)) for unit, amount in sorted(sums.items())]


# --- in public ----------------------------------------------------------------------------------
def public_results(box: Box) -> dict[str, Any]:
    """Return what everybody may read of a call: the numbers, what was adopted and what came of it;
    those who signed by name, nobody else, and no reasons about single ones that were left out."""
    rows = list(adopted(Q(suggestion__box=box)))
    people = contributors_of_all([row.suggestion for row in rows])
    counts = funnel_of(box, clock.today())
    return {
        "counts": counts,
        "shape": shape_of(counts),
        "rows": [{**adopted_row(row), "by": by_words(people[row.suggestion.pk])} for row in rows],
        "totals": totals(rows),
    }


def by_words(people: Iterable[Contributor]) -> str:
    """Return who made it, as the public may read it: 宋知行、一位家长和 3 位不署名的."""
    rows = list(people)
    named = [row.person.name if row.person else row.signature for row in rows]
    names = sorted({name for name in named if name})
    silent = sum(not name for name in named)
    if not names:
        return f"{silent} 位不署名的" if silent > 1 else "一位不署名的"
    return "、".join(names) + (f"和 {silent} 位不署名的" if silent else "")
