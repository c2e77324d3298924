"""What waits to be confirmed, and the pages on which it is said and confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, Q, QuerySet
from django.urls import reverse

from zhengyou.campaigns.models import CampaignState, Subject
from zhengyou.climb.models import ClimbState
from zhengyou.kernel import clock
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.rules import KEEPERS, followed_by, kept_where_they_are
from zhengyou.pledges import rules, words
from zhengyou.pledges.models import Fulfilment, Outcome, Pledge, PledgeItem
from zhengyou.pledges.queries import reading


def waiting(actor: Actor) -> QuerySet[Fulfilment]:
    """Return what was said of promises and waits for ``actor``; whoever is above is asked only
    where nobody nearer can."""
    if actor.hat is None:
        return Fulfilment.objects.none()
    body = actor.hat.organisation
    person = "item__pledge__person"
    here = Q(organisation=body) | followed_by(body, person=person)
    nearer = Q(Exists(rules.nearer(body.path, "item__pledge__")))
    went_on = Q(item__pledge__subject=Subject.PERSON)
    nearer |= went_on & kept_where_they_are(KEEPERS, person=person)
    return Fulfilment.objects.filter(
        rules.confirmable(actor),
        here | ~nearer,
        item__outcome="",
        item__state=ClimbState.PUBLISHED,
        item__pledge__campaign__state=CampaignState.OPEN,
    )


def to_confirm(actor: Actor) -> list[Errand]:
    """Return what waits for my confirmation, a row a pledge, the longest waiting first."""
    counted = (
        waiting(actor).values("item__pledge").annotate(count=Count("pk"), since=Min("said_at"))
    )
    rows = {row["item__pledge"]: row for row in counted}
    pledges = Pledge.objects.filter(pk__in=list(rows)).select_related(
        "person", "organisation", "campaign"
    )
    found = [_row(pledge, rows[pledge.pk]) for pledge in pledges]
    return sorted(found, key=lambda row: (row.due, row.title))


def _row(pledge: Pledge, row: Mapping[str, Any]) -> Errand:
    since = row["since"].astimezone(clock.SHANGHAI).date()
    return Errand(
        kind="wait",
        label="等确认",
        title=f"{pledge.name}的承诺兑现，{row['count']} 条",
        why=pledge.campaign.title,
        when=words.waited(since),
        url=reverse("pledges:confirm", args=[pledge.uid]),
        button="去确认",
        due=since,
    )


# --- the pages ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Question:
    """One item of which somebody says what became of it, or confirms it."""

    view: reading.ItemView
    said: Fulfilment | None

    @property
    def item(self) -> PledgeItem:
        """The item."""
        return self.view.item


def to_say(actor: Actor, pledge: Pledge) -> list[Question]:
    """Return the public items of which ``actor`` may say now what became of them, in order."""
    return [
        Question(reading.item_view(item), reading.standing(item))
        for item in reading.public_items(pledge)
        if rules.may_assess(actor, item)
    ]


def may_answer(actor: Actor, pledge: Pledge) -> bool:
    """Tell whether anything was said of ``pledge`` that ``actor`` may confirm or correct."""
    mine = Fulfilment.objects.filter(rules.confirmable(actor), item__pledge=pledge)
    return mine.exists()


def to_answer(actor: Actor, pledge: Pledge) -> list[Question]:
    """Return the items of ``pledge`` whose outcome ``actor`` may confirm or correct, in order."""
    mine = Fulfilment.objects.filter(rules.confirmable(actor), item__pledge=pledge)
    may = set(mine.values_list("pk", flat=True))
    found = []
    for item in reading.public_items(pledge):
        said = reading.standing(item)
        if said is not None and said.pk in may:
            found.append(Question(reading.item_view(item), said))
    return found


def outcome_words(said: Fulfilment) -> list[tuple[str, str]]:
    """Return the outcomes for the confirming form, the one that was said first and as a yes."""
    same = Outcome(said.outcome)
    rest = [(each.value, str(each.label)) for each in Outcome if each != same]
    return [(same.value, f"同意：{same.label}"), *rest]
