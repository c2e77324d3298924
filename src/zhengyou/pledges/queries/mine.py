"""What I have promised, and what the body I lead has."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from zhengyou.campaigns.models import Campaign, Subject
from zhengyou.kernel.errands import Errand
from zhengyou.people.actor import Actor
from zhengyou.people.models import Organisation
from zhengyou.people.rules import HEADS
from zhengyou.pledges import rules
from zhengyou.pledges.models import ALIVE, Pledge, PledgeItem
from zhengyou.pledges.queries.body import PledgeRow, pledge_row
from zhengyou.pledges.queries.desk import running_campaigns, todo_for


@dataclass(frozen=True, slots=True)
class Mine:
    """The page of one's own pledges.

    Args:
        due: what has to be written now.
        pledges: campaign title and pledge, the newest first.
        lists: bodies whose lists of pledges one may see, by campaign.
    """

    due: list[Errand]
    pledges: list[tuple[str, PledgeRow]]
    lists: list[tuple[Campaign, Organisation]]


def mine(actor: Actor) -> Mine:
    """Return the page of ``actor``, in the hat worn."""
    own = Q(person=actor.person) if actor.person else rules.NOBODY
    if actor.hat and actor.hat.role in HEADS:
        own |= Q(subject=Subject.ORGANISATION, organisation=actor.hat.organisation)
    pledges = (
        Pledge.objects.filter(own)
        .select_related("campaign", "organisation", "person", "rule")
        .prefetch_related(Prefetch("items", PledgeItem.objects.filter(state__in=ALIVE)))
    )
    return Mine(
        due=todo_for(actor),
        pledges=[(pledge.campaign.title, pledge_row(pledge)) for pledge in pledges],
        lists=_lists(actor),
    )


def _lists(actor: Actor) -> list[tuple[Campaign, Organisation]]:
    if actor.hat is None or not rules.may_see_list(actor, actor.hat.organisation):
        return []
    body = actor.hat.organisation
    return [(row, body) for row in running_campaigns(actor) if row.covers_body(body)]
